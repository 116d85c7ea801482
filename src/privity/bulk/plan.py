"""The plan of a run: which stretch of which source becomes which part. Cutting reads, and never keeps, the sources."""

import hashlib
from typing import Any, Final

import msgspec
from pyarrow import parquet as pq

from privity.bulk.faults import Fault, faults
from privity.bulk.places import Place
from privity.errors import Conflict

PLAN: Final = "plan.json"
BLOCK: Final = 1 << 20
"""Bytes of a source that are read at once; the header of a CSV source lies within the first of them."""

_FILES_ASIDE: Final = "set-aside/files.jsonl"
_PARTS: Final = 32
_SHORTEST: Final = 128 << 10  # shorter ones cost more to note than to redact
_LONGEST: Final = 16 << 20
_MOST_OF_A_PART: Final = 512 << 20  # an odd quote must not make the rest of a file one part


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes `start` to `end` of a source; of Parquet the row groups. Nothing of what stands there.

    `source` is the file's path below the source of the job, `path` the one in its file system.
    """

    number: int
    source: str
    path: str
    form: str
    start: int
    end: int


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to redact and how. `policy` is a name or the text of a YAML file; `key` is that of surrogate and hash.

    Columns named in `ids` are passed on as they are. `part_bytes` is how long a part is; 0 cuts into so
    many that every core has several.
    """

    source: str
    destination: str
    policy: str = "calls"
    style: str = "label"
    key: bytes = b""
    as_of: str = ""
    ids: tuple[str, ...] = ("id",)
    part_bytes: int = 0

    def __repr__(self) -> str:
        return "Job(hidden)"

    def digest(self) -> str:
        """Return what tells this job from others; the key goes in as a hash of a hash and with all the rest."""
        told = [self.source, self.policy, self.style, sorted(self.ids), self.part_bytes]
        return hashlib.sha256(
            msgspec.json.encode(told) + hashlib.sha256(b"privity bulk" + self.key).digest()
        ).hexdigest()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the source by its path below it. `reason` says why it is set aside as a whole, or nothing."""

    name: str
    size: int
    reason: str = ""


class FileSetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the source of which nothing is in the results, and why."""

    source: str
    reason: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a destination holds: the sources as they were when they were cut, and the parts of those that are read."""

    job: str
    as_of: str
    sources: list[Source]
    parts: list[Part]

    @property
    def set_aside(self) -> list[FileSetAside]:
        """The files of which nothing is in the results, in order of their names."""
        return [FileSetAside(source=file.name, reason=file.reason) for file in self.sources if file.reason]


def planned(job: Job) -> tuple[Job, Plan]:
    """Return the job and its plan: that of the run that the destination holds already, or a new one.

    A file that cannot be read is set aside as a whole; asked again, it is looked at again, and its parts come behind
    all others. Raises Conflict when the destination holds another run, or the sources have changed since.
    """
    source, destination = Place(job.source), Place(job.destination)
    files = {source.name_of(path): (path, form, size) for path, form, size in source.sources(leaving_out=destination)}
    kept = destination.read(PLAN)
    plan = Plan(job=job.digest(), as_of=job.as_of, sources=[], parts=[]) if kept is None else _known(kept)
    if plan.job != job.digest() or (kept is not None and _have_changed(plan, files)):
        raise Conflict(
            "the destination holds another run, or the sources have changed", advice="Choose an empty destination."
        )
    size = job.part_bytes or min(max(sum(size for _, _, size in files.values()) // _PARTS, _SHORTEST), _LONGEST)
    done = {file.name: file for file in plan.sources if not file.reason}
    sources, parts = list(done.values()), [*plan.parts]
    for name in sorted({*files, *(file.name for file in plan.sources)} - done.keys()):
        reason, stretches = _cut(source, *files[name], size) if name in files else ("vanished", [])
        sources.append(Source(name=name, size=files[name][2] if name in files else 0, reason=reason))
        for start, end in stretches:
            number = parts[-1].number + 1 if parts else 0
            path, form, _ = files[name]
            parts.append(Part(number=number, source=name, path=path, form=form, start=start, end=end))
    sources.sort(key=lambda file: file.name)
    return msgspec.structs.replace(job, as_of=plan.as_of), _kept(
        destination, plan if kept is not None else None, msgspec.structs.replace(plan, sources=sources, parts=parts)
    )


def without(job: Job, plan: Plan, reasons: dict[str, str]) -> Plan:
    """Return the plan with files set aside that could not be read to their ends; what was made of them goes.

    `reasons` are by the names of sources. Who is killed on the way finds the plan as it was, and the files bad again.
    """
    destination = Place(job.destination)
    for part in plan.parts:
        if part.source in reasons:
            for name in (note_name(part), rows_name(part), aside_name(part)):
                destination.remove(name)
    sources = [
        msgspec.structs.replace(file, reason=reasons[file.name]) if file.name in reasons else file
        for file in plan.sources
    ]
    parts = [part for part in plan.parts if part.source not in reasons]
    return _kept(destination, plan, msgspec.structs.replace(plan, sources=sources, parts=parts))


def _kept(destination: Place, before: Plan | None, plan: Plan) -> Plan:
    """Return a plan that the destination holds from now on, with a list of the files that are set aside, if any are."""
    if plan.set_aside:
        rows = b"".join(msgspec.json.encode(file) + b"\n" for file in plan.set_aside)
        destination.write(_FILES_ASIDE, lambda file: file.write(rows))
    elif before is not None and before.set_aside:
        destination.remove(_FILES_ASIDE)
    if plan != before:
        destination.write(PLAN, lambda file: file.write(msgspec.json.encode(plan)))
    return plan


def _known(kept: bytes) -> Plan:
    try:
        return msgspec.json.decode(kept, type=Plan)
    except msgspec.DecodeError:
        raise Conflict("the destination holds something else", advice="Choose an empty destination.") from None


def _have_changed(plan: Plan, files: dict[str, tuple[str, str, int]]) -> bool:
    """Tell whether there are new files, or read ones are longer or shorter; those that are gone are found missing."""
    known = {file.name: file for file in plan.sources}
    return any(
        name not in known or (not known[name].reason and known[name].size != size)
        for name, (_, _, size) in files.items()
    )


def _cut(source: Place, path: str, form: str, _size: int, part_bytes: int) -> tuple[str, list[tuple[int, int]]]:
    """Return why a file is set aside, or nothing, and its stretches."""
    try:
        with faults(form, is_local=source.is_local):
            cut = _groups(source, path) if form == "parquet" else _stretches(source, path, form, part_bytes)
    except Fault as fault:
        return fault.reason, []
    return "", cut


def _groups(source: Place, path: str) -> list[tuple[int, int]]:
    with source.opened(path) as file:
        return [(group, group + 1) for group in range(pq.ParquetFile(file).num_row_groups)]


def _stretches(source: Place, path: str, form: str, size: int) -> list[tuple[int, int]]:
    """Cut a file of rows behind line ends; in CSV only behind those that stand in no quotes."""
    cuts, at, quotes = [0], 0, 0
    with source.opened(path) as file:
        while block := bytes(file.read(BLOCK)):
            begin = 0
            if form == "csv" and at == 0:
                begin = len(first_line(block))
                header_of(block)
                cuts, quotes = [begin], 0
            while (wanted := max(cuts[-1] + size - at, begin)) < len(block):
                end = block.find(b"\n", wanted) + 1
                if not end:
                    break
                quotes += block.count(b'"', begin, end)
                begin = end
                if form != "csv" or quotes % 2 == 0:
                    cuts.append(at + end)
            quotes += block.count(b'"', begin)
            at += len(block)
            if at - cuts[-1] > _MOST_OF_A_PART + size and form == "csv":
                raise Fault("quote-never-closed")
    ends = [*cuts[1:], at]
    return [(start, end) for start, end in zip(cuts, ends, strict=True) if start < end]


def first_line(block: bytes) -> bytes:
    """Return the first line of what a file begins with, its end included."""
    return block[: block.find(b"\n") + 1] or block


def header_of(block: bytes) -> str:
    """Return the first row of a CSV source by what it begins with; raises Fault."""
    try:
        return first_line(block).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Fault("header-not-utf-8") from None


def note_name(part: Part) -> str:
    """Return the name of the note that says that a part is done."""
    return f"notes/{part.number:05}.json"


def rows_name(part: Part) -> str:
    """Return the name of the file that the redacted rows of a part are in."""
    return f"part-{part.number:05}.{part.form}"


def aside_name(part: Part) -> str:
    """Return the name of the file of the rows of a part that could not be judged."""
    return f"set-aside/{part.number:05}.jsonl"


def decoded(raw: bytes, of: Any) -> Any:
    """Return a note or a job from its bytes."""
    return msgspec.json.decode(raw, type=of)
