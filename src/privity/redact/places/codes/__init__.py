"""Postal codes as they are said: `zip_codes` behind their state or city, and those with letters in Canada and Britain.

`postal_codes` are the Canadian ones, with the land locations of the prairies; `uk_postcodes` the British ones, of
which `outcodes` are the first half behind a town, and `eircodes` the Irish ones.
"""
