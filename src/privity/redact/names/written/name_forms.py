"""Names that a written form tells: "LAST, First", authors, lists, mentions, chat lines, whole names behind a field.

"Okafor, Ada" alone on a line, "Weber, K., & Duarte, L. (1998)", "1. Ada Okafor (Nigeria)", "Attn: Ada N. Okafor",
"Ada > Ben: hello", "@ada", "Ada, Ben and Chidi are away". The form says that a name stands there and where it ends;
that the words are names and nothing else, a word without one that no English dictionary has must say.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.lexicon import Bit, lexicon
from privity.redact.reading.matches import Pattern
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Triggered

_CAPITAL = r"[A-Z][A-Za-z'-]+"
_SMALL = r"(?:(?:van|von|de|del|della|di|da|dos|der|den|al|el|bin|la|le|ten|ter) ){0,2}"
_WHOLE = (
    rf"(?:{_CAPITAL}|[A-Z]\.)(?: (?:[A-Z]\.?(?= )|{_SMALL}{_CAPITAL}|bin|binti)){{1,3}}"
    r"(?: (?:II|III|IV|Jr\.?|Sr\.?)\b)?"
)
_INITIALS = r"(?:[A-Z]\.[ -]?){1,3}"
_AUTHOR = rf"{_SMALL}{_CAPITAL}, {_INITIALS}"
# Each form is looked for where its signs stand, which one linear pass tells; only there it is read with its capitals.
_LINE = r"(?:^|[\n\x1d\x1e])[ \t]*"
_COMMA_LINE = Pattern(rf"{_LINE}([a-z][a-z' -]{{1,40}}, [a-z][a-z' .-]{{1,30}})".encode())
_SURNAME_FIRST = re.compile(
    rf"(({_SMALL}{_CAPITAL}(?:[ -]{_CAPITAL})?), ({_CAPITAL}(?: [A-Z]\.?| {_CAPITAL})?))(?=[ \t]*(?:[\r\n\x1d\x1e(]|$))"
)
_YEAR = Triggered(rb"\. ?\((?:1[89]|20)[0-9]{2}[a-z]?\)", needs=("18* 19* 20*", "("))
_AUTHORS = re.compile(rf"({_AUTHOR}(?:,? ?(?:& |and )?{_AUTHOR}){{0,7}}) ?\(")
_ONE_AUTHOR = re.compile(rf"{_SMALL}({_CAPITAL}, {_INITIALS})")
_AND_OTHERS = Triggered(rb"\b((?:[a-z]{2,3} ){0,2}[a-z'-]+) et al\b", needs=("al",))
_LIST_LINE = Triggered(rf"{_LINE}[0-9]{{1,2}}[.)] ([a-z])".encode(), needs=(A_DIGIT, ". )"))
_LISTED = re.compile(rf"({_WHOLE}) ?[(,]")
_FIELD = Triggered(
    rb"\b(?:attn\.?|attention|starring|featuring|form [a-z0-9-]{1,8}|ship to|bill to|sender|recipient|next of kin|"
    rb"beneficiary|payee|cast|directed by|written by)\b:?[ \n]([a-z])",
    needs=("attn attention starring featuring form ship bill sender recipient kin beneficiary payee cast by",),
)
_IN_FIELD = re.compile(rf"({_WHOLE})(?=[ \t]*[,;\n\x1d(]| and |$)")
# as charts name somebody: Patient: OBI, TEMI
_WHO = Triggered(
    rb"\b(?:patient|pt|attending|provider|physician|surgeon|resident|nurse|pcp|referring|ordering|guarantor|insured|subscriber|"
    rb"client|defendant|plaintiff|claimant|employee|student|member|name)(?: name)?[ \t]*:[ \t]*([a-z])",
    needs=(
        (
            "patient pt attending provider physician surgeon resident nurse pcp referring ordering guarantor insured "
            "subscriber client defendant plaintiff claimant employee student member name"
        ),
    ),
)
_REVERSED = re.compile(rf"({_CAPITAL}(?:[ -]{_CAPITAL})?, {_CAPITAL}(?: [A-Z]\.?(?![A-Za-z]))?)")
# as travel agencies write a passenger: "OBI/TEMI MS"
_PASSENGER = re.compile(
    r"(?<![A-Za-z0-9/])(([A-Z]{2,20})/([A-Z]{2,20})(?: [A-Z]{2,20})?) ?(?:MR|MRS|MS|MISS|MSTR|DR)(?![A-Za-z])"
)
_GIVEN_FIELD = Triggered(rb"\b(?:given|first|middle|last|family|maiden) names?: ?([a-z])", needs=("name names", ":"))
_GIVEN = re.compile(rf"({_CAPITAL}(?: {_CAPITAL}){{0,2}})")
_CHAT_LINE = Pattern(rf"{_LINE}([a-z][a-z'-]+) > ([a-z][a-z'-]+): ".encode())
_MENTION = Pattern(rb"(?:^|[\s(\x1d\x1e])@([a-z][a-z'-]{2,20})[ ,:;!?]")
_VERB = Triggered(
    rb"((?:\b[a-z'-]+, ){0,4}\b[a-z'-]+),? and ([a-z'-]+) (?:are|were|have|will|went|came|can)\b",
    needs=("and", "are were have will went came can"),
)
_SEVERAL = re.compile(_CAPITAL)
_TITLED = Triggered(
    rb"\b(?:prof|dr|mr|mrs|ms|mx)\.? ((?:van|von|de|del|di|da|der|al|el|bin|la|le)(?: de[nr]?| la)? ([a-z][a-z'-]+))",
    needs=("prof dr mr mrs ms mx", "van von de del di da der al el bin la le"),
)
_GREETED = re.compile(rf"\n\n({_CAPITAL}), (?=I |I'|we |you |the |can |could |please |thanks )")
_PAIR = 2  # names
_LONGEST_AUTHORS = 240  # characters
_IDENTIFIER = re.compile(r"[a-z]{3,}[A-Z]")  # of a program: "NotFoundError"
_NO_NAME = Bit.WORD | Bit.FUNCTION | Bit.CALENDAR | Bit.PEOPLE | Bit.TITLE | Bit.DERIVED | Bit.NO_NAME | Bit.THING
_LISTED_BITS = Bit.GIVEN | Bit.SURNAME | Bit.FOREIGN_SURNAME
_PLACES = Bit.REGION | Bit.KNOWN_PLACE

_FOUND = finding(Label.NAME, "name-form", "a written form that holds a name", 0.86, "form")
_CITED = finding(Label.NAME, "name-author", "the author of a reference", 0.86, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return the names that their form tells."""
    for part in _authors(transcript):
        yield Claim((part,), _CITED)
    for part in _in_forms(transcript):
        yield Claim((part,), _FOUND)


