"""Crossings and turns as they are written: "the corner of Rue Foch and Quai Est", "left on Elm Isle and right on Ash".

Where two names are joined by "and" and one of them is plainly a street, both are, and so is everything that is turned
onto. Capitals have to tell where a name ends; what is only said is read by `crossings`.
"""

import re
from collections.abc import Iterator

import re2

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.written.street_lists import ENDINGS, WORLD
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Needed, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_SMALL = one_of({*WORLD.before, *WORLD.after, *vocabulary().links, *vocabulary().name_particles, "avenue", "boulevard"})
_WORD = rf"(?:[A-Z][\w']{{0,4}}\.|[A-Z][\w']*(?:-[\w']+)*|[0-9]{{1,3}}(?:st|nd|rd|th)\b|(?:{_SMALL})\b\.?(?!['\w]))"
_NAME = rf"(?:[0-9]{{1,5}}[a-z]? )?{_WORD}(?: {_WORD}){{0,5}}(?: [0-9]{{1,3}}\w*-[a-z]+| [0-9]{{1,4}}\b\.?)?"
_CROSSING = re.compile(
    rf"(?:(?P<corner>\b(?:[Tt]he )?(?:corner|intersection|junction) of )|"
    rf"(?P<at>\b(?:on|at|near|off|by) |[,:] |^|(?<=\x1d)))(?P<one>{_NAME}) and (?P<two>{_NAME})",
    re.ASCII | re.MULTILINE,
)
# Each form is looked for where its words stand, which one linear pass tells; only there it is read with its capitals.
_AND = re2.compile(
    (
        rf"(?:(?:\b[A-Z][\w'-]*|\b(?:{_SMALL}))\.?|[0-9]\.?|-[a-z]+) and "
        rf"(?:The |[0-9]{{1,5}}[a-z]? )?(?:[A-Z]|(?:{_SMALL})\b)"
    ).encode()
)
_TURN = Triggered(
    rb"(?:\b(?:turn(?:ed|ing)? |go |take a |,? ?and (?:then )?)|(?:[\n\x1d\x1e,]|^) ?)"
    rb"(?:left|right) (?:on|onto|into|at) (\w)",
    needs=("left right", "on onto into at"),
)
_RIDE = Triggered(
    rb"\b(?:tram|bus|metro|train|subway|trolley|taxi|cab) to (\w)",
    needs=("tram bus metro train subway trolley taxi cab", "to"),
)
_ONE = re.compile(_NAME, re.ASCII)
_REACH = 90  # characters of the first name of a crossing with what announces it
_HOUSE = Triggered(
    rb"\b(?:walk|go|drive|head|continue|run|come)(?:[ ](?:up|down|along|over|on|back)){0,2}[ ]to[ ]"
    rb"(?:house[ ])?(?:number|no\.?|nr\.?)[ ]([0-9]{1,5}[a-z]?)\b",
    needs=("walk go drive head continue run come", "number no nr", A_DIGIT),
)
NEEDS = Group(Needed("and"), _TURN, _RIDE, _HOUSE)
"""Without these words in a text nothing is found in it."""

_OF_SOMETHING = re.compile(r" (?:of|in|on the list|out of|%)", re.ASCII)  # "go to number 4 of the list"
_SURE = WORLD.before | WORLD.after
_KINDS = _SURE | WORLD.english | {"gata", "gatan", "avenue", "boulevard"}
_PLAINLY = frozenset(
    {
        "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "dr", "way",
        "parkway", "pkwy", "highway", "hwy", "causeway", "mews", "quay", "terrace", "crescent", "circle", "court",
        "turnpike",
    }
)  # fmt: skip
_SHORTEST = 3  # letters before the ending of a street
_CROSS = finding(Label.ADDRESS, "crossing-written", "two streets that are joined by a word", 0.94, "form")
_ONTO = finding(Label.ADDRESS, "street-turned-onto", "a name that is turned onto, or ridden to", 0.8, "context")
_NUMBER = finding(Label.ADDRESS, "house-walked-to", "the number of a house that one goes to", 0.85, "context")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return crossings with what announces them, streets that are turned onto, and numbers that are walked to."""
    octets, cased = transcript.octets, transcript.cased
    if b" and " in octets:
        yield from _crossings(transcript)
    for turn in _TURN.finditer(octets):
        if match := _ONE.match(cased, turn.start(1)):
            yield Claim(((match.start(), _end(match)),), _ONTO)
    for ride in _RIDE.finditer(octets):
        match = _ONE.match(cased, ride.start(1))
        if match and _is_street(match[0], surely=False):
            yield Claim(((match.start(), _end(match)),), _ONTO)
    for match in _HOUSE.finditer(octets):
        if not _OF_SOMETHING.match(transcript.folded, match.end()):
            yield Claim((match.span(1),), _NUMBER)


def _crossings(transcript: Transcript) -> Iterator[Claim]:
    """Return the crossings: of two streets one has a word of streets, or they are said to be a corner."""
    cased, beyond = transcript.cased, 0
    for joined in _AND.finditer(transcript.cased.encode("ascii")):
        match = _CROSSING.search(cased, max(beyond, joined.start() - _REACH), joined.end() + _REACH)
        if match is None or match.end() <= joined.start():
            continue
        beyond = match.end()
        announced = match["corner"] is not None
        if lexicon().of(match["two"].split()[0].lower()) & Bit.FUNCTION and not match["two"].startswith("The "):
            continue  # "on Elm Street and I've called"
        if announced or any(_is_street(match[name], surely=True) for name in ("one", "two")):
            start = match.start("corner") if announced and _is_prose(transcript, match.start()) else match.start("one")
            yield Claim(((start, _end(match, "two")),), _CROSS)


def _end(match: "re.Match[str]", group: str | int = 0) -> int:
    """Return the end of a name without the full stop of its sentence."""
    return match.end(group) - (match[group][-1] == ".")


def _is_prose(transcript: Transcript, place: int) -> bool:
    """Whether a place stands in a text that nobody speaks in turns."""
    turn = transcript.turn_at(place)
    stretch = transcript.stretches[turn]
    ends = transcript.document_end(stretch.document)
    return stretch.start == transcript.documents[stretch.document] and stretch.end >= ends


def _is_street(name: str, *, surely: bool) -> bool:
    """Whether a name has a word of streets, or ends as they do; `surely` a word that hardly any firm has."""
    words = [word.strip(".").lower() for word in name.split()]
    kinds = _PLAINLY if surely else _KINDS
    if not _SURE.isdisjoint(words) and len(words) > 1:
        return True
    if len(words) > 1 and words[-1] in kinds:
        return True
    if words[-1].rpartition("-")[2] in WORLD.dashed and "-" in words[-1]:
        return True
    return any(word.endswith(ENDINGS) and len(word) >= _SHORTEST + len("gade") and name[:1].isupper() for word in words)
