"""What is said of errors of file systems: a reason for one source that cannot be read, or an error that stops the run.

Their own words are never told: they quote addresses, which may hold credentials.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pyarrow import ArrowException

from privity.errors import Unreadable

_AMAZON: Final = re.compile(r"AWS Error ([A-Z_]{2,60})")
_OF_NUMBERS: Final = {errno.ENOENT: "vanished", errno.EACCES: "no-permission", errno.EPERM: "no-permission"}
_OF_AMAZON: Final = {"ACCESS_DENIED": "no-permission", "NO_SUCH_KEY": "vanished", "RESOURCE_NOT_FOUND": "vanished"}
_OF_CONTENT: Final = (ArrowException, ValueError, OverflowError, IndexError)


class Fault(Unreadable):
    """One source cannot be read; `reason` is a word for programs, such as `not-parquet`, and holds nothing of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"a source cannot be read: {reason}", advice="Check the file, and the right to read it.")
        self.reason = reason


@contextmanager
def faults(form: str, *, is_local: bool) -> Iterator[None]:
    """Raise Fault for what is wrong with the one source that is read here, of the form `form`.

    What may be wrong with all of them, such as a bucket that does not answer, is Unreadable.
    """
    try:
        yield
    except OSError as error:
        told = _AMAZON.search(str(error))
        known = _OF_AMAZON.get(told[1]) if told else _OF_NUMBERS.get(error.errno or 0)
        if not known and (told or (error.errno and not is_local)):
            raise _plain("the source cannot be read", error) from None
        # Arrow says of broken content that it is an error of reading, without a number.
        raise Fault(known or ("cannot-be-read" if error.errno else f"not-{form}")) from None
    except _OF_CONTENT:
        raise Fault(f"not-{form}") from None


@contextmanager
def said_plainly(what: str) -> Iterator[None]:
    """Say of an error of the file system its kind only."""
    try:
        yield
    except OSError as error:
        raise _plain(what, error) from None


def _plain(what: str, error: OSError) -> Unreadable:
    told = _AMAZON.search(str(error))
    known = os.strerror(error.errno) if error.errno else type(error).__name__
    kind = told[1].lower().replace("_", " ") if told else known
    return Unreadable(f"{what}: {kind}", advice="Check the address, the rights, and the credentials.")
