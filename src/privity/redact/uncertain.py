"""Words that a recognizer is not sure of, where an identifier was asked for: nobody knows what was said there.

"what is your card number", "for the one want one tree": nothing in the answer is a number any more, and whoever hears
it writes down all sixteen digits. So what is doubted is hidden, in text and audio, wherever the rest of this room holds
that a number would be an identifier: where a cue governs it (`cues`), where a question for a name is answered
(`names.questions`), and beside card data or a social security number that is not over yet (`numbers.open_topics`).
From the first such word of an answer to its last everything goes, and the digits beside them: parts tell the rest.

A word of a sentence of sure words is no digit (`sentence_words`). Without confidences nothing is doubted. What any
detector recognised keeps its own label.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from privity.redact.claims import Claim, Part
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.names.questions import questions_for_names
from privity.redact.numbers.open_topics import TOPIC_REACH, TOPIC_TURNS, TOPICS
from privity.redact.policies.policy import Policy
from privity.redact.reading.cues import QUESTION_REACH, QUESTION_TURNS, REACH, Cue, Cues
from privity.redact.reading.lexicon import NUMERAL
from privity.redact.reading.transcript import Transcript
from privity.redact.sentence_words import DIGITS_ONLY, SentenceWords

_BETWEEN = 4  # words that may stand between two that are doubted
_SCORE = 0.25  # below whatever recognised something


class _Doubt(Struct, frozen=True, gc=False):
    """A place that is doubted, and why it matters."""

    start: int
    end: int
    turn: int
    finding: Finding


def claims(transcript: Transcript, cues: Cues, found: Iterable[Claim], policy: Policy) -> Iterator[Claim]:
    """Return what is doubted where an identifier that the policy hides was asked for, or is being read."""
    if Label.UNCERTAIN not in policy.hides:
        return
    doubted = [(word.start, word.end) for word in transcript.heard if not word.confidence >= policy.uncertain_below]
    if doubted:
        hidden = tuple(found)
        sentences = SentenceWords(transcript, hidden, doubted)
        yield from _Contexts(transcript, cues, hidden, policy, sentences).claims(doubted)


class _Contexts:
    """The places of one transcript where something sensitive is being said."""

    def __init__(
        self, transcript: Transcript, cues: Cues, found: Iterable[Claim], policy: Policy, sentences: SentenceWords
    ) -> None:
        self._transcript, self._sentences = transcript, sentences
        self._cues = cues
        self._hides = policy.hides
        self._asked = questions_for_names(transcript) if Label.NAME in policy.hides else []
        known = [(part, claim.finding.label) for claim in found for part in claim.parts]
        self._ends = sorted((end, start, label) for (start, end), label in known)
        self._topics = [(end, start, label) for end, start, label in self._ends if label in TOPICS]

    def claims(self, doubted: Sequence[Part]) -> Iterator[Claim]:
        """Yield a claim for each stretch of doubted words in which something sensitive may have been said."""
        stretch: list[_Doubt] = []
        for start, end in doubted:
            turn = self._transcript.turn_at(start)
            near = bool(stretch) and stretch[-1].turn == turn and self._goes_on(stretch[-1].end, start)
            why = self._why(*self._bare(start, end), turn)
            if why is None and near and not self._cues.covered(*self._bare(start, end)):
                why = stretch[-1].finding
            if why is None:
                continue
            if stretch and not near:
                yield from self._of(stretch)
                stretch = []
            stretch.append(_Doubt(start, end, turn, why))
        if stretch:
            yield from self._of(stretch)

    def _bare(self, start: int, end: int) -> Part:
        """Return a place without the marks around its word."""
        text = self._transcript.folded
        first, behind = start, end
        while first < behind and not text[first].isalnum():
            first += 1
        while behind > first and not text[behind - 1].isalnum():
            behind -= 1
        return (first, behind) if first < behind else (start, end)

    def _why(self, start: int, end: int, turn: int) -> Finding | None:
        """Return why a doubted place matters, or None where nothing was asked for."""
        stretch = self._transcript.stretches[turn]
        whole = start <= stretch.start and stretch.end <= end
        if whole and (within := self._announced(self._cues.within(start, end))):
            return _asked(within)
        if self._cues.covered(start, end):
            return None  # "what is your social" asks, and says nothing
        cue = self._cues.governing(start, end)
        if cue is None or cue.label is None:
            cue = self._behind_harmless(start, turn) or cue
        said = self._sentences.holds(start, end, turn)
        if cue is not None:
            harmless = cue.label not in self._hides or (cue.label in DIGITS_ONLY and said)
            return None if harmless else _asked(cue)
        if self._answers_for_name(start, turn):
            return _NAME
        return _BESIDE if not said and self._beside(start, end, turn) else None

    def _behind_harmless(self, start: int, turn: int) -> Cue | None:
        """Return the cue of something hidden that a harmless one follows: "your card number for the deposit".

        What stands nearer says what a number is; what cannot be read may be either, until the one was answered.
        """
        turn_at, stretches = self._transcript.turn_at, self._transcript.stretches
        before = self._cues.within(stretches[max(0, turn - QUESTION_TURNS)].start, start)
        nearest = turn_at(before[-1].start) if before else turn
        reach = REACH if nearest == turn else QUESTION_REACH
        for cue in reversed(before):
            if turn_at(cue.start) != nearest or start - cue.end > reach:
                break
            if cue.label in self._hides and not self._is_answered(cue, start):
                return cue
        return None

    def _is_answered(self, cue: Cue, place: int) -> bool:
        first, last = bisect_left(self._ends, (cue.end,)), bisect_left(self._ends, (place + 1,))
        return any(label is cue.label for _, _, label in self._ends[first:last])

    def _announced(self, cues: Iterable[Cue]) -> Cue | None:
        return next((cue for cue in cues if cue.label in self._hides), None)

    def _answers_for_name(self, start: int, turn: int) -> bool:
        """Whether a place stands behind a question for a name, in its turn or in the next one."""
        at = bisect_left(self._asked, start + 1) - 1
        if at < 0 or self._cues.between(self._asked[at], start):
            return False
        asked, stretches = self._transcript.turn_at(self._asked[at]), self._transcript.stretches
        reach = REACH if asked == turn else QUESTION_REACH
        same = stretches[asked].document == stretches[turn].document
        return same and turn - asked <= 1 and start - self._asked[at] <= reach

    def _beside(self, start: int, end: int, turn: int) -> bool:
        """Whether a place goes on with what was found right before it, or belongs to a topic that is still open."""
        text = self._transcript.folded
        last = bisect_left(self._ends, (start + 1,)) - 1
        if last >= 0 and text[self._ends[last][0] : start].strip(" ") == "" and self._ends[last][2] in self._hides:
            return True
        at = bisect_left(self._topics, (start + 1,))
        for end_of, start_of, label in self._topics[max(0, at - 1) : at + 1]:
            first, behind = (end_of, start) if end_of <= start else (end, start_of)
            apart = turn - self._transcript.turn_at(start_of)
            if (
                label in self._hides
                and 0 <= behind - first <= TOPIC_REACH
                and 0 <= apart <= TOPIC_TURNS
                and self._transcript.document_at(first) == self._transcript.document_at(behind)
                and not self._cues.between(first, behind)
            ):
                return True
        return False

    def _goes_on(self, end: int, start: int) -> bool:
        words = self._transcript.words
        between = words.at_or_behind(start) - words.at_or_behind(end)
        return between <= _BETWEEN and not self._cues.between(end, start)

    def _of(self, stretch: Sequence[_Doubt]) -> Iterator[Claim]:
        """Yield what is claimed from the first doubted word to the last, with the numerals right beside them.

        Voice without words is blank here, and what is blank is cut off beside what others recognised: it is claimed by
        itself too.
        """
        words, turn = self._transcript.words, self._transcript.stretches[stretch[0].turn]
        start, end = stretch[0].start, stretch[-1].end
        at = words.at_or_behind(start) - 1
        while at >= 0 and words.starts[at] >= turn.start and words.bits[at] & NUMERAL:
            start, at = words.starts[at], at - 1
        at = words.at_or_behind(end)
        while at < len(words.starts) and words.end(at) <= turn.end and words.bits[at] & NUMERAL:
            end, at = words.end(at), at + 1
        yield Claim(((start, end),), stretch[0].finding)
        for doubt in stretch:
            if not self._transcript.folded[doubt.start : doubt.end].strip():
                yield Claim(((doubt.start, doubt.end),), doubt.finding)


def _finding(why: str, cue: str = "") -> Finding:
    return finding(Label.UNCERTAIN, "doubted", f"words of little confidence {why}", _SCORE, "context", cue)


def _asked(cue: Cue) -> Finding:
    return _finding(f'behind the cue "{cue.phrase}"', cue.phrase)


_NAME = _finding("where a name was asked for")
_BESIDE = _finding("beside an identifier")
