"""What identifies somebody in Spanish and French: said numbers, dates, names, places and mail addresses.

No dictionary of these languages is at hand, so what is hidden is judged by less than in English and reaches further:
whatever is said in digits behind a cue or in several of them, what stands behind an announced name or place until words
that carry sentences go on, capitalised words within a sentence, and names that lists know. `readable` says which words
are in which language, `romance_lists` holds the cues.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain

from privity.redact.claims import Claim, Part
from privity.redact.findings import finding
from privity.redact.labels import Label
from privity.redact.languages.readable import Reading, Window, stretches, unreadable, windows
from privity.redact.languages.romance_lists import Lists, Phrases, lists_of_languages
from privity.redact.reading.lexicon import Bit
from privity.redact.reading.transcript import Transcript

_CUE_REACH = 14  # words between a cue and its value
_TURNS = 3  # turns between a question and its answer
_SEVERAL = 3  # numbers in a row that identify somebody without a cue
_AMOUNT = 4  # numbers that a unit may make an amount
_NAME = 4  # words of a name
_PLACE = 16  # words of an address
_MAILBOX = 8  # words on each side of the at sign
_HOSTS = frozenset(["com", "fr", "es", "net", "org", "ca", "mx", "eu", "edu", "be", "ch", "ar", "co"])
_AND = frozenset(("y", "et"))
# Announce a place and are a part of it too, as "j'habite" is not.
_PARTS_OF_PLACES = frozenset(
    {
        "allee", "avenida", "avenue", "boulevard", "calle", "carrera", "chemin", "colonia", "impasse", "paseo", "place",
        "plaza", "quai", "route", "rue",
    }
)  # fmt: skip
_ALWAYS_PLAIN = frozenset(["a", "e", "o", "u", "y"])
_OF_WORDS = frozenset({Label.NAME, Label.LOCATION, Label.ADDRESS})
_DETAILS = frozenset({Label.CVV, Label.EXPIRY})
_LONGEST_DAY = 40  # characters
_DAY = re.compile(
    r"(?:[0-3]?[0-9]([-/.])[0-3]?[0-9]\1(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}([-/.])[01]?[0-9]\2[0-3]?[0-9])"
    r"(?:\s+(?:a\s+(?:las?\s+)?)?[0-2]?[0-9](?:[:h][0-9]{0,2})?)?",
    re.ASCII,
)
_LANGUAGES = {Reading.SPANISH: "es", Reading.FRENCH: "fr"}


def elsewhere(transcript: Transcript, claims: Iterable[Claim], hides: AbstractSet[Label]) -> Iterable[Claim]:
    """Return the claims of the other detectors with what is hidden in windows that are not in English.

    In Spanish and French they take ordinary words for names; those claims go. Names, places and mail addresses are
    looked for only where `hides` says that they are hidden.
    """
    found = transcript.once(windows)
    if not found:
        return chain(claims, unreadable(transcript, ())) if transcript.scripts else claims
    romance = Romance(transcript, found)
    return chain(filter(romance.stands, claims), romance.claims(hides), unreadable(transcript, found))


class Romance:
    """Judges the windows of one transcript that are in Spanish or French."""

    def __init__(self, transcript: Transcript, found: list[Window]) -> None:
        self._transcript = transcript
        self._words = transcript.words
        self._said = self._words.said
        self._found = found
        self._firsts = [window.first for window in found]
        self._cue: tuple[Label | None, int, int] | None = None  # what was announced last: its label, word and turn
        self._answered = False

    def stands(self, claim: Claim) -> bool:
        """Whether a claim of an English detector holds: a name that covers a common word of the language does not."""
        if claim.finding.label not in _OF_WORDS:
            return True
        start, end = claim.parts[0]
        first = self._words.at_or_behind(start)
        at = bisect_right(self._firsts, first) - 1
        language = _LANGUAGES.get(self._found[at].reading) if at >= 0 and first < self._found[at].behind else None
        if language is None:
            return True
        behind = self._words.at_or_behind(end)
        return lists_of_languages()[language].common.isdisjoint(self._said[first:behind])

    def claims(self, hides: AbstractSet[Label]) -> Iterator[Claim]:
        """Return what is hidden in these windows; any number, and of the rest what is of these labels."""
        learned: dict[tuple[int, str], None] = {}
        spoken = sorted(
            (*place, language) for reading, language in _LANGUAGES.items() for place in self._stretches(reading)
        )
        for first, behind, language in spoken:
            lists = lists_of_languages()[language]
            yield from self._numbers(first, behind, lists)
            yield from self._mailboxes(first, behind, lists) if Label.EMAIL in hides else ()
            yield from self._places(first, behind, lists) if Label.ADDRESS in hides else ()
            for start, end in self._names(first, behind, lists) if Label.NAME in hides else ():
                document = self._transcript.document_at(self._words.starts[start])
                learned.update(
                    ((document, said), None)
                    for said in self._said[start:end]
                    if len(said) > 3 and said not in lists.common
                )
                yield self._claim(start, end, Label.NAME, "a name that is announced, listed or capitalised")
        for first, behind, _ in spoken if learned else ():
            document = self._transcript.document_at(self._words.starts[first])
            for at in range(first, behind):
                if (document, self._said[at]) in learned:
                    yield self._claim(at, at + 1, Label.NAME, "a name that was learned")

    def _stretches(self, reading: Reading) -> Iterator[tuple[int, int]]:
        return stretches(self._found, reading)

    def _claim(self, first: int, behind: int, label: Label, what: str, cue: str = "") -> Claim:
        part: Part = (self._words.starts[first], self._words.end(behind - 1))
        why = f'cue "{cue}", {what}' if cue else what
        return Claim((part,), finding(label, f"{label.lower().replace('_', '-')}-elsewhere", why, 0.96, "context", cue))

    def _phrase(self, phrases: Phrases, at: int, behind: int) -> tuple[int, str, str] | None:
        """Return the index behind the phrase that begins at a word, its label and itself."""
        if self._said[at] not in phrases:
            return None
        for words, label in phrases[self._said[at]]:
            after = at + len(words)
            if after <= behind and tuple(self._said[at:after]) == words:
                return after, label, " ".join(words)
        return None

    def _numbers(self, first: int, behind: int, lists: Lists) -> Iterator[Claim]:
        """Yield runs of numbers, letters and months, which words between them may join."""
        turn = self._transcript.turn_at(self._words.starts[first])
        at, cue = first, ""
        while at < behind:
            announced = self._phrase(lists.cues, at, behind)
            if announced is not None and announced[2] not in lists.numbers:
                label = None if announced[1] == "HARMLESS" else Label(announced[1])
                if not self._only_says_of_what(label, at, turn):
                    self._cue, cue, self._answered = (label, announced[0], turn), announced[2], False
                at = announced[0]
                continue
            if self._said[at] not in lists.months and not self._is_number(at, lists):
                at += 1
                continue
            end = self._run(at, behind, lists)
            label, governed = self._governing(at, turn), self._cue is not None and self._reaches(at, turn)
            if self._identifies(at, end, lists, label, governed=governed, limit=behind):
                dated = any(self._said[place] in lists.months for place in range(at, end))
                if (dated and label not in {Label.DOB, Label.EXPIRY}) or (label is None and self._is_day(at, end)):
                    label = Label.DATE
                yield self._claim(at, end, label or Label.ID, "said or written numbers", cue if governed else "")
                self._answered = True
            at = end

    def _is_day(self, at: int, end: int) -> bool:
        """Whether numbers are written as a day: "3/4/2024", with the hour behind it too."""
        start, behind = self._words.starts[at], self._words.end(end - 1)
        return behind - start <= _LONGEST_DAY and _DAY.fullmatch(self._transcript.folded, start, behind) is not None

    def _only_says_of_what(self, label: Label | None, at: int, turn: int) -> bool:
        """Whether a cue belongs to the one before it: "codigo de seguridad de la tarjeta", "numero" of anything."""
        before = self._governing(at, turn)
        if self._cue is None or before is None or self._answered:
            return False
        near = self._cue[2] == turn and at - self._cue[1] <= _NAME
        return label is Label.ID or (near and label in {Label.CARD, Label.BANK_ACCOUNT} and before in _DETAILS)

    def _reaches(self, at: int, turn: int) -> bool:
        assert self._cue is not None
        _, behind, asked = self._cue
        starts = self._words.starts
        same = self._transcript.document_at(starts[at]) == self._transcript.document_at(starts[behind - 1])
        return same and turn - asked <= _TURNS and (turn > asked or at - behind <= _CUE_REACH)

    def _governing(self, at: int, turn: int) -> Label | None:
        return self._cue[0] if self._cue is not None and self._reaches(at, turn) else None

    def _is_number(self, at: int, lists: Lists) -> bool:
        said = self._said[at]
        if said in lists.numbers or self._words.bits[at] & (Bit.DIGITS | Bit.MIXED):
            return True
        if len(said) != 1:
            return False
        if said not in _ALWAYS_PLAIN:
            return True
        # A vowel is a word, unless it stands among letters.
        touching, near = self._said[max(0, at - 1) : at + 2], self._said[max(0, at - 2) : at + 3]
        among = sum(len(word) == 1 for word in touching) > 1
        return among and any(len(word) == 1 and word not in _ALWAYS_PLAIN for word in near)

    def _run(self, at: int, behind: int, lists: Lists) -> int:
        """Return the index behind the last number or month of a run; up to three joining words may stand between."""
        end, place, spelled = at + 1, at + 1, False
        while place < behind and place - end <= 2:
            if self._is_number(place, lists) or self._said[place] in lists.months or (spelled and place == end + 1):
                end = place + 1
                spelled = False
            elif self._said[place] in lists.joiners or self._said[place] in _ALWAYS_PLAIN:
                spelled = self._said[place] in {"comme", "como", "de"} and len(self._said[place - 1]) == 1
            else:
                break
            place += 1
        return end

    def _identifies(self, at: int, end: int, lists: Lists, label: Label | None, *, governed: bool, limit: int) -> bool:
        numbers = [place for place in range(at, end) if self._is_number(place, lists)]
        figures = sum(map(str.isdigit, "".join(self._said[at:end])))
        months = len([place for place in range(at, end) if self._said[place] in lists.months])
        if months:
            return bool(numbers)
        if not numbers or self._said[at:end] in (["un"], ["une"], ["uno"], ["c"], ["l"], ["d"]):
            return False
        unit = end < limit and self._said[end] in lists.units
        if (unit or (governed and label is None)) and len(numbers) <= _AMOUNT and figures <= _AMOUNT:
            return False
        enough = 1 if governed and not self._answered else 2 if governed else _SEVERAL
        return max(len(numbers), figures) >= enough

    def _mailboxes(self, first: int, behind: int, lists: Lists) -> Iterator[Claim]:
        for at in range(first, behind):
            if self._said[at] not in lists.at:
                continue
            start, end = at, at + 1
            while start > max(first, at - _MAILBOX) and self._said[start - 1] not in lists.plain:
                start -= 1
            while end < min(behind, at + _MAILBOX) and self._said[end - 1] not in _HOSTS:
                end += 1
            yield self._claim(start, end, Label.EMAIL, "a mail address that is said", self._said[at])

    def _places(self, first: int, behind: int, lists: Lists) -> Iterator[Claim]:
        """Yield what stands behind an announced place, or around the word for a street, with the number before it."""
        at = first
        while at < behind:
            found = self._phrase(lists.places, at, behind)
            if found is None:
                at += 1
                continue
            start, end = (at, found[0]) if found[2] in _PARTS_OF_PLACES else (found[0], found[0])
            while start > first and (self._is_number(start - 1, lists) or self._said[start - 1] in {"bis", "ter"}):
                start -= 1
            while end < min(behind, start + _PLACE) and self._said[end] not in lists.ends:
                if self._said[end] in _AND and not (end + 1 < behind and self._is_number(end + 1, lists)):
                    break
                end += 1
            if end > start:
                yield self._claim(start, end, Label.ADDRESS, "a place that is announced", found[2])
            at = max(end, found[0])

    def _names(self, first: int, behind: int, lists: Lists) -> Iterator[tuple[int, int]]:
        """Yield the first and last word, the last excluded, of names."""
        at = first
        while at < behind:
            found = self._phrase(lists.names, at, behind)
            if found is not None or self._said[at] in lists.titles:
                start = at + 1 if found is None else found[0]
                while start < behind and self._said[start] in lists.titles:
                    start += 1
            elif self._listed(at, first, lists):
                start = at
            else:
                at += 1
                continue
            end = self._name_end(start, behind, lists)
            if end > start:
                yield start, end
            at = max(end, start, at + 1)

    def _listed(self, at: int, first: int, lists: Lists) -> bool:
        """Whether a word is a name by itself: of the lists, or capitalised within a sentence."""
        bits = self._words.bits[at]
        if self._said[at] in lists.common or self._is_number(at, lists):
            return False
        if (
            bits & Bit.CAPITAL
            and at > first
            and "." not in self._transcript.cased[self._words.end(at - 1) : self._words.starts[at]]
        ):
            return True
        return bits & (Bit.FREQUENT_GIVEN | Bit.NAMELIKE | Bit.FREQUENT_SURNAME) != 0 and not bits & Bit.WORD

    def _name_end(self, at: int, behind: int, lists: Lists) -> int:
        end = at
        while end < min(behind, at + _NAME + 2):
            if self._said[end] in lists.common or "'" in self._said[end] or self._is_number(end, lists):
                particle = self._words.bits[end] & Bit.PARTICLE and end + 1 < behind
                if not particle or (
                    self._said[end + 1] in lists.common and not self._words.bits[end + 1] & Bit.PARTICLE
                ):
                    break
            elif end > at and not self._transcript.cased[self._words.end(end - 1) : self._words.starts[end]].isspace():
                break
            end += 1
        while end > at and self._words.bits[end - 1] & Bit.PARTICLE and self._said[end - 1] in lists.common:
            end -= 1
        return end
