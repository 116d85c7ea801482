"""People who are mentioned by where they live, what they do next or whose they are: "next door shaz", "this Ott guy".

Nobody introduces them. The phrase has room for somebody, and holds a name if its word is no English one; an English
word that is also a name needs more: it has to do what only people do, "Miles can drop it by".
"""

from collections.abc import Callable, Iterator

from privity.redact.names.parts import NameParts, is_medicine, is_thing
from privity.redact.names.spoken.fit_words import is_surname
from privity.redact.reading.lexicon import LISTED, NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Rows, Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_W = r"([a-z]{2,})"
_KIN = one_of(_VOCABULARY.relations | {"guardian", "carer", "caregiver", "parent", "parents", "widow", "executor"})
_KIN_WORDS = " ".join(sorted(word for phrase in _VOCABULARY.relations for word in phrase.split()))
_PERSONS = "guy|fella|fellow|bloke|chap|dude|lady|woman|gentleman"
_SIDES = r"next\s+door|upstairs|downstairs|(?:across|over|down)\s+the\s+(?:street|road|hall|way)"
_SIDE_WORDS = "door upstairs downstairs street road hall way"
_DID = "has|had|is|was|got|said|says|saw|told|came|took|takes|heard|lets|does|did|gave|keeps|kept|who"
_HAS = rf"(?:'s|\s+(?:{_DID}))"
_OWN = (
    "birthday|mom|mum|dad|mother|father|wife|husband|brother|sister|phone|cell|number|appointment|prescription|teacher|"
    "house|doctor|account|son|daughter|surgery"
)
_GIVES = (
    "do|drop|bring|pick|fetch|collect|run|take|give|show|meet|help|ring|call|phone|text|email|let|grab|walk|drive|sort"
)
_TO_WHOM = "it|that|this|those|them|you|him|her|us|me|by|over|round|around|the|your|my|a|an"

_WARD = Triggered(
    rf"\b(?:{_KIN})\s+of\s+{_W}\b".encode(),
    needs=("of", f"{_KIN_WORDS} guardian carer caregiver parent parents widow executor"),
)
# "my great uncle chip, her brother"
_OF_KIN = Triggered(
    rf"\b(?:my|our|his|her|your)\s+(?:[a-z]+\s+)?(?:{_KIN}),?\s+{_W},?\s+(?:her|his|my|our)\s+(?:{_KIN})\b".encode(),
    needs=(f"{_KIN_WORDS} guardian carer caregiver parent parents widow executor", "her his my our"),
)
_ELSE = Triggered(
    rf"\b(?:any|some)(?:one|body)\s+else\b[^\x1d\x1e\n?]{{0,40}},\s+(?:an?\s+)?{_W}\?|"
    rf"\bis\s+there\s+an?\s+{_W}\s+(?:here|there|at\s+(?:this|that|your)|living)\b".encode(),
    either=(("else", "?"), ("is", "there")),
)
_THIS_ONE = Triggered(
    rf"\b(?:this|that|some)\s+{_W}\s+(?:{_PERSONS})\b".encode(), needs=(_PERSONS.replace("|", " "), "this that some")
)
_BESIDE = Triggered(
    rf"\b(?:{_SIDES})\s+{_W}{_HAS}\b".encode(),
    needs=(_SIDE_WORDS, f"s {_DID}".replace("|", " ")),
)
_BESIDE_US = Triggered(
    rf"\b{_W}\s+(?:from\s+)?(?:{_SIDES}){_HAS}\b".encode(),
    needs=(_SIDE_WORDS, f"s {_DID}".replace("|", " ")),
)
_DOES = Triggered(
    rf"(?:^|[\x1d\x1e\n.?!]\s*){_W}(?:'ll|\s+(?:can|could|will|might))\s+(?:also\s+|just\s+|probably\s+)?"
    rf"(?:{_GIVES})\s+(?:{_TO_WHOM})\b".encode(),
    needs=("ll can could will might", _GIVES.replace("|", " "), _TO_WHOM.replace("|", " ")),
)
_THEN_DOES = Triggered(rb"(?:^|[\x1d\x1e\n.?!]\s*)([a-z]{2,})\.\s+s?he(?:'s|'ll|\s)", needs=("she he", "."))
_SENT = Triggered(
    rf"\b(?:(?:i|we)(?:'ll|\s+will|\s+can)|gonna|going\s+to|let\s+me)\s+send\s+{_W}\s+(?:with|round|along|by|in|up)\b|"
    rf"\b(?:get|ask|have|asked|got)\s+{_W}\s+to\s+(?:look|call|ring|phone|come|check|bring|drop|pick|fix|help|sign|sort)\b".encode(),
    either=(
        ("send", "with round along by in up"),
        ("get ask have asked got", "to", "look call ring phone come check bring drop pick fix help sign sort"),
    ),
)
_TALKED_TO = Triggered(
    rb"\b(?:spoke|talked|spoken|speaking|talking|chatted|dealt|dealing)\s+(?:to|with)\s+an?\s+([a-z]{2,})\b",
    needs=("a an", "spoke talked spoken speaking talking chatted dealt dealing"),
)
_OWNED = Triggered(rf"\b([a-z]{{2,3}})'s\s+(?:{_OWN})\b".encode(), needs=("s", _OWN.replace("|", " ")))
_SHORT_FOR = Triggered(
    rb"\b([a-z]{2,})(?:,|\s+is|\s+that's|\s+which\s+is)?\s+short\s+for\s+([a-z]{3,})\b", needs=("short", "for")
)
# "memory like the word": said of a name, when nothing before it compares
_LIKE_WORD = Triggered(rb"\b([a-z]{3,})\s+(?:like|as\s+in)\s+the\s+word\b", needs=("word", "like as"))
# "i've got a marlon dumont on the line"
_ON_LINE = Triggered(
    rf"\b(?:got|have|there's|is)\s+an?\s+{_W}\s+{_W}\s+(?:on\s+(?:the\s+)?(?:line|phone|hold)|calling\s+(?:for|about))\b".encode(),
    needs=("a an", "line phone hold calling"),
)
_TO_ONE = Triggered(
    rf"\b(?:how's\s+it\s+going|how\s+are\s+you|how\s+you\s+doing|good\s+to\s+(?:see|hear\s+from)\s+you|"
    rf"appreciate\s+(?:it|you|that|your\s+help)),?\s+{_W}(?:[.,?!\n\x1d\x1e]|$|\s+(?:my\s+pleasure|you're\s+welcome|"
    r"no\s+problem|anytime|bye|take\s+care)\b)".encode(),
    either=(("how", "going are doing"), ("good", "you"), ("appreciate",)),
)

