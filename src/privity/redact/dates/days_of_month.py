"""Days that are said without their month, "on the nineteenth", "monday the twenty third", all through a conversation.

An ordinal is a day where nothing is counted: behind it the sentence ends or goes on with a small word, not with the
thing that is the third of its kind ("the third floor"). "First", "second" and "third" count more often than they date,
so they need more before them: a day of the week, "on the", or another day just before. Once a day was understood, the
conversation says it again without any of this.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.dates.date_words import MONTHS, NTH
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.reading.folding import DOCUMENT_BREAK
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.spoken_numbers import ORDINALS
from privity.redact.reading.transcript import Stretch, Transcript
from privity.redact.reading.triggers import Triggered
from privity.redact.reading.vocabulary import one_of, vocabulary

_SCORED = "one|two|three|four|five|six|seven|eight|nine|ten"
_IN_FIGURES = " ".join(f"{day}{ending}" for day in range(32) for ending in ("st", "nd", "rd", "th"))
_ORDINAL = Triggered(
    (
        rf"\b(?:(?:(?:twenty\s+)?twenty|(?:thirty\s+)?thirty)[\s-]+{NTH}|{one_of(ORDINALS)}|"
        r"(?:[12]?[0-9]|3[01])(?:st|nd|rd|th))\b"
    ).encode(),
    needs=(f"{_IN_FIGURES} {' '.join(ORDINALS)}",),
)
_COUNTING = frozenset({"first", "second", "third", "1st", "2nd", "3rd"})
_NTH = _COUNTING | {"fourth", "fifth", "4th", "5th"}  # of a weekday
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_HESITATION = r"(?:(?:uh|um|er|the|like)\s+)*"
_ARTICLE = re.compile(rf"(?:\bthe\s+{_HESITATION}|\b{_WEEKDAY}\s+{_HESITATION})$", re.ASCII)
_DATING = re.compile(
    r"(?:\b(?:on|by|until|till|since|through|from|after|before|as of|due|dated|"
    r"effective|starting|beginning|expires|expiring|lapses|today's|today is|tomorrow's|tomorrow is|"
    r"yesterday was|(?:letter|e-?mail|note|message|invoice|bill|statement)\s+of|"
    r"yesterday|tomorrow|"
    r"(?:admitted|discharged|transferred|operated|(?:came|went|got|moved|checked)\s+(?:in|home|out)|to the or)|"
    rf"{_WEEKDAY}'s|{_WEEKDAY},?(?:\s+(?:is|was|would be|maybe|probably|i think))?)\s+{_HESITATION}the\s+{_HESITATION}|"
    rf"\b{_WEEKDAY}\s+{_HESITATION})$",
    re.ASCII,
)
# "when did it start? / it was the 2nd"
_WHEN = re.compile(
    r"\b(?:when|(?:what|which)\s+(?:day|date))\b[^\x1d\x1e?\n]{0,60}[\x1e?\n\s]+"
    r"(?:(?:uh|um|oh|well|so|it|was|it's|that|i|think|on|maybe|around|about)[\s,]+)*the\s+$",
    re.ASCII,
)
_THE = re.compile(r"\bthe\s+$", re.ASCII)
_ANOTHER = re.compile(
    r"[\s,]*(?:and|or|to|through|then|till|until|no|sorry|wait|[\s,.?\x1e]|the|again|uh|um)+\s*$", re.ASCII
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:a|an|one|my|his|her|your|our|their|its|every|each|point|and a|is)|[0-9]|hundred)\s+$", re.ASCII
)
_NTH_DAY = re.compile(rf"\s+{_WEEKDAY}s?\b", re.ASCII)  # "the third wednesday"
_FALLS_ON = re.compile(
    r"\b(?:appointment|hearing|closing|orientation|deadline|surgery|payday|interview|delivery|due date|start date|"
    r"rent|payment|check in|checkout|birthday|court date|consult|procedure|funeral|wedding|graduation|party)"
    r"(?:'s|\s+(?:is|was|isn't|be|on))\s+the\s+$",
    re.ASCII,
)
# "the first one posted and the second", "it's three to two after the second": more of the same, and periods of a game
_OF_SEVERAL = re.compile(
    r"\b(?:first\s+(?!and\b|or\b|of\b|to\b|through\b|then\b)[a-z]+\b[^.?!]*\b(?:and|then)\s+the|"
    rf"(?:[0-9]{{1,2}}|zero|{_SCORED})\s+to\s+(?:[0-9]{{1,2}}|nothing|zero|{_SCORED})\s+(?:after|before|in|through)\s+the)\s+$",
    re.ASCII,
)
_OF = re.compile(
    r"\s+of\s+(?:the\s+(?:month|year)|(?:this|last|next|each|every|that)\s+month)\b",
    re.ASCII,
)
_MONTH = f"(?:{'|'.join(MONTHS)})"
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?$", re.ASCII)
_MONTH_BEHIND = re.compile(
    rf"\s+(?:(?:day\s+)?of\s+)?(?!(?:may|march)\s+(?:i|we|you|he|she|they|it|be|not)\b){_MONTH}\b", re.ASCII
)
_NEXT = re.compile(r"[ \t]+\$?([a-z']+|[0-9]+)", re.ASCII)
_REACH = 48
_SEVERAL = 64
_BETWEEN_DAYS = 40
_ARTICLE_REACH = 8
_SIGNS = " .,?\n\t\x1e"
_ABOUT = ("around the ", "about the ", "every ")
_BETWEEN_COUNTED = 30
# What a sentence says of a day, beside the small words that the lexicon knows.
_GOES_ON = frozenset(
    {
        "works", "work", "sounds", "looks", "good", "great", "perfect", "fine", "instead", "maybe", "anytime",
        "anyway", "morning", "afternoon", "evening", "night", "early", "late", "around", "between", "through", "thru",
        "until", "till", "before", "after", "since", "when", "due", "see", "also", "again", "ish", "today",
        "tomorrow", "right", "correct", "still", "then", "sometime", "noon", "midnight", "only", "about", "already",
        "even", "unless", "though", "rather", "every", "which", "either", "like", "came", "went", "got", "said",
        "happened", "available", "open",
        *vocabulary().fillers,
    }
)  # fmt: skip
_SMALL = Bit.FUNCTION | Bit.CALENDAR | Bit.NUMBER | Bit.DIGITS

_DAY = finding(Label.DATE, "day-of-month", "a day without its month", 0.7, "form")
NEEDS = _ORDINAL
"""Without these words in a text nothing is found in it."""


class _Ordinal(Struct, frozen=True, gc=False):
    start: int
    end: int
    said: str
    open: bool  # whether nothing that is counted stands behind it
    of_month: bool = False
    counts: bool = False  # whether a word does that may name what is counted


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return days of the month, and those that the conversation says again."""
    days = _Days(transcript)
    for match in _ORDINAL.finditer(transcript.octets):
        yield from days.judged(_read(transcript, *match.span()))
    yield from days.again()


