"""Reads what is spelled: "p a w as in william l u kilo", "x as in x-ray z eight o hyphen zero two", "j like john six".

Letters, the words of the NATO alphabet, "as in" and its kin, digits in words and figures, and the names of signs follow
each other; fillers may stand between. What was spelled is a name, a record number or the first half of an e-mail
address; the words around it tell which, and so does what it is made of.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import RECORDS, Label
from privity.redact.reading.cues import LETTERS_ALONE, TRACKING, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL, Asked, Bit
from privity.redact.reading.transcript import Transcript, Words
from privity.redact.reading.vocabulary import one_of, vocabulary

_VOCABULARY = vocabulary()
_EXPLAINS = frozenset({"for", "like"})
_LEADS = _EXPLAINS | {"as", "as in", "is in"}  # but "unit b in boston" is none
_LEADS_END = frozenset(lead.rpartition(" ")[2] for lead in _LEADS)
_EXPLAIN_LETTERS = _EXPLAINS | {"as", "ray"}  # "x as in x-ray", "x ray"
_SIGNS = frozenset({"dash", "hyphen", "underscore", "dot", "period", "slash", "minus", "space", "apostrophe"})
_BETWEEN = frozenset(
    {"uh", "um", "er", "okay", "and", "then", "capital", "double", "triple", "again", "like", "sorry", "wait", "no"}
    | {"followed", "by"}
)
_GOES_ON = NUMERAL | Bit.SPELLING | Bit.SIGN
_STARTS = Asked(lambda bits: bits & Bit.SPELLING != 0)
_GAPS = frozenset({" ", ", ", "-", ". ", ".", "  ", " - ", ",", "/", "...", "... "})
LABELS = RECORDS | {Label.IBAN, Label.PASSWORD, Label.USERNAME}
_NUMBERS = frozenset({Label.CARD, Label.SSN, Label.PHONE})
_NO_NUMBERS = frozenset({Label.ADDRESS, Label.EMAIL})  # "the mac address on the label"
_READ_ALOUD = 8  # letters and digits, each written by itself
_LONGEST_ORDER = 12  # letters and digits of what is no number of an order any more
_LEAST_DIGITS = 4
_AGAIN_REACH = 140  # characters between a code of nobody and the same once more
_NAMED = re.compile(r"(?:m r n|v i n|s s n|d o b|c v v|i d|n p i|d e a|s n|p i n)\s+", re.ASCII)
_WRITTEN_BEHIND_LETTER = re.compile(r"[a-z]\s+[0-9]{3}", re.ASCII)  # "p 123-45-6789" spells nothing
_I_GOES_ON = frozenset(
    {
        "am", "believe", "can", "could", "did", "didn't", "do", "don't", "got", "guess", "had", "have", "just",
        "know", "live", "need", "see", "think", "took", "want", "wanted", "was", "will", "would",
    }
)  # fmt: skip
_TRUCKS = re.compile(
    r"(?:(?:a )?(?:two thousand|twenty|nineteen|(?:19|20)[0-9]{2})(?: [a-z]+){0,2} )?"
    r"f(?:[\s-]+(?:one|two|three)\s+(?:hundred\s+)?fifty|[\s-]*[1-4]50)",
    re.ASCII,
)
_OF_ERRORS = ("zero x ", "0 x ", "0x", "oh x ", "i p v ")  # "error zero x c one nine a", "i p v four"
_MEASURED = re.compile(r"(?<![0-9.])[0-9]{1,3}\.[0-9](?![0-9.])", re.ASCII)  # "HR 80, T 98.6, SpO2 97"
_HOURS = frozenset({("a", "m"), ("p", "m"), ("m", "g"), ("m", "l"), ("m", "m"), ("c", "c"), ("one", "c")})
_HALVES = frozenset({("a", "m"), ("p", "m")})
_OF_THINGS = re.compile(
    r"(?:\b(?:the|an?|this|that)|\b(?:sticker|label|box|manual) (?:it )?says|\bbunch of numbers)[\s,]+$", re.ASCII
)  # "is it the j h ninety five ninety two"
_THINGS_REACH = 24
_ARTICLES = frozenset({" a", " i"})
_WORDS_TOO = frozenset({"a", "i"})
_COUNTED = re.compile(rf"\s+(?:{one_of(word for word in _VOCABULARY.units if word.isalpha())})\b", re.ASCII)
_HYPHENED = re.compile(r"[a-z]-[a-z]", re.ASCII)  # "S-Z"
_THEN = re.compile(r"[\s,.-]+(?:and\s+)?then[\s,.-]+", re.ASCII)
_LONG = 6  # letters and digits that are a record number though nothing announces one
_UNANNOUNCED = finding(Label.ID, "spelled-number", "letters and digits one by one", 0.5, "digits")


class Spelled(Struct, frozen=True, gc=False):
    """Where something was spelled, how many letters and how many digits it has."""

    start: int
    end: int
    letters: int
    digits: int


class _Reader:
    """Reads the elements of spelling, one after the other."""

    def __init__(self, transcript: Transcript) -> None:
        words = transcript.words
        self.said, self.starts, self.bits, self.end = words.said, words.starts, words.bits, words.end
        self._cased, self._document_at = transcript.cased, transcript.document_at
        self.count = len(self.said)

    def follows(self, at: int) -> bool:
        """Whether a word directly follows the one before it."""
        return 0 < at < self.count and self._cased[self.end(at - 1) : self.starts[at]] in _GAPS

    def opens(self, at: int) -> bool:
        """Whether a letter, a digit or a sign comes next behind a letter."""
        if at + 1 >= self.count or not self.bits[at + 1] & _GOES_ON:
            return False
        return self._document_at(self.starts[at]) == self._document_at(self.starts[at + 1])

    def closes(self, at: int) -> bool:
        """Whether a letter stands right behind digits and closes what is read: "one one four nine two b"."""
        return self.said[at] not in _WORDS_TOO and self.follows(at) and self.bits[at - 1] & NUMERAL != 0

    def first(self, letter: int, beyond: int) -> int:
        """Return the first of the digits before a letter, or the letter itself."""
        start = back = letter
        while back > beyond and self.follows(back):
            back -= 1
            if self.bits[back] & NUMERAL:
                start = back
            elif self.said[back] not in _SIGNS:
                break
        return start

    def elements(self, start: int) -> tuple[Spelled, int]:
        """Return what is spelled from a word on, and the index behind it."""
        at = last = start
        letters = digits = 0
        while at < self.count and (at == start or self.follows(at)):
            after = self.letter(at)
            word = self.said[at]
            if after > at:
                letters, at, last = letters + 1, after, after
            elif self.bits[at] & NUMERAL:
                digits += len(word) if self.bits[at] & Bit.DIGITS else 1
                at = last = at + 1
            elif word in _SIGNS or (word in _BETWEEN and at - last < 3):
                at += 1
            else:
                break
        while last - start > 2 and self._is_word(last - 1):
            letters, last = letters - 1, last - 1
            while last - start > 2 and self.said[last - 1] in _BETWEEN:
                last -= 1
        return Spelled(self.starts[start], self.end(max(start, last - 1)), letters, digits), last

    def _is_word(self, at: int) -> bool:
        """Whether the last letter is the word "i" or "a" with which a sentence goes on: "one nine eight i have it"."""
        word = self.said[at]
        if word not in {"i", "a"} or not self.follows(at + 1) or not self.follows(at):
            return False
        if self.bits[at - 1] & Bit.SIGN and self.said[at - 1] in {"in", "as", "like", "for"}:
            return False
        follows, bits = self.said[at + 1], self.bits[at + 1]
        if word == "i":
            return follows in _I_GOES_ON
        ended = self.bits[at - 1] & NUMERAL or self.said[at - 1] in {"and", "okay"}
        return bool(ended) and bits & (Bit.WORD | Bit.FUNCTION | Bit.UNKNOWN) == Bit.WORD

    def letter(self, at: int) -> int:
        """Return the index behind a letter and what explains it, or `at` when there is none."""
        if at >= self.count or not self.bits[at] & Bit.SPELLING:
            return at
        word = self.said[at]
        after = at + 1
        if len(word) > 1:
            return after
        if not self.follows(after) or self.said[after] not in _EXPLAIN_LETTERS:
            return after
        said = [self.said[i] if self.follows(i) else "" for i in range(after, min(after + 5, self.count))]
        said += [""] * (5 - len(said))
        skip = 0
        if said[0] == "as" and said[1] == "in":
            skip = 3 if said[2] in {"in", "er", "uh", "um"} else 2
            skip = 4 if said[2:4] == ["the", "word"] else skip
        elif said[0] in _EXPLAINS:
            skip = 2 if said[1] == said[0] else 1
        elif word == "x" and said[0] == "ray":
            return after + 1
        if skip and said[skip][:1] == word and len(said[skip]) > 1:
            after += skip + 1
            if word == "x" and said[skip] == "x" and said[skip + 1 : skip + 2] == ["ray"]:
                after += 1
        elif skip and word == "x" and said[skip] == "x":
            after = min(after + skip + 2, self.count)  # with the "ray" behind it, unless the talk breaks off
        return after


def spelled(transcript: Transcript) -> list[Spelled]:
    """Return what is spelled in a text, in order: three elements or more, of which one is a letter."""
    return transcript.once(_spelled)


def word_of(text: str) -> str:
    """Return the word that was spelled: "sazabo" of "s as in sam a z a b o"."""
    tokens = [token.strip(".,-/") for token in text.replace("-", " ").split()]
    letters: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if len(token) != 1 and token not in _VOCABULARY.spelling_words:
            continue
        again = 2 if at > 1 and tokens[at - 2] == "double" else 1
        letters += [token[:1]] * again
        if at < len(tokens) and (tokens[at] in _EXPLAINS or tokens[at] == "as"):
            word = next((i for i in range(at + 1, min(at + 5, len(tokens))) if tokens[i].startswith(token[0])), at)
            at = word + 1
    return "".join(letters)


def explains_letter(words: Words, at: int) -> bool:
    """Return whether a word explains the letter before it: "f like frank", "n as in nancy"."""
    if at == 0 or words.said[at - 1] not in _LEADS_END:
        return False  # of most words that is all
    for size in (1, 2):
        lead, letter = words.said[max(0, at - size) : at], words.beside(at, -1 - size)
        if " ".join(lead) in _LEADS and len(letter) == 1 and words.said[at].startswith(letter):
            return True
    return False


def without_then(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of what was spelled at a place without "and then" between them, which is of no name."""
    first = start
    for then in _THEN.finditer(text, start, end):
        yield first, then.start()
        first = then.end()
    yield first, end


