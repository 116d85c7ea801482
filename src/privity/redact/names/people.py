"""Names of people: after a cue, from the lists, spelled out, in answer to a question, and wherever they come up again.

A list is a feature and never a verdict: "will", "mark" and "may" stand in it. A listed word counts when a cue, a
neighbour, a capital in the middle of a sentence or its frequency speaks for a person. Once a name is learned, it is
hidden everywhere in the conversation, in any case.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

import ahocorasick_rs

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.names.company import beside, comes_first, hyphened, is_none_of_name, is_whole_answer, nicknames
from privity.redact.names.learned import learned
from privity.redact.names.nobodys.doubts import Doubts
from privity.redact.names.nobodys.uses import is_named_like_make, is_something, is_sort, is_state, says_which
from privity.redact.names.parts import NameParts, is_thing
from privity.redact.names.questions import questions_for_names
from privity.redact.names.spelled import SpelledNames
from privity.redact.names.spelled_on import spelled_on
from privity.redact.names.spoken.answers import answers, may_answer
from privity.redact.names.spoken.heard import EXCLAIMED, goes_on, heard
from privity.redact.names.spoken.phrases import phrases
from privity.redact.names.spoken.told import told
from privity.redact.names.spoken.worldly import says_when, worldly
from privity.redact.names.written.enumerated import enumerated
from privity.redact.reading.folding import DOCUMENT_BREAK
from privity.redact.reading.lexicon import LISTED, ORDINARY, Asked, Bit
from privity.redact.reading.small_words import DETERMINERS
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

_VOCABULARY = vocabulary()
_LIKELY = _VOCABULARY.likely_name_cues | _VOCABULARY.introductions | _VOCABULARY.name_titles
_CUES = sorted(_LIKELY | _VOCABULARY.name_cues | _VOCABULARY.named_fields)
_TITLES = _VOCABULARY.name_titles | {"name", "surname"}
_ABBREVIATED = frozenset({"attn", "capt", "cpl", "dr", "hon", "lt", "mr", "mrs", "ms", "mx", "prof", "rev", "sgt"})
_FINDER = ahocorasick_rs.AhoCorasick(
    [f" {cue}" for cue in _CUES],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    implementation=ahocorasick_rs.Implementation.DFA,
)
_TRAILING_INITIAL = re.compile(r"\s([A-Z])\.|\s([A-HJ-Z])(?=[\s,;:)?!\x1d]|$)", re.ASCII)
_TITLED = frozenset(
    {"mister", "missus", "mrs", "mr", "ms", "mx", "miss", "doctor", "dr", "doc", "sir", "ma'am", "mam", "madam"}
)
_BEFORE_ANY = _TITLED | {"like"}  # a filler, and on no list of names
_BEFORE_NAMES = _VOCABULARY.relations | {"nurse", "dot", "dash", "underscore", "no", "yes", "okay", "this", "guy"}
_KNOWN_BY = frozenset({"i", "you", "we", "who"})
_BY_BIRTH = frozenset({"junior", "senior", "jr", "sr", "ii", "iii"})
_WHOM = frozenset({"anybody", "anyone", "somebody", "someone", "you", "them", "him", "her", "it", "me", "us"})
_MAKES_VERB = frozenset({"to", "can't", "won't", "don't", "didn't", "gonna"})

_BY_CUE = finding(Label.NAME, "name-cue", "a cue that a name follows", 0.92, "context", "name")
_BY_LIKELY_CUE = finding(Label.NAME, "name-cue", "a cue and a likely name", 0.85, "context", "introduction")
_ANSWER = finding(Label.NAME, "name-answer", "answers a question for a name", 0.86, "context", "question")
_SURNAME_FIRST = finding(Label.NAME, "name-pair", "a surname, then a listed given name", 0.8, "lists")
_CAPITALISED_PAIR = finding(Label.NAME, "name-pair", "a listed given name, then capitalised words", 0.85, "lists")
_LISTED_PAIR = finding(Label.NAME, "name-pair", "a listed given name, then a listed surname", 0.8, "lists")
_CAPITALISED = finding(Label.NAME, "name-listed", "a capitalised given name from the lists", 0.7, "lists")
_FREQUENT = finding(Label.NAME, "name-listed", "a frequent given name from the lists", 0.65, "lists")
_SPELLED_OUT = finding(Label.NAME, "name-spelled", "letters one by one near a name", 0.8, "context")
_HEARD = finding(Label.NAME, "name-heard", "in speech, a word that stands where names do", 0.6, "context")
_WORLDLY = finding(Label.NAME, "name-word", "an English word where a name is announced", 0.6, "context")
_TOLD = finding(Label.NAME, "name-told", "an English word where the talk has a place for a name", 0.6, "context")
_BESIDE = finding(Label.NAME, "name-beside", "initials, repeats and corrections beside a name", 0.6, "context")
_ENUMERATED = finding(Label.NAME, "name-enumerated", "stands in a row of names", 0.6, "context")
_LEARNED = finding(Label.NAME, "name-learned", "a name learned elsewhere in the conversation", 0.75, "context")


def _may_be_listed(bits: int) -> bool:
    """Whether a listed given name may be one: capitalised, no word, or a frequent name in speech."""
    if not bits & (Bit.NAMELIKE | Bit.GIVEN) or bits & (Bit.FUNCTION | Bit.CAPITALS | Bit.NO_NAME):
        return False
    frequent = bits & Bit.PLAIN and bits & Bit.FREQUENT_GIVEN
    return bits & (Bit.NAMELIKE | Bit.CAPITAL) != 0 or frequent != 0


_SURE = (_BY_CUE, _WORLDLY, _TOLD, _BESIDE, _SPELLED_OUT, _ENUMERATED)
_MAY_BE_LISTED = Asked(_may_be_listed)


class Names:
    """Finds names in one transcript."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._parts = transcript.once(NameParts)
        self._doubts = transcript.once(Doubts)
        self._bits, self._texts, self._starts = self._parts.bits, self._parts.texts, self._parts.starts
        self._found: list[Claim] = []
        self._seen = bytearray(self._parts.count)  # one for every word that is in a name

    def claims(self) -> list[Claim]:
        """Return the names of the conversation."""
        questions = questions_for_names(self._transcript)
        self._after_cues()
        self._answers(questions)
        self._listed()
        parts, transcript, seen = self._parts, self._transcript, self._seen
        for names, found in (
            (heard(parts, seen), _HEARD),
            (worldly(parts, transcript, seen), _WORLDLY),
            (answers(parts, transcript, questions, seen), _WORLDLY),
            (phrases(parts, transcript), _TOLD),
            (told(parts, transcript, questions, seen), _TOLD),
            (beside(parts, seen), _BESIDE),
            (enumerated(parts, transcript, seen), _ENUMERATED),
        ):
            for first, last in names:
                self._claim(first, last, found)
        for at in nicknames(parts, transcript):
            self._claim(at, at, _BESIDE)
        letters = SpelledNames(parts, transcript, seen)
        places = spelled_on(parts, transcript, seen, [*letters.found(tuple(self._found), questions)], questions)
        self._found += [Claim((place,), _SPELLED_OUT) for place in places]
        for first, last in learned(parts, transcript, seen, letters.words):
            self._claim(first, last, _LEARNED)
        return self._found

    def _claim(self, first: int, last: int, found: Finding) -> None:
        if self._bits[last] & Bit.PLAIN and found is not _LEARNED:
            last = goes_on(self._parts, last)
        first, last = self._without_company(first, last, found)
        if first == last and self._is_said_of_name(first):
            return
        if first > last or (first == last and found is not _TOLD and self._parts.one_of_months(first)):
            return
        if is_sort(self._parts, first, last) or (found not in _SURE and self._doubted(found)(first, last)):
            return
        if self._parts.after(last) in _BY_BIRTH:
            last += 1
        first, last = hyphened(self._parts, first, last)
        end = self._parts.end(last)
        if self._bits[last] & Bit.CAPITAL:
            initial = _TRAILING_INITIAL.match(self._transcript.cased, end)
            end = initial.end(initial.lastindex or 0) if initial else end
        self._seen[first : last + 1] = b"\1" * (last + 1 - first)
        self._found.append(Claim(((self._starts[first], end),), found))

    def _is_said_of_name(self, at: int) -> bool:
        """Whether a word right behind a name is none of it: "is mark free"."""
        behind = at > 0 and self._seen[at - 1] and self._parts.adjoins(at)
        return bool(behind) and self._bits[at] & Bit.PLAIN != 0 and is_none_of_name(self._parts, at)

    def _doubted(self, found: Finding) -> Callable[[int, int], bool]:
        """What speaks against a name: the less, the more is known of it."""
        if found is _LEARNED:
            return self._doubts.is_thing_here
        return self._doubts.is_thing if found is _ANSWER else self._doubts.about

    def _without_company(self, first: int, last: int, found: Finding) -> tuple[int, int]:
        """Return the name without a title before it and what is said of it behind: "missus", "like the bird"."""
        said = self._parts.said
        while first <= last and (said[first] in _BEFORE_ANY or (first < last and said[first] in _BEFORE_NAMES)):
            if said[first] == "guy" and self._bits[first] & Bit.CAPITAL and not self._parts.opens_sentence(first):
                break  # "covers Guy Pope"
            first += 1
        if (
            first < last
            and said[first] in _VOCABULARY.offices
            and (found not in _SURE or not self._bits[first] & Bit.GIVEN)
        ):
            first += 1
        if first == last and self._bits[first] & Bit.PLAIN and said[first] in _VOCABULARY.relations:
            first += 1
        while last > first and self._bits[last] & Bit.PLAIN and is_none_of_name(self._parts, last):
            last -= 1
        return first, last

    def _after_cues(self) -> None:
        parts, transcript, folded = self._parts, self._transcript, self._transcript.folded
        at = 0
        for index, end in self._cues():
            at = bisect_left(self._starts, end - 1, at)
            if at >= parts.count or self._seen[at]:
                continue
            gap = folded[end - 1 : self._starts[at]].removeprefix("'s")
            if len(gap) > 4 or gap.strip(" \t,.:'\"-*(") or DOCUMENT_BREAK in gap:
                continue
            cue = _CUES[index]
            if gap == "-" and cue in _VOCABULARY.greetings and not self._bits[at] & Bit.CAPITAL:
                continue  # "hi-vis"
            if ("." in gap or "-" in gap) and not self._goes_on(at, cue):
                continue
            if cue == "ms" and folded[end - 4 : end - 3] == " " and folded[end - 5 : end - 4].isdigit():
                continue  # "QTc 512 ms"
            made = cue in _ABBREVIATED and is_named_like_make(parts, at)
            sure = made or cue in _VOCABULARY.name_cues or (":" in gap and cue in _VOCABULARY.named_fields)
            named = self._surely(at, cue) if sure else cue in _LIKELY and self._likely(at, cue)
            if named and not (parts.no_person(at) or says_which(parts, at, cue) or is_state(parts, transcript, at)):
                self._claim(at, parts.last_part(at, sure=sure), _BY_CUE if sure else _BY_LIKELY_CUE)

    def _goes_on(self, at: int, cue: str) -> bool:
        """Whether a word behind a sign does not open a sentence or a turn: "works as a nurse. Denies pain"."""
        return cue in _ABBREVIATED or self._bits[at] & LISTED != 0 or not self._bits[at] & Bit.WORD

    def _cues(self) -> Iterator[tuple[int, int]]:
        """Yield the cues of all documents: which, and where each ends with the blank behind it."""
        transcript = self._transcript
        for document, first in enumerate(transcript.documents):
            behind = transcript.document_end(document)
            flat = f" {transcript.words.flat[first:behind]}    "
            for index, _, end in _FINDER.find_matches_as_indexes(flat):
                if flat[end] == " " and end - 1 <= behind - first:
                    yield index, end + first

    def _surely(self, at: int, cue: str) -> bool:
        """Whether a word is a name behind a cue that leaves no doubt of one."""
        bits = self._bits[at]
        if bits & Bit.FUNCTION or not bits & Bit.LETTERS or (bits & Bit.NO_NAME and cue not in _TITLED):
            return False
        if bits & Bit.CAPITAL or not self._parts.ordinary(at):
            return True
        return bits & Bit.PLAIN != 0 and bits & (Bit.SURNAME | Bit.GIVEN) != 0 and self._parts.closes(at)

    def _likely(self, at: int, cue: str) -> bool:
        """Whether a word is a name behind a cue that often stands before something else."""
        bits = self._bits[at]
        family = cue in _VOCABULARY.relations and bits & Bit.CAPITAL  # "My son Prince"
        if bits & Bit.FUNCTION or not bits & Bit.LETTERS or (bits & Bit.NO_NAME and not family):
            return False
        if cue in _TITLES:
            return self._titled(at)
        if bits & Bit.NAMELIKE:
            introduced = bits & Bit.PLAIN and cue in _VOCABULARY.introductions
            known = bits & (Bit.FREQUENT_GIVEN | Bit.CAPITAL) != 0 or introduced != 0
            return known and self._parts.said[at] not in EXCLAIMED
        if cue in _VOCABULARY.relations and bits & Bit.CAPITAL:
            aside = self._parts.between(at - 1) == " (" and not self._parts.ordinary(at)  # "his wife (Oriane)"
            month = bits & Bit.CALENDAR and not bits & Bit.FREQUENT_GIVEN  # but "my wife May"
            return not month and not bits & Bit.PEOPLE and (aside or self._parts.adjoins(at))
        return cue in _VOCABULARY.introductions and self._introduced(at)

    def _introduced(self, at: int) -> bool:
        """Whether a word that no list of given names has is a name behind what introduces one."""
        bits = self._bits[at]
        if bits & Bit.PLAIN and bits & Bit.FREQUENT_GIVEN and bits & Bit.WORD:  # "this is mark", "thanks grace"
            return self._parts.introduced(at) and not self._parts.worldly_company(at)
        if not bits & LISTED and bits & Bit.PLAIN and is_thing(self._parts.said[at]):
            return False
        return self._parts.unknown(at) and self._parts.introduced(at)

    def _titled(self, at: int) -> bool:
        bits = self._bits[at]
        if bits & Bit.PLAIN and bits & Bit.WORD:  # "doctor fields", but "doctor visit"
            return bits & Bit.FREQUENT_SURNAME != 0 and self._parts.said[at] not in _VOCABULARY.not_behind_titles
        strange = bits & (LISTED | Bit.UNKNOWN | Bit.PLACE) != 0 and not bits & ORDINARY
        return bits & (Bit.CAPITAL | Bit.INITIAL) != 0 or strange

    def _answers(self, questions: list[int]) -> None:
        """Take the words that answer a question for a name."""
        parts, bits = self._parts, self._bits
        for question in questions:
            if (answer := self._transcript.answer_to(question)) is None:
                continue
            first = bisect_left(self._starts, answer.start)
            for at in range(first, min(first + 8, parts.count)):
                if self._starts[at] >= answer.end or self._seen[at]:
                    break
                if parts.said[at] == "like":
                    continue
                strange = parts.unknown(at) and parts.introduced(at) and not is_thing(parts.said[at])
                listed = bits[at] & LISTED or (strange and parts.said[at] not in _VOCABULARY.name_cues)
                listed = listed or (at == first and is_whole_answer(parts, at) and may_answer(parts.said[at]))
                whole = at == first and (is_whole_answer(parts, at) or comes_first(parts, at))
                known = whole or not parts.ordinary(at)
                if listed and known and not bits[at] & (Bit.NUMBER | Bit.FUNCTION):
                    self._claim(at, parts.last_part(at, sure=True), _ANSWER)
                    break

    def _listed(self) -> None:
        parts, bits, seen = self._parts, self._bits, self._seen
        for at in parts.where(_MAY_BE_LISTED):
            if seen[at] or is_something(parts, at) or is_state(parts, self._transcript, at):
                continue
            if not bits[at] & (Bit.NAMELIKE | Bit.CAPITAL):
                self._worldly(at)
                continue
            first, last = parts.surname_before(at), parts.last_part(at, sure=False)
            if first < at and not seen[first]:
                self._claim(first, last, _SURNAME_FIRST)
            elif not parts.no_person(last, at):
                if last > at:
                    self._listed_with_company(at, last)
                else:
                    self._listed_alone(at)

    def _worldly(self, at: int) -> None:
        """Take "grace bech" and "will vandersloot" in speech: an English word that is a name, then a surname."""
        bits, after = self._bits, at + 1
        if self._parts.adjoins(after) and not self._seen[after] and not says_when(self._parts, at):
            surname = (
                bits[after] & (Bit.SURNAME | Bit.FOREIGN_SURNAME)
                or bits[after] & (Bit.UNKNOWN | Bit.DERIVED) == Bit.UNKNOWN
            )
            known = bits[after] & (ORDINARY | Bit.FUNCTION | Bit.NUMBER | Bit.CALENDAR | Bit.PEOPLE | Bit.REGION)
            if surname and not known and len(self._texts[after]) > 3:
                self._claim(at, self._parts.last_part(at, sure=False), _LISTED_PAIR)

    def _listed_with_company(self, first: int, last: int) -> None:
        parts, bits = self._parts, self._bits
        pair = any(bits[at] & LISTED for at in range(first + 1, last + 1))
        if bits[first] & Bit.CAPITAL:
            if not bits[first] & ORDINARY or (
                pair and (not parts.opens_sentence(first) or self._opens_name(first, last))
            ):
                self._claim(first, last, _CAPITALISED_PAIR)
        elif pair and bits[first] & Bit.NAMELIKE:
            self._claim(first, last, _LISTED_PAIR)

    def _opens_name(self, first: int, last: int) -> bool:
        """Whether an English word that opens a sentence is a given name by the surname behind it: "Summer Delgado"."""
        bits, said = self._bits[first], self._parts.said[first]
        known = bits & Bit.FREQUENT_GIVEN and not bits & (Bit.CALENDAR | Bit.FUNCTION)
        return bool(known) and said not in _VOCABULARY.verbs_too and not self._bits[last] & ORDINARY

    def _listed_alone(self, at: int) -> None:
        bits = self._bits[at]
        if bits & (Bit.KNOWN_PLACE | Bit.REGION) and (
            not bits & Bit.FREQUENT_GIVEN or self._parts.behind_place_word(at)
        ):
            return
        if bits & Bit.CAPITAL and not bits & Bit.CALENDAR and len(self._texts[at]) > 2:
            if not bits & ORDINARY or not (self._parts.opens_sentence(at) or self._parts.within_title(at)):
                self._claim(at, at, _CAPITALISED)
        elif not bits & Bit.CAPITALS and not self._is_somebody(at):
            return
        elif bits & Bit.NAMELIKE and (bits & Bit.FREQUENT_GIVEN or (bits & Bit.PLAIN and self._said_alone(at))):
            self._claim(at, at, _FREQUENT)

    def _is_somebody(self, at: int) -> bool:
        """Whether a given name in speech may be somebody's: "the wendy's" is not."""
        spoken_of = self._bits[at] & Bit.PLAIN and self._parts.after(at) in _KNOWN_BY  # "is that the linda i know"
        before = self._parts.before(at)
        if before == "of" and self._parts.before(at - 1) in _VOCABULARY.units:
            return False  # "four acres of milo"
        if before in _MAKES_VERB and self._parts.after(at) in _WHOM and self._parts.said[at] in _VOCABULARY.verbs_too:
            return False  # "i don't want to sue anybody", but "she listened to rob about it"
        return (spoken_of != 0 or before not in DETERMINERS) and self._parts.said[at] not in EXCLAIMED

    def _said_alone(self, at: int) -> bool:
        """Whether a rarer given name may stand alone in speech: it is no place, and too long to be a sound."""
        return len(self._texts[at]) > 3 and not self._bits[at] & (Bit.PLACE | Bit.REGION | Bit.PARTICLE | Bit.NUMBER)
