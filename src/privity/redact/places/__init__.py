"""Addresses, cities and countries, written and said.

`addresses` is the detector of whatever has a house number and a kind of street, with what follows it, and
`postal_codes` of codes that are said. `envelopes` reads addresses as the world writes them. What people only say is
read by `said_streets`, which asks `asked_addresses`, `bare_streets`, `compass_streets`, `crossings` and
`named_buildings`, and by `said_cities`; `street_words` knows the pieces. `listed` finds cities, countries and
hospitals by their names.
"""
