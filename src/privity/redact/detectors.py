"""The detectors: which kinds of identifiers each of them finds, and the words without which it finds none."""

from collections.abc import Callable, Iterable
from typing import Final

from privity.redact.claims import Claim
from privity.redact.dates import (
    ages,
    ages_elsewhere,
    ages_in_notes,
    appointed_dates,
    birth_years,
    births_again,
    births_over_turns,
    compact_dates,
    dates_elsewhere,
    dates_in_numbers,
    dates_of_birth,
    days_noted,
    days_of_month,
    full_dates,
    holidays,
    months_told,
    short_dates,
    stamps,
)
from privity.redact.forms.patterns import Patterns
from privity.redact.labels import Label
from privity.redact.names import speakers
from privity.redact.names.capitals import Capitals
from privity.redact.names.people import Names
from privity.redact.names.written import addressed, charted, identified, initialled, name_forms, signed
from privity.redact.numbers import (
    announced,
    codes_on_back,
    dictated,
    figures,
    keypad,
    local_phones,
    misread_numbers,
    one_word,
    plates_of_cars,
    record_numbers,
    referenced,
    routed,
    said_plates,
    told_before,
    unannounced,
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
    users_in_logs,
)
from privity.redact.places.addresses import Addresses
from privity.redact.places.towns import practices, spots, stations, typed_towns
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


