"""UUIDs, digests and base64: tokens of programs in which digits that look like a card's are there by chance.

A token of 32 letters and digits or more is only taken for one of these when nothing that people or programs put
together of words looks like it: a UUID, base 16 alone, or a jumble of capitals, small letters and digits.
"""

import re
from typing import Final

SHORTEST: Final = 32  # letters and digits
_REACH: Final = 80  # characters beside a place
_TOKEN: Final = re.compile(r"[A-Za-z0-9+/=_-]{32,}", re.ASCII)
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_HEX: Final = re.compile(r"[0-9a-f]{32,128}", re.ASCII | re.IGNORECASE)
_LETTERS: Final = 4  # of base 16
_REST: Final = 12  # letters and digits of a jumble beside the place
_CHANGES: Final = 0.42  # of its characters; words with capitals have fewer, a jumble has two in three
_KINDS: Final = re.compile(r"[a-z]+|[A-Z]+|[0-9]+", re.ASCII)
_WORDS: Final = re.compile(r"[A-Za-z0-9]+", re.ASCII)


def in_program_token(cased: str, start: int, end: int) -> bool:
    """Whether a place lies within a UUID, a digest or a jumble of base64, and stands there by chance."""
    for match in _TOKEN.finditer(cased, max(0, start - _REACH), min(len(cased), end + _REACH)):
        if not (match.start() <= start and end <= match.end()):
            continue
        token = match[0]
        for form, least in ((_UUID, 1), (_HEX, _LETTERS)):
            for held in form.finditer(token):
                place = held.start() + match.start(), held.end() + match.start()
                if place[0] <= start and end <= place[1] and sum(map(str.isalpha, held[0])) >= least:
                    return True
        return _is_jumble((token[: start - match.start()], token[end - match.start() :]))
    return False


def _is_jumble(around: tuple[str, str]) -> bool:
    words = [word for part in around for word in _WORDS.findall(part)]
    size = sum(map(len, words))
    kinds = {kind[0].isupper() for word in words for kind in _KINDS.findall(word) if kind[0].isalpha()}
    changes = sum(len(_KINDS.findall(word)) - 1 for word in words)
    return size >= _REST and len(kinds) > 1 and changes >= _CHANGES * size
