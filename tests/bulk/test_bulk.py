"""Whole collections: exact counts, bad rows set aside, killed and run again, in every form."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

import privity
from privity.bulk import Job, redact_collection
from privity.bulk.parts import Parts
from privity.bulk.places import Place
from privity.bulk.plan import planned
from privity.errors import Conflict, PrivityError, Unreadable

ROWS = 3000
BAD = 30


def lines(folder: Path, rows: int = ROWS) -> Path:
    """JSON lines, one in a hundred broken."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "calls.jsonl").open("wb") as file:
        for number in range(rows):
            text = f"row {number}: this is john smith, mail ann{number}@example.org"
            file.write(json.dumps({"id": f"r{number}", "text": text, "ssn": 12}).encode() + b"\n")
            if number % 100 == 50:
                file.write(b'{"id": "secret", "text": \n')
    return folder


def by_hand(job: Job) -> None:
    """Do every part in this process: what the parts do is the same wherever they are done."""
    job, plan = planned(job)
    work = Parts(job)
    for part in plan.parts:
        work.redact(part)


def rows_of(destination: Path) -> list[dict[str, object]]:
    files = sorted(destination.glob("part-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def test_rows_are_redacted_in_order_and_bad_ones_set_aside_without_their_words(tmp_path: Path) -> None:
    source, out = lines(tmp_path / "in"), tmp_path / "out"
    by_hand(Job(source=str(source), destination=str(out), part_bytes=40_000))
    found = rows_of(out)
    assert [row["id"] for row in found] == [f"r{number}" for number in range(ROWS)]
    assert found[7] == {"id": "r7", "text": "row 7: this is [NAME], mail [EMAIL]", "ssn": "[SSN]"}
    aside = [json.loads(line) for file in sorted(out.glob("set-aside/*")) for line in file.read_bytes().splitlines()]
    assert len(aside) == BAD
    assert {row["reason"] for row in aside} == {"not-json"}
    assert not [path for path in out.rglob("*") if path.is_file() and b"secret" in path.read_bytes()]
    whole = (source / "calls.jsonl").read_bytes()
    assert all(whole[row["place"] :].startswith(b'{"id": "secret"') for row in aside)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in out.rglob("*") if path.is_file())


def test_csv_is_cut_only_between_rows(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["id", "First Name", "note"])
    for number in range(500):
        writer.writerow([number, "Zyx", f'line one\nline "two", ann{number}@example.org'])
    raw = text.getvalue().encode() + b'7,too,many,cells\r\n8,bad,"\xff"\r\n'
    (tmp_path / "in" / "rows.csv").write_bytes(raw)
    by_hand(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out"), part_bytes=2_000))
    parts = sorted((tmp_path / "out").glob("part-*.csv"))
    assert len(parts) > 5
    rows = [row for part in parts for row in list(csv.reader(io.StringIO(part.read_text(), newline="")))[1:]]
    assert rows == [[str(number), "[NAME]", 'line one\nline "two", [EMAIL]'] for number in range(500)]
    aside = [
        json.loads(line) for file in (tmp_path / "out").glob("set-aside/*") for line in file.read_bytes().splitlines()
    ]
    assert sorted(row["reason"] for row in aside) == ["not-utf-8", "wrong-number-of-cells"]


def test_parquet_keeps_its_types_where_nothing_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    table = pa.table({
        "id": list(range(600)), "ssn": [123456789] * 600, "n": [5, 4111111111111111] * 300,
        "text": ["mail ann@example.org", None] * 300, "deep": [{"dob": "x", "k": "fine"}] * 600,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "in" / "rows.parquet", row_group_size=250)
    by_hand(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out")))
    files = sorted((tmp_path / "out").glob("part-*.parquet"))
    assert len(files) == 3
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    assert rows[:2] == [
        {"id": 0, "ssn": "[SSN]", "n": 5, "text": "mail [EMAIL]", "deep": {"dob": "[DOB]", "k": "fine"}},
        {"id": 1, "ssn": "[SSN]", "n": None, "text": None, "deep": {"dob": "[DOB]", "k": "fine"}},
    ]
    assert [row["id"] for row in rows] == list(range(600))


def written(tmp_path: Path) -> bytes:
    """Redact what lies in the folder `in`, and return every byte of the results."""
    by_hand(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out")))
    return b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())


def test_csv_without_a_header_shows_nothing_of_its_first_row(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = "".join(f"{number},my card is 4111 1111 1111 1111,ann@example.org\n" for number in range(3))
    (tmp_path / "in" / "rows.csv").write_text(rows)
    found = written(tmp_path)
    assert b"4111" not in found
    assert b"ann@" not in found
    assert b"0,my card is [CARD],[EMAIL]\n1," in found


def test_row_that_is_nested_too_deep_is_set_aside_and_the_others_are_redacted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    deep = '{"a":' * 900 + '"ann@example.org"' + "}" * 900
    good = [json.dumps({"id": number, "text": "mail ann@example.org"}) for number in range(5)]
    (tmp_path / "in" / "rows.jsonl").write_text("\n".join([*good[:2], deep, *good[2:]]))
    found = written(tmp_path)
    assert [row["text"] for row in rows_of(tmp_path / "out")] == ["mail [EMAIL]"] * 5
    assert b'"reason":"nested-too-deep"' in found
    assert b'"rows":5,"set_aside":1,"hidden":{"EMAIL":5}' in found
    assert b"ann@" not in found


def test_maps_of_parquet_are_judged_by_key_and_value(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    texts, counts = pa.map_(pa.string(), pa.string()), pa.map_(pa.string(), pa.int64())
    rows = {
        "told": pa.array(
            [[("note", "mail ann@example.org"), ("ssn", "twelve")], None, [("a", "x"), ("a", "y")]], texts
        ),
        "mails": pa.array([[("ann@example.org", 3)], [], None], counts),
        "deep": pa.array([[{"m": [("k", "ann@example.org")]}], None, []], pa.list_(pa.struct([("m", texts)]))),
        "by_number": pa.array([[(7, "ann@example.org")], [(1, "x")], []], pa.map_(pa.int64(), pa.string())),
    }
    pq.write_table(pa.table(rows), tmp_path / "in" / "rows.parquet", compression="none")
    assert b"ann@" not in written(tmp_path)
    [file] = (tmp_path / "out").glob("part-*.parquet")
    found = pq.read_table(file).to_pydict()
    assert found["told"] == [[("note", "mail [EMAIL]"), ("ssn", "[SSN]")], None, [("a", "x"), ("a", "y")]]
    assert found["mails"] == [[("[EMAIL]", 3)], [], None]
    assert found["deep"] == [[{"m": [("k", "[EMAIL]")]}], None, []]
    assert found["by_number"] == [[(7, "[EMAIL]")], [(1, "x")], []]


def test_octets_of_parquet_are_judged_as_text_or_taken_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = {"raw": pa.array([b"mail ann@example.org", b"\xff\x00", None, b"fine"], pa.binary())}
    pq.write_table(pa.table(rows), tmp_path / "in" / "rows.parquet", compression="none")
    assert b"ann@" not in written(tmp_path)
    [file] = (tmp_path / "out").glob("part-*.parquet")
    assert pq.read_table(file).to_pydict()["raw"] == [b"mail [EMAIL]", None, None, b"fine"]


def test_what_a_killed_run_left_goes_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "notes").mkdir(parents=True)
    left = [out / "part-00000.jsonl.77.unfinished", out / "notes" / "00000.json.77.unfinished"]
    theirs = [out / "chapter one.unfinished", out / "notes" / "77.unfinished"]
    for path in (*left, *theirs):
        path.write_text("x")
    Place(str(out)).sweep()
    assert [path.exists() for path in (*left, *theirs)] == [False, False, True, True]


def test_a_destination_holds_one_run(tmp_path: Path) -> None:
    source = lines(tmp_path / "in", 50)
    job = Job(source=str(source), destination=str(tmp_path / "out"))
    planned(job)
    with pytest.raises(Conflict):
        planned(Job(source=str(source), destination=str(tmp_path / "out"), style="mask"))
    with (source / "calls.jsonl").open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(Conflict):
        planned(job)


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.mkdir()])
def test_a_source_that_is_none_is_refused(tmp_path: Path, make: "object") -> None:
    make(tmp_path / "in")  # type: ignore[operator]  # one of the two above
    with pytest.raises((Unreadable, PrivityError)):
        planned(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out")))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Daft leaves pipes to be collected
def test_killed_and_run_again_gives_the_same_and_nothing_twice(tmp_path: Path) -> None:
    source, out, whole = lines(tmp_path / "in"), tmp_path / "out", tmp_path / "whole"
    by_hand(Job(source=str(source), destination=str(whole), part_bytes=8_000))
    program = (
        "import sys; from privity.bulk import Job, redact_collection\n"
        "if __name__ == '__main__':\n"
        "    redact_collection(Job(source=sys.argv[1], destination=sys.argv[2], part_bytes=8000), workers=1)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(program)
    environment = os.environ | {"PYTHONPATH": str(Path(privity.__file__).parent.parent)}
    process = subprocess.Popen(
        [sys.executable, str(script), str(source), str(out)],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while len(list(out.glob("notes/*.json"))) < 3:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    result = redact_collection(Job(source=str(source), destination=str(out), part_bytes=8_000), workers=2)
    assert 3 <= result.parts_done_before < result.parts
    assert (result.rows, result.set_aside) == (ROWS, BAD)
    assert result.hidden == {"EMAIL": ROWS, "NAME": ROWS, "SSN": ROWS}
    for file in sorted(whole.rglob("*")):
        if file.is_file() and file.name != "plan.json":
            assert (out / file.relative_to(whole)).read_bytes() == file.read_bytes()
    assert len(list(out.rglob("*"))) == len(list(whole.rglob("*")))


def test_a_first_row_of_names_and_streets_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rows.csv").write_text("John Street,Elm Avenue\nZorblax License,ok\n")
    assert b"John Street" not in written(tmp_path)


def test_threads_that_outlive_their_work_do_not_turn_it_into_a_crash() -> None:
    # A module of this name with a thread that takes the interpreter down when it ends, as Daft's do now and then.
    program = (
        "import sys, types, atexit, os\n"
        "from privity import cli\n"
        "class Last:\n"
        "    def __del__(self): os.abort()\n"
        "sys.modules['daft'] = types.ModuleType('daft')\n"
        "sys.modules['daft'].last = Last()\n"
        "atexit.register(print, 'tidied up')\n"
        "sys.argv = ['privity', 'redact', '--policy', 'nosuch', '/dev/null']\n"
        "cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "tidied up\n")
