"""Collections on S3: what lies in a bucket is redacted as what lies in a folder is, and no address is told.

The bucket is a small server of the four requests that are made; the same was tried against others (docs/redaction.md).
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

from privity.bulk import Job
from privity.bulk.parts import Parts
from privity.bulk.places import Place
from privity.bulk.plan import planned
from privity.errors import Unreadable

NAME, SECRET = "AKIDCANARY", "secretCANARY"


class Bucket(BaseHTTPRequestHandler):
    """Objects of a bucket `calls` in memory, by path-style addresses; another bucket does not exist."""

    objects: dict[str, bytes]

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        bucket, _, key = unquote(asked.path).lstrip("/").partition("/")
        if bucket != "calls":
            self._answer(404, b"<Error><Code>NoSuchBucket</Code><Message>none at s3://secret</Message></Error>")
        elif not key and self.command == "GET":
            self._answer(200, self._listed(parse_qs(asked.query).get("prefix", [""])[0]))
        elif key not in self.objects:
            self._answer(404 if key else 200, b"")
        elif wanted := self.headers.get("Range"):
            start, end = wanted.removeprefix("bytes=").split("-")
            self._answer(206, self.objects[key][int(start) : int(end) + 1])
        else:
            self._answer(200, self.objects[key])

    def do_PUT(self) -> None:
        bucket, _, key = unquote(urlsplit(self.path).path).lstrip("/").partition("/")
        said = self.rfile.read(int(self.headers["Content-Length"]))
        if bucket == "calls":
            self.objects[key] = said
        self._answer(200 if bucket == "calls" else 404, b"")

    def _listed(self, prefix: str) -> bytes:
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(octets)}</Size></Contents>"
            for key, octets in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        count = rows.count("<Key>")
        return (
            f"<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>{count}</KeyCount>{rows}</ListBucketResult>"
        ).encode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Addresses of the bucket, to be filled with what lies in it, and its objects."""
    monkeypatch.setenv("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")  # bodies as they are, in no chunks
    objects: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Filled", (Bucket,), {"objects": objects}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    where = f"endpoint_override=127.0.0.1:{server.server_port}&scheme=http&region=us-east-1"
    try:
        yield f"s3://{NAME}:{SECRET}@{{}}?{where}", objects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_bucket_is_redacted_as_a_folder_is(bucket: tuple[str, dict[str, bytes]], tmp_path: Path) -> None:
    address, objects = bucket
    rows = b"".join(b'{"id": %d, "text": "mail ann%d@example.org"}\n' % (at, at) for at in range(200)) + b'{"id": bad\n'
    given = {"a.jsonl": rows, "deep/b.csv": b"id,first_name\n1,Zyx\n"}
    for name, octets in given.items():
        objects[f"in/{name}"] = octets
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(octets)
    there = Job(source=address.format("calls/in"), destination=address.format("calls/in/done"), part_bytes=4_000)
    here = Job(source=str(tmp_path / "in"), destination=str(tmp_path / "in" / "done"), part_bytes=4_000)
    for job in (there, here):
        planned_job, plan = planned(job)
        work = Parts(planned_job)
        for part in plan.parts:
            work.redact(part)
        assert planned(job) == (planned_job, plan)  # the results lie within the source, and are no sources
    made = {name.removeprefix("in/done/"): octets for name, octets in objects.items() if name.startswith("in/done/")}
    plain = {
        str(path.relative_to(tmp_path / "in/done")): path.read_bytes()
        for path in (tmp_path / "in" / "done").rglob("*")
        if path.is_file()
    }
    assert made.pop("plan.json")
    assert plain.pop("plan.json")
    assert made == plain
    assert len(plain) > 5
    assert not any(NAME.encode() in octets or SECRET.encode() in octets for octets in objects.values())


def test_what_fails_half_way_leaves_no_object(bucket: tuple[str, dict[str, bytes]]) -> None:
    address, objects = bucket

    def half(file: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]  # any file
        raise ValueError

    place = Place(address.format("calls/out"))
    with pytest.raises(ValueError):  # noqa: PT011 - that of `half`
        place.write("part", half)
    assert not objects
    place.write("part", lambda file: file.write(b"whole"))
    place.write("empty", lambda _: None)
    assert objects == {"out/part": b"whole", "out/empty": b""}


def test_errors_tell_their_kind_and_no_address(bucket: tuple[str, dict[str, bytes]], tmp_path: Path) -> None:
    address, objects = bucket
    objects["in/a.jsonl"] = b"{}\n"
    nowhere = [
        Job(source=address.format("calls/in"), destination=address.format("other/out")),
        Job(source=address.format("calls/nothing"), destination=str(tmp_path / "out")),
        Job(source=address.format("calls/in") + "&endpoint=x", destination=str(tmp_path / "out")),
        Job(source=address.format("calls/in"), destination="/proc/nowhere/out"),
    ]
    for job in nowhere:
        with pytest.raises(Unreadable) as raised:
            planned(job)
        said = f"{raised.value} {raised.value.advice}"
        assert not any(word in said for word in (NAME, SECRET, "127.0.0.1", "s3:", "nowhere"))
        assert raised.value.__cause__ is None


def test_a_source_that_is_gone_is_told_without_its_name(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "secret.jsonl").write_bytes(b"{}\n")
    job, plan = planned(Job(source=str(tmp_path / "in"), destination=str(tmp_path / "out")))
    (tmp_path / "in" / "secret.jsonl").unlink()
    with pytest.raises(Unreadable) as raised:
        Parts(job).redact(plan.parts[0])
    assert str(raised.value) == "a source cannot be read: vanished"
    assert not list((tmp_path / "out").glob("part-*"))
