"""Where collections lie: folders, files and S3 buckets, through one file system; files appear whole."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pyarrow import fs

from privity.errors import Unreadable

_FORMS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}
_CLOUD: Final = re.compile(r"^(?:s3|gs|abfss?)://")


class Place:
    """A folder or a file. `base` is its path in the file system."""

    def __init__(self, name: str) -> None:
        self.name = name if _CLOUD.match(name) else str(Path(name).absolute())
        self.is_local = not _CLOUD.match(name)
        self.system: Any = fs.LocalFileSystem()
        self.base = self.name
        if self.is_local:
            return
        try:
            self.system, self.base = fs.FileSystem.from_uri(self.name)
        except (OSError, ValueError):
            raise Unreadable(
                f"the {urlsplit(name).scheme} address cannot be used", advice="Check it, and the credentials."
            ) from None

    def sources(self) -> list[tuple[str, str, int]]:
        """Return path, form and size of each file below that has a form that is known, in order of their names."""
        info = self.system.get_file_info(self.base)
        if info.type == fs.FileType.NotFound:
            raise Unreadable("there is nothing at the source", advice="Check the path.")
        found = [info] if info.is_file else self.system.get_file_info(fs.FileSelector(self.base, recursive=True))
        files = [
            (file.path, _FORMS[suffix], file.size or 0)
            for file in found
            if file.is_file and (suffix := os.path.splitext(file.path)[1].lower()) in _FORMS  # noqa: PTH122 - also of S3
        ]
        if not files:
            raise Unreadable("there is no file to redact", advice=f"Their names end in {', '.join(_FORMS)}.")
        return sorted(files)

    def read(self, name: str) -> bytes | None:
        """Return what a file of the folder holds, or None when there is none."""
        try:
            with self.system.open_input_file(f"{self.base}/{name}") as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def write(self, name: str, write: Callable[[Any], None]) -> None:
        """Make a file of the folder, all or nothing: local ones are written beside, synced and renamed."""
        path = f"{self.base}/{name}"
        if not self.is_local:
            with self.system.open_output_stream(path) as file:  # an object appears when it is closed
                write(file)
            return
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = f"{path}.{os.getpid()}.unfinished"
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 - the mode at birth
                write(file)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        finally:
            Path(beside).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed run left unfinished."""
        if self.is_local:
            for left in Path(self.base).rglob("*.unfinished"):
                left.unlink(missing_ok=True)
