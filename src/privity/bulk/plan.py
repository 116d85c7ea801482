"""The plan of a run: which stretch of which source becomes which part. Cutting reads, and never keeps, the sources."""

import hashlib
from typing import Any, Final

import msgspec
from pyarrow import ArrowException
from pyarrow import parquet as pq

from privity.bulk.places import Place
from privity.errors import Conflict, Unreadable

PLAN: Final = "plan.json"
BLOCK: Final = 1 << 20
"""Bytes of a source that are read at once; the header of a CSV source lies within the first of them."""

_PARTS: Final = 32
_SHORTEST: Final = 128 << 10  # shorter ones cost more to note than to redact
_LONGEST: Final = 16 << 20
_MOST_OF_A_PART: Final = 512 << 20  # an odd quote must not make the rest of a file one part


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes `start` to `end` of a source; of Parquet the row groups. Nothing of what stands there."""

    number: int
    source: int
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


class _Plan(msgspec.Struct, frozen=True):
    job: str
    as_of: str
    sizes: list[int]
    parts: list[Part]


def planned(job: Job) -> tuple[Job, list[Part]]:
    """Return the job and its parts: those of the run that the destination holds already, or new ones.

    Raises Conflict when the destination holds another run, or the sources have changed since.
    """
    source, destination = Place(job.source), Place(job.destination)
    files = source.sources(leaving_out=destination)
    kept = destination.read(PLAN)
    if kept is None:
        plan = _Plan(job.digest(), job.as_of, [size for _, _, size in files], _cut(source, files, _size(job, files)))
        destination.write(PLAN, lambda file: file.write(msgspec.json.encode(plan)))
    else:
        plan = _known(kept)
        if plan.job != job.digest() or plan.sizes != [size for _, _, size in files]:
            raise Conflict(
                "the destination holds another run, or the sources have changed", advice="Choose an empty destination."
            )
    return msgspec.structs.replace(job, as_of=plan.as_of), plan.parts


def _size(job: Job, files: list[tuple[str, str, int]]) -> int:
    total = sum(size for _, _, size in files)
    return job.part_bytes or min(max(total // _PARTS, _SHORTEST), _LONGEST)


def _known(kept: bytes) -> _Plan:
    try:
        return msgspec.json.decode(kept, type=_Plan)
    except msgspec.DecodeError:
        raise Conflict("the destination holds something else", advice="Choose an empty destination.") from None


def _cut(source: Place, files: list[tuple[str, str, int]], size: int) -> list[Part]:
    parts: list[Part] = []
    for number, (path, form, _) in enumerate(files):
        try:
            stretches = _groups(source, path) if form == "parquet" else _stretches(source, path, form, size)
        except (OSError, ArrowException):
            raise Unreadable(
                f"source {number + 1} cannot be read as {form}", advice="Check the file, and the right to read it."
            ) from None
        for start, end in stretches:
            parts.append(Part(number=len(parts), source=number, path=path, form=form, start=start, end=end))
    return parts


def _groups(source: Place, path: str) -> list[tuple[int, int]]:
    with source.system.open_input_file(path) as file:
        return [(group, group + 1) for group in range(pq.ParquetFile(file).num_row_groups)]


def _stretches(source: Place, path: str, form: str, size: int) -> list[tuple[int, int]]:
    """Cut a file of rows behind line ends; in CSV only behind those that stand in no quotes."""
    cuts, at, quotes = [0], 0, 0
    with source.system.open_input_stream(path) as file:
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
                raise Unreadable("a quote in a CSV source is never closed", advice="Mend the file, or cut it up.")
    ends = [*cuts[1:], at]
    return [(start, end) for start, end in zip(cuts, ends, strict=True) if start < end]


def first_line(block: bytes) -> bytes:
    """Return the first line of what a file begins with, its end included."""
    return block[: block.find(b"\n") + 1] or block


def header_of(block: bytes) -> str:
    """Return the first row of a CSV source by what it begins with; raises Unreadable."""
    try:
        return first_line(block).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise Unreadable("the header of a CSV source is not UTF-8", advice="Save it as UTF-8.") from None


def note_name(part: Part) -> str:
    """Return the name of the note that says that a part is done."""
    return f"notes/{part.number:05}.json"


def decoded(raw: bytes, of: Any) -> Any:
    """Return a note or a job from its bytes."""
    return msgspec.json.decode(raw, type=of)