def _spelled(transcript: Transcript) -> list[Spelled]:
    firsts = transcript.words.where(_STARTS)
    return list(_elements(transcript, firsts)) if firsts else []


def _elements(transcript: Transcript, firsts: Iterable[int]) -> Iterator[Spelled]:
    read, beyond, text = _Reader(transcript), 0, transcript.folded
    for letter in firsts:
        if letter < beyond or not (read.opens(letter) or read.closes(letter)):
            continue
        found, last = read.elements(read.first(letter, beyond))
        beyond = max(last, letter + 1)
        if found.letters and (found.letters + found.digits >= 3 or _HYPHENED.fullmatch(text, found.start, found.end)):
            yield found


def claims(transcript: Transcript, cues: Cues) -> Iterator[Claim]:
    """Return record numbers that are spelled: those that a cue announces, and long ones."""
    text = transcript.folded
    harmless: dict[tuple[int, str], int] = {}  # documents and first letters of codes of nobody, and where these end
    for found in spelled(transcript):
        few = found.digits < 2 or found.letters > found.digits + 8
        if (few and found.letters < _LEAST_DIGITS) or _is_other(text, found):
            continue
        named = _NAMED.match(text, found.start, found.end)
        start = named.end() if named else found.start
        cue = cues.governing(start, found.end)
        if few and (cue is None or cue.phrase not in LETTERS_ALONE):
            continue
        code = (transcript.document_at(start), text[start])
        again = (
            cue is None and start - harmless.get(code, -_AGAIN_REACH - 1) <= _AGAIN_REACH
        )  # "let me write that down"
        asked = cue is None and cues.asked_harmless(start, found.digits)
        if again or asked or (cue is not None and cue.label is None):
            harmless[code] = found.end
        what = _judged(transcript, found, start, cue) if not again and not asked else None
        if what is not None:
            yield Claim(((start, found.end),), what)


