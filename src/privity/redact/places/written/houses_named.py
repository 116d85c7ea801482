"""Houses that have a name and no number, written and said: "the old forge, slaley", "at primrose cottage".

In Britain and Ireland a house is known by its name, with its town or street right behind it. What it once was stands
in many such names; a cottage or a vicarage is where somebody is "at". Welsh names of streets and houses, "maes y
llan", are told by the words that open them and by their article.
"""

from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.places.streets.street_words import LISTS, StreetWords
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import A_DIGIT, Group, Triggered

_ONCE = (
    "forge|smithy|vicarage|rectory|bakehouse|bakery|schoolhouse|school\\s+house|chapel|mill|dairy|stables|granary|manse|"
    "parsonage|coach\\s+house|barn|farmhouse|grange|post\\s+office|boathouse|tannery|brewery|signal\\s+box|gatehouse|"
    "toll\\s+house|pump\\s+house|creamery|priory|almshouse|steading|byre"
)
_DWELLINGS = "cottages?|farmhouse|vicarage|rectory|manse|bakehouse|smithy|parsonage|steading|croft"
_KINDS = "street|road|lane|avenue|close|hill|row|terrace|drive|way|green|square|gardens|place|crescent|end|court"
_HOUSE_WORDS = " ".join(
    sorted({word for house in f"{_ONCE}|cottages|lodge|barn|farm".split("|") for word in house.split("\\s+")})
)
# "The Old Bakehouse, Wood Street", "rose cottage, mill lane"
_ON_STREET = Triggered(
    rf"\b((?:the\s+old\s+(?:{_ONCE})|(?:[a-z']+\s+)(?:cottages?|lodge|barn|farm|farmhouse|grange|coach\s+house)),"
    rf"\s+(?:[a-z']+\s+){{1,2}}(?:{_KINDS}))\b".encode(),
    needs=(f"{_HOUSE_WORDS} cottage", ",", _KINDS.replace("|", " ")),
)
_BEFORE_TOWN = Triggered(
    rf"\b((?:the\s+)?old\s+(?:{_ONCE})|(?:[a-z']+\s+)(?:cottages?|barn,|farmhouse|vicarage|rectory)),?\s+(?:in\s+)?([a-z]{{3,}})\b".encode(),
    needs=(f"{_HOUSE_WORDS} cottage",),
)
_AT = Triggered(
    rf"\b(?:at|address\s+is|lives?\s+(?:at|in)|home\s+is)\s+((?:[a-z']+\s+){{1,2}}?(?:{_DWELLINGS}))(?:[.,?!\x1d\x1e\n]|$|\s+(?:on|in|near|by|just|and|the)\b)".encode(),
    needs=("cottage cottages farmhouse vicarage rectory manse bakehouse smithy parsonage steading croft", "at is in"),
)
_OPEN_WELSH = (
    "maes|heol|ffordd|stryd|lon|tan|pen|bryn|llys|cwm|cae|clos|bro|trem|parc|erw|rhiw|glan|nant|plas|bwthyn|ty|pant|gwaun|"
    "rhodfa|tal"
)
_SURELY_WELSH = "heol|ffordd|stryd|rhodfa|maes|bwthyn|ysgubor"
_WELSH = Triggered(
    (
        rf"\b(?:[0-9]{{1,4}}\s+)?(?:(?:{_OPEN_WELSH})\s+(?:y|yr)\s+[a-z]{{3,}}|(?:{_SURELY_WELSH})\s+[a-z]{{2,}}"
        r"(?:\s+(?:y|yr)\s+[a-z]+)?)\b"
    ).encode(),
    needs=(f"{_OPEN_WELSH}|{_SURELY_WELSH}".replace("|", " "),),
)
# "12 Sefton Croft, Ilkley": kinds of streets that are too many other things where nothing has a capital
_BRITISH_KINDS = (
    "croft|vale|yard|cottages|end|garth|dene|lea|mead|fold|chase|dell|drove|maltings|buildings|villas|wharf|holt|paddock|"
    "paddocks|meadow|copse|brow|ings|spinney|warren|orchard|moorings|glebe|hythe|bank"
)
_NUMBERED = Triggered(
    rf"\b([0-9]{{1,4}}[a-z]?\s+(?:[a-z'-]+\s+){{1,3}}?(?:{_BRITISH_KINDS}))(?:[.,;?!\n\x1d\x1e]|$)".encode(),
    needs=(A_DIGIT, _BRITISH_KINDS.replace("|", " ")),
)
NEEDS = Group(_NUMBERED, _ON_STREET, _BEFORE_TOWN, _AT, _WELSH)
"""Without these there is no such house in a text."""

