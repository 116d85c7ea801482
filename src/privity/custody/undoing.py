"""Taking back what an intake made outside of its transaction, when that transaction came to nothing.

Keys and blobs are made before the row that names them. An error mostly says that there is no row, and then they are
destroyed at once. But a connection that is lost during COMMIT, or a cancellation that comes then, leaves it open: the
row may stand, with an idempotency key that answers for it, and destroying its key would lose what was accepted. So what
is undecided is left to the sweep, which looks for the row first; until then no more lies there than ciphertext.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from privity.store import is_undecided


@asynccontextmanager
async def undone_by(take_back: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """Call `take_back` when the block ends in an error after which no transaction in it can have been kept."""
    try:
        yield
    except BaseException as error:
        if not is_undecided(error):
            await take_back()
        raise
