"""Addresses as the world writes them, on envelopes, in letters and in forms.

Read in this order:

- `street_lists` are the words of streets in many languages, `world_streets` finds streets by them;
  `numbered_houses` are those that such words do not tell.
- `envelopes` begins at such a street, goes on with `address_pieces` (towns, codes, countries) and takes the telephone
  number on the line below (`phones_below`).
- `address_fields` are those of forms, `written_crossings` two streets that meet, `short_streets` those without a number
  whose kind is written short, `houses_named` houses that have a name and no number,
  `floors_before` the floor and the building before a street.
"""
