"""Addresses, cities and countries, written and said.

`addresses` is the detector of whatever has a house number and a kind of street, with what follows it; `postal_codes`
are codes with letters that are said, `zip_codes` those that come behind their state. `envelopes` reads addresses as the
world writes them. What people only say is read by `said_streets`, which asks `asked_addresses`, `bare_streets`,
`compass_streets`, `crossings`, `named_buildings` and `said_rooms`, and by `said_cities`; `street_words` knows the
pieces. `listed` finds cities, countries and hospitals by their names.
"""
