"""One form for a value however it was written or said.

`canonical` gives it for every kind. Letters and digits are read by `codes_read`, Spanish and French numbers by
`numbers_elsewhere`, telephones by `phone_numbers`, mailboxes, pages and network addresses by `addresses_online`, and
the months of cards by `expiry_months`.
"""