_ANY_TEXT = Needed()
_ADDRESSES = frozenset({Label.ADDRESS, Label.LOCATION, Label.ZIP, Label.PHONE})
_WITH_LETTERS = announced.LABELS
_BIRTHS = frozenset({Label.DATE, Label.DOB})
_DATES = _BIRTHS | {Label.EXPIRY}
DETECTORS: Final[tuple[tuple[Needed | Group, frozenset[Label], Detector], ...]] = (
    (_ANY_TEXT, frozenset(Label), Patterns().claims),
    (_ANY_TEXT, figures.LABELS, _figures),
    (_ANY_TEXT, frozenset({Label.CARD}), keypad.claims),
    (_ANY_TEXT, _WITH_LETTERS, announced.claims),
    (misread_numbers.NEEDS, misread_numbers.LABELS, _alone(misread_numbers.claims)),
    (one_word.NEEDS, frozenset(Label), one_word.claims),
    (record_numbers.NEEDS, record_numbers.LABELS, _alone(record_numbers.claims)),
    (_ANY_TEXT, spelling.LABELS, spelling.claims),
    (_ANY_TEXT, dictated.LABELS, dictated.claims),
    (codes_on_back.NEEDS, codes_on_back.LABELS, codes_on_back.claims),
    (told_before.NEEDS, told_before.LABELS, told_before.claims),
    (said_plates.NEEDS, frozenset({Label.VEHICLE}), _alone(said_plates.claims)),
    (plates_of_cars.NEEDS, frozenset({Label.VEHICLE}), _alone(plates_of_cars.claims)),
    (unannounced.NEEDS, unannounced.LABELS, unannounced.claims),
    (referenced.NEEDS, referenced.LABELS, _alone(referenced.claims)),
    (routed.NEEDS, frozenset({Label.BANK_ACCOUNT}), _alone(routed.claims)),
    (mailboxes.NEEDS, frozenset({Label.EMAIL, Label.URL}), _alone(mailboxes.claims)),
    (credentials.NEEDS, frozenset({Label.USERNAME, Label.PASSWORD}), _alone(credentials.claims)),
    (credential_tokens.NEEDS, frozenset({Label.USERNAME, Label.PASSWORD}), _alone(credential_tokens.claims)),
    (users_in_logs.NEEDS, frozenset({Label.USERNAME}), _alone(users_in_logs.claims)),
    (cased_secrets.NEEDS, frozenset({Label.PASSWORD}), _alone(cased_secrets.claims)),
    (mixed_secrets.NEEDS, frozenset({Label.PASSWORD}), _alone(mixed_secrets.claims)),
    (told_codes.NEEDS, frozenset({Label.PASSWORD}), told_codes.claims),
    (network_addresses.NEEDS, frozenset({Label.IP}), _alone(network_addresses.claims)),
    (local_phones.NEEDS, frozenset({Label.PHONE}), _alone(local_phones.claims)),
    (full_dates.NEEDS, _DATES, full_dates.claims),
    (ages.NEEDS, frozenset({Label.AGE}), _alone(ages.claims)),
    (ages_elsewhere.NEEDS, frozenset({Label.AGE}), _alone(ages_elsewhere.claims)),
    (ages_in_notes.NEEDS, frozenset({Label.AGE}), _alone(ages_in_notes.claims)),
    (days_of_month.NEEDS, frozenset({Label.DATE}), _alone(days_of_month.claims)),
    (dates_in_numbers.NEEDS, _BIRTHS, _alone(dates_in_numbers.claims)),
    (birth_years.NEEDS, frozenset({Label.DOB}), _alone(birth_years.claims)),
    (compact_dates.NEEDS, _BIRTHS, _alone(compact_dates.claims)),
    (dates_elsewhere.NEEDS, _BIRTHS, _alone(dates_elsewhere.claims)),
    (days_noted.NEEDS, _BIRTHS, _alone(days_noted.claims)),
    (_ANY_TEXT, frozenset({Label.DATE}), _alone(stamps.claims)),
    (short_dates.NEEDS, frozenset({Label.DATE}), _alone(short_dates.claims)),
    (appointed_dates.NEEDS, frozenset({Label.DATE}), _alone(appointed_dates.claims)),
    (months_told.NEEDS, frozenset({Label.DATE}), _alone(months_told.claims)),
    (holidays.NEEDS, frozenset({Label.DATE}), _alone(holidays.claims)),
    (_ANY_TEXT, frozenset({Label.DOB}), dates_of_birth.claims),
    (_ANY_TEXT, frozenset({Label.DOB}), births_again.claims),
    (births_over_turns.NEEDS, frozenset({Label.DOB}), births_over_turns.claims),
    (_ANY_TEXT, _ADDRESSES, lambda transcript, cues: Addresses(transcript, cues).claims()),
    (_ANY_TEXT, frozenset({Label.LOCATION}), _alone(lambda transcript: Places(transcript).claims())),
    (stations.NEEDS, frozenset({Label.LOCATION}), _alone(stations.claims)),
    (practices.NEEDS, frozenset({Label.LOCATION}), _alone(practices.claims)),
    (spots.NEEDS, frozenset({Label.LOCATION}), _alone(spots.claims)),
    (typed_towns.NEEDS, frozenset({Label.LOCATION}), _alone(typed_towns.claims)),
    (_ANY_TEXT, frozenset({Label.NAME, Label.LOCATION}), _alone(lambda transcript: Capitals(transcript).claims())),
    (_ANY_TEXT, frozenset({Label.NAME}), _alone(speakers.claims)),
    (_ANY_TEXT, frozenset({Label.NAME}), _alone(charted.claims)),
    (identified.NEEDS, frozenset({Label.NAME}), _alone(identified.claims)),
    (_ANY_TEXT, frozenset({Label.NAME}), _alone(name_forms.claims)),
    (initialled.NEEDS, frozenset({Label.NAME}), _alone(initialled.claims)),
    (signed.NEEDS, frozenset({Label.NAME}), _alone(signed.claims)),
    (addressed.NEEDS, frozenset({Label.NAME}), _alone(addressed.claims)),
    (_ANY_TEXT, frozenset({Label.NAME}), _alone(lambda transcript: Names(transcript).claims())),
)
"""Each with what a text needs where it depends on words, and the labels that it may give.

One none of whose labels is hidden need not run, and one need not run over a text without what it needs.
"""
