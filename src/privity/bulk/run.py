"""Carries a plan out with Daft, on all cores of this machine or on a Ray cluster; its telemetry is off."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from privity.bulk.parts import Note, Parts
from privity.bulk.places import Place
from privity.bulk.plan import Job, Part, decoded, note_name, planned
from privity.errors import Misconfigured, Unavailable

_QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is."""

    parts_done: int
    parts: int
    rows: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did, over all its parts: also those that an earlier, killed run had done."""

    rows: int
    set_aside: int
    hidden: dict[str, int]
    parts: int
    parts_done_before: int
    bytes: int


def redact_collection(
    job: Job, *, workers: int = 0, cluster: str = "", progress: Callable[[Progress], None] = lambda _: None
) -> Result:
    """Redact a collection and return exact counts; asked again after it was killed, it goes on where it was.

    `workers` is how many processes work, all cores if 0; `cluster` is the address of a Ray cluster, whose machines then
    read the source and write the destination themselves. Raises Unreadable, Conflict for a destination with another
    run, Misconfigured without the extra `bulk`, Unavailable when a part failed.
    """
    job, parts = planned(job)
    destination = Place(job.destination)
    destination.sweep()
    done = {part.number: kept for part in parts if (kept := destination.read(note_name(part))) is not None}
    notes: list[Note] = [decoded(kept, Note) for kept in done.values()]
    before = len(notes)
    left = [part for part in parts if part.number not in done]
    told = Progress(parts_done=before, parts=len(parts), rows=sum(note.rows for note in notes))
    progress(told)
    for note in _carry_out(job, left, workers or os.cpu_count() or 1, cluster) if left else ():
        notes.append(note)
        told = Progress(parts_done=len(notes), parts=len(parts), rows=told.rows + note.rows)
        progress(told)
    hidden: dict[str, int] = {}
    for note in notes:
        for label, count in note.hidden.items():
            hidden[label] = hidden.get(label, 0) + count
    return Result(
        rows=sum(note.rows for note in notes),
        set_aside=sum(note.set_aside for note in notes),
        hidden=dict(sorted(hidden.items())),
        parts=len(parts),
        parts_done_before=before,
        bytes=sum(note.bytes for note in notes),
    )


def _carry_out(job: Job, parts: list[Part], workers: int, cluster: str) -> Iterator[Note]:
    daft = _daft(cluster)

    @daft.cls(use_process=not cluster, max_concurrency=min(workers, len(parts)))
    class Redacting:
        def __init__(self, told: bytes) -> None:
            self._parts = Parts(msgspec.msgpack.decode(told, type=Job))

        @daft.method(return_dtype=daft.DataType.binary())  # type: ignore[untyped-decorator]  # Daft's speaks Any
        def redact(self, part: bytes) -> bytes:
            return msgspec.json.encode(self._parts.redact(msgspec.json.decode(part, type=Part)))

    frame = daft.from_pydict({"part": [msgspec.json.encode(part) for part in parts]}).into_batches(1)
    redacting = Redacting(msgspec.msgpack.encode(job))
    try:
        for row in frame.select(redacting.redact(frame["part"]).alias("note")).iter_rows():
            yield decoded(row["note"], Note)
    except Exception as error:  # noqa: BLE001 - what a worker raises comes back as anything, and its words may quote a row
        raise Unavailable(
            f"a part could not be redacted ({type(error).__name__})",
            advice="Run the same command again: what is done stays done. Check space, rights and the sources.",
        ) from None


def _daft(cluster: str) -> Any:
    for name, value in _QUIET.items():
        os.environ[name] = value  # before the import, which would call home otherwise
    try:
        import daft  # noqa: PLC0415 - an extra, and four times as long to load as all the rest
    except ImportError:
        raise Misconfigured("bulk redaction is not installed", advice="Install the extra: privity[bulk].") from None
    if cluster:
        try:
            daft.set_runner_ray(address=cluster)
        except ImportError:
            raise Misconfigured("Ray is not installed", advice="Install ray in the version of the cluster.") from None
        except Exception as error:  # noqa: BLE001 - whatever Ray raises, it cannot be reached
            raise Unavailable(f"the cluster does not answer ({type(error).__name__})") from None
    return daft
