"""The Merkle tree of RFC 6962 §2.1: roots, inclusion proofs and consistency proofs.

Sizes count leaves, indexes begin at 0, hashes are 32 bytes. `Frontier` grows a tree without keeping it: it holds the
roots of the perfect subtrees that the binary digits of the size name, largest first, as a sum of powers of two does.

Proofs are made from a function that answers the hash of one *perfect* subtree, `node(level, position)`: the leaves
`[position << level, (position + 1) << level)`. Whoever stores hashes decides how; 256 leaf hashes and one stored hash
for every 256 subtrees below it are enough for logarithmic reads.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from privity.errors import BadInput, VerificationError

Node = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()  # RFC 6962 §2.1, the hash of an empty list


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right), RFC 6962 §2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree, kept as its size and the roots of its perfect subtrees (at most 64 hashes)."""

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, roots: Sequence[bytes] = ()) -> None:
        if size < 0 or len(roots) != size.bit_count() or any(len(root) != 32 for root in roots):
            raise BadInput("A frontier does not fit its size.")
        self.size = size
        self._roots = list(roots)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add one leaf hash; return each perfect subtree above it that it completes, as `(level, position, hash)`."""
        completed = []
        level, position, carried = 0, self.size, leaf
        while position & 1:
            level, position, carried = level + 1, position >> 1, node_hash(self._roots.pop(), carried)
            completed.append((level, position, carried))
        self._roots.append(carried)
        self.size += 1
        return completed

    def extend(self, leaves: Sequence[bytes], *, every: int = 1) -> list[tuple[int, int, bytes]]:
        """Add leaf hashes, level by level, and return what `append` would for each; several times as fast.

        Of the subtrees completed, only those whose level is a multiple of `every` are returned.
        """
        completed: list[tuple[int, int, bytes]] = []
        start, level, nodes = self.size, 0, list(leaves)
        kept: list[bytes] = []  # roots of the new tree, smallest first
        while nodes or start >> level:
            position = start >> level
            if position & 1:
                nodes.insert(0, self._roots.pop())
                position -= 1
            if len(nodes) & 1:
                kept.append(nodes.pop())
            level, position = level + 1, position >> 1
            nodes = [node_hash(left, right) for left, right in zip(nodes[::2], nodes[1::2], strict=True)]
            if level % every == 0:
                completed += [(level, at, node) for at, node in enumerate(nodes, position)]
        self._roots = kept[::-1]
        self.size += len(leaves)
        return completed

    def root(self) -> bytes:
        """Return the Merkle tree hash of all leaves so far."""
        return _fold(self._roots)

    def copy(self) -> "Frontier":
        """Return a frontier that grows on its own."""
        return Frontier(self.size, self._roots)

    def to_bytes(self) -> bytes:
        """Return the subtree roots, largest first, joined."""
        return b"".join(self._roots)

    @classmethod
    def from_bytes(cls, size: int, joined: bytes) -> "Frontier":
        """Return the frontier of this size that `to_bytes` wrote; raise BadInput if the two do not fit."""
        return cls(size, [joined[at : at + 32] for at in range(0, len(joined), 32)])


def _fold(roots: Sequence[bytes]) -> bytes:
    """Join perfect subtrees, largest first, from the right, as RFC 6962 §2.1 splits at the largest power of two."""
    if not roots:
        return EMPTY_ROOT
    *rest, folded = roots
    for root in reversed(rest):
        folded = node_hash(root, folded)
    return folded


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the Merkle tree hash of these leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def node_of(leaves: Sequence[bytes]) -> Node:
    """Return a `node` function over leaf hashes held in memory."""

    def node(level: int, position: int) -> bytes:
        if level == 0:
            return leaves[position]
        return node_hash(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))

    return node


def perfect_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Return the perfect subtrees `(level, position)` of which RFC 6962 builds the leaves `[start, end)`, in order.

    `start` is a multiple of the largest power of two that is below the width, which holds for every right-hand part of
    a split of RFC 6962 §2.1.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def _range_hash(start: int, end: int, node: Node) -> bytes:
    return _fold([node(level, position) for level, position in perfect_subtrees(start, end)])


def _split(width: int) -> int:
    """Return the largest power of two smaller than the width (k in RFC 6962 §2.1)."""
    return 1 << (width - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of a leaf, the leaf's sibling first (PATH of RFC 6962 §2.1.1)."""
    if not 0 <= index < size:
        raise BadInput("The index is not in a tree of this size.")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, node))
            end = middle
        else:
            path.append(_range_hash(start, middle, node))
            start = middle
    path.reverse()
    return path


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """Return the proof that a tree of size `old` is a prefix of that of size `new` (PROOF of RFC 6962 §2.1.2)."""
    if not 0 < old <= new:
        raise BadInput("The sizes do not order two trees that hold anything.")
    path: list[bytes] = []
    start, end, whole = 0, new, True  # `whole`: the old tree is exactly what was split off so far (b of the RFC)
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(middle, end, node))
            end = middle
        else:
            path.append(_range_hash(start, middle, node))
            start, whole = middle, False
    if not whole:
        path.append(_range_hash(start, end, node))
    path.reverse()
    return path


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Return if the proof leads from the leaf hash at `index` to the root (RFC 9162 §2.1.3.2); else raise.

    Raises VerificationError with the index as `first_bad_index`.
    """
    problem = VerificationError("The inclusion proof does not lead to the signed root.", first_bad_index=index)
    if not 0 <= index < size:
        raise problem
    fn, sn, reached = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            raise problem
        if fn & 1 or fn == sn:
            reached = node_hash(sibling, reached)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = node_hash(reached, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn or reached != root:
        raise problem


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Return if the new tree holds the old one unchanged as its prefix (RFC 9162 §2.1.4.2); else raise.

    Raises VerificationError.
    """
    problem = VerificationError("The two trees are not one log: the larger does not contain the smaller.")
    if not 0 < old <= new:
        raise problem
    # A perfect old tree is a node of the new one, and its root need not be repeated in the proof.
    path = [old_root, *proof] if old.bit_count() == 1 or old == new else list(proof)
    if not path:
        raise problem
    fn, sn = old - 1, new - 1
    while fn & 1 or (old == new and fn):
        fn, sn = fn >> 1, sn >> 1
    reached_old = reached_new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise problem
        if fn & 1 or fn == sn:
            reached_old, reached_new = node_hash(sibling, reached_old), node_hash(sibling, reached_new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached_new = node_hash(reached_new, sibling)
        fn, sn = fn >> 1, sn >> 1
    if sn or reached_old != old_root or reached_new != new_root:
        raise problem
