"""Made-up values, the same for the same value under one key.

`names`, `numbers` and other codes, addresses `online`, towns and streets (`places`), and months until which cards are
valid (`expiries`). They are chosen in a `keyed_order`, or drawn from a seed of it.
"""
