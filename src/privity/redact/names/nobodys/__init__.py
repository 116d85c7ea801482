"""What is called like somebody and is nobody: things, works, firms, illnesses, letters, countries.

Before a name is claimed it is doubted: `doubts` by what stands around it and by the list of things, `uses` where it is
a month, a chapter, a score, a way to speak. After all names are claimed, those of `weak_rules` are let go, one kind a
module:

- `works`: films, songs and books, those that are called like places too.
- `firms`: those that answer a call.
- `sayings`: "no way jose", an Arnold Palmer.
- `eponyms`: what medicine calls after somebody, by lists and, where no noun of medicine follows, by what stands around
  it (`bare_eponyms`).
- `beside_names`: titles, degrees and labels that stand beside names in writing, and with `goods_and_letters` makes in
  fields of forms, cars, abbreviations.
- `letters_and_regions`: letters as pilots say them, countries and states, sides of a building, goods.
"""
