"""Carries a plan out with Daft, on all cores of this machine or on a Ray cluster; its telemetry is off."""

import os
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from privity.bulk.faults import Fault
from privity.bulk.parts import Note, Parts
from privity.bulk.places import Place
from privity.bulk.plan import FileSetAside, Job, Part, decoded, note_name, planned, without
from privity.errors import Misconfigured, PrivityError, Unavailable

_QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_DASHBOARD": "1",
}


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is."""

    parts_done: int
    parts: int
    rows: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did, over all its parts: also those that an earlier, killed run had done.

    `set_aside` counts rows. `files` counts the sources that are redacted from their first row to their last, and
    `files_set_aside` names those of which nothing is in the results: run again when they are mended.
    """

    files: int
    files_set_aside: list[FileSetAside]
    rows: int
    set_aside: int
    hidden: dict[str, int]
    parts: int
    parts_done_before: int
    bytes: int


class _Answer(msgspec.Struct, frozen=True):
    """The note of a part that was done, or why it was not, in words that hold nothing of it.

    `fault` is the reason for which its source cannot be read, `failed` anything else.
    """

    source: str
    note: Note | None = None
    fault: str = ""
    failed: str = ""


def redact_collection(
    job: Job, *, workers: int = 0, cluster: str = "", progress: Callable[[Progress], None] = lambda _: None
) -> Result:
    """Redact a collection and return exact counts; asked again after it was killed, it goes on where it was.

    `workers` is how many processes work, as many as there are cores, of a cluster too, if 0; `cluster` is the address
    of a Ray cluster, whose machines then read the source and write the destination themselves. A file that cannot be
    read is set aside as a whole. Raises Unreadable when that is so of the folder or bucket, Conflict for a destination
    with another run, Misconfigured without the extra `bulk`, Unavailable when a part failed.
    """
    job, plan = planned(job)
    destination = Place(job.destination)
    destination.sweep()
    kept = {part.number: destination.read(note_name(part)) for part in plan.parts}
    notes = {number: decoded(note, Note) for number, note in kept.items() if note is not None}
    before, faults, all_parts = len(notes), dict[str, str](), len(plan.parts)
    left = [part for part in plan.parts if part.number not in notes]
    told = Progress(parts_done=before, parts=all_parts, rows=sum(note.rows for note in notes.values()))
    progress(told)
    for answer in _answers(job, left, workers, cluster) if left else ():
        if answer.note is not None:
            notes[answer.note.part] = answer.note
        elif answer.fault:
            faults.setdefault(answer.source, answer.fault)
        else:
            raise _failure(answer.failed)
        rows = told.rows + (answer.note.rows if answer.note else 0)
        told = Progress(parts_done=told.parts_done + 1, parts=all_parts, rows=rows)
        progress(told)
    if faults:
        plan = without(job, plan, faults)
    done = [notes[part.number] for part in plan.parts]
    hidden: dict[str, int] = {}
    for note in done:
        for label, count in note.hidden.items():
            hidden[label] = hidden.get(label, 0) + count
    return Result(
        files=len(plan.sources) - len(plan.set_aside),
        files_set_aside=plan.set_aside,
        rows=sum(note.rows for note in done),
        set_aside=sum(note.set_aside for note in done),
        hidden=dict(sorted(hidden.items())),
        parts=len(done),
        parts_done_before=before,
        bytes=sum(note.bytes for note in done),
    )


def _answers(job: Job, parts: list[Part], workers: int, cluster: str) -> Iterator[_Answer]:
    daft, cores = _daft(cluster)

    @daft.cls(use_process=not cluster, max_concurrency=min(workers or cores, len(parts)))
    class Redacting:
        def __init__(self, told: bytes) -> None:
            self._parts = Parts(msgspec.msgpack.decode(told, type=Job))

        @daft.method(return_dtype=daft.DataType.binary())  # type: ignore[untyped-decorator]  # Daft's speaks Any
        def redact(self, part: bytes) -> bytes:
            asked = msgspec.json.decode(part, type=Part)
            try:
                answer = _Answer(asked.source, note=self._parts.redact(asked))
            except Fault as fault:
                answer = _Answer(asked.source, fault=fault.reason)
            except Exception as error:  # noqa: BLE001 - Daft and Ray would log its words, which may quote a row
                told = str(error) if isinstance(error, PrivityError) else _kind_of(error)
                answer = _Answer(asked.source, failed=told)
            return msgspec.json.encode(answer)

    frame = daft.from_pydict({"part": [msgspec.json.encode(part) for part in parts]}).into_batches(1)
    redacting = Redacting(msgspec.msgpack.encode(job))
    try:
        for row in frame.select(redacting.redact(frame["part"]).alias("answer")).iter_rows():
            yield decoded(row["answer"], _Answer)
    except Exception as error:  # noqa: BLE001 - what Daft and Ray raise may be anything
        raise _failure(_kind_of(error)) from None


def _kind_of(error: Exception) -> str:
    return type(error).__name__


def _failure(why: str) -> Unavailable:
    return Unavailable(
        f"a part could not be redacted: {why}",
        advice="Run the same command again: what is done stays done. Check space, rights and the sources.",
    )


def _daft(cluster: str) -> tuple[Any, int]:
    """Return Daft, ready to run here or on the cluster, and how many cores there are."""
    os.environ.update(_QUIET)  # before the import, which would call home otherwise
    try:
        import daft  # noqa: PLC0415 - an extra, and four times as long to load as all the rest
    except ImportError:
        raise Misconfigured("bulk redaction is not installed", advice="Install the extra: privity[bulk].") from None
    if not cluster:
        return daft, os.cpu_count() or 1
    try:
        import ray  # noqa: PLC0415 - only those who have a cluster have it

        if not ray.is_initialized():
            # The machines of the cluster import Daft too: they are told the same before they do.
            ray.init(address=cluster, runtime_env={"env_vars": _QUIET}, log_to_driver=False, logging_level="ERROR")
        daft.set_runner_ray(noop_if_initialized=True)
        return daft, int(ray.cluster_resources().get("CPU", 1)) or 1
    except ImportError:
        raise Misconfigured("Ray is not installed", advice="Install ray in the version of the cluster.") from None
    except Exception as error:  # noqa: BLE001 - whatever Ray raises, it cannot be reached
        raise Unavailable(f"the cluster does not answer ({type(error).__name__})") from None
