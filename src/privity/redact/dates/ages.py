"""Ages of 90 and more, in every form: "93 years old", "he'll be ninety seven in may", "i'm a hundred and one honey".

All elements of ages over 89 identify (45 CFR 164.514(b)(2)(i)(C)). What is counted by such a number is no age: "ninety
percent", "ninety seven degrees".
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.dates.date_words import AGES, MONTH, TEEN, UNIT, counts_something
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.folding import TURN_BREAK
from privity.redact.reading.known_words import places_of
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group, Triggered
from privity.redact.reading.vocabulary import vocabulary

_NINETY = rf"(?:9[0-9]|1[01][0-9]|ninety(?:[\s-]+{UNIT})?|(?:a|one)\s+hundred(?:(?:\s+and)?(?:\s+{UNIT}|\s+{TEEN}))?)"
_NINETY_SAID = f"ninety* hundred* {AGES}"
_AGE = Triggered(
    (
        rf"\b({_NINETY})[\s-]*(?:(?:years?|yrs?)(?:\s*,\s*|\s+)(?:and\s+)?(?:a|an|[0-9]{{1,3}}|{UNIT}|{TEEN})\s+"
        r"(?:months?|mos?|weeks?|wks?|days?)(?:\s+old|\s+of\s+age)|yrs?[\s-]*old|years?[\s-]*old|"
        r"years?\s+young|year[\s-]*olds?|yo\b|y/o|y\.o\.|years\s+of\s+age)|"
        rf"\b(?:age|aged|turned|turning|turns|died\s+at)(?:\s+is|\s+of|:)?\s+({_NINETY})\b"
    ).encode(),
    needs=(_NINETY_SAID, f"year* yr* yo y age aged turned turning turns died {_NINETY_SAID}"),
)
_KIN = (
    "mother father mom dad mum grandmother grandfather grandma grandpa aunt uncle husband wife law neighbor neighbour "
    "roommate patient pt resident tenant cousin brother sister friend nana granny"
)
_SOMEBODY = f"he she who {_KIN}"
_SOMEBODY_IS = Triggered(
    (
        rf"\b(?:(?:s?hes|(?:{_SOMEBODY.replace(' ', '|')})(?:\s+who\s+is\s+[a-z]+)?"
        rf"(?:'s|'ll\s+be|\s+is|\s+was|\s+(?:went|lived|made\s+it)\s+to(?:\s+be)?|\s+turns|\s+turned|\s+will\s+be|\s+would\s+be|\s+is\s+turning|'s\s+turning))"
        rf"(?:\s+(?:he's|she's|what|now|already|only|almost|nearly|about|like|gonna\s+be|going\s+to\s+be|just\s+turned|turning|uh|um))*)\s+({_NINETY})\b"
    ).encode(),
    needs=(
        _NINETY_SAID,
        f"hes shes {_SOMEBODY}",
    ),
)
# "grandma's ninety fifth", "for his 100th birthday"
_NINETIETH = (
    r"(?:9[0-9](?:st|nd|rd|th)|1[01][0-9](?:st|nd|rd|th)|ninetieth|"
    r"ninety[\s-]+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|(?:one\s+)?hundredth)"
)
_BIRTHDAY = Triggered(
    (
        rf"\b({_NINETIETH})\s+birthday\b|"
        rf"\b(?:{_KIN.replace(' ', '|')})'?s\s+({_NINETIETH})"
        r"(?:\s*[,.?!;\x1d\x1e\n]|\s+(?:is|was|on|in|this|next|and|so|party)\b|$)"
    ).encode(),
    needs=(f"ninetieth hundredth {_NINETY_SAID}", f"birthday* {_KIN.replace(' ', '* ')}*"),
)
# "i'm a hundred and one honey": not "i'm ninety percent sure", of which the next word tells.
_SAYS_OF_AGE = Triggered(
    (
        rf"\b(?:i'?m|i\s+am|being|i'?ll\s+be|i\s+was|you'?re|we're\s+both|they're\s+both|both|(?:lived?|lives|made\s+it)\s+to(?:\s+be)?|"
        rf"(?:gonna|going\s+to|about\s+to)\s+be|to\s+turn|hit|is\s+now)"
        rf"(?:\s+(?:now|already|only|almost|nearly|about|just|like|turning|gonna\s+be|going\s+to\s+be|uh|um))*\s+({_NINETY})\b"
    ).encode(),
    needs=(_NINETY_SAID,),
)
_AT_AGE = Triggered(
    rf"\bat\s+({_NINETY}),?\s+(?:he|she|they|i|you|years|dr|doctor)\b".encode(), needs=(_NINETY_SAID, "at")
)
_HOW_OLD = Triggered(
    rf"\b(?:how\s+old|age)\b[^\x1d\x1e\n]{{0,40}}[\x1e\n?]+[\s?.]*(?:(?:uh|um|oh|well|yes|yeah|he'?s|she'?s|i'?m|he|she|is|am|ma'?am|maam|sir|dear|hon|honey)[\s,]+)*({_NINETY})\b".encode(),
    needs=(_NINETY_SAID, "old age"),
)
_GOES_ON = frozenset(
    {
        "honey", "dear", "hon", "sweetie", "darling", "sir", "ma'am", "maam", "next", "years", "year", "now", "already",
        "today", "yesterday", "tomorrow", "soon", "last", "wow", "thank", "god", "bless", "still", "believe", "if",
        "this", "ha", "haha",
    }
)  # fmt: skip
_AMOUNTS = frozenset({"to", "of", "or", "some", "something", "more", "by", "per", "each", "off"})
_ALONE = Triggered(
    rf"\b(ninety(?:\s+ninety)?(?:[\s-]+{UNIT})?|(?:a|one)\s+hundred(?:\s+and\s+{UNIT})?)\b".encode(),
    needs=("ninety hundred",),
)
NEEDS = Group(_AGE, _BIRTHDAY, _SOMEBODY_IS, _SAYS_OF_AGE, _AT_AGE, _HOW_OLD, _ALONE)
"""Without these words in a text nothing is found in it."""
_BIRTH = re.compile(
    r"\b(?:born|birth|birthday|birthdate|d o b|dob|years old|how old|his age|her age|your age)\b", re.ASCII
)
_SAID_ALONE = re.compile(
    r"(?:^|\x1e|\b(?:so|that's|that is|that makes|makes|is|yes|yeah|okay|now|uh|um|she's|he's|and|be|i'm|am|"
    rf"already|almost|{_NINETY})[\s,]+)\s*$",
    re.ASCII,
)
_IN_MONTH = re.compile(rf"\s+(?:in|this|next|come)\s+{MONTH}\b", re.ASCII)
_SENTENCE = re.compile(r"[.?!]\s+$", re.ASCII)
_FILLERS = frozenset(word for phrase in vocabulary().fillers for word in phrase.split())
_OPENS_AGAIN = (TURN_BREAK, "\n", ".", "?", "!")
_OF_SOMEBODY = re.compile(
    r"(?:\b(?:at|been|was|is|be|turn(?:ed|s|ing)?|being|to|s?hes)|\b(?:he|she|who)'s)\s+$", re.ASCII
)
_AGED_REACH = 160
_THING_REACH = 40
_ASKS_AGE = re.compile(r"\bhow old (?:is|are|was|were) (?:he|she|you|they|the patient|your)\b|\bage\b", re.ASCII)
_OF_THING = re.compile(
    r"\b(?:house|home|building|roof|tree|oak|furnace|boiler|pipes?|church|school|barn|wiring|plumbing|piano|violin|book|"
    r"clock|bridge|sewer|firm|company|this|that|it)(?:'s|\s+is|\s+was|\s+are|'s\s+like|\s+must\s+be)\s+"
    r"(?:(?:over|about|like|almost|nearly|maybe|only|easily|more than)\s+)*$",
    re.ASCII,
)

_AGE_FOUND = finding(Label.AGE, "age-over-89", "an age of 90 or more", 0.9, "form", "", "90 or more")
_AGE_SAID = finding(Label.AGE, "age-over-89", "90 or more where births are spoken of", 0.6, "context", "", "90 or more")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return ages of 90 and more, and where they are said again."""
    found = list(_ages(transcript))
    yield from found
    for claim in found:
        [(start, end)] = claim.parts
        yield from _again(transcript, transcript.folded[start:end], end)


