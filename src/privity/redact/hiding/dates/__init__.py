"""Dates: read in any form, and written again in the same one.

`calendar_dates` reads one in figures or by its words in `english` or `romance` (Spanish and French), as one of
`read_dates`; `written` writes another day like it, and `day_orders` tells whether the day or the month comes first in
the figures of a conversation.
"""
