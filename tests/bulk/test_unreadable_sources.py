"""Files of a collection that cannot be read: set aside as a whole by name, all others redacted, done once mended."""

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from privity.bulk import Job, Result, redact_collection, run
from privity.bulk.faults import Fault
from privity.bulk.parts import Parts
from privity.bulk.places import Place
from privity.cli import run as command
from privity.errors import Conflict, Unreadable

SAID = "mail quillon@example.org"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the parts done here, as the workers do them: Daft hands them out, and knows nothing of what they hold."""

    class Frame:
        def __init__(self, parts: list[bytes]) -> None:
            self._parts = parts

        def __getitem__(self, _name: str) -> list[bytes]:
            return self._parts

        def into_batches(self, _size: int) -> "Frame":
            return self

        def select(self, answers: "Answers") -> "Answers":
            return answers

    class Answers(list[bytes]):
        def alias(self, _name: str) -> "Answers":
            return self

        def iter_rows(self) -> Iterator[dict[str, bytes]]:
            return ({"answer": answer} for answer in self)

    class Daft:
        class DataType:
            binary = staticmethod(lambda: None)

        @staticmethod
        def cls(**_: object) -> Callable[[Any], Any]:
            return lambda made: made

        @staticmethod
        def method(**_: object) -> Callable[[Any], Any]:
            return lambda work: lambda self, parts: Answers(work(self, part) for part in parts)

        @staticmethod
        def from_pydict(columns: dict[str, list[bytes]]) -> Frame:
            return Frame(columns["part"])

    monkeypatch.setattr(run, "_daft", lambda _cluster: (Daft, 1))


def rows(path: Path, count: int = 3) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f'{{"id": {number}, "text": "{SAID}"}}\n' for number in range(count)))


def table(path: Path, count: int = 600) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = [f"{SAID}, row {number}" for number in range(count)]
    pq.write_table(pa.table({"id": list(range(count)), "text": texts}), path, row_group_size=200, compression="none")


def truncated(path: Path) -> None:
    table(path)
    path.write_bytes(path.read_bytes()[:-400])


def broken_inside(path: Path) -> None:
    """A Parquet file whose end is sound and whose second row group is not."""
    table(path)
    second = pq.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    whole = bytearray(path.read_bytes())
    whole[second : second + 60] = b"\xa5" * 60
    path.write_bytes(whole)


def of_wrong_octets(path: Path) -> None:
    """A Parquet file with a text that is not UTF-8, in its last row group."""
    texts = pa.array([b"fine"] * 250 + [b"\xff\xfe"], pa.binary())
    bad = pa.Array.from_buffers(pa.string(), len(texts), texts.buffers())
    pq.write_table(pa.table({"text": bad}), path, row_group_size=100)


MAKE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "bad/empty.parquet": ("not-parquet", lambda path: path.write_bytes(b"")),
    "bad/magic.parquet": ("not-parquet", lambda path: path.write_bytes(b"PK\x03\x04" + b"quillon" * 9)),
    "bad/truncated.parquet": ("not-parquet", truncated),
    "bad/inside.parquet": ("not-parquet", broken_inside),
    "bad/octets.parquet": ("not-parquet", of_wrong_octets),
    "bad/utf16.csv": ("header-not-utf-8", lambda path: path.write_bytes("id,näme\n1,x\n".encode("utf-16"))),
}


def made(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def asked(tmp_path: Path, **options: Any) -> Result:
    return redact_collection(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out"), **options))


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder of good files, and one of each that is bad."""
    rows(tmp_path / "in" / "a.jsonl")
    table(tmp_path / "in" / "z.parquet")
    (tmp_path / "in" / "bad").mkdir()
    for name, (_, make) in MAKE.items():
        make(tmp_path / "in" / name)
    return tmp_path


def test_an_unreadable_file_is_set_aside_by_name_and_reason_and_all_others_are_redacted(given: Path) -> None:
    result = asked(given)
    assert {file.source: file.reason for file in result.files_set_aside} == {
        name: reason for name, (reason, _) in MAKE.items()
    }
    assert (result.files, result.rows, result.set_aside) == (2, 603, 0)
    assert result.hidden == {"EMAIL": 603}
    found = made(given / "out")
    assert not [name for name, octets in found.items() if b"quillon" in octets]
    listed = [json.loads(line) for line in found["set-aside/files.jsonl"].splitlines()]
    assert listed == msgspec.to_builtins(result.files_set_aside)


