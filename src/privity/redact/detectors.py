"""The detectors: which kinds of identifiers each of them finds, and the words without which it finds none."""

from collections.abc import Callable, Iterable
from typing import Final

from privity.redact.claims import Claim
from privity.redact.dates import (
    ages,
    ages_in_notes,
    appointed_dates,
    births_again,
    births_over_turns,
    dates_in_numbers,
    dates_of_birth,
    days_noted,
    days_of_month,
    full_dates,
    months_told,
)
from privity.redact.forms.patterns import Patterns
from privity.redact.labels import Label
from privity.redact.names import speakers
from privity.redact.names.capitals import Capitals
from privity.redact.names.people import Names
from privity.redact.names.written import charted, identified, initialled, name_forms, signed
from privity.redact.numbers import (
    announced,
    dictated,
    figures,
    keypad,
    local_phones,
    misread_numbers,
    one_word,
    plates_of_cars,
    record_numbers,
    routed,
    said_plates,
    told_before,
)
from privity.redact.numbers.figures import Figures
from privity.redact.online import (
    cased_secrets,
    credential_tokens,
    credentials,
    mailboxes,
    mixed_secrets,
    network_addresses,
    told_codes,
)
from privity.redact.places.addresses import Addresses
from privity.redact.places.towns import practices, stations, typed_towns
from privity.redact.places.towns.listed import Places
from privity.redact.reading import spelling
from privity.redact.reading.cues import Cues
from privity.redact.reading.numerals import runs_of
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Needed

Detector = Callable[[Transcript, Cues], Iterable[Claim]]


def _alone(claims: Callable[[Transcript], Iterable[Claim]]) -> Detector:
    """Return the detector of what is found without asking what words announce."""
    return lambda transcript, _: claims(transcript)


def _figures(transcript: Transcript, cues: Cues) -> Iterable[Claim]:
    runs = runs_of(transcript)
    return Figures(transcript, cues, runs).claims() if runs else ()


_ADDRESSES = frozenset({Label.ADDRESS, Label.LOCATION, Label.ZIP, Label.PHONE})
_WITH_LETTERS = announced.LABELS
_DATES = frozenset({Label.DATE, Label.DOB, Label.EXPIRY})
DETECTORS: Final[tuple[tuple[frozenset[Label], Detector, Needed | Group | None], ...]] = (
    (frozenset(Label), Patterns().claims, None),
    (figures.LABELS, _figures, None),
    (frozenset({Label.CARD}), keypad.claims, None),
    (_WITH_LETTERS, announced.claims, None),
    (misread_numbers.LABELS, _alone(misread_numbers.claims), misread_numbers.NEEDS),
    (frozenset(Label), one_word.claims, one_word.NEEDS),
    (record_numbers.LABELS, _alone(record_numbers.claims), record_numbers.NEEDS),
    (spelling.LABELS, spelling.claims, None),
    (dictated.LABELS, dictated.claims, None),
    (told_before.LABELS, told_before.claims, None),
    (frozenset({Label.VEHICLE}), _alone(said_plates.claims), said_plates.NEEDS),
    (frozenset({Label.VEHICLE}), _alone(plates_of_cars.claims), plates_of_cars.NEEDS),
    (frozenset({Label.BANK_ACCOUNT}), _alone(routed.claims), routed.NEEDS),
    (frozenset({Label.EMAIL, Label.URL}), _alone(mailboxes.claims), mailboxes.NEEDS),
    (frozenset({Label.USERNAME, Label.PASSWORD}), _alone(credentials.claims), credentials.NEEDS),
    (frozenset({Label.USERNAME, Label.PASSWORD}), _alone(credential_tokens.claims), credential_tokens.NEEDS),
    (frozenset({Label.PASSWORD}), _alone(cased_secrets.claims), cased_secrets.NEEDS),
    (frozenset({Label.PASSWORD}), _alone(mixed_secrets.claims), None),
    (frozenset({Label.PASSWORD}), told_codes.claims, told_codes.NEEDS),
    (frozenset({Label.IP}), _alone(network_addresses.claims), network_addresses.NEEDS),
    (frozenset({Label.PHONE}), _alone(local_phones.claims), local_phones.NEEDS),
    (_DATES, full_dates.claims, full_dates.NEEDS),
    (frozenset({Label.AGE}), _alone(ages.claims), ages.NEEDS),
    (frozenset({Label.AGE}), _alone(ages_in_notes.claims), ages_in_notes.NEEDS),
    (frozenset({Label.DATE}), _alone(days_of_month.claims), days_of_month.NEEDS),
    (frozenset({Label.DATE, Label.DOB}), _alone(dates_in_numbers.claims), dates_in_numbers.NEEDS),
    (frozenset({Label.DATE}), _alone(days_noted.claims), days_noted.NEEDS),
    (frozenset({Label.DATE}), _alone(appointed_dates.claims), appointed_dates.NEEDS),
    (frozenset({Label.DATE}), _alone(months_told.claims), months_told.NEEDS),
    (frozenset({Label.DOB}), dates_of_birth.claims, None),
    (frozenset({Label.DOB}), births_again.claims, None),
    (frozenset({Label.DOB}), births_over_turns.claims, births_over_turns.NEEDS),
    (_ADDRESSES, lambda transcript, cues: Addresses(transcript, cues).claims(), None),
    (frozenset({Label.LOCATION}), _alone(lambda transcript: Places(transcript).claims()), None),
    (frozenset({Label.LOCATION}), _alone(stations.claims), stations.NEEDS),
    (frozenset({Label.LOCATION}), _alone(practices.claims), practices.NEEDS),
    (frozenset({Label.LOCATION}), _alone(typed_towns.claims), typed_towns.NEEDS),
    (frozenset({Label.NAME, Label.LOCATION}), _alone(lambda transcript: Capitals(transcript).claims()), None),
    (frozenset({Label.NAME}), _alone(speakers.claims), None),
    (frozenset({Label.NAME}), _alone(charted.claims), None),
    (frozenset({Label.NAME}), _alone(identified.claims), identified.NEEDS),
    (frozenset({Label.NAME}), _alone(name_forms.claims), None),
    (frozenset({Label.NAME}), _alone(initialled.claims), initialled.NEEDS),
    (frozenset({Label.NAME}), _alone(signed.claims), signed.NEEDS),
    (frozenset({Label.NAME}), _alone(lambda transcript: Names(transcript).claims()), None),
)
"""Each with the labels that it may give, and what a text needs where it depends on words.

One none of whose labels is hidden need not run, and one need not run over a text without what it needs.
"""