_NOBODY = Bit.FUNCTION | NUMERAL | Bit.PEOPLE | Bit.TITLE | Bit.THING | Bit.NO_NAME | Bit.NO_PERSON | Bit.CAPITALS
# English words that can bring, help and be seen as well as people: "Mail can bring you", "Sweet. She said yes".
_DO_TOO = frozenset(
    {
        "art", "autumn", "dawn", "faith", "grace", "hope", "joy", "love", "mail", "sky", "star", "summer", "sunny",
        "winter", "amber", "rich", "will", "may", "guy", "angel", "precious", "christian", "royal", "justice", "baby",
        "prince",
    }
)  # fmt: skip
_COMPARES = frozenset({"just", "it", "exactly", "kind", "something", "that", "written", "more", "is", "spelt", "sound"})
_NO_TENANTS = frozenset(
    {"baby", "can", "long", "young", "back", "said", "way", "guy", "rich", "early", "see", "neighbours"}
)


def _is_strange(parts: NameParts, at: int) -> bool:
    """Whether a word can be somebody, and is no English word, no place and no thing."""
    bits, word = parts.bits[at], parts.said[at]
    if bits & (_NOBODY | Bit.WORD | Bit.CALENDAR) or not bits & (Bit.PLAIN | Bit.CAPITAL) or is_medicine(word):
        return False
    if bits & (Bit.REGION | Bit.KNOWN_PLACE) or word in _VOCABULARY.speaker_roles or word in _VOCABULARY.relations:
        return bits & Bit.FREQUENT_GIVEN != 0
    if bits & LISTED:
        return True
    unlisted = bits & (Bit.UNKNOWN | Bit.DERIVED | Bit.PLACE) == Bit.UNKNOWN
    return unlisted and not word.endswith("s") and not is_thing(word)  # "neighbours"


def _is_listed(parts: NameParts, at: int) -> bool:
    """Whether it is a given name that is no English word, or one that hardly anything else is called by."""
    return parts.bits[at] & Bit.GIVEN != 0 and _is_strange(parts, at)


