"""Cities, counties, countries and other places by themselves.

By their names: `listed` (cities, countries, hospitals), `practices` that bear their trade, `stations` where one leaves
and lands, `spots` in the open, `typed_towns` that were typed without a capital. By what is said around them:
`said_cities` before a state or on the way to another, `told_cities` where somebody is from or flies to, `placed_towns`
behind a street and before an office. At the end, `lone_regions` tells which states and countries are nobody's, and
`no_places` lets those and goods go.
"""
