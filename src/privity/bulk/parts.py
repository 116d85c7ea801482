"""Redacts one part: rows in, rows out, the bad ones set aside with a reason that holds nothing of them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Final

import msgspec
import pyarrow as pa
from pyarrow import parquet as pq

from privity.bulk.faults import Fault, faults
from privity.bulk.places import Place
from privity.bulk.plan import BLOCK, Job, Part, aside_name, header_of, note_name, rows_name
from privity.errors import MALFORMED_JSON
from privity.redact import KeyedTokens, Redactor, Style, Surrogates, WayToHide, policy_from_yaml, policy_named
from privity.redact.documents.columns import is_name_of_column, label_of_column
from privity.redact.documents.json_form import JsonForm
from privity.redact.hiding.ways import way_of

_BATCH: Final = 256
_LONGEST_ROW: Final = 64 << 20
_LISTS: Final = (pa.ListType, pa.LargeListType, pa.FixedSizeListType)
_VALUE: Final = re.compile(r"[\d@]")


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of one part."""

    part: int
    rows: int
    set_aside: int
    hidden: dict[str, int]
    bytes: int


class SetAside(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be judged: the source by its path below that of the job, where in it, and why."""

    source: str
    place: int
    reason: str


class Parts:
    """Redacts parts of one job; made once in each process."""

    def __init__(self, job: Job) -> None:
        policy = policy_from_yaml(job.policy) if "\n" in job.policy or ":" in job.policy else policy_named(job.policy)
        self._redactor = Redactor(policy, as_of=date.fromisoformat(job.as_of) if job.as_of else None)
        self._way = _way(job)
        self._ids = frozenset(job.ids)
        self._source, self._destination = Place(job.source), Place(job.destination)

    def redact(self, part: Part) -> Note:
        """Redact one part into its file, write what was set aside and then the note; each whole or not at all.

        Raises Fault when its source cannot be read there; of the part nothing is written then.
        """
        form = JsonForm(self._redactor, way_of(self._way))
        aside: list[SetAside] = []
        counted = [0]
        work = {"jsonl": self._lines, "csv": self._cells, "parquet": self._groups}[part.form]
        self._destination.write(rows_name(part), lambda file: work(part, form, file, aside, counted))
        if aside:
            rows = b"".join(msgspec.json.encode(row) + b"\n" for row in aside)
            self._destination.write(aside_name(part), lambda file: file.write(rows))
        hidden: dict[str, int] = {}
        for finding in form.findings:
            hidden[finding.label] = hidden.get(finding.label, 0) + 1
        size = part.end - part.start if part.form != "parquet" else 0
        note = Note(part=part.number, rows=counted[0], set_aside=len(aside), hidden=hidden, bytes=size)
        self._destination.write(note_name(part), lambda file: file.write(msgspec.json.encode(note)))
        return note

    def _raw(self, part: Part) -> Iterator[tuple[int, bytes | None]]:
        """Return each line with its place; None for one that is too long to be read."""
        with self._opened(part) as opened:
            with self._faults(part):
                opened.seek(part.start)
            file = io.BufferedReader(_Raw(opened, lambda: self._faults(part)), 1 << 20)
            at = part.start
            while at < part.end:
                line = file.readline(_LONGEST_ROW + 1)
                if not line:
                    raise Fault("shorter-than-before")
                start, at = at, at + len(line)
                if len(line) > _LONGEST_ROW:
                    while not line.endswith(b"\n") and (line := file.readline(1 << 20)):
                        at += len(line)
                    yield start, None
                elif line.strip():
                    yield start, line

    def _lines(self, part: Part, form: JsonForm, file: Any, aside: list[SetAside], counted: list[int]) -> None:
        good: list[tuple[int, Any]] = []

        def flush() -> None:
            try:
                file.write(self._rows(form, [row for _, row in good]))
                counted[0] += len(good)
            except RecursionError:  # one row that is nested too deep must not keep the others
                for at, row in good:
                    counted[0] += self._alone(part, form, file, at, row, aside)
            good.clear()

        for place, line in self._raw(part):
            reason, row = _read(line)
            if reason:
                aside.append(SetAside(source=part.source, place=place, reason=reason))
                continue
            good.append((place, row))
            if len(good) >= _BATCH:
                flush()
        flush()

    def _rows(self, form: JsonForm, rows: list[Any]) -> bytes:
        before = len(form.findings)
        try:
            return b"".join(msgspec.json.encode(row) + b"\n" for row in form.batch(rows, self._ids))
        except RecursionError:
            del form.findings[before:]
            raise

    def _alone(self, part: Part, form: JsonForm, file: Any, place: int, row: Any, aside: list[SetAside]) -> int:
        try:
            file.write(self._rows(form, [row]))
        except RecursionError:
            aside.append(SetAside(source=part.source, place=place, reason="nested-too-deep"))
            return 0
        return 1

    def _cells(self, part: Part, form: JsonForm, file: Any, aside: list[SetAside], counted: list[int]) -> None:
        first = self._header(part)
        separator = max(",;\t|", key=first.count)
        header = next(csv.reader([first], delimiter=separator), [])
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator="\n")
        # A file without a header begins with somebody's data: what is not surely the name of a column is judged.
        named = not _VALUE.search(first)
        writer.writerow(
            [
                cell if named and label_of_column(cell) and is_name_of_column(cell) else form.text(cell)
                for cell in header
            ]
        )
        good: list[list[str]] = []

        def flush() -> None:
            for row in form.batch([dict(enumerate(cells)) for cells in good], self._ids, names=header):
                writer.writerow(row.values())
            file.write(out.getvalue().encode("utf-8"))
            out.seek(0)
            out.truncate()
            counted[0] += len(good)
            good.clear()

        for place, cells in self._csv_rows(part, separator):
            reason = "not-csv" if cells is None else _reason_of(cells, len(header))
            if cells is None or reason:
                aside.append(SetAside(source=part.source, place=place, reason=reason))
                continue
            good.append(cells)
            if len(good) >= _BATCH:
                flush()
        flush()

    def _header(self, part: Part) -> str:
        with self._opened(part) as opened, self._faults(part):
            return header_of(bytes(opened.read(BLOCK)))

    def _faults(self, part: Part) -> AbstractContextManager[None]:
        return faults(part.form, is_local=self._source.is_local)

    def _opened(self, part: Part) -> Any:
        with self._faults(part):
            return self._source.opened(part.path)

    def _csv_rows(self, part: Part, separator: str) -> Iterator[tuple[int, list[str] | None]]:
        csv.field_size_limit(_LONGEST_ROW)
        places: list[int] = []

        def lines() -> Iterator[str]:
            for place, line in self._raw(part):
                places.append(place)
                yield "" if line is None else line.decode("utf-8", errors="surrogateescape")

        reader = csv.reader(lines(), delimiter=separator, strict=True)
        while True:
            places.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield (places or [part.start])[0], None
                continue
            yield (places or [part.start])[0], cells

    def _groups(self, part: Part, form: JsonForm, file: Any, _aside: list[SetAside], counted: list[int]) -> None:
        with self._opened(part) as opened:
            with self._faults(part):
                source = pq.ParquetFile(opened)
                given = source.schema_arrow
            maps = any(_holds_maps(field.type) for field in given)
            telling = {name for name in given.names if name not in self._ids and self._tells(name)}
            schema = pa.schema([field.with_type(pa.string()) if field.name in telling else field for field in given])
            back = _as_arrow if maps else _as_it_is
            with pq.ParquetWriter(file, schema.remove_metadata()) as writer:
                for given_rows in self._batches(source, part):
                    rows = form.batch([_as_json(row) for row in given_rows] if maps else given_rows, self._ids)
                    columns = [
                        _fitting([back(row.get(field.name), field.type) for row in rows], field.type)
                        for field in schema
                    ]
                    writer.write_batch(pa.record_batch(columns, schema=schema.remove_metadata()))
                    counted[0] += len(rows)

    def _batches(self, source: pq.ParquetFile, part: Part) -> Iterator[list[dict[str, Any]]]:
        with self._faults(part):
            batches = source.iter_batches(_BATCH, row_groups=list(range(part.start, part.end)))
        while True:
            with self._faults(part):
                batch = next(batches, None)
                rows = [] if batch is None else batch.to_pylist()
            if batch is None:
                return
            yield rows

    def _tells(self, name: str) -> bool:
        return label_of_column(name) in self._redactor.policy.hides


class _Raw(io.RawIOBase):
    """Lets Python's buffer read an Arrow file; `reading` surrounds each read."""

    def __init__(self, file: Any, reading: Callable[[], AbstractContextManager[None]]) -> None:
        self._file, self._reading = file, reading

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        with self._reading():
            data = self._file.read(len(into))
        into[: len(data)] = data
        return len(data)


def _way(job: Job) -> Style | WayToHide:
    style = Style(job.style)
    if style is Style.HASH:
        return KeyedTokens(job.key)
    return Surrogates(job.key) if style is Style.SURROGATE else style


def _read(line: bytes | None) -> tuple[str, Any]:
    if line is None:
        return "too-long", None
    try:
        row = msgspec.json.decode(line)
    except UnicodeDecodeError:
        return "not-utf-8", None
    except MALFORMED_JSON:
        return "not-json", None
    return ("", row) if isinstance(row, dict) else ("not-an-object", None)


def _reason_of(cells: list[str], wanted: int) -> str:
    if any("\udc80" <= character <= "\udcff" for cell in cells if not cell.isascii() for character in cell):
        return "not-utf-8"
    return "" if len(cells) == wanted else "wrong-number-of-cells"


def _holds_maps(kind: pa.DataType) -> bool:
    return pa.types.is_map(kind) or any(_holds_maps(kind.field(at).type) for at in range(kind.num_fields))


def _as_json(value: Any) -> Any:
    """Return a value with maps, which Arrow gives as pairs, in the form that keys and values are judged in."""
    if isinstance(value, dict):
        return {name: _as_json(item) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    if not value or not all(isinstance(item, tuple) for item in value):
        return [_as_json(item) for item in value]
    keys = {key for key, _ in value if isinstance(key, str)}
    if len(keys) == len(value):
        return {key: _as_json(item) for key, item in value}
    return [{"key": key, "value": _as_json(item)} for key, item in value]


def _as_it_is(value: Any, _kind: pa.DataType) -> Any:
    return value


def _as_arrow(value: Any, kind: pa.DataType) -> Any:
    """Return a value of `_as_json` with its maps as pairs again."""
    if pa.types.is_map(kind) and isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else [tuple(item.values()) for item in value]
        return [(key, _as_arrow(item, kind.item_type)) for key, item in pairs]
    if pa.types.is_struct(kind) and isinstance(value, dict):
        return {field.name: _as_arrow(value.get(field.name), field.type) for field in kind}
    if isinstance(kind, _LISTS) and isinstance(value, list):
        return [_as_arrow(item, kind.value_type) for item in value]
    return value


def _fitting(values: Iterable[Any], kind: pa.DataType) -> pa.Array:
    """Return a column of its type; what was hidden and no longer fits it, such as a label among numbers, is null."""
    listed = list(values)
    try:
        return pa.array(listed, type=kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([_or_null(value, kind) for value in listed], type=kind)


def _or_null(value: Any, kind: pa.DataType) -> Any:
    try:
        pa.array([value], type=kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return None
    return value