def _is_other(text: str, found: Spelled) -> bool:
    """Whether letters and digits are an error, an amount, what was measured, or a time of day."""
    if text.startswith(_OF_ERRORS, found.start, found.end) or text[found.start - 1 : found.start] == "$":
        return True
    if _MEASURED.search(text, found.start, found.end) or _TRUCKS.fullmatch(text, found.start, found.end):
        return True
    said = text[found.start : found.end].split()
    if found.letters == 1 and _COUNTED.match(text, found.end):
        return True  # "vitamin d three thousand units"
    if found.letters == 1 and text[found.end - 2 : found.end] in _ARTICLES:
        return True
    letters = [word for word in said if len(word) == 1 and word.isalpha()]
    if (
        len(letters) == found.letters
        and _WORDS_TOO.issuperset(letters)
        and any(word.endswith(("ty", "teen", "hundred")) for word in said)
    ):
        return True  # "seventy one in a fifty five and i", "two hundred even so a hundred and seven"
    return _is_hours(" ".join(said).replace(".", " ").split(), found.letters)


def _is_hours(said: Sequence[str], letters: int) -> bool:
    """Whether all letters are those of times of day: "between ten thirty a m and four fifteen p m"."""
    halves = sum(pair in _HALVES for pair in pairwise(said))
    return (halves > 0 and letters <= 2 * halves + 1) or (letters == 2 and tuple(said[-2:]) in _HOURS)


def _judged(transcript: Transcript, found: Spelled, start: int, cue: Cue | None) -> Finding | None:
    size = found.letters + found.digits
    if cue is None or cue.label in _NO_NUMBERS:
        text = transcript.folded
        plain = transcript.words.bits[transcript.words.at_or_behind(start)] & Bit.PLAIN
        of_thing = cue is None and _OF_THINGS.search(text, max(0, start - _THINGS_REACH), start)
        read = (size >= _LONG and found.digits >= 3) if plain else (size >= _READ_ALOUD and found.digits > _LONG)
        return _UNANNOUNCED if read and not of_thing and not _WRITTEN_BEHIND_LETTER.match(text, start) else None
    if cue.label is None:
        if cue.phrase in TRACKING:
            return None
        return _UNANNOUNCED if found.letters > 1 and found.digits > _LONG and size >= _LONGEST_ORDER else None
    if cue.label in _NUMBERS:
        # "the card here, it's k as in kilo seven seven two one"
        return _UNANNOUNCED if found.digits >= _LEAST_DIGITS else None
    if cue.label not in LABELS:
        return None
    why = f'cue "{cue.phrase}", then letters and digits one by one'
    return finding(cue.label, "announced-value", why, 0.93, "context", cue.phrase)
