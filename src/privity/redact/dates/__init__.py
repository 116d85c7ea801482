"""Dates and ages, written and said.

`full_dates` are those with a month, whose pieces `date_words` knows; `corrected_dates` adds what was said in error
before one, and what comes late, `date_edges` finds where one ends, `clock_times` lets the hour behind one go and
`months_counted` what is counted behind a month. `dates_in_numbers` are those without the name of a month, `stamps`
those before the lines of a messenger, `compact_dates` those of eight digits in a row, `days_noted` those of them in
notes, `short_dates` those of Europe and the first day of several, `dates_elsewhere` those with a month of other
languages, `appointed_dates` those that are offered and agreed upon. `days_of_month` and `months_told` are said by
themselves, all through a conversation, `holidays` with what befell somebody; `dates_of_birth` answer a question, in
pieces, `births_over_turns` are read a word a turn, `births_again` repeats them, `birth_years` alone. `ages` are those
of 90 and more (45 CFR 164.514(b)(2)(i)(C)), `ages_in_notes` their short forms, `ages_elsewhere` those of other
languages.
"""
