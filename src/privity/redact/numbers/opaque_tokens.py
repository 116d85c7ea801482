"""Tokens of programs whose digits are nobody's number: UUIDs, digests, long keys of letters and digits."""

import re

from privity.redact.reading.numerals import Run

_SHORTEST = 32  # letters and digits
_TOKEN = re.compile(r"[0-9a-f-]{32,}|[a-z0-9+/=]{32,}", re.ASCII)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_REACH = 64  # characters beside a run
_WITHIN = frozenset("abcdefghijklmnopqrstuvwxyz+/=-")
_LEAST = 4  # groups of digits of a token


class OpaqueTokens:
    """The tokens of one folded text; hardly a text has a word that is long enough for one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._any = max(map(len, text.split()), default=0) >= _SHORTEST

    def hold(self, run: Run) -> bool:
        """Return whether a run lies within a UUID, a digest, or a token that mixes 32 letters and digits or more."""
        if not self._any:
            return False
        before, behind = self._text[run.start - 1 : run.start], self._text[run.end : run.end + 1]
        if before not in _WITHIN and behind not in _WITHIN:
            return False
        first, last = max(0, run.start - _REACH), min(len(self._text), run.end + _REACH)
        return any(
            token.start() <= run.start
            and run.end <= token.end()
            and any(c.isalpha() for c in token[0])
            and len(_DIGITS.findall(token[0])) >= _LEAST
            for token in _TOKEN.finditer(self._text, first, last)
        )