def _authors(transcript: Transcript) -> Iterator[Part]:
    cased, octets = transcript.cased, transcript.octets
    beyond = 0
    for year in _YEAR.finditer(octets):
        start = max(beyond, year.start() - _LONGEST_AUTHORS)
        for match in _AUTHORS.finditer(cased, start, year.end()):
            for author in _ONE_AUTHOR.finditer(cased, *match.span(1)):
                yield author.start(1), author.end() - (cased[author.end() - 1] == " ")
        beyond = year.end()
    for match in _AND_OTHERS.finditer(octets):
        start, end = match.span(1)
        while start < end and not cased[start].isupper() and (blank := cased.find(" ", start, end)) > 0:
            start = blank + 1
        if cased[start].isupper() and not lexicon().of(cased[start:end].lower()) & Bit.FUNCTION:
            yield start, end


def _in_forms(transcript: Transcript) -> Iterator[Part]:
    cased, octets = transcript.cased, transcript.octets
    if ", " in cased:
        yield from _by_commas(transcript)
    for pattern, form, firmly in ((_LIST_LINE, _LISTED, True), (_FIELD, _IN_FIELD, False)):
        for place in pattern.finditer(octets):
            match = form.match(cased, place.start(1))
            if match and _is_name(match[1], firmly=firmly):
                yield match.span(1)
    yield from _charted(transcript)
    for place in _GIVEN_FIELD.finditer(octets):
        if match := _GIVEN.match(cased, place.start(1)):
            yield match.span(1)
    for titled in _TITLED.finditer(octets):
        if cased[titled.start(2)].isupper() and _is_name(cased[slice(*titled.span(2))], firmly=False):
            yield titled.span(1)
    yield from _by_signs(transcript)


def _charted(transcript: Transcript) -> Iterator[Part]:
    """Yield who is named surname first behind a field or before a title."""
    cased = transcript.cased
    for place in _WHO.finditer(transcript.octets) if ", " in cased else ():
        match = _REVERSED.match(cased, place.start(1))
        if match and _is_name(match[1], firmly=False):
            yield match.span(1)
    for passenger in _PASSENGER.finditer(cased) if "/" in cased else ():
        if _is_name(f"{passenger[2]} {passenger[3]}", firmly=False):
            yield passenger.span(1)


def _by_signs(transcript: Transcript) -> Iterator[Part]:
    """Yield who writes to whom, and who is mentioned."""
    cased, octets = transcript.cased, transcript.octets
    for chat in _CHAT_LINE.finditer(octets) if " > " in cased else ():
        if cased[chat.start(1)].isupper() and cased[chat.start(2)].isupper():
            yield from (chat.span(1), chat.span(2))
    for mention in _MENTION.finditer(octets) if "@" in cased else ():
        if _is_name(cased[slice(*mention.span(1))], firmly=True):
            yield mention.span(1)


def _by_commas(transcript: Transcript) -> Iterator[Part]:
    """Yield "LAST, First" alone on a line, several first names before a verb, and who is spoken to in a letter."""
    cased, octets = transcript.cased, transcript.octets
    for line in _COMMA_LINE.finditer(octets):
        match = _SURNAME_FIRST.match(cased, line.start(1))
        if match and _is_name(match[2], firmly=False) and _is_name(match[3], firmly=True) and not _is_place(match[3]):
            yield match.span(1)
    for several in _VERB.finditer(octets):
        start, end = several.start(1), several.end(2)
        names = [*_SEVERAL.finditer(cased, start, end)]
        listed = len(names) == cased.count(",", start, several.end(1)) + 2 > _PAIR
        if listed and all(_is_name(name[0], firmly=False) and not _is_place(name[0]) for name in names):
            yield from (name.span() for name in names)
    if "\n\n" in cased:
        yield from (match.span(1) for match in _GREETED.finditer(cased) if _is_name(match[1], firmly=True))


def _is_place(name: str) -> bool:
    return any(lexicon().of(word.lower()) & _PLACES for word in name.split())


def _is_name(name: str, *, firmly: bool) -> bool:
    """Whether words may be a name: one is in no dictionary, and `firmly` all of them, or in a list of names."""
    if _IDENTIFIER.search(name):
        return False
    bits = [lexicon()[word.capitalize()] for word in re.findall(r"[A-Za-z']{2,}", name)]
    strange = [not now & _NO_NAME or (now & _LISTED_BITS and not now & (Bit.FUNCTION | Bit.NO_NAME)) for now in bits]
    surely = [not now & _NO_NAME for now in bits]
    return bool(bits) and any(surely) and (not firmly or all(strange))
