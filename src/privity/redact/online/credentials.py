"""Passwords and user names as they are said: "capital w inter dash four seven exclamation point", "b underscore lee".

Near a word that announces one, what is spoken character by character is a secret: names of signs, "capital", letters
and digits between words. A plain word is one where it is the whole answer to a question for it.
"""

import re
from collections.abc import Iterator

from privity.redact.claims import Claim
from privity.redact.findings import Finding, finding
from privity.redact.labels import Label
from privity.redact.online import chosen_secrets, known_secrets, said_logins, secret_echoes, signed_secrets
from privity.redact.online.credential_words import (
    ANNOUNCED,
    ASKS,
    CASES,
    CLOSES,
    DEMANDS,
    FIELD,
    FIELDS,
    FORBIDS,
    GIVES,
    JOINS,
    NEVER,
    NOT_SECRET,
    NUMBERED,
    OPENS,
    SAYS,
    SIGNS,
    SURE_SIGNS,
    UNDER,
    USED,
)
from privity.redact.reading.lexicon import NUMERAL, Bit
from privity.redact.reading.transcript import Transcript
from privity.redact.reading.triggers import Group
from privity.redact.reading.vocabulary import vocabulary

_HALVES = frozenset({"so", "and", "then", "that's", "uh", "um", "or"})
_SAID_THEN = frozenset({"it", "is", "its", "that", "was", "said", "say", "him", "them", "try"})
_FEW, _LONGEST_FIELD = 6, 40  # words, characters
_CLOSED = Bit.FUNCTION | Bit.CALENDAR
_OF_OTHERS = re.compile(r"\b(?:number|case|claim|confirmation|reference|ticket|order)\b[^.?!\x1e\n]*$", re.ASCII)
_LEADS_TO = frozenset({"it", "is", "its", "it's", "to", "just", "so", "uh", "um", "like", "okay", "in"})
_OR_ELSE = frozenset({"or", "maybe", "is", "it", "its", "perhaps", "might", "could", "be", "else"})
_ONE_OF = (" word", " more ", " last ", " time ", " second", " moment", " minute")
_YOU = re.compile(r"\byou\b|\bwhat(?:'s| is| was) (?:it|that)$", re.ASCII)  # "can you tell me what it is"
_FOUR = re.compile(r"(?!19|20)[0-9]{4,6}", re.ASCII)  # and no year
_NEAR = 24  # characters
_TURNS = 4
_REACH = 320
_LONGEST = 28  # words
_SHORT = 4  # words of a plain answer
_WHOLE_CODE = 4  # digits with which a code may end
_OPENED = frozenset({"gate", "door", "keypad", "lockbox", "buzzer", "code"})
NEEDS = Group(ANNOUNCED, chosen_secrets.NEEDS, secret_echoes.NEEDS, signed_secrets.NEEDS, said_logins.NEEDS)
"""Without these words in a text nothing is found in it."""

_SECRET = finding(Label.PASSWORD, "said-secret", "characters one by one where a secret is spoken of", 0.89, "context")
_HANDLE = finding(
    Label.USERNAME, "said-user-name", "letters, digits and signs where a user name is spoken of", 0.89, "context"
)


class _Run:
    """What follows each other without an ordinary word: its place, and what shows that it is a secret."""

    def __init__(self, first: int) -> None:
        self.first = self.last = first
        self.signs = self.cases = self.numbers = self.letters = self.words = self.strange = 0


def claims(transcript: Transcript) -> Iterator[Claim]:
    """Return secrets and user names that are said behind the words that announce them."""
    heard = [
        *_announced(transcript),
        *_chosen(transcript),
        *chosen_secrets.seeds(transcript),
        *secret_echoes.claims(transcript),
        *signed_secrets.claims(transcript),
        *said_logins.claims(transcript),
    ]
    yield from heard
    if heard:
        yield from known_secrets.claims(transcript, heard)


def _announced(transcript: Transcript) -> Iterator[Claim]:
    announced = list(ANNOUNCED.finditer(transcript.octets))
    nexts = [match.start() for match in announced[1:]] + [len(transcript.folded)]
    for match, until in zip(announced, nexts, strict=False):  # none is announced, and a text ends
        yield from _Reader(transcript, match.end(), until, secret=match[1] is not None).claims(
            match.start(), only_digits=match[2] is not None
        )


def _chosen(transcript: Transcript) -> Iterator[Claim]:
    for behind in chosen_secrets.announced(transcript):
        yield from _Reader(transcript, behind, len(transcript.folded), secret=True).chosen()


