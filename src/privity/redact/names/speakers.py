"""Speakers who are named: "Maria: ..." and "Dr. Patel: ..." in a text, and the `speaker` of a turn.

Who speaks is said by a part ("Agent", "Caller", "Speaker 1", "B"), which stays, or by a name, which is hidden like any
other and learned for the rest of the conversation. A word that no list has is a name when it speaks more than once.
Telephone systems name a party by its number or address: what holds one is redacted like any text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import LISTED, ORDINARY, Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_ROLES = vocabulary().speaker_roles
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_TITLES = frozenset({"mr", "mrs", "mister", "missus", "mx"})
_NOBODY = Bit.FUNCTION | Bit.NUMBER | Bit.NO_NAME | Bit.DIGITS
_VOWELS = frozenset("aeiouy")
_TRADES = (
    "holder", "keeper", "leader", "master", "mistress", "officer", "person", "taker", "tender", "woman", "worker"
)  # fmt: skip
_SHORT = 4  # letters of an abbreviation such as "IVR"
_SHORTEST = 3
_ABBREVIATED = frozenset(
    {
        "adm", "agt", "ans", "bus", "con", "cst", "cus", "dis", "doc", "fem", "gen", "int", "man", "med", "mod", "nur",
        "off", "pat", "rec", "rep", "res", "sec", "stu", "sub", "sup", "sys", "tec", "wit", "wom",
    }
)  # fmt: skip

NUMBER: Final = re.compile(r"(?<![^\W_])\+?\d(?:[ ().-]{0,2}\d){6,}(?![^\W_])")
"""A number by which somebody is reached or filed, also where nothing says which: of a part there are a few digits."""
_OF_NUMBERS = re.compile(r"\d\D{0,2}\d|@")

_SPEAKER = finding(Label.NAME, "name-speaker", "the name of a speaker", 0.9, "form", "speaker")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the names by which lines of a text say who speaks."""
    for document, place, name in _named(transcript):
        if place is not None:
            start = place + transcript.documents[document]
            yield Claim(((start + name[0], start + name[1]),), _SPEAKER)


def learned(transcript: Transcript) -> Iterator[tuple[int, str]]:
    """Yield the words of the names of speakers, in lower case, each with its document."""
    known: dict[str, Part | None] = {}  # a conversation names its speakers again and again
    for voice in transcript.voices:
        if voice.label not in known:
            known[voice.label] = name_in(voice.label, again=True)
        part = known[voice.label]
        if part is not None:
            for word in _WORD.findall(voice.label[part[0] : part[1]].lower()):
                yield voice.document, word


def _named(transcript: Transcript) -> Iterator[tuple[int, int | None, Part]]:
    if not transcript.voices:
        return
    several = len(transcript.voices) > 1
    times = Counter((voice.document, voice.label.lower()) for voice in transcript.voices if several)
    known: dict[tuple[str, bool], Part | None] = {}
    for voice in transcript.voices:
        again = times[voice.document, voice.label.lower()] > 1
        if (voice.label, again) not in known:
            known[voice.label, again] = name_in(voice.label, again=again)
        part = known[voice.label, again]
        if part is not None:
            yield voice.document, voice.place, part


def may_hold_number(label: str) -> bool:
    """Return whether what says who speaks may hold a number, a day or an address; "Speaker 1" does not."""
    return _OF_NUMBERS.search(label) is not None


def name_in(label: str, *, again: bool = True) -> Part | None:
    """Return where the name of a person stands in what says who speaks, without a title; None when nobody is named.

    `again` says whether this speaker speaks more than once, which tells "Ngozi" from the heading of a paragraph.
    """
    words = list(_WORD.finditer(label))
    bits = [lexicon()[word[0]] for word in words]
    said = [word[0].lower() for word in words]
    titles = [bool(bits[at] & Bit.TITLE) or said[at] in _TITLES for at in range(len(words))]
    surely = [
        at
        for at in range(len(words))
        if said[at] not in _ROLES
        and not bits[at] & _NOBODY
        and len(said[at]) > 1
        and ((at > 0 and titles[at - 1]) or _is_name(bits[at], said[at], again=again))
    ]
    if not surely or (said[-1] in _ROLES and not any(bits[at] & Bit.NAMELIKE or titles[at] for at in surely)):
        return None  # "Law clerk"
    first, last = surely[0], surely[-1]
    while first > 0 and not titles[first - 1] and _goes_before(bits[first - 1], said[first - 1]):
        first -= 1
    if first == len(words) - 1 == 1 and said[0] in _ROLES and bits[0] & Bit.GIVEN:
        first = 0  # "Dean Kowalski" is called so more often than what he is
    if last + 2 == len(words) == 2 and bits[0] & Bit.NAMELIKE and bits[1] & Bit.FREQUENT_SURNAME:
        return words[0].start(), words[1].end()  # "Elena Price"
    # "Ann Hill", "Maria G": what stands beside a name and is no part in the conversation belongs to it.
    while last + 1 < len(words) and said[last + 1] not in _ROLES and not bits[last + 1] & _NOBODY:
        last += 1
    return words[first].start(), words[last].end()


def _goes_before(bits: int, word: str) -> bool:
    """Whether a word before a surname is a given name that no list has: "Zhiwei Palmer"."""
    return word not in _ROLES and len(word) > 1 and not bits & (_NOBODY | ORDINARY | Bit.CALENDAR | Bit.CAPITALS)


def _is_name(bits: int, word: str, *, again: bool) -> bool:
    if bits & Bit.CALENDAR:
        return bool(bits & Bit.FREQUENT_GIVEN) and again
    if bits & (Bit.NAMELIKE | Bit.FREQUENT_GIVEN):
        return True
    if bits & Bit.CAPITALS and len(word) <= _SHORT:
        return False
    if bits & LISTED and not bits & (Bit.DERIVED | ORDINARY | Bit.REGION | Bit.KNOWN_PLACE):
        return True
    if bits & Bit.WORD:
        return again and bool(bits & Bit.FREQUENT_SURNAME)
    letters = word[:1] not in _VOWELS and not _VOWELS.isdisjoint(word[1:])
    short = bits & Bit.CAPITAL and len(word) == _SHORTEST and word not in _ABBREVIATED
    spoken = len(word) > _SHORT or (letters and (len(word) == _SHORT or bool(short)))
    unknown = bits & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN
    return again and spoken and unknown and not word.endswith(_TRADES)  # "Dockmaster"
