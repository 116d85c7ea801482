"""Addresses, cities and countries, written and said.

`addresses` is the detector of whatever has a house number and a kind of street, with what follows it; `postal_codes`
and `uk_postcodes` are codes with letters that are said, `zip_codes` those that come behind their state or city.
`envelopes` reads addresses as the world writes them: it begins at streets, which `world_streets` finds by the words of
`street_lists`, and goes on with `address_pieces` and `phones_below`; `address_fields` are those of forms, and
`written_crossings` are two streets. What people only say is read by `said_streets`, which asks
`asked_addresses`, `bare_streets`, `compass_streets`, `crossings`, `definite_streets`, `highways`, `named_buildings`,
`said_rooms` and `street_edges`, and by `said_cities`, `told_cities` and `placed_towns`; `street_words` knows the
pieces. `listed` finds cities, countries and hospitals by their names, `practices` those that bear their trade,
`stations` where one leaves and lands, `typed_towns` what was typed without its capital. `lone_regions` tells which
states and countries are nobody's, and `no_places` lets those and goods go.
"""