class _Reader:
    """Reads what stands behind one announcement."""

    def __init__(self, transcript: Transcript, behind: int, until: int, *, secret: bool) -> None:
        self._transcript, self._secret = transcript, secret
        self._words = transcript.words
        self._text = transcript.folded
        self._behind = behind
        turn = transcript.turn_at(behind)
        self._asked = turn
        last = min(turn + _TURNS, len(transcript.stretches) - 1)
        document = transcript.document_end(transcript.stretches[turn].document)
        self._limit = min(transcript.stretches[last].end, document, until, behind + _REACH)

    def claims(self, cue: int, *, only_digits: bool) -> Iterator[Claim]:
        """Return the runs that are secrets: any that shows it, and the first one if it is the whole answer."""
        turn = self._transcript.stretches[self._asked]
        asks = not FORBIDS.search(self._text, max(turn.start, cue - 60), cue) and (
            ASKS.search(self._text, max(turn.start, cue - 60), cue)
            or SAYS.match(self._text, self._behind)
            or GIVES.search(self._text, cue, self._behind)
            or _YOU.search(self._text, cue, self._behind)
            or self._is_field(turn.start, turn.end, cue)
        )
        found = _SECRET if self._secret else _HANDLE
        behind = -1  # the last secret
        for run in self._runs():
            if only_digits:
                yield from self._code(run, found)
                return
            told = self._shows(run) or self._told(run) or (asks and self._answers(run))
            if told or (behind >= 0 and self._is_other(run, behind)):
                behind = run.last + 1
                yield Claim(((self._words.starts[run.first], self._words.end(run.last)),), found)

    def _is_other(self, run: _Run, behind: int) -> bool:
        """Whether a run is said instead of the one before it: "is it walrus? or maybe teapot"."""
        between = self._words.said[behind : run.first]
        return between[:1] == ["or"] and _OR_ELSE.issuperset(between) and 0 < run.words < _SHORT - 1

    def chosen(self) -> Iterator[Claim]:
        """Return what directly follows if it looks like a secret: words with digits, or with signs."""
        run = next(self._runs(), None)
        if run is None or not _LEADS_TO.issuperset(self._between(run)):
            return
        said = self._words.said[run.first : run.last + 1]
        if (
            not NEVER.isdisjoint(said)
            or said[0] in NUMBERED
            or (not run.signs and said[-1] in vocabulary().units - SIGNS)
        ):
            return
        token = run.first == run.last and self._words.bits[run.first] & Bit.MIXED
        numbered = run.words > 0 and run.numbers > 0 and not self._words.bits[run.first] & NUMERAL
        if self._words.beside(run.first, -1) in {"try", "in"}:
            numbered = numbered and run.words > 1  # "try page three"
        if self._shows(run) or token or numbered:
            yield Claim(((self._words.starts[run.first], self._words.end(run.last)),), _SECRET)

    def _code(self, run: _Run, found: Finding) -> Iterator[Claim]:
        """Return a code that directly follows, and its second half: "s u n so seven eight"."""
        airport = run.letters == 1 and self._digits(run) < _SHORT  # "your gate is e forty seven"
        if airport or self._digits(run) < _SHORT - 1 or self._between(run) or not self._is_possible(run):
            return
        yield Claim(((self._words.starts[run.first], self._words.end(run.last)),), found)
        at = run.last + 1
        while at < len(self._words.said) and self._words.said[at] in _HALVES and self._words.starts[at] < self._limit:
            at += 1
        rest, _ = self._run(at) if run.last + 1 < at < len(self._words.said) else (None, at)
        if rest is not None and rest.first == at and self._digits(rest) > 1 and not rest.words:
            yield Claim(((self._words.starts[at], self._words.end(rest.last)),), found)

    def _digits(self, run: _Run) -> int:
        """How many digits or letters one by one are read."""
        said = self._words.texts[run.first : run.last + 1]
        return run.numbers + run.letters + sum(len(word) - 1 for word in said if word[-1:].isdigit())

    def _is_field(self, start: int, end: int, cue: int) -> bool:
        """Whether the announcement is all of its turn, as where fields are asked for one after the other."""
        at = self._words.at_or_behind(self._behind)
        return (
            (at >= len(self._words.texts) or self._words.starts[at] >= end)
            and cue - start <= _LONGEST_FIELD
            and FIELD.fullmatch(self._text, start, cue) is not None
        )

    def _runs(self) -> Iterator[_Run]:
        at = self._words.at_or_behind(self._behind)
        count = len(self._words.texts)
        while at < count and self._words.starts[at] < self._limit:
            run, at = self._run(at)
            if run is not None:
                yield run

    def _run(self, at: int) -> tuple[_Run | None, int]:
        run: _Run | None = None
        count = len(self._words.texts)
        first = at
        while at < count and self._words.starts[at] < self._limit and at - first < _LONGEST:
            word, bits = self._words.texts[at].lower(), self._words.bits[at]
            if run is not None and (self._ends_before(run, at) or self._closes(run, at)):
                return run, at
            sign = SURE_SIGNS.match(self._text, self._words.starts[at])
            one_word = word == "one" and self._text.startswith(_ONE_OF, self._words.end(at))
            if word == "all" or word in NOT_SECRET or one_word:
                return run, at + 1
            plain = not sign and not bits & (_CLOSED | NUMERAL) and word not in JOINS and word not in OPENS
            piece = sign or plain or bits & NUMERAL or word in CASES or word in SIGNS
            within = run is not None and run.last == at - 1 and len(self._words.texts[at - 1]) == 1
            piece = piece or (len(word) == 1 and (within or word not in "ai" or (run is None and self._is_initial(at))))
            joined = run is not None and at - run.last > 1 and plain and len(word) > 1 and word not in CASES
            if joined and self._words.texts[at - 1].lower() not in {"in", "like", "word"}:
                return run, at
            if not piece:
                if run is None:
                    return None, at + 1
                if word not in JOINS or at - run.last > 2:
                    return run, at
                at += 1
                continue
            run = run or _Run(at)
            behind = self._words.at_or_behind(sign.end()) if sign else at + 1
            run.last = behind - 1
            run.signs += 2 if sign else word in SIGNS and word != "dot"
            run.cases += word in CASES
            run.numbers += bits & NUMERAL != 0
            run.letters += len(word) == 1
            run.words += not sign and plain and len(word) > 1
            run.strange += plain and bits & (Bit.UNKNOWN | Bit.SURNAME) != 0 and not bits & Bit.WORD
            at = behind
        return run, max(at, first + 1)

    def _is_initial(self, at: int) -> bool:
        """Whether "i" or "a" is the first letter of a user name: "it's a stavros fifty nine"."""
        bits = self._words.bits[at + 1 : at + 3]
        named = len(bits) > 1 and bits[0] & Bit.SURNAME and not bits[0] & (Bit.WORD | _CLOSED)
        return bool(named and bits[1] & NUMERAL)

    def _ends_before(self, run: _Run, at: int) -> bool:
        """Whether a sign, or a capital behind a stop, ends a run: "1225. Engine 74 is on its way"."""
        if self._words.texts[at].lower() in CASES and at - run.last > 1:
            return len(self._words.beside(at, 1)) != 1  # "with capital letters"
        between, word = self._text[self._words.end(at - 1) : self._words.starts[at]], self._words.texts[at]
        if between.strip(" ,.-_"):
            return True
        opens = ". " in between and len(word) > 1 and word[0].isupper() and word[1:].islower()
        return opens and run.numbers > 0 and not run.words

    def _closes(self, run: _Run, at: int) -> bool:
        """Whether what is said behind a run begins at a word: "... star got that", "... seven like before"."""
        words = self._words
        word, before, behind = words.said[at], words.said[run.last], words.beside(at, 1)
        if word in {"like", "as"}:
            return len(before) > 1
        if word in CASES:
            return behind in {"letters", "letter"}
        ends = word in CLOSES
        if word in vocabulary().relations and self._digits(run) >= _WHOLE_CODE:
            # "the alarm is four one oh two dad turns eighty in may"
            ends = ends or (not run.words and self._text.startswith(" ", words.end(at)))
        if run.numbers > 0 and not self._secret:
            # "... walrus nine run a test"
            ends = ends or (len(word) > 1 and words.bits[at] & (Bit.WORD | NUMERAL) == Bit.WORD)
        return ends and not (behind and (behind in SIGNS or words.bits[at + 1] & NUMERAL))

    def _shows(self, run: _Run) -> bool:
        if any(self._words.texts[at].lower() in DEMANDS for at in range(run.first, run.last + 1)):
            return False
        pieces = run.numbers + run.letters + run.words
        if run.signs >= 2 and pieces and (self._secret or run.signs - 2 < pieces):
            return True
        if self._secret:
            return run.cases > 0 and run.letters + run.numbers > 0
        spelt = run.letters > 1 and run.numbers > 0
        if _OF_OTHERS.search(self._text, max(0, self._words.starts[run.first] - _NEAR), self._words.starts[run.first]):
            return False
        return run.words < _SHORT and ((run.letters > 0 and run.strange > 0) or spelt)

    def _told(self, run: _Run) -> bool:
        """Whether a run is told without a question: "my gate code don't work it's three oh seven one", "i said ..."."""
        first = self._words.starts[run.first]
        if self._transcript.turn_at(first) != self._asked or not self._is_possible(run):
            return False
        between, whole = self._between(run), self._is_whole(run)
        many = run.numbers > _SHORT - 2 or _FOUR.fullmatch(self._words.texts[run.first])  # numbers, or digits of one
        telling = run.numbers + run.letters + run.strange > 0
        if not between:
            return telling and whole and run.words < _SHORT - 1
        if between[-1] in _SAID_THEN and many and len(between) <= _FEW:
            return self._secret
        said = between[-1] in _SAID_THEN and OPENS.issuperset(between) and "let" not in between
        whole = whole and self._secret  # "my login is slow"
        return said and ((telling and run.words + run.strange > 0) or (whole and run.words < _SHORT - 1))

    def _is_possible(self, run: _Run) -> bool:
        said = [self._words.texts[at].lower() for at in range(run.first, run.last + 1)]
        alone = run.first == run.last and self._words.bits[run.first] & NUMERAL and len(said[0]) < _SHORT
        named = run.words > 0 and run.numbers > 0
        keyed = said[-1] in {"pound", "star", "hash"} and (named or (run.numbers > _SHORT - 2 and run.words < 2))
        measures = said[-1] in vocabulary().units and not keyed
        return not alone and (run.words >= _SHORT - 1 or NEVER.isdisjoint(said)) and not measures

    def _between(self, run: _Run) -> list[str]:
        return [word.lower() for word in self._words.texts[self._words.at_or_behind(self._behind) : run.first]]

    def _is_whole(self, run: _Run) -> bool:
        """Whether a run is the last of its turn, or of a sentence."""
        stretch = self._transcript.stretches[self._transcript.turn_at(self._words.starts[run.first])]
        behind = run.last + 1
        if behind >= len(self._words.texts) or self._words.starts[behind] >= stretch.end:
            return True
        return self._text[self._words.end(run.last)] in ".!?\n"

    def _is_one_stretch(self) -> bool:
        """Whether nothing tells who speaks in the document, so that answers follow their questions like any word."""
        turn, transcript = self._transcript.stretches[self._asked], self._transcript
        return (turn.start, turn.end) == (transcript.documents[turn.document], transcript.document_end(turn.document))

    def _follows_closing(self, run: _Run) -> bool:
        """Whether somebody takes note of a run, or says what else belongs to an answer, right behind it."""
        behind = self._words.beside(run.last, 1)
        used = USED.match(self._text, self._words.end(run.last)) is not None
        return used or behind in CLOSES or behind in {"okay", "ok", "alright"}

    def _answers(self, run: _Run) -> bool:
        """Whether a run stands right where the answer is expected, and holds no more than a few words."""
        between, whole = self._between(run), self._is_whole(run)
        none = between[-1:] == ["no"] and self._words.said[run.first] in _OPENED  # "is there a gate code? no gate"
        turn = self._transcript.turn_at(self._words.starts[run.first])
        if none or run.words > _SHORT or any(word not in OPENS | FIELDS for word in between):
            return False
        if run.words < _SHORT - 1 and any(
            self._words.texts[at].lower() in NEVER for at in range(run.first, run.last + 1)
        ):
            return False
        if run.first == run.last and self._words.bits[run.first] & NUMERAL and not whole:
            return False  # "the one you set up"
        telling = run.numbers + run.letters + run.strange > 0
        under = UNDER.search(self._text, self._behind - 6, self._behind) is not None
        if turn == self._asked and not (self._secret or telling or under):
            return False  # "my login is slow"
        says = GIVES.search(self._text, self._behind - 6, self._behind) or self._text.startswith("'s", self._behind)
        below = "\n" in self._text[self._behind : self._words.starts[run.first]]  # in the next line
        opened = turn > self._asked or below or (between and between[-1] in OPENS) or (says and not between)
        named = telling and run.words > 0 and run.numbers > 0
        if not opened and not between and (named or (self._secret and self._follows_closing(run))):
            return self._is_one_stretch()
        return bool(opened) and (whole or telling or (self._secret and self._follows_closing(run)))
