"""Addresses in the fields of forms: "Street: Oak Lane", "No.: 12", "Town: Ghent", "Address line 2: #4".

A field is believed beside others of an address: "No.: 12" is one of many things alone. A postal code behind its own
name needs no other field, whatever form it has: "Postcode: K2822KCA".
"""

from collections.abc import Iterator
from typing import Any

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered

_FIELDS = Triggered(
    rb"(?:^|[\n\x1d\x1e])[ \t]*(?:"
    rb"(street(?:[ ]name|[ ]address)?|road|(?:postal[ ]|mailing[ ])?address(?:[ ]line)?[ ]?[1-3]|line[ ][1-3])|"
    rb"((?:house[ ]|street[ ])?(?:no\.?|number|nr\.?)|unit|apt\.?|apartment|suite|flat|floor|building|block)|"
    rb"(town|city|city/town|town/city|locality|suburb|village|state|province|state/province|state/region|region|"
    rb"county|prefecture|country))[ \t]*:[ \t]*([^\s\x1d\x1e][^\r\n\x1d\x1e]{0,60})",
    needs=(
        (
            "street road address address1 address2 address3 line house no number nr unit apt apartment suite flat "
            "floor building block town city locality suburb village state province region county prefecture country"
        ),
        ":",
    ),
)
_OF_STREETS = Needed("street road address line", ":")  # beside which alone other fields are believed
_CODES = Triggered(
    rb"\b(?:post[ -]?codes?|zip(?:[ -]?codes?)?|postal[ ]codes?|plz)\b(?:[ ](?:is|was))?[ \t]*[:#]?[ \t]*"
    rb"((?:[a-z]{1,3}-)?[a-z]{0,2}[0-9][a-z0-9]{1,8}(?:[ -][a-z0-9]{2,4})?)\b",
    needs=("post postcode postcodes zip zipcode zipcodes postal plz", A_DIGIT),
)
_DELIVERED = Triggered(
    rb"\b(?:deliver|ship|deliveries)[ ]to[ ]([0-9]{4,6}|[a-z]{1,2}[0-9]{1,2}[a-z]?[ ][0-9][a-z]{2})"
    rb"(?:[ ]*[?!.,\r\n\x1d]|$)",
    needs=("deliver ship deliveries", A_DIGIT),
)
_BORN_AT = Triggered(
    rb"\b(?:place[ ]of[ ]birth|birthplace|geburtsort|lieu[ ]de[ ]naissance|luogo[ ]di[ ]nascita|"
    rb"lugar[ ]de[ ]nacimiento)[ \t]*:[ \t]*([a-z][^\r\n\x1d\x1e.,;:()0-9]{1,30})",
    needs=("birth birthplace geburtsort naissance nascita nacimiento", ":"),
)
NEEDS = Group(_OF_STREETS, _CODES, _DELIVERED, _BORN_AT)
"""Without these words in a text nothing is found in it."""

_STREETS, _NUMBERS, _TOWNS, _VALUE = range(1, 5)
_LEAST = 2  # fields of an address beside each other
_LONGEST = 60  # characters of a value
_SPAN = 400  # characters over which they lie
_ENDS = frozenset({b"", b"\n", b"\r", b"\x1d"})
_NOTHING = frozenset({b"n/a", b"none", b"-", b"na", b"unknown", b"same"})

_STREET = finding(Label.ADDRESS, "address-field", "a field of a form for a street", 0.94, "form")
_TOWN = finding(Label.LOCATION, "place-field", "a field of a form for a town or a country", 0.9, "form")
_ZIP = finding(Label.ZIP, "postcode-field", "what stands behind the name of a postal code", 0.88, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the values of fields of addresses, and postal codes behind their names."""
    octets = transcript.octets
    if _OF_STREETS.can_occur(octets):
        yield from _forms(transcript, list(_FIELDS.finditer(octets)))
    for match in _CODES.finditer(octets):
        start, end = match.span(1)
        code = match[1]
        if b" " in code and not (code[-1:].isdigit() and code[-2:-1].isdigit()) and not _closes(octets, end):
            end = start + code.index(b" ")  # "postcode 4416 has"
        yield Claim(((start, end),), _ZIP)
    for match in _BORN_AT.finditer(octets):
        value = match[1].rstrip()
        if value not in _NOTHING:
            yield Claim(((match.start(1), match.start(1) + len(value)),), _TOWN)
    for match in _DELIVERED.finditer(octets):
        yield Claim((match.span(1),), _ZIP)


def _closes(octets: bytes, end: int) -> bool:
    """Whether a code that has a blank within ends its line or its sentence, or has the form of a British one."""
    tail = octets[end - 3 : end]
    british = len(tail) == len(b"1ab") and tail[:1].isdigit() and tail[1:].isalpha()
    dutch = octets[end - 3 : end - 2] == b" " and tail[1:].isalpha() and octets[end : end + 1] in _ENDS
    return british or dutch or octets[end - 4 : end].isdigit()


def _forms(transcript: Transcript, fields: list[Any]) -> Iterator[Claim]:
    """Return the values of fields that stand beside a field for a street or another of an address."""
    document_at = transcript.document_at
    for at, field in enumerate(fields):
        kind = next(kind for kind in (_STREETS, _NUMBERS, _TOWNS) if field[kind] is not None)
        beside = [
            other
            for other in fields[max(0, at - 6) : at + 7]
            if other is not field and abs(other.start() - field.start()) < _SPAN
            if document_at(other.start(_VALUE)) == document_at(field.start(_VALUE))
        ]
        street = kind == _STREETS or any(other[_STREETS] is not None for other in beside)
        value = field[_VALUE].rstrip(b" \t.,;")
        if len(beside) + 1 < _LEAST or not street or value in _NOTHING or len(value) > _LONGEST:
            continue
        start = field.start(_VALUE)
        yield Claim(((start, start + len(value)),), _TOWN if kind == _TOWNS else _STREET)
