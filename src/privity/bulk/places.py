"""Where collections lie: folders, files and S3 buckets, through one file system; files appear whole."""

import mmap
import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final
from urllib.parse import urlsplit

from pyarrow import fs

from privity.bulk.faults import said_plainly
from privity.durable import sync_folder
from privity.errors import Unreadable

_FORMS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}
_CLOUD: Final = re.compile(r"^(?:s3|gs|abfss?)://")
_LEFT: Final = re.compile(
    r"(?:part-\d{5,}\.(?:jsonl|csv|parquet)|\d{5,}\.jsonl?|plan\.json|files\.jsonl)\.\d+\.unfinished"
)


class Place:
    """A folder or a file. `base` is its path in the file system."""

    def __init__(self, name: str) -> None:
        self.name = name if _CLOUD.match(name) else str(Path(name).absolute())
        self.is_local = not _CLOUD.match(name)
        self.system: Any = fs.LocalFileSystem()
        self.base = self.name
        if self.is_local:
            return
        scheme = urlsplit(name).scheme
        # A small object is then one request, and who is killed before it leaves nothing in the bucket.
        delayed = f"{'&' if '?' in name else '?'}allow_delayed_open=true" if scheme == "s3" else ""
        try:
            self.system, base = fs.FileSystem.from_uri(self.name + delayed)
            self.base = base.rstrip("/")
        except (OSError, ValueError):
            raise Unreadable(f"the {scheme} address cannot be used", advice="Check it, and the credentials.") from None

    def sources(self, leaving_out: "Place") -> list[tuple[str, str, int]]:
        """Return path, form and size of each file below that has a form that is known, in order of their names.

        What lies in the place `leaving_out`, that of the results, is no source.
        """
        with said_plainly("the source cannot be read"):
            info = self.system.get_file_info(self.base)
            if info.type == fs.FileType.NotFound:
                raise Unreadable("there is nothing at the source", advice="Check the path.")
            below = fs.FileSelector(self.base, recursive=True)
            found = [info] if info.is_file else self.system.get_file_info(below)
        try:
            there = [(file.path, file.size or 0) for file in found if file.is_file]
        except UnicodeDecodeError:
            raise Unreadable("a name below the source is not UTF-8", advice="Rename that file or folder.") from None
        results = f"{leaving_out.base}/"
        if leaving_out.is_local == self.is_local:
            there = [(path, size) for path, size in there if not path.startswith(results)]
        files = [
            (path, _FORMS[suffix], size)
            for path, size in there
            if (suffix := os.path.splitext(path)[1].lower()) in _FORMS  # noqa: PTH122 - also of S3
        ]
        if not files:
            raise Unreadable("there is no file to redact", advice=f"Their names end in {', '.join(_FORMS)}.")
        return sorted(files)

    def read(self, name: str) -> bytes | None:
        """Return what a file of the folder holds, or None when there is none."""
        with said_plainly("the destination cannot be read"):
            try:
                with self.system.open_input_file(f"{self.base}/{name}") as file:
                    return bytes(file.read())
            except FileNotFoundError:
                return None

    def opened(self, path: str) -> Any:
        """Return a source, opened to be read anywhere; `path` is one of `sources`. Errors are the file system's own."""
        return self.system.open_input_file(path)

    def name_of(self, path: str) -> str:
        """Return what one of `sources` is called: its path below this place, or the name of the one file it is."""
        below = path.removeprefix(f"{self.base}/")
        return below if below != path else path.rpartition("/")[2]

    def write(self, name: str, write: Callable[[Any], None]) -> None:
        """Make a file of the folder, all or nothing: local ones are written beside, synced and renamed."""
        path = f"{self.base}/{name}"
        with said_plainly("the destination cannot be written"):
            if self.is_local:
                self._beside(path, write)
            else:
                self._object(path, write)

    def remove(self, name: str) -> None:
        """Remove a file of the folder, if it is there."""
        path = f"{self.base}/{name}"
        with said_plainly("the destination cannot be written"):
            if self.system.get_file_info(path).type != fs.FileType.NotFound:
                self.system.delete_file(path)

    def _object(self, path: str, write: Callable[[Any], None]) -> None:
        """Make an object of a file that is whole: an output stream would leave what came before an error as one."""
        with TemporaryFile() as whole:
            write(whole)
            whole.flush()
            with self.system.open_output_stream(path) as file:
                if whole.tell():
                    with mmap.mmap(whole.fileno(), 0, access=mmap.ACCESS_READ) as octets:
                        file.write(octets)

    @staticmethod
    def _beside(path: str, write: Callable[[Any], None]) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = f"{path}.{os.getpid()}.unfinished"
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - the mode at birth
                write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
            sync_folder(Path(path).parent)  # a note must not outlive the part that it tells of
        finally:
            Path(beside).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed run left unfinished, and nothing that merely lies there."""
        if self.is_local:
            for left in Path(self.base).rglob("*.unfinished"):
                if _LEFT.fullmatch(left.name):
                    left.unlink(missing_ok=True)
