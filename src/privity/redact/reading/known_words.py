"""Finds words of a text again in the same text, without making a pattern of them.

The interpreter remembers every pattern that is compiled, and these are somebody's names: no text may leave them behind.
"""

from collections.abc import Iterable, Iterator


def places_of(text: str, words: Iterable[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return where any of the words or phrases stands by itself between two places of a text, the longest first.

    The places come in order and do not overlap. The time grows with the words times the text: give it few words.
    """
    found: list[tuple[int, int]] = []
    for word in words:
        at = text.find(word, start, end)
        while at >= 0:
            behind = at + len(word)
            if not _is_of_word(text[at - 1 : at]) and not _is_of_word(text[behind : behind + 1]):
                found.append((at, behind))
            at = text.find(word, at + 1, end)
    reached = start
    for first, behind in sorted(found, key=_longest):
        if first >= reached:
            yield first, behind
            reached = behind


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _longest(place: tuple[int, int]) -> tuple[int, int]:
    return place[0], -place[1]
