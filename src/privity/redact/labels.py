"""What kinds of identifiers Privity hides, and the ways to hide them."""

from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """The kind of an identifier, shown in its place as `[CARD]`.

    The letters name the Safe Harbor identifiers of 45 CFR 164.514(b)(2)(i) that a kind belongs to; card data are those
    of PCI DSS v4.0.1 §3.
    """

    NAME = "NAME"  # A
    ADDRESS = "ADDRESS"  # B: street, unit, box
    LOCATION = "LOCATION"  # B: city, county, place
    ZIP = "ZIP"  # B
    DATE = "DATE"  # C
    DOB = "DOB"  # C: date of birth
    AGE = "AGE"  # C: above 89
    PHONE = "PHONE"  # D and E: a fax number has the same form
    EMAIL = "EMAIL"  # F
    SSN = "SSN"  # G, and other tax numbers
    MRN = "MRN"  # H
    HEALTH_PLAN = "HEALTH_PLAN"  # I
    ACCOUNT = "ACCOUNT"  # J
    BANK_ACCOUNT = "BANK_ACCOUNT"  # J: account and routing numbers
    IBAN = "IBAN"  # J
    LICENSE = "LICENSE"  # K: certificates, licences, passports, DEA and provider numbers
    VEHICLE = "VEHICLE"  # L
    DEVICE = "DEVICE"  # M
    URL = "URL"  # N
    IP = "IP"  # O: and hardware addresses
    ID = "ID"  # R: any other unique number
    USERNAME = "USERNAME"  # R
    PASSWORD = "PASSWORD"  # noqa: S105 - a kind of identifier, not a credential
    CARD = "CARD"  # PCI: primary account number and track data
    EXPIRY = "EXPIRY"  # PCI
    CVV = "CVV"  # PCI: card verification code; PIN
    OTHER_LANGUAGE = "OTHER_LANGUAGE"  # words that nobody here can read, so that they are hidden whole
    UNCERTAIN = "UNCERTAIN"  # what a recognizer is not sure of, where one of the others was asked for


RECORDS: Final = frozenset(
    {
        Label.MRN, Label.HEALTH_PLAN, Label.ACCOUNT, Label.BANK_ACCOUNT, Label.LICENSE, Label.VEHICLE, Label.DEVICE,
        Label.ID,
    }
)  # fmt: skip
"""Numbers by which somebody is filed: each may hold letters, and only its words tell what it is."""


class Style(StrEnum):
    """How a hidden span is shown."""

    LABEL = "label"  # its kind in brackets; one label for a value that goes on over several turns
    MASK = "mask"  # an asterisk for every character, so that lengths and offsets stay
    SURROGATE = "surrogate"  # made up, of the same kind and form, the same for the same value; needs a key
    HASH = "hash"  # a keyed token; never a hash without a key, which can be guessed backwards
