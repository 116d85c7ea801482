"""The small sets of words that the detectors use, as `lists/vocabulary.toml` explains them."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

DIGIT_WORDS = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The ten digits as nearly everybody says them; a lone "o" and the rarer names need more to be one."""


class Vocabulary(Struct, frozen=True, forbid_unknown_fields=True):
    """Words and phrases in lower case; each field is explained in `lists/vocabulary.toml`."""

    fillers: tuple[str, ...]
    going_on: frozenset[str]
    units: frozenset[str]
    number_words: frozenset[str]
    calendar: frozenset[str]
    peoples: frozenset[str]
    spelling_words: frozenset[str]
    signs: frozenset[str]
    medical: frozenset[str]
    name_particles: frozenset[str]
    links: frozenset[str]
    name_titles: frozenset[str]
    offices: frozenset[str]
    trades: frozenset[str]
    typed: frozenset[str]
    name_cues: frozenset[str]
    named_fields: frozenset[str]
    likely_name_cues: frozenset[str]
    introductions: frozenset[str]
    speaker_roles: frozenset[str]
    relations: frozenset[str]
    greetings: frozenset[str]
    verbs_too: frozenset[str]
    not_behind_titles: frozenset[str]
    not_persons: frozenset[str]
    worldly_surnames: frozenset[str]
    not_names: frozenset[str]
    abbreviations: frozenset[str]
    not_in_streets: frozenset[str]
    streets: tuple[str, ...]
    streets_elsewhere: frozenset[str]
    street_endings: frozenset[str]
    place_kinds: frozenset[str]
    countries_at_home: frozenset[str]
    place_codes: frozenset[str]
    state_codes: frozenset[str]
    state_words: frozenset[str]
    facility_openers: frozenset[str]
    not_numbered: frozenset[str]
    no_mailboxes: frozenset[str]
    of_reading: frozenset[str]
    ends_reading: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words; read once from the package."""
    return msgspec.toml.decode(packaged("privity.redact", "lists/vocabulary.toml"), type=Vocabulary)


@cache
def things() -> frozenset[str]:
    """Return the words and phrases of `lists/things.txt` that name makes, medicines, firms and other things."""
    lines = packaged("privity.redact", "lists/things.txt").splitlines()
    listed = {word.strip() for line in lines if line[:1] != "#" for word in line.split(",")}
    said = {phrase.replace("'s", "") for phrase in listed if " " in phrase}  # as words are told apart
    return frozenset((listed | said) - {""})


@cache
def phrase_words() -> frozenset[str]:
    """Return the words that stand in phrases of `things`."""
    return frozenset(word for phrase in things() if " " in phrase for word in phrase.split())


def packaged(package: str, path: str) -> str:
    """Return the text of a data file that an installed package ships."""
    return resources.files(package).joinpath(path).read_text(encoding="utf-8")


def one_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the phrases, the longest first; a blank stands for any blanks."""
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))