def _again(transcript: Transcript, age: str, end: int) -> Iterator[Claim]:
    """Yield where an age is said again shortly behind it: "93 / 93, okay", "he was 101 / he'd have been 101"."""
    text = transcript.folded
    limit = min(end + _AGED_REACH, transcript.document_end(transcript.document_at(end - 1)))
    for start, behind in places_of(text, (age,), end, limit):
        opens = text[end:start].rstrip(" ").endswith(_OPENS_AGAIN) or _OF_SOMEBODY.search(
            text, max(end, start - 24), start
        )
        if opens and _ends_or_goes_on(transcript, start, behind):
            yield Claim(((start, behind),), _AGE_SAID)


def _ages(transcript: Transcript) -> Iterator[Claim]:
    octets = transcript.octets
    for pattern, is_age, found in (
        (_SOMEBODY_IS, _counts_nothing, _AGE_FOUND),
        (_SAYS_OF_AGE, _ends_or_goes_on, _AGE_FOUND),
        (_AT_AGE, _always, _AGE_SAID),
        (_HOW_OLD, _counts_nothing, _AGE_SAID),
        (_ALONE, _is_age, _AGE_SAID),
    ):
        for match in pattern.finditer(octets):
            if is_age(transcript, *match.span(1)):
                yield Claim((match.span(1),), found)
    for match in _BIRTHDAY.finditer(octets):
        yield Claim((match.span(match.lastindex),), _AGE_FOUND)
    for match in _AGE.finditer(octets):
        asked = _ASKS_AGE.search(transcript.folded, max(0, match.start() - _AGED_REACH), match.start())
        if not asked and _OF_THING.search(transcript.folded, max(0, match.start() - _THING_REACH), match.start()):
            continue  # "the house is a hundred and ten years old"
        yield Claim((match.span(match.lastindex),), _AGE_FOUND)


