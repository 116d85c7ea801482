"""Numbers that are somebody's: cards, telephones, accounts, records; written and said, over many turns.

`figures` says what a run of digits is. It asks `cards` for card data, `evident` for what digits show by themselves,
`read_backs` for what was said before, `phone_pieces` for telephones in pieces, `echoes` for what the other side repeats
of them, `dialled` for what is behind them, `readings` and `open_topics` for what is read while a card or social
security number is asked for or not over yet, and `of_nobody` for what is nobody's whatever found it, as `of_things`
tells hours, codes on a screen and the like. `announced` finds values with letters behind their cue,
`record_numbers` what notes call a case or an accession, `read_pieces` what is read bit by bit, `said_plates` plates
whose letters are said as words, `keypad` what is pressed on a telephone, `one_word` what was written without blanks;
`measured` lets laboratory values, doses and guidelines stay. At the end come `codes_again`, codes that are said once
more, `corrections` of a part, and `value_edges`, what belongs right beside a number.
`local_phones` are those that a word of calling announces.
"""