_NO_NAMES = frozenset(
    {
        "holiday", "pottery", "noodle", "rental", "little", "nice", "same", "new", "small", "own", "big", "state",
        "dairy", "other", "summer", "guest", "main", "hunting", "mountain", "beach", "lake", "log", "ski", "motor",
        "travel", "horse", "chicken", "local", "family", "wind", "solar", "dog", "pig", "fish", "server",
    }
)  # fmt: skip
_PREPOSITIONS = frozenset(
    {"at", "to", "is", "in", "of", "from", "it's", "s", "address", "outside", "near", "by", "yes", "yeah"}
)
_NO_TOWN = Bit.WORD | Bit.FUNCTION | Bit.FREQUENT_GIVEN | Bit.CALENDAR | Bit.NO_NAME | Bit.THING
_COUNTED = frozenset(
    {"chapter", "episode", "grade", "level", "lot", "page", "part", "round", "section", "table", "volume"}
)
_BRITISH = finding(Label.ADDRESS, "street-british", "a house number and a street of Britain", 0.75, "form")
_HOUSE = finding(Label.ADDRESS, "house-named", "the name of a house, then its street or town", 0.8, "form")
_LIVED_AT = finding(Label.ADDRESS, "house-named", "the name of a house where somebody is", 0.7, "context")
_TOWN = finding(Label.LOCATION, "town-of-house", "the town behind the name of a house", 0.75, "context")
_STREET = finding(Label.ADDRESS, "street-welsh", "a Welsh name of a street or a house", 0.75, "form")


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return such houses, and the street or the town behind each."""
    read = transcript.once(StreetWords)
    yield from _numbered(transcript)
    yield from _with_town(transcript, read)
    yield from _welsh(transcript, read)


def _numbered(transcript: Transcript) -> Iterator[Claim]:
    words = transcript.words
    for match in _NUMBERED.finditer(transcript.octets):
        first, behind = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1))
        written = all(words.bits[at] & Bit.CAPITAL for at in range(first + 1, behind))
        if written and words.beside(first, -1) not in _COUNTED:
            yield Claim((match.span(1),), _BRITISH)


def _with_town(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    """Yield houses before their street or town, and where somebody is at one."""
    words, octets = transcript.words, transcript.octets
    for match in _ON_STREET.finditer(octets):
        first, behind = words.at_or_behind(match.start(1)), words.at_or_behind(match.end(1))
        if _is_named(read, words.bits, first) and all(map(read.bare, range(first + 1, behind))):
            yield Claim(((words.starts[read.numerals_before(first)], match.end(1)),), _HOUSE)
    for match in _BEFORE_TOWN.finditer(octets):
        first, town = words.at_or_behind(match.start(1)), words.at_or_behind(match.start(2))
        parted = "," in transcript.folded[match.end(1) : match.start(2)]
        if _is_named(read, words.bits, first) and _is_town(read, words.bits, town, surely=not parted):
            yield Claim(((words.starts[read.numerals_before(first)], match.end(1)),), _HOUSE)
            yield Claim((match.span(2),), _TOWN)
    for match in _AT.finditer(octets):
        if _is_named(read, words.bits, words.at_or_behind(match.start(1))):
            yield Claim((match.span(1),), _LIVED_AT)


def _welsh(transcript: Transcript, read: StreetWords) -> Iterator[Claim]:
    words = transcript.words
    for match in _WELSH.finditer(transcript.octets):
        last = words.at_or_behind(match.end()) - 1
        if not words.bits[last] & (Bit.WORD | Bit.FUNCTION) and read.bare(last):
            yield Claim((match.span(),), _STREET)
            behind = words.bits[last + 1] if read.adjoins(last + 1) else 0
            if behind & (Bit.PLACE | Bit.UNKNOWN) and not behind & _NO_TOWN:
                yield Claim(((words.starts[last + 1], words.ends[last + 1]),), _TOWN)


def _is_named(read: StreetWords, bits: list[int], first: int) -> bool:
    """Whether what begins at a word is the name of a house: "the old", "old" behind a preposition, or a name."""
    word = read.word(first)
    if word in {"the", "old"}:
        opens = not read.adjoins(first) or read.word(first - 1) in _PREPOSITIONS
        return opens and (read.word(first + (word == "the")) == "old")
    if word in _NO_NAMES or word in LISTS.no_streets or bits[first] & (Bit.FUNCTION | Bit.NUMBER | Bit.DIGITS):
        return False
    return read.bare(first) and read.may_name(first)


def _is_town(read: StreetWords, bits: list[int], at: int, *, surely: bool) -> bool:
    """Whether a word is a town, or nothing that a dictionary has, and the sentence ends or goes on behind it."""
    known = bits[at] & (Bit.PLACE | Bit.KNOWN_PLACE | (0 if surely else Bit.UNKNOWN))
    return known != 0 and not bits[at] & _NO_TOWN and read.bare(at) and read.ends_town(at + 1)
