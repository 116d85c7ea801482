"""What one word tells about being part of a name: its capital, its neighbours, the lists that it stands in."""

import re

from privity.redact.reading.eponym_lists import eponyms
from privity.redact.reading.lexicon import LISTED, NUMERAL, ORDINARY, Bit, lexicon
from privity.redact.reading.transcript import Transcript

_GLUE = frozenset({" ", "-", "'", " '", "\t"})
_SENTENCE_ENDS = frozenset('.!?:\n\x1d\x1e"(])>|*-\r')
_LONG_WORD = 3  # letters
_DONE_BY_PEOPLE = frozenset({"sign", "score", "test"})
_LONGEST_LABEL = 30  # a blanked name of a speaker
_AFTER_NAME = frozenset({"from", "speaking", "calling", "here", "with", "at", "again", "last", "spelled", "born"})
_OPENS_PLACE = re.compile(
    r"\b(?:in|from|near|live|lives|living|visiting|downtown|outside|leaving|city\s+of|"
    r"(?:drives?|driving|drove|fly|flies|flying|flew|train|bus|flights?|ferry|moved?|moving|travel|traveling|trip|"
    r"heading|headed|commute|commuting|relocated|relocating)\s+to)\s*$",
    re.ASCII,
)
_SHORTEST_MEDICINE = 6
_MEDICINES = (
    "aline", "amine", "apine", "arin", "astine", "azine", "azole", "azone", "barbital", "bactam", "caine", "cept",
    "cillin", "conazole", "cycline", "dipine", "dronate", "eprazole", "erol", "etine", "fenac", "feron", "fibrate",
    "floxacin", "formin", "gabalin", "gliflozin", "gliptin", "glutide", "idine", "idone", "odone", "cidin", "isone",
    "itis", "lukast", "mycin", "nazole", "nidazole", "olol", "olone", "onium", "opathy", "opram", "osis", "osin",
    "oxacin", "oxetine", "oxine", "parin", "pentin", "pramine", "prazole", "pril", "profen", "sartan", "semide",
    "setron", "statin", "tadine", "terol", "thiazide", "thyroxine", "tidine", "tinib", "triptan", "triptyline",
    "trel", "vudine", "vir", "xaban", "xetine", "zepam", "zolam", "zosin", "zumab", "ximab", "mumab", "limus",
    "turia", "emia", "uria", "mab", "tinib", "ranib", "limod", "gepant", "denafil", "dinium", "grastim", "teplase",
    "ciguat", "glutide", "actide", "acetam", "afenib", "asartan", "atadine", "bicin", "ciclib", "citabine", "clax",
    "curonium", "dralazine", "ecan", "enicol", "flozin", "flurane", "fungin", "gatran", "ginine", "giline", "grelor",
    "kinra", "lamide", "lidomide", "lisib", "mycophenolate", "otecan", "oxaban", "parib", "penem", "peridol", "pezil",
    "phylline", "platin", "poetin", "ridol", "rubicin", "sentan", "stigmine", "taxel", "tegravir", "thiouracil",
    "trexate", "trexed", "triptyline", "tropium", "uracil", "vaptan", "vastatin", "zomib", "zomide", "zumab",
    "tuzumab", "limumab", "citinib", "ectomy", "plasty", "scopy", "ology", "iatry", "therapy", "gram",
)  # fmt: skip
_BESIDE = frozenset(" \t\n\x1d\x1e,.?!;'-")
_SONS = frozenset({"mac", "mag", "nic", "mhic"})
_STRANGE = Bit.FUNCTION | Bit.NO_PERSON | Bit.CALENDAR | Bit.NUMBER
_UNSUITED = Bit.WORD | Bit.NO_NAME | Bit.NUMBER | Bit.PLACE | Bit.REGION | Bit.CALENDAR | Bit.PEOPLE | Bit.CAPITALS
_AFTER_INTRODUCTION = frozenset(
    {"again", "and", "calling", "from", "here", "i", "i'd", "i'm", "my", "speaking", "with", "the", "at"}
)


def is_medicine(word: str) -> bool:
    """Whether a word ends like medicines and illnesses do (WHO stems of nonproprietary names)."""
    return len(word) > _SHORTEST_MEDICINE and word.endswith(_MEDICINES)


