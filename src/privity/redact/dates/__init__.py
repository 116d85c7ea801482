"""Dates and ages, written and said.

`full_dates` are those with a month, `dates_in_numbers` those without its name. `days_of_month` and `months_told` are
said by themselves, all through a conversation; `dates_of_birth` answer a question, in pieces. `ages` are those of 90
and more (45 CFR 164.514(b)(2)(i)(C)).
"""
