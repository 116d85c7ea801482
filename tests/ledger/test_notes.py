"""Signed notes, checkpoints and proofs against the examples of the C2SP specifications, and what they refuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privity.errors import BadInput, Unreadable, VerificationError
from privity.ledger import (
    Checkpoint,
    LogProof,
    Signer,
    Verifier,
    inclusion_proof,
    leaf_hash,
    node_of,
    note_text,
    root_of,
    sign_note,
    verify_note,
)
from promises import promise

# c2sp.org/signed-note, "Verifier keys", example
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
# c2sp.org/tlog-checkpoint, example
CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
SIGNER = Signer("log.example/one", bytes(range(32)))
OTHER = Signer("log.example/one", bytes(range(1, 33)))
VERIFIERS = [SIGNER.verifier]


def test_the_example_of_the_signed_note_specification_verifies() -> None:
    verifier = Verifier.from_vkey(VKEY)
    assert verifier.vkey == VKEY
    assert verify_note(NOTE, [verifier]) == "This is an example message.\n"
    assert note_text(NOTE) == "This is an example message.\n"
    with pytest.raises(VerificationError):
        verify_note(NOTE.replace("example message", "other message"), [verifier])


def test_the_example_of_the_checkpoint_specification_reads() -> None:
    checkpoint = Checkpoint.unverified(CHECKPOINT)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert CHECKPOINT.startswith(checkpoint.text + "\n")


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    st.lists(st.sampled_from([SIGNER, OTHER]), min_size=1),
)
def test_what_was_signed_verifies_and_what_was_not_does_not(text: str, signers: list[Signer]) -> None:
    note = sign_note(text + "\n", *signers)
    assert verify_note(note, [signer.verifier for signer in signers]) == text + "\n"
    with pytest.raises(VerificationError):
        verify_note("." + note, [signer.verifier for signer in signers])


def test_unknown_signatures_are_ignored_and_bad_known_ones_condemn() -> None:
    note = sign_note("a\n\nb\n", OTHER, SIGNER)
    assert verify_note(note, VERIFIERS) == "a\n\nb\n"
    with pytest.raises(VerificationError, match="No known key"):
        verify_note(sign_note("a\n", OTHER), VERIFIERS)
    forged = sign_note("a\n", OTHER, SIGNER).replace("a\n", "b\n", 1)
    with pytest.raises(VerificationError, match="does not fit"):
        verify_note(forged, VERIFIERS)
    valid_and_forged = sign_note("b\n", OTHER) + sign_note("a\n", SIGNER).split("\n\n")[1]
    with pytest.raises(VerificationError):
        verify_note(valid_and_forged, [SIGNER.verifier, OTHER.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        "a\n",
        "a\n\n",
        "a\n\nb\n",
        "a\n\n— k AAAA\n",
        "a\n\n— k !\n",
        "a\n\n—  AAAAAAAA\n",
        "a\n\n- k AAAAAAAA\n",
        "a\n\n— k AAAAAAAA",
        "a\r\n\n— k AAAAAAAA\n",
        "a\n\n— k+ AAAAAAAA\n",
        "a\n\n" + "— k AAAAAAAA\n" * 65,
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(VerificationError):
        verify_note(note, VERIFIERS)


def test_notes_and_keys_that_must_not_be_made_are_not() -> None:
    for text in ("", "a", "a\tb\n", "\x00\n"):
        with pytest.raises(BadInput):
            sign_note(text, SIGNER)
    with pytest.raises(BadInput):
        sign_note("a\n")
    for name in ("", "a b", "a+b", "a\u2003b"):
        with pytest.raises(BadInput):
            Signer(name, bytes(32))
    for vkey in ("", "a+b", VKEY[:-4], VKEY.replace("530d903a", "530d903b"), VKEY.replace("+Aek", "+Bek")):
        with pytest.raises(BadInput):
            Verifier.from_vkey(vkey)
    with pytest.raises(BadInput):
        Signer("k", b"short")
    assert bytes(range(32)).hex() not in repr(SIGNER)


@pytest.mark.parametrize(
    "text",
    [
        "o\n1\n",
        "o\n01\nROOT\n",
        "o\n-1\nROOT\n",
        "\n1\nROOT\n",
        "o\n1\nAAAA\n",
        "o\n1\n!\n",
        "o\n1\nROOT\n\nx\n",
        "o\n\N{ARABIC-INDIC DIGIT ONE}\nROOT\n",
    ],
)
def test_a_signed_note_that_is_no_checkpoint_is_refused(text: str) -> None:
    note = sign_note(text.replace("ROOT", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="), SIGNER)
    with pytest.raises(VerificationError):
        Checkpoint.verify(note, VERIFIERS, origin="o")


def test_a_checkpoint_of_another_log_is_refused() -> None:
    note = Checkpoint(origin="log.example/two", size=0, root=bytes(32)).sign(SIGNER)
    with pytest.raises(VerificationError, match="another log"):
        Checkpoint.verify(note, VERIFIERS, origin="log.example/one")


LEAVES = [f"leaf {number}".encode() for number in range(9)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
HEAD = Checkpoint(origin="log.example/one", size=9, root=root_of(HASHES)).sign(SIGNER)


def proof(index: int, extra: bytes = b"") -> LogProof:
    return LogProof(index=index, path=tuple(inclusion_proof(index, 9, node_of(HASHES))), checkpoint=HEAD, extra=extra)


@promise("B30", sabotage="proofs_are_not_checked")
def test_a_proof_signs_its_entry_and_swapped_proofs_do_not() -> None:
    for index, leaf in enumerate(LEAVES):
        assert proof(index).verify(leaf, VERIFIERS, origin="log.example/one").size == 9
        for other, its_leaf in enumerate(LEAVES):
            if other != index:
                with pytest.raises(VerificationError) as failure:
                    proof(index).verify(its_leaf, VERIFIERS, origin="log.example/one")
                assert failure.value.first_bad_index == index


def test_a_proof_under_a_checkpoint_that_the_log_did_not_sign_is_refused() -> None:
    forged = LogProof(index=0, path=proof(0).path, checkpoint=HEAD.replace("\n9\n", "\n8\n"))
    with pytest.raises(VerificationError):
        forged.verify(LEAVES[0], VERIFIERS, origin="log.example/one")


@given(st.integers(0, 8), st.binary(max_size=40))
def test_a_proof_file_reads_back(index: int, extra: bytes) -> None:
    text = proof(index, extra).write()
    assert text.startswith("c2sp.org/tlog-proof@v1\n")
    assert LogProof.read(text) == proof(index, extra)
    assert text.endswith("\n\n" + HEAD)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("index 3", "index 03"),
        ("index 3", "index -1"),
        ("index 3\n", ""),
        ("\n\n", "\n"),
        ("index 3\n", "index 3\nAAAA\n"),
        ("index 3\n", "index 3\n!\n"),
        ("index 3\n", "extra !\nindex 3\n"),
        ("index 3\n", "index 3\n" + "A" * 43 + "=\n" * 65),
    ],
)
def test_what_is_no_proof_file_is_unreadable(old: str, new: str) -> None:
    text = proof(3).write()
    with pytest.raises(Unreadable):
        LogProof.read(text.replace(old, new, 1))
