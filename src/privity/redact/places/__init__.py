"""Addresses, cities and countries, written and said.

Read in this order:

- `addresses` is the detector of whatever has a house number and a kind of street, with what follows it. It asks the
  others: `streets` for what is only said, `written` for addresses as the world writes them, `codes` for postal codes.
- `towns` are cities, counties and countries by themselves, and those that are nobody's.
"""