_THING = re.compile(
    r".+(?:ship|ness|ment|[ts]ion|ology|ability|ibility|config|ware|cast|screen|works|itis|ator|izer)s?", re.ASCII
)
_OPENS_WORD = frozenset({"on", "off", "up", "in", "out"})
_SHORTEST_HALF = 3
_LONGEST_THING = 40  # letters; what is longer is no two words, and would be taken apart everywhere


def is_thing(word: str) -> bool:
    """Whether an unlisted word is built as those of things are: of two English words, or with an ending of theirs."""
    if _THING.fullmatch(word):
        return True
    of = lexicon().of
    if word.endswith("s") and of(word[:-1]) & (Bit.NO_NAME | Bit.PEOPLE):
        return True
    return len(word) <= _LONGEST_THING and any(
        (of(word[:at]) & Bit.WORD and of(word[at:]) & Bit.WORD)
        for at in range(2, len(word) - _SHORTEST_HALF + 1)
        if at >= _SHORTEST_HALF or word[:at] in _OPENS_WORD
    )


_SHORTEST_FAMILY = 7  # letters


def is_family(word: str) -> bool:
    """Whether an unlisted word is a surname of several: "the gundersons"."""
    of = lexicon().of
    if len(word) < _SHORTEST_FAMILY or not word.endswith("s") or of(word) & LISTED:
        return False
    return of(word[:-1]) & (Bit.SURNAME | Bit.WORD | Bit.THING | Bit.GIVEN) == Bit.SURNAME


