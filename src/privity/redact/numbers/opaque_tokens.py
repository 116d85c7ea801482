"""Tokens of programs whose digits are nobody's number: UUIDs, digests, long keys of letters and digits."""

import re

from privity.redact import checks
from privity.redact.numbers.letters_in_numbers import pieces_of
from privity.redact.reading.numerals import Run, digits_of
from privity.redact.reading.program_tokens import SHORTEST, in_program_token
from privity.redact.reading.transcript import Transcript

_TOKEN = re.compile(r"[0-9a-f-]{32,}|[a-z0-9+/=]{32,}", re.ASCII)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_REACH = 64  # characters beside a run
_WITHIN = frozenset("abcdefghijklmnopqrstuvwxyz+/=-")
_FEWEST, _MOST = 12, 19  # digits of a card
_LEAST = 4  # groups of digits of a token


class OpaqueTokens:
    """The tokens of one folded text; hardly a text has a word that is long enough for one."""

    def __init__(self, transcript: Transcript) -> None:
        self._text, self._cased = transcript.folded, transcript.cased
        self._any = max(map(len, self._text.split()), default=0) >= SHORTEST

    def hold(self, run: Run) -> bool:
        """Return whether a run lies within a UUID, a digest, or a token that mixes 32 letters and digits or more."""
        if not self._any:
            return False
        before, behind = self._text[run.start - 1 : run.start], self._text[run.end : run.end + 1]
        if before not in _WITHIN and behind not in _WITHIN:
            return False
        if self._has_card(run):
            return in_program_token(self._cased, run.start, run.end)  # else it is no chance: ".../pay/4111.../12/2027"
        first, last = max(0, run.start - _REACH), min(len(self._text), run.end + _REACH)
        return any(
            token.start() <= run.start
            and run.end <= token.end()
            and any(c.isalpha() for c in token[0])
            and len(_DIGITS.findall(token[0])) >= _LEAST
            for token in _TOKEN.finditer(self._text, first, last)
        )

    def _has_card(self, run: Run) -> bool:
        """Whether pieces of a run are a card by issuer, length and Luhn digit."""
        pieces = [piece for group in run.groups for piece in pieces_of(self._text, group)]
        return any(
            len(digits) >= _FEWEST and checks.card(digits)
            for first in range(len(pieces))
            for last in range(first + 1, min(len(pieces), first + _MOST) + 1)
            for digits in (digits_of(pieces, first, last),)
        )