def _always(_transcript: Transcript, _start: int, _end: int) -> bool:
    return True


def _counts_nothing(transcript: Transcript, _start: int, end: int) -> bool:
    return not counts_something(transcript, end)


def _is_age(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a number of 90 or more stands for itself, shortly behind a birth or another age."""
    document = transcript.documents[transcript.document_at(start)]
    before = transcript.folded[max(document, start - _AGED_REACH) : start]
    spoken_of = _BIRTH.search(before) or any(said.search(before.encode()) for said in (_SOMEBODY_IS, _SAYS_OF_AGE))
    if not spoken_of:
        return False
    if _IN_MONTH.match(transcript.folded, end):
        return True  # "ninety six now, ninety seven in august"
    if _SENTENCE.search(before):
        return _ends_or_goes_on(transcript, start, end)
    return _SAID_ALONE.search(before) is not None and not counts_something(transcript, end)


def _ends_or_goes_on(transcript: Transcript, start: int, end: int) -> bool:
    """Whether a sentence ends behind a number, or goes on with words that nothing is counted by."""
    words = transcript.words
    if transcript.folded.startswith(f" {transcript.folded[start:end]} ", end):
        return True  # "i'm ninety three, ninety three, honey", without its commas
    at = words.at_or_behind(end)
    if at >= len(words.texts) or transcript.folded[end : words.starts[at]].strip(" "):
        return transcript.folded[end : end + 1] not in {"%", "-", ":", "/", "$"}
    word = words.texts[at].lower()
    small = words.bits[at] & (Bit.FUNCTION | Bit.CALENDAR) and word not in _AMOUNTS
    return bool(small) or word in _GOES_ON or word in _FILLERS
