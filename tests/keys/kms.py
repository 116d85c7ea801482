"""A KMS for tests of what happens when there is none."""

import asyncio

from privity.errors import KeysUnavailable
from privity.vault import Context, GeneratedKey, KeyManagement, KmsHealth, Secret


class SwitchedKms:
    """Another KMS that can be switched off or made to hang, and that counts how often it unwraps."""

    def __init__(self, inner: KeyManagement) -> None:
        self.inner = inner
        self.down = False
        self.hangs = False
        self.unwrapped = 0

    async def generate(self, context: Context) -> GeneratedKey:
        await self._answer()
        return await self.inner.generate(context)

    async def unwrap(self, wrapped: bytes, context: Context) -> Secret:
        await self._answer()
        self.unwrapped += 1
        return await self.inner.unwrap(wrapped, context)

    async def rewrap(self, wrapped: bytes, context: Context) -> bytes:
        await self._answer()
        return await self.inner.rewrap(wrapped, context)

    async def destroy(self, root: int) -> None:
        await self._answer()
        await self.inner.destroy(root)

    async def health(self) -> KmsHealth:
        await self._answer()
        return await self.inner.health()

    async def _answer(self) -> None:
        if self.down:
            raise KeysUnavailable("The KMS does not answer.")
        if self.hangs:
            await asyncio.Event().wait()
