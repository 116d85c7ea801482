"""Files that somebody names by address, fetched from hosts that may be called: whole, small, and from there only.

No redirect is followed and nothing of ours goes along. What was named is never repeated in an error.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import httpx

from privity.delivery.egress import Egress
from privity.delivery.reading import PLAIN, read_whole
from privity.delivery.vendor import ListedHosts
from privity.errors import BadInput, Forbidden, TooLarge

LARGEST: Final = 20 * 1024 * 1024
_PATIENCE: Final = httpx.Timeout(10.0)
_WHOLE: Final = 30.0  # seconds for everything that one request names


class Fetching:
    """Fetches files over HTTP."""

    def __init__(self, egress: Egress) -> None:
        self._egress = egress

    async def all(self, urls: Sequence[str], *, largest: int = LARGEST) -> list[bytes]:
        """Return the files at some addresses, together of at most `largest` bytes.

        Raises BadInput for an address that may not be called or gives no file, TooLarge.
        """
        if not urls:
            return []
        for url in urls:
            self._egress.check_url(url)
        found: list[bytes] = []
        try:
            async with (
                asyncio.timeout(_WHOLE),
                httpx.AsyncClient(transport=ListedHosts(self._egress), timeout=_PATIENCE, trust_env=False) as client,
            ):
                for url in urls:
                    found.append(await _one(client, url, largest - sum(map(len, found))))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, Forbidden):
            raise _no_file() from None
        return found


async def _one(client: httpx.AsyncClient, url: str, largest: int) -> bytes:
    async with client.stream("GET", url, headers={"Accept": "*/*", **PLAIN}) as answer:
        if not answer.is_success:
            raise _no_file()
        try:
            return await read_whole(answer, largest)
        except TooLarge:
            raise TooLarge(
                f"what the address gives is larger than {LARGEST} bytes", advice="Send less at once."
            ) from None


def _no_file() -> BadInput:
    return BadInput("the address gives no file", advice="It has to answer with the file itself, from a listed host.")