def test_nothing_of_a_file_that_is_set_aside_stays_in_the_results(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    broken_inside(tmp_path / "in" / "inside.parquet")
    rows(tmp_path / "in" / "z.jsonl")
    result = asked(tmp_path)
    assert (result.rows, result.parts) == (3, 1)
    files = {name for name in made(tmp_path / "out") if not name.startswith("set-aside")}
    assert files == {"plan.json", "part-00003.jsonl", "notes/00003.json"}


def test_killed_while_it_is_set_aside_the_next_run_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    broken_inside(tmp_path / "in" / "inside.parquet")
    rows(tmp_path / "in" / "z.jsonl")
    write = Place.write

    def killed_there(self: Place, name: str, what: Callable[[Any], None]) -> None:
        if name == "set-aside/files.jsonl":
            raise KeyboardInterrupt
        write(self, name, what)

    with monkeypatch.context() as patched:
        patched.setattr(Place, "write", killed_there)
        with pytest.raises(KeyboardInterrupt):
            asked(tmp_path)
    killed = made(tmp_path / "out")
    assert "notes/00000.json" not in killed
    assert (asked(tmp_path).rows, asked(tmp_path).files) == (3, 1)


def test_run_again_it_is_set_aside_again_and_nothing_else_is_done(given: Path) -> None:
    first = asked(given)
    before = made(given / "out")
    again = asked(given)
    assert again == msgspec.structs.replace(first, parts_done_before=first.parts)
    assert made(given / "out") == before


def test_a_file_that_was_mended_is_done_by_running_again(given: Path) -> None:
    first = asked(given)
    kept = {name: octets for name, octets in made(given / "out").items() if name.startswith(("part-", "notes/"))}
    table(given / "in/bad/inside.parquet")
    table(given / "in/bad/truncated.parquet", 100)
    second = asked(given)
    assert second.rows == first.rows + 600 + 100
    assert second.files == first.files + 2
    assert len(second.files_set_aside) == len(first.files_set_aside) - 2
    assert kept.items() <= made(given / "out").items()
    rest = [name for name in MAKE if name.endswith(".parquet")]
    for name in rest:
        table(given / "in" / name, 10)
    (given / "in/bad/utf16.csv").write_text(f"id,note\n1,{SAID}\n")
    # Of the six files two are read already, and have changed since: that is another collection.
    with pytest.raises(Conflict):
        asked(given)
    table(given / "in/bad/inside.parquet")
    table(given / "in/bad/truncated.parquet", 100)
    last = asked(given)
    assert last.files_set_aside == []
    assert last.rows == second.rows + 3 * 10 + 1
    assert "set-aside/files.jsonl" not in made(given / "out")


def test_a_file_that_is_new_is_another_collection(given: Path) -> None:
    asked(given)
    rows(given / "in" / "new.jsonl")
    with pytest.raises(Conflict):
        asked(given)


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, error: OSError, name: str, *, first: int = 0) -> Iterator[None]:
    """Have the file system refuse a file, from the time on that it was opened `first` times."""
    opened, times = Place.opened, [0]

    def refuse(self: Place, path: str) -> Any:
        if path.endswith(name):
            times[0] += 1
            if times[0] > first:
                raise error
        return opened(self, path)

    with monkeypatch.context() as patched:
        patched.setattr(Place, "opened", refuse)
        yield


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(errno.EACCES, "/secret"), "no-permission"),
        (FileNotFoundError(errno.ENOENT, "/secret"), "vanished"),
        (OSError(errno.EIO, "/secret"), "cannot-be-read"),
        (OSError("AWS Error ACCESS_DENIED at s3://secret"), "no-permission"),
    ],
)
@pytest.mark.parametrize("name", ["b.csv", "b.jsonl", "b.parquet"])
def test_a_file_that_is_refused_at_any_time_is_set_aside_and_done_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str, name: str, first: int
) -> None:
    source = tmp_path / "in"
    rows(source / "a.jsonl")
    rows(source / "c.jsonl")
    if name.endswith("csv"):
        (source / name).write_text("id,text\n" + f"1,{SAID}\n" * 300)
    elif name.endswith("jsonl"):
        rows(source / name, 300)
    else:
        table(source / name, 600)
    with refusing(monkeypatch, error, name, first=first):
        result = asked(tmp_path, part_bytes=4_000)
    assert [(file.source, file.reason) for file in result.files_set_aside] == [(name, reason)]
    assert (result.files, result.rows, result.hidden) == (2, 6, {"EMAIL": 6})
    assert not [octets for octets in made(tmp_path / "out").values() if b"secret" in octets or b"quillon" in octets]
    mended = asked(tmp_path, part_bytes=4_000)
    assert mended.files_set_aside == []
    assert mended.rows == 6 + (600 if name.endswith("parquet") else 300)


