"""The way from one leaf to the root, as a picture needs it: which sibling joins at each step, on which side."""

from collections.abc import Sequence

import msgspec


class Sibling(msgspec.Struct, frozen=True, kw_only=True):
    """One hash of an audit path: it stands for the leaves `first` to `last`, and joins from the left or the right."""

    hash: str
    first: int
    last: int
    left: bool


def siblings(index: int, size: int, path: Sequence[bytes]) -> list[Sibling]:
    """Return the siblings of an inclusion proof (RFC 6962 §2.1.1) with the leaves that they stand for, leaf's first."""
    ranges: list[tuple[int, int, bool]] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            ranges.append((middle, end - 1, False))
            end = middle
        else:
            ranges.append((start, middle - 1, True))
            start = middle
    return [
        Sibling(hash=node.hex(), first=first, last=last, left=left)
        for node, (first, last, left) in zip(path, reversed(ranges), strict=True)
    ]
