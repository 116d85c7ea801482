"""The picture of a proof: each sibling stands for the leaves that it is made of."""

import hashlib

import pytest

from privity.dashboard.tree_path import siblings
from privity.ledger import inclusion_proof, leaf_hash, node_of, root_of


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 64, 65])
def test_sibling_is_the_root_of_the_leaves_it_names(size: int) -> None:
    leaves = [leaf_hash(hashlib.sha256(bytes([number])).digest()) for number in range(size)]
    for index in range(size):
        path = inclusion_proof(index, size, node_of(leaves))
        for step, node in zip(siblings(index, size, path), path, strict=True):
            assert root_of(leaves[step.first : step.last + 1]) == node
            assert bytes.fromhex(step.hash) == node
            assert step.left == (step.last < index)
