"""Lets a few heavy acts of each tenant through at a time, so that one who asks again and again delays only himself."""

import asyncio
from typing import Final
from uuid import UUID
from weakref import WeakValueDictionary

_AT_ONCE: Final = 2


class Turnstile:
    """What takes a thread for seconds, such as a long conversation before the last filter, waits here for its turn."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[UUID, asyncio.Semaphore] = WeakValueDictionary()

    def of(self, tenant: UUID) -> asyncio.Semaphore:
        """Return what is held for as long as a heavy act of the tenant takes; nobody waits for another tenant's."""
        return self._turns.setdefault(tenant, asyncio.Semaphore(_AT_ONCE))
