"""The offline verifier: whole logs pass; every way of altering one is caught and named from the first bad entry on."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.cli import run
from privity.clock import rfc3339
from privity.errors import BadInput, Unreadable, VerificationError
from privity.ledger import (
    MAX_BATCH,
    Checkpoint,
    CheckpointLine,
    EntryLine,
    Frontier,
    Head,
    Header,
    Signer,
    canonical,
    leaf_hash,
    read_batch,
    sign_batch,
    stamp,
    verify_bundle,
    write_bundle,
)
from promises import promise

ORIGIN = "privity/test"
SIGNER = Signer(ORIGIN, bytes(range(32)))
THIEF = Signer(ORIGIN, bytes(range(1, 33)))
HEADER = Header(log="test", origin=ORIGIN, vkeys=(SIGNER.verifier.vkey,))
START = datetime(2026, 11, 22, tzinfo=UTC)


class Log(NamedTuple):
    """What the tables hold: leaves with the hashes beside them, and for each batch its end, checkpoint and list."""

    entries: list[tuple[int, bytes, bytes]]
    heads: list[tuple[int, str, str | None]]


def leaf(index: int, said: str = "read") -> bytes:
    time = START + timedelta(seconds=index)
    body = canonical({"action": said})
    return stamp(body, entry_id=str(UUID(int=index)), log="test", kind="intent", index=index, time=rfc3339(time))


def grown(sizes: list[int], signer: Signer = SIGNER, leaf: Callable[[int], bytes] = leaf) -> Log:
    """A log of batches of these sizes."""
    frontier, log = Frontier(), Log([], [])
    log.heads.append((0, Checkpoint(origin=ORIGIN, size=0, root=frontier.root()).sign(signer), None))
    for size in sizes:
        start = frontier.size
        for index in range(start, start + size):
            log.entries.append((index, leaf(index), leaf_hash(leaf(index))))
            frontier.append(leaf_hash(leaf(index)))
        note = Checkpoint(origin=ORIGIN, size=frontier.size, root=frontier.root()).sign(signer)
        hashes = [stored for _, _, stored in log.entries[start:]]
        log.heads.append((frontier.size, note, sign_batch(ORIGIN, start, hashes, signer) if size > 1 else None))
    return log


def bundle(log: Log, header: Header = HEADER) -> io.BytesIO:
    """The log as the exporter writes it: entries by index, each checkpoint behind the entries before its size."""
    lines: list[EntryLine | CheckpointLine] = []
    heads = list(log.heads)
    for index, stored_leaf, stored_hash in sorted(log.entries, key=lambda entry: entry[0]):
        while heads and heads[0][0] <= index:
            lines.append(CheckpointLine(checkpoint=heads[0][1], batch=heads.pop(0)[2]))
        lines.append(EntryLine.of(index, stored_leaf, stored_hash))
    lines += [CheckpointLine(checkpoint=note, batch=batch) for _, note, batch in heads]
    stream = io.BytesIO()
    write_bundle(stream, header, lines)
    stream.seek(0)
    return stream


def first_bad(log: Log, **options: object) -> int | None:
    with pytest.raises(VerificationError) as failure:
        verify_bundle(bundle(log), vkeys=[SIGNER.verifier.vkey], **options)  # type: ignore[arg-type]  # held=...
    assert failure.value.message.startswith(f"Entry {failure.value.first_bad_index} does not hold: ")
    return failure.value.first_bad_index


def rehashed(log: Log) -> Log:
    """Every hash beside an entry made to fit the entry, as an attacker would."""
    return log._replace(entries=[(index, stored, leaf_hash(stored)) for index, stored, _ in log.entries])


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=8)


@given(SIZES)
def test_a_whole_log_holds(sizes: list[int]) -> None:
    verified = verify_bundle(bundle(grown(sizes)), vkeys=[SIGNER.verifier.vkey])
    assert (verified.size, verified.log, verified.pinned) == (sum(sizes), "test", True)
    assert Checkpoint.unverified(verified.checkpoint).root == verified.root


def test_an_empty_log_holds_and_a_log_without_any_checkpoint_does_not() -> None:
    assert verify_bundle(bundle(grown([])), vkeys=[SIGNER.verifier.vkey]).size == 0
    assert first_bad(Log([], [])) == 0


def test_without_the_auditors_key_the_verdict_says_so() -> None:
    assert not verify_bundle(bundle(grown([2]))).pinned


@promise("B29", sabotage="roots_are_not_compared")
@settings(max_examples=200)
@given(SIZES, st.booleans(), st.data())
def test_an_edited_entry_is_named_even_when_its_hashes_are_recomputed(
    sizes: list[int], recompute: bool, data: st.DataObject
) -> None:
    log = grown(sizes)
    bad = data.draw(st.integers(0, sum(sizes) - 1))
    index, stored, stored_hash = log.entries[bad]
    at = data.draw(st.integers(0, len(stored) - 1))
    log.entries[bad] = (
        index,
        stored[:at] + bytes([stored[at] ^ data.draw(st.integers(1, 255))]) + stored[at + 1 :],
        stored_hash,
    )
    assert first_bad(rehashed(log) if recompute else log) == bad


@given(SIZES, st.data())
def test_an_altered_stored_hash_is_named(sizes: list[int], data: st.DataObject) -> None:
    log = grown(sizes)
    bad = data.draw(st.integers(0, sum(sizes) - 1))
    log.entries[bad] = (*log.entries[bad][:2], data.draw(st.sampled_from([bytes(32), b""])))
    assert first_bad(log) == bad


@promise("B31", sabotage="missing_entries_are_passed_over")
@settings(max_examples=200)
@given(SIZES, st.booleans(), st.booleans(), st.data())
def test_a_deleted_entry_is_named(sizes: list[int], close_gap: bool, restamp: bool, data: st.DataObject) -> None:
    log = grown(sizes)
    bad = data.draw(st.integers(0, sum(sizes) - 1))
    del log.entries[bad]
    if close_gap:
        for at in range(bad, len(log.entries)):
            stored = leaf(at, "later") if restamp else log.entries[at][1]
            log.entries[at] = at, stored, leaf_hash(stored)
    assert first_bad(log) == bad


@given(SIZES, st.data())
def test_an_inserted_entry_is_named(sizes: list[int], data: st.DataObject) -> None:
    log = grown(sizes)
    bad = data.draw(st.integers(0, sum(sizes)))
    rest = [(index + 1, *stored) for index, *stored in log.entries[bad:]]
    forged = leaf(bad, "forged")
    log.entries[bad:] = [(bad, forged, leaf_hash(forged)), *rest]  # type: ignore[list-item]  # the rest are triples too
    assert first_bad(log) == bad


@given(st.lists(st.integers(1, 9), min_size=2, max_size=8), st.data())
def test_reordered_entries_are_named_from_the_first(sizes: list[int], data: st.DataObject) -> None:
    log = grown(sizes)
    one, two = sorted(data.draw(st.lists(st.integers(0, sum(sizes) - 1), min_size=2, max_size=2, unique=True)))
    first, second = log.entries[one], log.entries[two]
    log.entries[one], log.entries[two] = (one, *second[1:]), (two, *first[1:])
    assert first_bad(log) == one


@promise("B31", sabotage="truncation_is_not_seen")
@given(SIZES, st.data())
def test_a_truncated_log_is_named_from_the_first_missing_entry(sizes: list[int], data: st.DataObject) -> None:
    log = grown(sizes)
    kept = data.draw(st.integers(0, sum(sizes) - 1))
    assert first_bad(log._replace(entries=log.entries[:kept])) == kept


@given(SIZES)
def test_entries_beyond_the_last_checkpoint_are_named(sizes: list[int]) -> None:
    log = grown(sizes)
    assert first_bad(log._replace(heads=log.heads[:-1])) == sum(sizes[:-1])


@promise("B30", sabotage="checkpoints_need_no_signature")
@given(SIZES, st.data())
def test_a_checkpoint_forged_without_the_key_is_caught(sizes: list[int], data: st.DataObject) -> None:
    log = grown(sizes)
    at = data.draw(st.integers(0, len(sizes) - 1))
    forged = grown(sizes, THIEF, lambda index: leaf(index, "forged"))
    start, end = sum(sizes[:at]), sum(sizes[: at + 1])
    log.entries[start:end] = forged.entries[start:end]
    log.heads[at + 1] = forged.heads[at + 1]
    assert first_bad(log) == start


def test_an_entry_is_named_under_a_forged_checkpoint_while_the_signed_list_is_left() -> None:
    log = grown([3, 5])
    changed = grown([3, 5], THIEF, lambda index: leaf(index, "forged" if index == 6 else "read"))
    log.entries[:] = changed.entries
    size, _, batch = log.heads[2]
    log.heads[2] = size, changed.heads[2][1], batch
    assert first_bad(log) == 6


def test_when_all_evidence_was_rewritten_the_batch_is_named_and_the_reason_says_so() -> None:
    log = grown([4, 5, 3])
    changed = leaf(6, "forged")
    log.entries[6] = 6, changed, leaf_hash(changed)
    size, note, _ = log.heads[2]
    for batch in (None, "", "garbage", log.heads[1][2], sign_batch(ORIGIN, 4, [bytes(32)] * 5, THIEF)):
        log.heads[2] = size, note, batch
        with pytest.raises(VerificationError, match="begins a batch of 5") as failure:
            verify_bundle(bundle(log), vkeys=[SIGNER.verifier.vkey])
        assert failure.value.first_bad_index == 4


def test_a_log_signed_anew_with_another_key_fails_the_auditors_key_and_a_kept_checkpoint() -> None:
    anew = grown([2, 2], THIEF, lambda index: leaf(index, "forged"))
    assert first_bad(anew) == 0
    header = msgspec.structs.replace(HEADER, vkeys=(THIEF.verifier.vkey,))
    assert not verify_bundle(bundle(anew, header)).pinned
    with pytest.raises(VerificationError) as failure:
        verify_bundle(bundle(anew, header), held=[grown([2]).heads[1][1]])
    assert failure.value.first_bad_index == 0


def test_only_a_checkpoint_kept_elsewhere_shows_a_rollback_or_a_stolen_key() -> None:
    log = grown([2, 3, 4])
    held = [log.heads[1][1], log.heads[2][1]]
    assert verify_bundle(bundle(log), vkeys=[SIGNER.verifier.vkey], held=held).size == 9
    rolled_back = Log(log.entries[:2], log.heads[:2])
    assert verify_bundle(bundle(rolled_back), vkeys=[SIGNER.verifier.vkey]).size == 2
    assert first_bad(rolled_back, held=held) == 2
    stolen = grown([9], SIGNER, lambda index: leaf(index, "forged" if index == 4 else "read"))
    assert verify_bundle(bundle(stolen), vkeys=[SIGNER.verifier.vkey]).size == 9
    assert first_bad(stolen, held=held) == 2  # up to 2 a kept checkpoint vouches for it, up to 5 another contradicts


@pytest.mark.parametrize("kept", ["", "7", "{}", "no note\n", "a certificate"])
def test_what_is_no_checkpoint_says_nothing_of_the_log(kept: str, tmp_path: Path) -> None:
    log = grown([2, 3])
    with pytest.raises(Unreadable):
        verify_bundle(bundle(log), held=[kept])
    other = Checkpoint(origin="privity/other", size=2, root=bytes(32)).sign(Signer("privity/other", bytes(32)))
    with pytest.raises(Unreadable, match="another log"):
        verify_bundle(bundle(log), held=[other])
    (tmp_path / "kept").write_text(kept)
    (tmp_path / "bundle").write_bytes(bundle(log).getvalue())
    assert run(["ledger", "verify", str(tmp_path / "bundle"), "--held", str(tmp_path / "kept")]) == 2


def test_a_checkpoint_may_be_kept_as_it_was_answered_mailed_or_copied(tmp_path: Path) -> None:
    log, kept, whole = grown([2, 3]), tmp_path / "kept", tmp_path / "bundle"
    whole.write_bytes(bundle(Log(log.entries[:2], log.heads[:2])).getvalue())
    note = log.heads[2][1]
    for text in (note, note.replace("\n", "\r\n"), note.rstrip("\n"), f"\n{note}\n", json.dumps({"checkpoint": note})):
        kept.write_bytes(text.encode())
        assert run(["ledger", "verify", str(whole), "--held", str(kept)]) == 1


def test_a_batch_list_that_was_altered_and_a_log_under_anothers_name_do_not_hold() -> None:
    log = grown([2, 3])
    size, note, batch = log.heads[2]
    for other in (str(batch)[:-9] + "AAAAAAAA\n", str(log.heads[1][2]), ""):
        assert first_bad(log._replace(heads=[*log.heads[:2], (size, note, other)])) == 2
    with pytest.raises(VerificationError, match="of a log whose name"):
        verify_bundle(bundle(log, Header(log="platform", origin=ORIGIN, vkeys=(SIGNER.verifier.vkey,))))


def test_repeated_or_disordered_checkpoints_are_refused() -> None:
    log = grown([2, 3])
    for heads in ([*log.heads, log.heads[1]], [log.heads[0], log.heads[0], *log.heads[1:]]):
        assert first_bad(log._replace(heads=heads)) in {0, 2}


def test_memory_is_bounded_by_a_batch() -> None:
    log = grown([MAX_BATCH + 1])
    assert first_bad(log) == 0


def test_a_batch_list_and_a_checkpoint_never_pass_for_each_other() -> None:
    log = grown([3])
    _, note, batch = log.heads[1]
    assert batch is not None
    with pytest.raises(VerificationError):
        Checkpoint.verify(batch, [SIGNER.verifier], origin=ORIGIN)
    with pytest.raises(VerificationError):
        read_batch(note, [SIGNER.verifier], origin=ORIGIN, start=0, size=3)
    for start, size in ((1, 3), (0, 4), (0, 2)):
        with pytest.raises(VerificationError):
            read_batch(batch, [SIGNER.verifier], origin=ORIGIN, start=start, size=size)


WHOLE = bundle(grown([2, 3])).getvalue()


@pytest.mark.parametrize("cut", [0, 1, 50, len(WHOLE) // 2, len(WHOLE) - 30, len(WHOLE) - 1])
def test_a_cut_file_is_unreadable_and_not_tampered(cut: int) -> None:
    with pytest.raises(Unreadable):
        verify_bundle(io.BytesIO(WHOLE[:cut]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"ledger-bundle@v1", b"ledger-bundle@v2"),
        (b'{"entry":0', b'{"entry":"0"'),
        (b'{"entry":0', b'{"extra":1,"entry":0'),
        (b'{"entry":0,"leaf":"', '{"entry":0,"leaf":"\u0100'.encode()),
        (b'"entries":5', b'"entries":4'),
        (b'"vkeys":["privity', b'"vkeys":["privity privity'),
        (b'{"checkpoint":', b'{"\xff":'),
        (b'"}\n{"end"', b'"}\n\n{"end"'),
    ],
)
def test_a_broken_file_is_unreadable(old: bytes, new: bytes) -> None:
    assert old in WHOLE
    with pytest.raises(Unreadable):
        verify_bundle(io.BytesIO(WHOLE.replace(old, new)))


def test_a_file_that_goes_on_after_its_end_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        verify_bundle(io.BytesIO(WHOLE + b"\n"))


def test_an_auditors_key_that_is_none_is_bad_input() -> None:
    with pytest.raises(BadInput):
        verify_bundle(io.BytesIO(WHOLE), vkeys=["nonsense"])


def head(said: str, size: int) -> Head:
    """The head of a log of `said` entries, the first three of which are as ever."""
    tree = Frontier()
    for index in range(size):
        tree.append(leaf_hash(leaf(index, said if index >= 3 else "read")))
    return Head(size, tree.root())


TOLD = {
    "ours": ([("read", 4), ("read", 7)], None),
    "ours twice": ([("read", 4), ("read", 4), ("read", 7)], None),
    "of more entries": ([("read", 4), ("read", 8)], 7),
    "of other entries": ([("wrote", 4)], 0),
    "of other entries later": ([("read", 2), ("wrote", 5)], 2),
    "longer before it was rolled back": ([("read", 3), ("wrote", 9), ("read", 4)], 3),
    "other before it was rolled back and grew again": ([("read", 3), ("wrote", 6), ("read", 4), ("read", 6)], 3),
}


@pytest.mark.parametrize("what", TOLD)
def test_heads_that_were_told_elsewhere_are_compared(what: str) -> None:
    """What was told after a rollback is of the new history, and proves nothing of the old one."""
    told, first_bad = TOLD[what]
    heads = [head(said, size) for said, size in told]
    if first_bad is None:
        assert verify_bundle(bundle(grown([3, 4])), told=heads).size == 7
        return
    with pytest.raises(VerificationError, match="the platform's log") as failure:
        verify_bundle(bundle(grown([3, 4])), told=heads)
    assert failure.value.first_bad_index == first_bad