class _Days:
    """Judges the ordinals of one transcript in their order, and remembers what each tells of the next ones."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript, self._text = transcript, transcript.folded
        self._known: set[tuple[int, str]] = set()  # documents, and days that were understood in them
        self._later: list[_Ordinal] = []  # what may be one of these days
        self._last = self._counted = -_REACH  # where the last day ends, and the last ordinal that counts something

    def judged(self, ordinal: _Ordinal) -> Iterator[Claim]:
        """Yield the claim of an ordinal that is a day by itself."""
        turn = self._transcript.stretches[self._transcript.turn_at(ordinal.start)]
        before = self._text[max(turn.start, ordinal.start - _REACH) : ordinal.start]
        counting = ordinal.said in _COUNTING
        month = _MONTH_BEHIND.match(self._text, ordinal.end)
        if month or _MONTH_BEFORE.search(before):
            self._learn(ordinal, month.end() if month else ordinal.end)  # of which `full_dates` makes a date
            if month and (again := self._said_again(ordinal, month.end())):
                yield from (_claim(self._text, ordinal), Claim((again,), _DAY))
        elif self._counts_something(ordinal, before) or (counting and self._is_of_several(ordinal, turn)):
            return
        elif self._is_day(ordinal, before):
            self._learn(ordinal, ordinal.end)
            yield _claim(self._text, ordinal)
        elif not _NOT_BEFORE.search(before) and (not counting or _ARTICLE.search(before)):
            self._later.append(ordinal)

    def _said_again(self, ordinal: _Ordinal, end: int) -> Part | None:
        """Return where the same day stands behind a month that belongs to either: "the tenth, march tenth"."""
        start = end + len(self._text[end : end + 2]) - len(self._text[end : end + 2].lstrip(" ,"))
        return (start, start + len(ordinal.said)) if self._text.startswith(ordinal.said, start) else None

    def again(self) -> Iterator[Claim]:
        """Yield the claims of ordinals that said too little, where the conversation says them as days elsewhere."""
        for ordinal in self._later:
            if (self._transcript.document_at(ordinal.start), ordinal.said) in self._known:
                yield _claim(self._text, ordinal)

    def _learn(self, ordinal: _Ordinal, end: int) -> None:
        self._last = end
        self._known.add((self._transcript.document_at(ordinal.start), ordinal.said))

    def _counts_something(self, ordinal: _Ordinal, before: str) -> bool:
        """Whether an ordinal counts, or is close to one that does: "sixth grade is at six and the seventh at ten"."""
        if not ordinal.open:
            if ordinal.counts and ordinal.said not in _COUNTING:
                self._counted = ordinal.end
            return True
        near = 0 <= ordinal.start - self._counted <= _BETWEEN_COUNTED
        if not near or DOCUMENT_BREAK in self._text[self._counted : ordinal.start] or _DATING.search(before):
            return False
        self._counted = ordinal.end
        return True

    def _is_of_several(self, ordinal: _Ordinal, turn: Stretch) -> bool:
        start = ordinal.start
        return _OF_SEVERAL.search(self._text, max(turn.start, start - _SEVERAL), start) is not None

    def _is_day(self, ordinal: _Ordinal, before: str) -> bool:
        """Whether what stands before an ordinal dates something; "first" and the like need more than an article."""
        start, counting = ordinal.start, ordinal.said in _COUNTING
        bare = counting and not self._text[self._last : start].strip(_SIGNS)  # "the eighteenth / first of all"
        near = not bare and start - self._last <= _BETWEEN_DAYS
        if _DATING.search(before) or (near and _ANOTHER.fullmatch(self._text, self._last, start)):
            return True
        if (ordinal.of_month and not before.endswith(_ABOUT)) or _FALLS_ON.search(before):
            return True
        if not counting:
            return _ARTICLE.search(before) is not None
        return _WHEN.search(self._text, max(0, start - _SEVERAL - _REACH), start) is not None


def _claim(text: str, ordinal: _Ordinal) -> Claim:
    """Return the claim of a day: with its article where it is said in words."""
    article = _THE.search(text, max(0, ordinal.start - _ARTICLE_REACH), ordinal.start)
    start = article.start() if article and ordinal.said[0].isalpha() else ordinal.start
    return Claim(((start, ordinal.end),), _DAY)


def _read(transcript: Transcript, start: int, end: int) -> _Ordinal:
    said = " ".join(transcript.folded[start:end].replace("-", " ").split())
    for stutter in ("twenty twenty", "thirty thirty"):
        said = said.replace(stutter, stutter[:6])
    if transcript.folded[end : end + 1] == "-" and transcript.folded[end + 1 : end + 2].isalpha():
        return _Ordinal(start, end, said, open=False)  # "the first-aider"
    behind = _NEXT.match(transcript.folded, end)
    if behind is None:
        return _Ordinal(start, end, said, open=True)
    if behind[1] == "of":
        if transcript.folded.startswith(" course", behind.end()):
            return _Ordinal(start, end, said, open=True)
        of_month = _OF.match(transcript.folded, end) is not None
        return _Ordinal(start, end, said, open=of_month, of_month=of_month)
    if said in _NTH and _NTH_DAY.match(transcript.folded, end):
        return _Ordinal(start, end, said, open=False)
    words = transcript.words
    at = words.at_or_behind(behind.start(1))
    small = at < len(words.texts) and words.bits[at] & _SMALL and behind[1].split("'")[0] not in {"one", "ones"}
    amount = said in _COUNTING and at < len(words.texts) and words.bits[at] & (Bit.NUMBER | Bit.DIGITS)
    goes_on = bool(small) or behind[1] in _GOES_ON
    return _Ordinal(start, end, said, open=not amount and goes_on, counts=not goes_on)
