"""The tree against the published vectors of RFC 6962 and against its definition, for every size and index."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import BadInput, VerificationError
from privity.ledger import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_of,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The test data of certificate-transparency-go (merkle_tree_test), which every RFC 6962 implementation is held to.
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]
HASHES = [hashlib.sha256(bytes([number % 256, number // 256])).digest() for number in range(600)]


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH as RFC 6962 §2.1 writes it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = max(1 << n for n in range(20) if 1 << n < len(leaves))
    return hashlib.sha256(b"\x01" + defined_root(leaves[:k]) + defined_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_rfc_6962_test_data(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_paths_are_those_of_the_rfc_6962_example() -> None:
    """RFC 6962 §2.1.3 draws the tree of seven leaves and names the paths of d0, d3, d4 and d6."""
    node = node_of(LEAVES)
    a, b, c, d, e, f, j = LEAVES[:7]
    g, h, i = (root_of(LEAVES[at : at + 2]) for at in (0, 2, 4))
    k, l = root_of(LEAVES[:4]), root_of(LEAVES[4:7])  # noqa: E741 - the name in the RFC
    assert inclusion_proof(0, 7, node) == [b, h, l]
    assert inclusion_proof(3, 7, node) == [c, g, l]
    assert inclusion_proof(4, 7, node) == [f, j, k]
    assert inclusion_proof(6, 7, node) == [i, k]
    assert consistency_proof(3, 7, node) == [c, d, g, l]
    assert consistency_proof(4, 7, node) == [l]
    assert consistency_proof(6, 7, node) == [i, j, k]
    assert {a, e} <= set(LEAVES)


@pytest.mark.parametrize("size", [*range(35), 255, 256, 257, 600])
def test_a_frontier_grows_the_tree_that_the_rfc_defines(size: int) -> None:
    frontier = Frontier()
    for leaf in HASHES[:size]:
        frontier.append(leaf)
    assert frontier.root() == defined_root(HASHES[:size])
    assert Frontier.from_bytes(size, frontier.to_bytes()).root() == frontier.root()


@given(st.lists(st.integers(0, 150), max_size=4))
def test_leaves_added_together_are_leaves_added_one_by_one(widths: list[int]) -> None:
    together, single, some = Frontier(), Frontier(), Frontier()
    for width in widths:
        new = HASHES[together.size : together.size + width]
        completed = [node for leaf in new for node in single.append(leaf)]
        assert sorted(together.extend(new)) == sorted(completed)
        assert sorted(some.extend(new, every=3)) == sorted(node for node in completed if node[0] % 3 == 0)
        assert (together.size, together.to_bytes()) == (single.size, single.to_bytes())


def test_completed_subtrees_are_all_that_proofs_read() -> None:
    frontier, stored = Frontier(), {}
    for leaf in HASHES:
        stored[0, frontier.size] = leaf
        stored.update({(level, position): node for level, position, node in frontier.append(leaf)})
    for index in range(0, 600, 7):
        proof = inclusion_proof(index, 600, lambda level, position: stored[level, position])
        verify_inclusion(HASHES[index], index, 600, proof, frontier.root())


@given(st.integers(1, 600), st.data())
def test_every_leaf_is_proved_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != index)) if size > 1 else None
    root, proof = root_of(HASHES[:size]), inclusion_proof(index, size, node_of(HASHES))
    verify_inclusion(HASHES[index], index, size, proof, root)
    assert len(proof) <= (size - 1).bit_length()
    wrong = [(HASHES[-1] if index != 599 else HASHES[0], index, size, proof, root)]
    wrong += [(HASHES[index], index, size, [*proof, HASHES[0]], root), (HASHES[index], size, size, proof, root)]
    wrong += [(HASHES[index], index, size, proof, HASHES[0] if size > 1 else HASHES[1])]
    if other is not None:
        wrong += [(HASHES[index], other, size, proof, root), (HASHES[other], index, size, proof, root)]
        wrong += [(HASHES[index], index, size, proof[:-1], root), (HASHES[index], index, size, proof[::-1][1:], root)]
    for case in wrong:
        with pytest.raises(VerificationError) as failure:
            verify_inclusion(*case)
        assert failure.value.first_bad_index == case[1]


@given(st.integers(1, 600), st.integers(1, 600), st.data())
def test_a_log_is_consistent_with_what_it_was_and_with_nothing_else(one: int, two: int, data: st.DataObject) -> None:
    old, new = sorted((one, two))
    old_root, new_root = root_of(HASHES[:old]), root_of(HASHES[:new])
    proof = consistency_proof(old, new, node_of(HASHES))
    verify_consistency(old, old_root, new, new_root, proof)
    altered = list(HASHES[:new])
    altered[data.draw(st.integers(0, old - 1))] = bytes(32)
    with pytest.raises(VerificationError):
        verify_consistency(old, old_root, new, root_of(altered), consistency_proof(old, new, node_of(altered)))
    with pytest.raises(VerificationError):
        verify_consistency(old, old_root, new, new_root, [*proof, HASHES[0]])
    if old < new:
        with pytest.raises(VerificationError):
            verify_consistency(old, new_root, new, new_root, proof)
        with pytest.raises(VerificationError):
            verify_consistency(old, old_root, new, new_root, proof[:-1])


def test_odd_requests_are_refused() -> None:
    assert Frontier().root() == EMPTY_ROOT
    for size, joined in ((3, bytes(32)), (1, bytes(31)), (0, bytes(32)), (-1, b"")):
        with pytest.raises(BadInput):
            Frontier.from_bytes(size, joined)
    for index, size in ((0, 0), (1, 1), (-1, 4)):
        with pytest.raises(BadInput):
            inclusion_proof(index, size, node_of(HASHES))
    for old, new in ((0, 1), (2, 1)):
        with pytest.raises(BadInput):
            consistency_proof(old, new, node_of(HASHES))
        with pytest.raises(VerificationError):
            verify_consistency(old, bytes(32), new, bytes(32), [])
