"""Numbers that are somebody's: cards, telephones, accounts, records; written and said, over many turns.

Read in this order:

- `figures` says what a run of digits is. For one run it asks `cards` for card data, `evident` for what digits show by
  themselves, `lengths` how far the number reaches that a cue announces, `open_topics` for what is read beside
  a card or social security number that is not over yet, `dialled` for what stands beside a telephone, and `values`
  for what was said before. For all of them it asks `whole_numbers` for complete numbers that nothing else has found,
  `phone_pieces` for telephones in pieces, `echoes` for what the other side repeats of them, `readings` for the
  turns in which a card is read, and `urged_on` for what is read while somebody urges on in one running text.
- By themselves: `announced` finds values with letters behind their cue, `record_numbers` what notes call a case or an
  accession, `read_pieces` what is read bit by bit, `said_plates` plates whose letters are said as words, `keypad` what
  is pressed on a telephone, `one_word` what was written without blanks, `misread_numbers` those in which a scanner read
  letters, `local_phones` those that a word of calling announces.
- `of_nobody` lets go of what is nobody's whatever found it, with `of_things` for hours, codes on a screen and the like,
  and cuts off the words at its edges that are `no_digits`; `measured` lets laboratory values, doses, guidelines stay.
- At the end come `codes_again`, codes that are said once more, `corrections` of a part, and `value_edges`, what belongs
  right beside a number.
"""
