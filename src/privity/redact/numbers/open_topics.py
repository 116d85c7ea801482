"""Card data and social security numbers that are not over yet: what is read beside them, by either side, is theirs.

Chains join the halves of a number that follow each other; people do not keep to it. They correct themselves, are read
back to, are asked for the last group again, and a recognizer hears "fore" or breaks a number off. So wherever a card, a
security code or a social security number was found, its topic stays open: digits that follow it or stand before it
belong to it as long as little else is said between, whoever says them. An amount, another cue or an ordinary sentence
closes the topic (PCI DSS 3.3: nothing of a security code may stay, 3.4: of a number no more than its last four).
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from privity.redact.claims import Claim, Part
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.numbers.values import Value
from privity.redact.reading.cues import Cues
from privity.redact.reading.lexicon import NUMERAL, Bit, lexicon
from privity.redact.reading.misheard import HOMOPHONES
from privity.redact.reading.numerals import Group, Run, is_amount, is_time
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.vocabulary import vocabulary

TOPICS = frozenset({Label.CARD, Label.CVV, Label.SSN})
_OPEN = TOPICS | {Label.EXPIRY}
_VOCABULARY = vocabulary()
_URGES = _VOCABULARY.going_on | {word for phrase in _VOCABULARY.fillers for word in phrase.split("'")[0].split()}
_DOUBTS = frozenset({"or", "either", "maybe"})  # "two one, either seven or one"
_SAID = _URGES | _DOUBTS | {word for phrase in _VOCABULARY.fillers for word in phrase.split()}
TOPIC_REACH = 90  # characters between a number and what belongs to it
TOPIC_TURNS = 3
_MISHEARD = frozenset({*HOMOPHONES, "owe"})  # where nothing follows them
_ANNOUNCES = frozenset({"visa", "mastercard", "amex", "discover", "it's", "is"})
_DIGITS_ONLY = frozenset({"won", "ate", "owe"})  # of those that say nothing else behind a number
_THANKS = frozenset({"thank", "thanks", "okay", "ok", "correct", "yes", "right", "perfect", "got"})
_WITHIN = _SAID | _MISHEARD
_CODE = 3  # digits
_COUNTED = 2  # digits
_MISHEARD_CODE = finding(Label.CVV, "cvv-misheard", "a security code of which a digit was misheard", 0.8, "context")
_PLACES = frozenset({"here", "outside", "degrees", "today"})
_COSTS = frozenset({"fee", "fees", "comes", "pay", "paying", "worth", "due", "charging", "owe", "spent", "bill"})
# How many other words may stand between: the more digits, the less they are a number of something else.
_OTHER_WORDS = {1: 0, 2: 1, 3: 3}
_OTHER_WORDS_AT_MOST = 4


_AGAIN = finding(Label.CVV, "open-topic", "repeats a security code", 0.8, "context")


_THE_ONE = (" the ", " that ", " this ", " which ", " other ")


class OpenTopics:
    """Looks for what belongs to the card data and social security numbers that were found in one transcript."""

    def __init__(self, transcript: Transcript, cues: Cues, runs: Sequence[Run]) -> None:
        self._transcript = transcript
        self._text = transcript.folded
        self._cues = cues
        self._runs = runs
        self._taken: list[tuple[int, int, Label]] = []

    def claims(self, values: Iterable[Value], found: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the digits beside what was found that belong to it, and what was said within it."""
        taken = [(start, end, claim.finding.label) for claim in found for start, end in claim.parts]
        self._runs = self._of_documents({start for start, _, label in taken if label in TOPICS})
        if not self._runs:
            return
        self._taken = sorted(taken)
        yield from self._codes_again(values)
        yield from self._codes_misheard()
        for runs, forward in ((self._runs, True), (self._runs[::-1], False)):
            for run in runs:
                groups = [group for group in run.groups if not self._is_taken(group)]
                if groups:
                    yield from self._beside(run, groups, forward=forward)
        yield from self._misheard()
        yield from self._within()

    def _of_documents(self, places: AbstractSet[int]) -> list[Run]:
        """Return the runs of the documents in which card data or social security numbers are spoken of."""
        spoken_of = places | {cue.start for cue in self._cues if cue.label is Label.CVV}
        starts = [run.start for run in self._runs]
        runs: list[Run] = []
        for document in sorted({self._transcript.document_at(place) for place in spoken_of}):
            first = bisect_left(starts, self._transcript.documents[document])
            runs += self._runs[first : bisect_left(starts, self._transcript.document_end(document))]
        return runs

    def _codes_again(self, values: Iterable[Value]) -> Iterator[Claim]:
        """Claim what repeats a security code, wherever it is said; other numbers are known again by four digits."""
        document_at = self._transcript.document_at
        codes = {
            (document_at(value.claim.parts[0][0]), value.digits)
            for value in values
            if value.claim.finding.label is Label.CVV
        }
        for run in self._runs if codes else ():
            if (document_at(run.start), run.digits) in codes and not self._is_taken(run.groups[0]):
                cue = self._cues.governing(run.start, run.end)
                if (cue is None or cue.label in _OPEN) and not is_amount(self._text, run):
                    insort(self._taken, (run.start, run.end, Label.CVV))
                    yield Claim(tuple(self._transcript.in_turns(run.start, run.end)), _AGAIN)

    def _is_taken(self, group: Group) -> bool:
        at = bisect_right(self._taken, (group.start, len(self._text) + 1, Label.CARD)) - 1
        return at >= 0 and self._taken[at][1] > group.start

    def _beside(self, run: Run, groups: Sequence[Group], *, forward: bool) -> Iterator[Claim]:
        """Claim the free digits of a run when the topic that stands before or behind them is open."""
        first, last = groups[0], groups[-1]
        at = bisect_right(self._taken, (first.start, len(self._text) + 1, Label.CARD))
        at = at - 1 if forward else at
        if not 0 <= at < len(self._taken):
            return
        start, end, label = self._taken[at]
        gap = (end, first.start) if forward else (last.end, start)
        if not 0 <= gap[1] - gap[0] <= TOPIC_REACH:
            return
        rest = forward and first.spoken and run.start <= start and end <= first.start  # of what was read in one breath
        if (label not in _OPEN and not rest) or self._cues.covered(first.start, last.end):
            return  # also "the three digits on the back"
        if not self._is_open(run, groups, gap):
            return
        label = Label.CARD if label is Label.EXPIRY else label
        part = (first.start, last.end)
        insort(self._taken, (*part, label))
        yield Claim(tuple(self._transcript.in_turns(*part)), _beside(label))

    def _is_open(self, run: Run, groups: Sequence[Group], gap: Part) -> bool:
        turn_at, document_at = self._transcript.turn_at, self._transcript.document_at
        if document_at(gap[0]) != document_at(gap[1]) or turn_at(gap[1]) - turn_at(gap[0]) > TOPIC_TURNS:
            return False
        if self._cues.between(*gap) or is_amount(self._text, Run.of(groups)) or self._counts(groups):
            return False
        cue = self._cues.governing(run.start, run.end)
        asked = self._cues.asked_harmless(run.start, len(run.digits))  # "how many miles"
        if asked or (cue is not None and cue.label not in _OPEN):
            return False
        words = self._transcript.words
        first, behind = words.at_or_behind(gap[0]), words.at_or_behind(gap[1])
        said = words.said[first:behind]
        if said and (said[-1] == "for" or not _COSTS.isdisjoint(said)):
            return False
        others = sum(word not in _SAID for word in said)
        if others and is_time(groups):
            return False
        digits = sum(len(group.digits) for group in groups)
        return others <= _OTHER_WORDS.get(digits, _OTHER_WORDS_AT_MOST)

    def _counts(self, groups: Sequence[Group]) -> bool:
        """Whether one short number says how many there are of what follows it: "i see three charges"."""
        words = self._transcript.words
        end = groups[-1].end
        if self._text[end : end + 1].isalpha():
            return True  # "my 401k"
        if self._text.startswith("one", groups[-1].start) and self._text.endswith(_THE_ONE, 0, groups[-1].start):
            return True  # "and the one on the back is ..."
        at = words.at_or_behind(groups[-1].end)
        if len(groups) > 1 or len(groups[0].digits) > _COUNTED or words.starts[at : at + 1] != [groups[0].end + 1]:
            return False
        if words.said[at] in _PLACES:
            return True  # "it's 98 here"
        return words.said[at].endswith("s") and words.bits[at] & (Bit.WORD | Bit.FUNCTION | Bit.NUMBER) == Bit.WORD

    def _misheard(self) -> Iterator[Claim]:
        """Claim "for" where a number of the topic ends with it and nothing follows: "thirty seven twenty for"."""
        words = self._transcript.words
        for start, end, label in self._taken:
            at = words.at_or_behind(start) - 1
            if label in TOPICS and at > 0 and words.said[at] in _MISHEARD - {"to"} and words.said[at - 1] in _ANNOUNCES:
                yield Claim(((words.starts[at], words.end(at)),), _beside(label))
            at = words.at_or_behind(end)
            if label in TOPICS and words.starts[at : at + 1] == [end + 1] and self._ends_with(at):
                yield Claim(((words.starts[at], words.end(at)),), _beside(label))

    def _ends_with(self, at: int) -> bool:
        """Whether a word sounds like a digit, stands right behind one, and nothing goes on behind it."""
        words = self._transcript.words
        word = words.texts[at].lower()
        if word not in _MISHEARD or self._text[words.starts[at] - 1] != " " or not words.bits[at - 1] & NUMERAL:
            return False
        if at + 1 >= len(words.texts):
            return True
        behind = words.starts[at + 1]
        turn = self._transcript.stretches[self._transcript.turn_at(words.starts[at])]
        follows = words.texts[at + 1].lower()
        return (
            behind >= turn.end or self._cues.begins(behind) or follows in (_URGES if word in _DIGITS_ONLY else _THANKS)
        )

    def _codes_misheard(self) -> Iterator[Claim]:
        """Claim "nine to nine" and "two three to" behind the cue of a security code."""
        words = self._transcript.words
        for run in self._runs:
            if len(run.digits) != _CODE - 1 or not run.spoken or self._is_taken(run.groups[0]):
                continue
            cue = self._cues.governing(run.start, run.end)
            if cue is None or cue.label is not Label.CVV or self._cues.covered(run.start, run.end):
                continue
            first, behind = words.at_or_behind(run.start), words.at_or_behind(run.end)
            within = behind - first == _CODE and any(
                words.texts[at].lower() in _MISHEARD for at in range(first, behind)
            )
            if within or (behind < len(words.texts) and self._ends_with(behind)):
                end = run.end if within else words.end(behind)
                insort(self._taken, (run.start, end, Label.CVV))
                yield Claim(((run.start, end),), _MISHEARD_CODE)

    def _within(self) -> Iterator[Claim]:
        """Claim what stands within one number that was found in two pieces: "... and then ..."."""
        for (_, end, label), (start, last, other) in zip(self._taken, self._taken[1:], strict=False):
            if Label.EXPIRY in {label, other} or TOPICS.isdisjoint({label, other}):
                continue
            if not 1 < start - end <= TOPIC_REACH:
                continue
            if self._transcript.turn_at(end) != self._transcript.turn_at(start):
                continue
            if label is not other and self._cues.between(end, start):
                continue  # "4111... cvv 123" are two numbers
            said = self._text[end:start].replace(",", " ").replace(".", " ").split()
            if said and sum(word not in _WITHIN and not lexicon()[word] & Bit.UNKNOWN for word in said) == 0:
                yield Claim(((end, last),), _beside(label))


def _beside(label: Label) -> Finding:
    return finding(label, "open-topic", f"digits beside a {label} that is not over yet", 0.55, "context")
