"""What a PostgreSQL error becomes: one of Privity's errors, with the SQLSTATE and names only.

PostgreSQL puts values into its messages ("Key (email)=(…) already exists"), so nothing of them is passed on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from privity.errors import BadInput, Conflict, Misconfigured, PrivityError, StoreUnavailable

# Classes of SQLSTATE (PostgreSQL manual, appendix A) after which asking again later is safe: connection lost, rolled
# back by a conflict, out of disk, memory or connections, stopped by an operator, failed below the database.
_PASSING = ("08", "40", "53", "57", "58")
_TAKEN = ("23503", "23505", "23P01")

# What a COMMIT is answered with when it surely kept nothing: a constraint that is checked at the end, or a conflict
# with another transaction. 40003 says of itself that it does not know; an operator's stop may come after the deed.
_UNDONE = ("23", "40")
_UNKNOWN = "40003"
_UNDECIDED: Final = "The transaction was being committed: the database may have kept it."


@contextmanager
def translated_failures() -> Iterator[None]:
    """Turn every error of PostgreSQL inside the block into one of Privity's, without its text.

    Raises StoreUnavailable, Conflict, BadInput or Misconfigured.
    """
    try:
        yield
    except (PoolTimeout, TooManyRequests, PoolClosed, TimeoutError):
        raise StoreUnavailable("The database does not answer.", advice="Run `privity doctor`.") from None
    except psycopg.Error as error:
        raise translate(error) from None


def is_undone(error: psycopg.Error) -> bool:
    """Return whether an error that a COMMIT was answered with says for certain that nothing was kept."""
    state = error.sqlstate
    return state is not None and state.startswith(_UNDONE) and state != _UNKNOWN


def leave_undecided(error: BaseException) -> None:
    """Note on an error that the transaction which it ended may have been kept.

    It is a note because a cancellation has to stay what it is: a kind of its own would pass by `asyncio.timeout`.
    """
    error.add_note(_UNDECIDED)


def is_undecided(error: BaseException) -> bool:
    """Return whether the transaction that this error ended may have been kept; otherwise it surely was not.

    Whoever would undo what was done outside of the transaction has to ask: what a row names must stay.
    """
    return _UNDECIDED in getattr(error, "__notes__", ())


def translate(error: psycopg.Error) -> PrivityError:
    """Return Privity's error for one of PostgreSQL."""
    state = error.sqlstate
    if state == "53100":
        return StoreUnavailable("The database's disk is full.", advice="Free space; nothing was lost.")
    if state is None and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return StoreUnavailable("The connection to the database was lost.", advice="Run `privity doctor`.")
    if state is not None and state.startswith(_PASSING):
        return StoreUnavailable(f"The database could not finish (SQLSTATE {state}).", advice="Ask again later.")
    name = error.diag.constraint_name
    if state in _TAKEN:
        return Conflict(f"This stands against what is kept already: {name}.")
    if state is not None and state.startswith(("22", "23")):
        return BadInput(f"A value does not fit where it is kept: {name or 'SQLSTATE ' + state}.")
    return Misconfigured(
        f"The database refused a statement (SQLSTATE {state or 'unknown'}).",
        advice="Run `privity doctor`; it compares the database with what this version expects.",
    )
