"""What is known of a word by itself, as the bits of one number: the lists that it stands in, and its shape.

A text has few different words, so what is found out about a token is remembered, and the tokens of a whole batch of
conversations are looked up in one pass without a line of Python. The lists stand in `lists/lexicon.txt`, which
`tools/lexicon.py` builds from the US census, GeoNames, Faker and SCOWL; `vocabulary` adds the small sets of our own.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from privity.redact.reading.vocabulary import packaged, things, vocabulary


class Bit:
    """What may be known of a word: the first bits come from the lists, the last ones from how it is written.

    Plain numbers, because arithmetic on an IntFlag takes a hundred times as long.
    """

    GIVEN = 1 << 0
    FREQUENT_GIVEN = 1 << 1  # names a person even when it stands alone, in lower case
    SURNAME = 1 << 2
    FREQUENT_SURNAME = 1 << 3
    PLACE = 1 << 4
    KNOWN_PLACE = 1 << 5  # is a place even when it stands alone, in lower case
    REGION = 1 << 6  # a country, state or province
    PLACE_START = 1 << 7  # opens places of several words
    FACILITY = 1 << 8  # a hospital that is known without the word
    WORD = 1 << 9  # in the English dictionary, and not mostly a name
    FUNCTION = 1 << 10  # part of no name
    NUMBER = 1 << 11  # "four", "twenty", "double"
    TITLE = 1 << 12  # "dr": a listed surname behind it is a name
    PARTICLE = 1 << 13  # "van", "de"
    NO_PERSON = 1 << 14  # "airport": what stands before it is no person
    NO_NAME = 1 << 15  # "calling": behind "my name is", and yet no name
    CALENDAR = 1 << 16  # months and days of the week
    WORLDLY_SURNAME = 1 << 17  # "hill": behind a given name, a surname
    PEOPLE = 1 << 18  # "swedish": of a country, of nobody
    DERIVED = 1 << 19  # in no list, but built of an English word or with an English or medical ending
    FOREIGN_SURNAME = 1 << 20  # in no list, with the ending of surnames elsewhere
    CAPITAL = 1 << 21
    CAPITALS = 1 << 22
    INITIAL = 1 << 23
    DIGITS = 1 << 24
    LETTERS = 1 << 25
    MIXED = 1 << 28  # digits and letters
    PLAIN = 1 << 29  # in a text whose capitals tell nothing
    PLACE_NEXT = 1 << 30  # goes on with a place of several words
    SPELLING = 1 << 31  # a letter, or a word that stands for one
    PLACELIKE = 1 << 33  # may be a place, or open one
    LINK = 1 << 34  # "delle": within capitalised names of places and streets
    PLACE_CODE = 1 << 35  # "SFO": a place when it is written in capitals behind a preposition
    THING = 1 << 36  # a make, a medicine, a firm: nobody, unless somebody is introduced so
    SIGN = 1 << 32  # "dash", "as", "like": stands between what is spelled
    UNKNOWN = 1 << 26  # three letters or more, in no list and in no dictionary
    NAMELIKE = 1 << 27  # listed as a given name, and no dictionary word


LISTED = Bit.GIVEN | Bit.SURNAME
NUMERAL = Bit.NUMBER | Bit.DIGITS | Bit.MIXED
_WITHOUT_APOSTROPHE = LISTED | Bit.NUMBER  # "o'brien", and "ninet'een", which `transcript` mended
ORDINARY = Bit.WORD | Bit.NO_NAME
_CAPITALISED = re.compile(
    r"(?:[A-Z][a-z]{0,3}'?)?[A-Z][a-z']+(?:[A-Z][a-z]{3,})?"
)  # and McDonald, O'Brien, but no AFib
_CONTRACTED = ("'ll", "'re", "'ve", "'d", "'m", "n't")
_SURNAMES_TOO = frozenset({"Im"})  # "im" is "i'm"
_REMEMBERED = 200_000  # tokens; then all are forgotten, so that a stream of random ones cannot fill the memory
_ENDING = re.compile(
    r"(?:[tsx]ion|ism|ist|ity|ness|ment|able|ible|ical|ic|ous|ive|ology|ologist|opathy|itis|osis|emia|uria|ectomy|otomy|"
    r"oscopy|ography|ogram|plasty|algia|statin|pril|sartan|olol|azole|mycin|cillin|cycline|oxacin|mab|tinib|vir|"
    r"zepam|zolam|formin|gliptin|gliflozin|glutide|parin|xaban|tidine|prazole|triptan|setron|dipine|idone|isone|olone|farin|quine|cef|cillin|mide|zide|pine|done|lukast|ine|ide|ate|"
    r"oid|ia|al|ary|ing|ed|ly|less|ful|ship|wise|izes?|ised?|ized|izing|ising|logy|graphy|meter|metry|scope|pathic)s?"
)
_ELSEWHERE = re.compile(
    r"[a-z]+(?:ova|eva|ov|ev|enko|chuk|sson|dottir|sen|ski|ska|sky|skaya|wicz|czyk|vic|vich|cic|poulos|idis|akis|"
    r"escu|ian|yan|shvili|dze|oglu|inen|nen|mann|stein|berg|feld|quist|strom|lund|elli|etti|ucci|aldi|ini|ez|eira)"
)
TOWN = re.compile(r"[a-z]{4,}(?:ville|burgh?|borough|boro)")  # nothing but a town is called so
_INFLECTED = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("er", ""),
    ("er", "e"), ("est", ""), ("ly", ""), ("n't", ""), ("'ll", ""), ("'re", ""), ("'ve", ""), ("'d", ""), ("'m", ""),
)  # fmt: skip
_ENDINGS = tuple(ending for ending, _ in _INFLECTED)  # asked in one call, for most words have none of them
_BRITISH = re.compile(r"(?<=[a-z]{3})(?:our(?=s?$|ed$|ing$|ful|ite|hood|able|less)|is(?=e[srd]{0,2}$|ing$|ations?$))")
_LONGEST_WORD = 40  # letters; longer ones are no words
_DOUBLED = re.compile(r"(.)\1+")
_OPENINGS = (
    "un", "re", "non", "pre", "post", "anti", "inter", "over", "under", "out", "micro", "multi", "hyper", "hypo",
    "sub",
)  # fmt: skip


class _Answered(dict[int, int]):
    """The flags of all questions that are answered with yes, by the bits of a word."""

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[Asked] = []

    def flag_of(self, question: "Asked") -> int:
        """Return the flag of a new question."""
        self._questions.append(question)
        self.clear()
        return 1 << len(self._questions) - 1

    def __missing__(self, bits: int) -> int:
        flags = self[bits] = sum(question.flag for question in self._questions if question[bits])
        return flags


answered: Final = _Answered()


class Asked(dict[int, bool]):
    """What a detector asks of the bits of a word, answered once for all words of the same bits.

    Most words are of no interest to a detector, and there are few different bits: `Words.where` asks once for each, and
    not even that where `answered` tells by `flag` that no word of a text is of interest.
    """

    def __init__(self, question: Callable[[int], bool]) -> None:
        super().__init__()
        self._question = question
        self.flag = answered.flag_of(self)

    def __missing__(self, bits: int) -> bool:
        answer = self[bits] = self._question(bits)
        return answer


class Lexicon(dict[str, int]):
    """The bits of a token, in the letters in which it was written.

    What was met is remembered if it is on a list: all else may be somebody's name or number, and no text may be known
    from what stays in memory.
    """

    def __init__(self) -> None:
        super().__init__()
        words: dict[str, int] = {}
        for line in packaged("privity.redact", "lists/lexicon.txt").splitlines():
            mask, listed = line.split("\t", 1)
            words.update(dict.fromkeys(listed.split(","), int(mask)))
        self._words = words
        small = vocabulary()
        for bit, ours in (
            (Bit.NUMBER, small.number_words),
            (Bit.FUNCTION, small.typed),
            (Bit.TITLE, small.name_titles | {"mr", "mrs", "mister", "missus", "mx"}),
            (Bit.PARTICLE, small.name_particles),
            (Bit.NO_PERSON, small.not_persons),
            (Bit.NO_NAME, small.not_names),
            (Bit.CALENDAR, small.calendar),
            (Bit.WORLDLY_SURNAME, small.worldly_surnames),
            (Bit.PEOPLE, small.peoples | small.medical),
            (Bit.THING, things()),
            (Bit.SPELLING, small.spelling_words),
            (Bit.SIGN, small.signs),
            (Bit.PLACE_CODE, small.place_codes | small.state_codes),
            (Bit.LINK, small.name_particles | small.links),
            (Bit.REGION, small.countries_at_home),
        ):
            self._add(bit, ours)

    def _add(self, bit: int, words: Iterable[str]) -> None:
        for word in words:
            self._words[word] = self._words.get(word, 0) | bit

    def of(self, phrase: str) -> int:
        """Return what the lists say of a word or phrase in lower case, 0 if nothing."""
        return self._words.get(phrase, 0)

    def __missing__(self, token: str) -> int:
        if token.isdigit():
            return Bit.DIGITS
        bits = self._bits(token)
        if token.lower() in self._words:
            if len(self) > _REMEMBERED:
                self.clear()
            self[token] = bits
        return bits

    def _bits(self, token: str) -> int:
        word = token.lower()
        bits = self._words.get(word, 0)
        if token in _SURNAMES_TOO:
            bits &= ~Bit.FUNCTION
        if not token.isalpha():
            bits |= self._words.get(word.replace("'", ""), 0) & _WITHOUT_APOSTROPHE if "'" in word else 0
            if word.endswith(_CONTRACTED):
                return bits | Bit.FUNCTION | Bit.LETTERS
            if not token.replace("'", "").isalpha():
                return bits | (Bit.MIXED if any(map(str.isdigit, token)) else 0)
        bits |= Bit.LETTERS
        if len(token) == 1:
            return bits | Bit.SPELLING | (Bit.INITIAL if token.isupper() else 0)
        if token[0].isupper():
            bits |= Bit.CAPITALS if token.isupper() else Bit.CAPITAL if _CAPITALISED.fullmatch(token) else 0
        if not bits & (Bit.WORD | Bit.NUMBER | Bit.PLACE | Bit.REGION | Bit.CALENDAR | Bit.PEOPLE) and len(word) > 2:
            bits |= self._unlisted(word)
        return bits | _kinds(bits)

    def _is_british(self, word: str) -> bool:
        """Whether a word is an American one in its British spelling: "neighbours"."""
        if not _BRITISH.search(word):
            return False
        word = _BRITISH.sub(_american, word, count=1)
        if self._words.get(word, 0) & Bit.WORD:
            return True
        return any(
            word.endswith(ending) and self._words.get(word[: -len(ending)] + instead, 0) & Bit.WORD
            for ending, instead in _INFLECTED
        )

    def _unlisted(self, word: str) -> int:
        if len(word) > _LONGEST_WORD:
            return Bit.UNKNOWN
        for ending, instead in _INFLECTED if word.endswith(_ENDINGS) else ():
            if word.endswith(ending) and self._words.get(word[: -len(ending)] + instead, 0) & Bit.WORD:
                return Bit.DERIVED if len(word) - len(ending) > 2 else Bit.UNKNOWN
        for opening in _OPENINGS if word.startswith(_OPENINGS) else ():
            if word.startswith(opening) and self._words.get(word[len(opening) :], 0) & Bit.WORD:
                return Bit.DERIVED
        bits = Bit.DERIVED if self._is_british(word) else Bit.UNKNOWN
        short = unstretched(word)
        if short != word and self._words.get(short, 0) & Bit.NUMBER:
            return bits | Bit.NUMBER
        if _ELSEWHERE.fullmatch(word):
            bits |= Bit.FOREIGN_SURNAME
        elif TOWN.fullmatch(word):
            bits |= Bit.PLACE | Bit.KNOWN_PLACE
        elif len(word) > 5 and _ENDING.fullmatch(word, len(word) - 9 if len(word) > 12 else 3):
            bits |= Bit.DERIVED
        return bits


def _american(match: re.Match[str]) -> str:
    return "or" if match[0] == "our" else "iz"


def unstretched(word: str) -> str:
    """Return a word without doubled letters: "zero" of "zeero"."""
    return _DOUBLED.sub(r"\1", word)


def _kinds(bits: int) -> int:
    """Return what follows of a word from the lists that it stands in: that it may be a place, or a name."""
    listed = bits & (Bit.REGION | Bit.FACILITY | Bit.KNOWN_PLACE) or bits & (Bit.PLACE | Bit.WORD) == Bit.PLACE
    code = bits & Bit.PLACE_CODE and bits & Bit.CAPITALS
    opens = bits & (Bit.PLACE_START | Bit.FUNCTION | Bit.NUMBER) == Bit.PLACE_START
    kinds = Bit.PLACELIKE if listed or code or opens else 0
    town = bits & (Bit.KNOWN_PLACE | Bit.REGION) and not bits & Bit.FREQUENT_GIVEN
    if bits & Bit.GIVEN and not town and not bits & (ORDINARY | Bit.FUNCTION):
        kinds |= Bit.NAMELIKE
    return kinds


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; the first call reads the packaged file."""
    return Lexicon()