def _is_told(parts: NameParts, at: int) -> bool:
    """Whether a word behind "a" is a name: one without a capital has to be in the list of given names."""
    return _is_listed(parts, at) or (parts.bits[at] & Bit.CAPITAL != 0 and _is_strange(parts, at))


def _is_given(parts: NameParts, at: int) -> bool:
    """Whether a word is in the list of given names, and nobody does it: "my sister hit her brother"."""
    bits = parts.bits[at]
    named = bits & Bit.GIVEN and bits & (Bit.PLAIN | Bit.CAPITAL) and not bits & _NOBODY
    return bool(named) and parts.said[at] not in _VOCABULARY.verbs_too | _NO_TENANTS


def _is_neighbour(parts: NameParts, at: int) -> bool:
    """Whether a word is somebody who has or says something; of English words the frequent names."""
    bits = parts.bits[at]
    if bits & _NOBODY or parts.said[at] in _NO_TENANTS or not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    return _is_strange(parts, at) or (bits & Bit.WORD and bits & Bit.FREQUENT_GIVEN) != 0


def _is_spoken_to(parts: NameParts, at: int) -> bool:
    """Whether a word behind "appreciate it" is who is meant: no English word, or one that is also a frequent name."""
    bits = parts.bits[at]
    if bits & (_NOBODY & ~Bit.CAPITALS | Bit.CALENDAR) or not bits & (Bit.PLAIN | Bit.CAPITAL):
        return False
    known = bits & (Bit.FREQUENT_GIVEN | Bit.FREQUENT_SURNAME) and parts.said[at] not in _NO_TENANTS | {"man", "friend"}
    return _is_strange(parts, at) or (bits & Bit.WORD != 0 and bool(known))


def _is_explained(parts: NameParts, at: int) -> bool:
    """Whether an English word is in the lists of names, and compares nothing: "sounds like the word"."""
    bits = parts.bits[at]
    named = bits & LISTED and bits & (Bit.PLAIN | Bit.CAPITAL) and not bits & (_NOBODY & ~Bit.NO_PERSON)
    return bool(named) and parts.said[at] not in _COMPARES and not parts.said[at].endswith(("s", "ed"))


def _is_doer(parts: NameParts, at: int) -> bool:
    """Whether an English word with a capital that opens a sentence is a frequent name, and nothing that helps too."""
    bits = parts.bits[at]
    named = bits & Bit.CAPITAL and bits & Bit.FREQUENT_GIVEN and bits & Bit.WORD and not bits & Bit.CALENDAR
    return bool(named) and not bits & _NOBODY and parts.said[at] not in _DO_TOO


def _is_short(parts: NameParts, at: int) -> bool:
    """Whether a word of two or three letters is a given name and no English word: "wes's birthday"."""
    return _is_listed(parts, at) and not parts.bits[at] & (Bit.PLACE_CODE | Bit.PARTICLE)


_MENTIONS = Rows[tuple[Triggered, Callable[[NameParts, int], bool]]](
    (
        (_WARD, _is_strange),
        (_OF_KIN, _is_given),
        (_ELSE, _is_strange),
        (_THIS_ONE, _is_strange),
        (_BESIDE, _is_neighbour),
        (_BESIDE_US, _is_neighbour),
        (_DOES, _is_doer),
        (_THEN_DOES, _is_doer),
        (_SENT, _is_listed),
        (_TALKED_TO, _is_told),
        (_OWNED, _is_short),
        (_TO_ONE, _is_spoken_to),
        (_LIKE_WORD, _is_explained),
    )
)


def mentioned(parts: NameParts, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of the names of people who are mentioned so."""
    octets, at_or_behind = transcript.octets, transcript.words.at_or_behind
    for pattern, fits in _MENTIONS.possible(octets):
        for match in pattern.finditer(octets):
            if fits(parts, at := at_or_behind(match.start(match.lastindex))):
                yield at, at
    for match in _ON_LINE.finditer(octets):
        given, surname = at_or_behind(match.start(1)), at_or_behind(match.start(2))
        if _is_given(parts, given) and is_surname(parts, surname):
            yield given, surname
    for match in _SHORT_FOR.finditer(octets):
        short, whole = at_or_behind(match.start(1)), at_or_behind(match.start(2))
        if _is_listed(parts, whole) and parts.bits[short] & (LISTED | Bit.UNKNOWN) and not parts.bits[short] & _NOBODY:
            yield short, short
            yield whole, whole