def test_what_concerns_every_file_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows(tmp_path / "in" / "a.jsonl")
    error = OSError("AWS Error NETWORK_CONNECTION at s3://secret")
    with refusing(monkeypatch, error, "a.jsonl"), pytest.raises(Unreadable, match="network connection") as told:
        asked(tmp_path)
    assert not isinstance(told.value, Fault)
    assert "secret" not in str(told.value)


def test_a_file_that_became_shorter_is_set_aside_instead_of_losing_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(tmp_path / "in" / "a.jsonl", 300)
    rows(tmp_path / "in" / "b.jsonl", 3)
    redact = Parts.redact

    def shortening(self: Parts, part: Any) -> Any:
        if part.source == "a.jsonl" and part.number == 1:
            rows(tmp_path / "in" / "a.jsonl", 20)
        return redact(self, part)

    monkeypatch.setattr(Parts, "redact", shortening)
    result = asked(tmp_path, part_bytes=4_000)
    assert [(file.source, file.reason) for file in result.files_set_aside] == [("a.jsonl", "shorter-than-before")]
    assert result.rows == 3


def test_a_file_that_is_gone_when_the_run_goes_on_is_set_aside(tmp_path: Path) -> None:
    rows(tmp_path / "in" / "a.jsonl")
    rows(tmp_path / "in" / "b.jsonl")
    asked(tmp_path)
    (tmp_path / "in" / "a.jsonl").unlink()
    assert asked(tmp_path).files_set_aside == []  # it was done before
    (tmp_path / "out/notes/00000.json").unlink()  # as if the run had been killed before it was
    result = asked(tmp_path)
    assert [(file.source, file.reason) for file in result.files_set_aside] == [("a.jsonl", "vanished")]
    assert result.rows == 3


def test_rows_that_are_set_aside_tell_their_file_by_its_name(tmp_path: Path) -> None:
    rows(tmp_path / "in" / "one" / "a.jsonl")
    with (tmp_path / "in" / "one" / "a.jsonl").open("a") as file:
        file.write("{no json\n")
    asked(tmp_path)
    [told] = made(tmp_path / "out")["set-aside/00000.jsonl"].splitlines()
    assert json.loads(told) == {"source": "one/a.jsonl", "place": 138, "reason": "not-json"}


def test_a_source_of_one_file_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "only.parquet").write_bytes(b"none")
    result = redact_collection(Job(source=str(tmp_path / "only.parquet"), destination=str(tmp_path / "out")))
    assert [(file.source, file.reason) for file in result.files_set_aside] == [("only.parquet", "not-parquet")]
    assert (result.files, result.rows, result.parts) == (0, 0, 0)


def test_a_name_that_is_not_utf_8_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b\udcff.jsonl").write_text("{}\n")
    with pytest.raises(Unreadable, match="not UTF-8"):
        asked(tmp_path)


def test_the_command_names_them_and_its_exit_code_tells(
    given: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asking = ["redact", "--bulk", str(given / "in"), str(given / "out")]
    assert command(asking) == 2
    out, err = capfd.readouterr()
    assert "files     2, set aside 6" in out
    assert "not read  bad/utf16.csv  header-not-utf-8" in out
    assert "6 files could not be read" in err
    assert command([*asking, "--json"]) == 2
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert (told["files"], len(told["files_set_aside"]), told["rows"]) == (2, 6, 603)
    assert json.loads(err)["error"] == "unreadable"
    for name in MAKE:
        if name.endswith(".parquet"):
            table(given / "in" / name, 1)
    (given / "in/bad/utf16.csv").write_text("id,note\n1,fine\n")
    assert command(asking) == 0
    assert "files   8, set aside 0" in capfd.readouterr().out