class NameParts:
    """The words of a transcript as possible parts of names; all methods take the index of a word."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._cased = transcript.cased
        words = transcript.words
        self.texts, self.starts, self.bits = words.texts, words.starts, words.bits
        self.said = words.said
        self.end, self._ends = words.end, words.ends
        self.where, self.where_said = words.where, words.where_said
        self.count = len(self.texts)

    def opens_sentence(self, at: int) -> bool:
        """Whether a capital is owed to the start of a sentence."""
        start = self.starts[at]
        if start > 1 and self._cased[start - 1] == " " and self._cased[start - 2].isalpha():
            return False
        before = self._cased[max(0, start - _LONGEST_LABEL) : start].rstrip(" \t")
        return not before or before[-1] in _SENTENCE_ENDS

    def closes_sentence(self, at: int) -> bool:
        """Whether nothing of the sentence follows the word."""
        end = self.end(at)
        return (
            end >= len(self._cased)
            or self._cased[end : end + 2].strip(" \x1d\x1e") in {"", ".", "\n", "?", "!", ".\n"}
            or (self._cased[end] in "\x1d\x1e\n")
        )

    def ordinary(self, at: int) -> bool:
        """Whether the word is an English one, which a list alone does not make a name."""
        return self.bits[at] & ORDINARY != 0 or len(self.texts[at]) < 2

    def unknown(self, at: int) -> bool:
        """Whether the word is in no dictionary and no list of places: a name from elsewhere, most likely."""
        foreign = self.bits[at] & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN and not self.bits[at] & _UNSUITED
        return foreign and not is_medicine(self.said[at])

    def adjoins(self, at: int) -> bool:
        """Whether the word directly follows the one before it, as the parts of a name do."""
        if not 0 < at < self.count:
            return False
        between = self._cased[self._ends[at - 1] : self.starts[at]]
        if between == " " or between in _GLUE:
            return True
        return between in {". ", "."} and self.bits[at - 1] & Bit.INITIAL != 0

    def between(self, at: int) -> str:
        """What stands between a word and the one behind it."""
        return self._cased[self._ends[at] : self.starts[at + 1]]

    def abbreviated(self, at: int) -> bool:
        """Whether a full stop stands right behind the word."""
        end = self.end(at)
        return self._cased[end : end + 1] == "."

    def before(self, at: int) -> str:
        """The word that directly stands before another, with its "'s", in lower case; empty where none does."""
        if self.adjoins(at):
            return self.said[at - 1]
        if 0 < at < self.count and self._cased[self.end(at - 1) : self.starts[at]] in {"'s ", "'S "}:
            return f"{self.said[at - 1]}'s"
        return ""

    def after(self, at: int) -> str:
        """The word that directly follows another, in lower case; empty where none does."""
        return self.said[at + 1] if self.adjoins(at + 1) else ""

    def no_person(self, last: int, first: int | None = None) -> bool:
        """Whether what follows says that the name is no person's: "Parkinson's disease", "Houston airport".

        With a given name `first` before it what follows is hers: "Karen Roth's score".
        """
        after = last + 1
        if after >= self.count or not self.bits[after] & Bit.NO_PERSON:
            return False
        if self.said[after] in _DONE_BY_PEOPLE and self.said[last] not in eponyms().names:
            return False  # "can Nguyen sign the form", "did Moreno test positive"
        between = self._cased[self.end(last) : self.starts[after]].lower()
        owned = first is not None and first < last and between == "'s " and self.bits[first] & Bit.FREQUENT_GIVEN
        return between in {" ", "-", "'s ", "' "} and not owned

    def is_number(self, at: int) -> bool:
        """Whether a number stands at a word and directly follows the one before it."""
        return self.adjoins(at) and self.bits[at] & NUMERAL != 0

    def document(self, at: int) -> int:
        """The index of the document that the word stands in."""
        return self._transcript.document_at(self.starts[at])

    def first_of(self, document: int) -> int:
        """The index of the first word of a document."""
        return self._transcript.words.at_or_behind(self._transcript.documents[document])

    def behind(self, document: int) -> int:
        """The index behind the last word of a document."""
        return self._transcript.words.at_or_behind(self._transcript.document_end(document))

    def stands_free(self, at: int) -> bool:
        """Whether a word is no part of a tag, an address or a path."""
        start, end = self.starts[at], self.end(at)
        before, behind = self._cased[start - 1 : start] or " ", self._cased[end : end + 1] or " "
        return before in _BESIDE and behind in _BESIDE

    def behind_place_word(self, at: int) -> bool:
        """Whether a word stands before it that opens places: "in", "from", "near"."""
        start = self.starts[at]
        return _OPENS_PLACE.search(self._transcript.folded, max(0, start - 16), start) is not None

    def _is_worldly_surname(self, at: int) -> bool:
        """Whether an English word behind a given name is a surname: "hill", or "burrows" at the end of what is said."""
        bits = self.bits[at]
        return bits & Bit.WORLDLY_SURNAME != 0 or (bits & Bit.WORD and bits & Bit.SURNAME and self.closes(at)) != 0

    def closes(self, at: int) -> bool:
        """Whether the turn ends behind a word, or goes on with what is said behind a name: "calling", "from"."""
        if at + 1 >= self.count:
            return True
        between = self._cased[self.end(at) : self.starts[at + 1]]
        return between not in _GLUE or self.said[at + 1] in _AFTER_NAME

    def worldly_company(self, at: int) -> bool:
        """Whether the next word makes an English word of this one: "hope you", "may i"; "mark from" does not."""
        if at + 1 >= self.count or not self.adjoins(at + 1):
            return False
        return self.said[at + 1] not in _AFTER_NAME

    def introduced(self, at: int) -> bool:
        """Whether what follows lets an unlisted word be a name: a listed name, "calling", the end of the turn."""
        if self.bits[at] & Bit.PLAIN and self.unknown(at) and len(self.texts[at]) > 3:
            return True
        if at + 1 >= self.count or self.bits[at] & Bit.CAPITAL:
            return True
        turn = self._transcript.turn_at(self.starts[at])
        if self.starts[at + 1] > self._transcript.stretches[turn].end or not self.adjoins(at + 1):
            return True
        after = self.bits[at + 1]
        if after & LISTED and not after & ORDINARY:
            return True
        return self.said[at + 1] in _AFTER_INTRODUCTION

    def last_part(self, first: int, *, sure: bool) -> int:
        """Return the last word of the name that begins at `first`: middle names, particles, surnames.

        When a cue makes `sure` of a name, the second word need not be a listed one.
        """
        last = first
        bits = self.bits
        capital = bits[first] & Bit.CAPITAL
        for at in range(first + 1, min(first + 4, self.count)):
            now = bits[at]
            particle = now & Bit.PARTICLE or self.is_gaelic_article(at)
            day = sure and at == first + 1 and now & Bit.CALENDAR and now & capital and self._ends_clause(at)
            family = at == first + 2 and self._is_missing_surname(at)
            if (now & _STRANGE and not (particle or day or family)) or not self.adjoins(at):
                break
            if capital:
                goes_on = now & (Bit.CAPITAL | Bit.INITIAL) or particle or self._is_hyphened(at)
                goes_on = goes_on or self.is_gaelic_article(at - 1)  # "Mac an tSaoi"
            elif at == first + 1 and (sure or now & Bit.SURNAME) and self.after(at) == self.said[at]:
                goes_on = len(self.texts[at]) > _LONG_WORD  # "last name beatrice hummingbird hummingbird"
            elif (at == first + 1 or sure or family) and self._is_worldly_surname(at):
                goes_on = True
            else:
                foreign = now & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN
                goes_on = not (now & ORDINARY or is_medicine(self.said[at])) and (
                    now & LISTED or particle or foreign or (sure and at == first + 1)
                )
                goes_on = goes_on and (len(self.texts[at]) > 1 or particle)
            if not goes_on:
                break
            last = at
        while last > first and bits[last] & Bit.PARTICLE and not bits[last] & Bit.CAPITAL:
            last -= 1
        return last

    def _is_missing_surname(self, at: int) -> bool:
        """Whether a word is a surname that is a place too, behind two names of elsewhere: "dr yun hee park"."""
        elsewhere = not (self.bits[at - 2] | self.bits[at - 1]) & (Bit.WORD | Bit.FREQUENT_SURNAME | Bit.FUNCTION)
        return elsewhere and self.bits[at] & (_STRANGE | Bit.FREQUENT_SURNAME) == Bit.NO_PERSON | Bit.FREQUENT_SURNAME

    def is_gaelic_article(self, at: int) -> bool:
        """Whether a word is the article within a surname: "mac an bhaird", "Nic an Ghoill"."""
        return self.said[at] in {"an", "na", "a"} and at > 0 and self.said[at - 1] in _SONS and self.adjoins(at)

    def _is_hyphened(self, at: int) -> bool:
        """Whether a word in small letters follows a hyphen, and is no English one: "Ji-woo"."""
        hyphen = self._cased[self._ends[at - 1] : self.starts[at]] == "-"
        return hyphen and self.bits[at] & (LISTED | Bit.UNKNOWN) != 0 and self.bits[at] & Bit.FUNCTION == 0

    def _ends_clause(self, at: int) -> bool:
        """Whether nothing follows a word without a sign between them: "my name's Lars Friday, how may i help"."""
        return self._cased[self.end(at) : self.end(at) + 1] in {"", ",", ".", "?", "!", "\n", "\x1d", "\x1e"}

    def one_of_months(self, at: int) -> bool:
        """Whether a month is one of several: "it's June, August, or October"."""
        months = self.bits[at : at + 2]
        return (
            len(months) > 1
            and all(bits & Bit.CALENDAR for bits in months)
            and self.document(at) == self.document(at + 1)
        )

    def within_title(self, at: int) -> bool:
        """Whether an English word stands behind another one with a capital that is no name: "Eagle Rock"."""
        before = self.bits[at - 1] if self.adjoins(at) else 0
        return before & (Bit.CAPITAL | Bit.WORD) == Bit.CAPITAL | Bit.WORD and not before & (Bit.GIVEN | Bit.TITLE)

    def surname_before(self, at: int) -> int:
        """Return the first word of a name that is written surname first, "Mayer Johanna M", or `at` itself."""
        before = at - 1
        if before < 0 or not self.bits[at] & self.bits[before] & Bit.CAPITAL or not self.adjoins(at):
            return at
        known = self.bits[before] & Bit.SURNAME and not self.bits[before] & Bit.FUNCTION
        sentence = self.ordinary(before) and (self.opens_sentence(before) or self.ordinary(at))
        return before if known and not sentence else at
