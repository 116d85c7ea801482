"""Numbers that are somebody's: cards, telephones, accounts, records; written and said, over many turns.

Read in this order:

- `figures` says what runs of digits are. Of one run it asks `cards` whether it is card data (`letters_in_numbers` are
  read as digits and as letters), `held_cards` whether a card is within it, `lengths` how far the number reaches that a
  cue announces, `dialled` what stands beside a telephone, and `evident` what digits show by themselves; those in
  `opaque_tokens` show nothing. What it finds are `values`, by which they are known when they are said again.
- Then `figures` asks for what no run shows by itself: `whole_numbers` are complete though nothing announced them,
  `phone_pieces` are of a telephone, `echoes` repeat a number while it is read, `card_turns` are the turns in which a
  card or social security number is read, `urged_on` are read while somebody urges on in one running text,
  `paid_with` may be a card where somebody pays, and `open_topics` finds what is read beside a card or social security
  number that is not over yet.
- Detectors by themselves: `announced` finds values with letters behind their cue, `dictated` what is read bit by bit
  behind one, `record_numbers` what notes call a case or an accession, `said_plates` plates whose letters are said as
  words, `keypad` what is pressed on a telephone, `one_word` what was written without blanks, `misread_numbers` those in
  which a scanner read letters, `local_phones` those that a word of calling announces, `told_before` parts of
  a number that are said before what they are a part of, `routed` routing numbers where money is sent,
  `plates_of_cars` plates right behind a car or a word for them, `unannounced` many digits alone or behind a letter,
  `referenced` codes of several pieces behind a word that numbers files,
  `codes_on_back` are those of cards that are told by where they stand.
- `of_nobody` lets go of what is nobody's whatever found it, with `of_things` for hours, codes on a screen and the like,
  and cuts off the words at its edges that are `no_digits`; `measured` lets laboratory values, doses, guidelines stay,
  and `logged` what programs, price lists and forms write; `value_labels` cuts off labels.
- At the end come `code_turns`, what is left of codes that are read over several turns, `codes_again`, codes that are
  said once more, `corrections` of a part, and `value_edges`, what belongs right beside a number.
"""
