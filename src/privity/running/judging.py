"""Whether the logs of an installation hold: each by itself, and each against what the platform's log says of it.

The platform's log introduces every tenant's log with its public key and tells its heads, under a blinded name. So a log
that was rolled back together with its checkpoints, or replaced, differs from what was told, unless the platform's log
was rolled back with it: that only a checkpoint kept elsewhere can show.
"""

import asyncio
from typing import Final

import msgspec

from privity.errors import NotFound, VerificationError
from privity.ledger import Head, Verified, Verifier, verify_bundle
from privity.notary import PLATFORM
from privity.running.records import Logs, exported_log

_HASH: Final = 32


class _Said(msgspec.Struct):
    log: str
    size: int = -1
    root: str = ""
    public_key: str = ""


class _Leaf(msgspec.Struct):
    index: int
    kind: str
    body: msgspec.Raw


class _Told:
    """What the platform's log tells of other logs, by their blinded names."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.introduced_at: dict[str, int] = {}
        self._heads: dict[str, bytearray] = {}  # packed: there is one a second for each log that grows

    def read(self, leaf: bytes) -> None:
        """Take in one leaf of the platform's log; whether it was signed is judged by whoever reads it."""
        if b'"kind":"tenant_checkpoint"' not in leaf and b'"kind":"log_opened"' not in leaf:
            return
        try:
            entry = msgspec.json.decode(leaf, type=_Leaf)
            said = msgspec.json.decode(entry.body, type=_Said)
            root = bytes.fromhex(said.root)
        except (msgspec.MsgspecError, ValueError):
            return
        if entry.kind == "log_opened":
            self.keys[said.log] = said.public_key
            self.introduced_at[said.log] = entry.index
        elif entry.kind == "tenant_checkpoint" and len(root) == _HASH and said.size > 0:
            self._heads.setdefault(said.log, bytearray()).extend(said.size.to_bytes(8, "big") + root)

    def heads(self, name: str) -> list[Head]:
        """Return the heads that were told of a log."""
        packed = bytes(self._heads.get(name, b""))
        width = 8 + _HASH
        return [
            Head(int.from_bytes(packed[at : at + 8], "big"), packed[at + 8 : at + width])
            for at in range(0, len(packed), width)
        ]


class LogsJudge:
    """Judges the platform's log first, once, and then tenants' logs by what it tells."""

    def __init__(self, logs: Logs) -> None:
        self._logs = logs
        self._told: _Told | None = None
        self._names: dict[str, str] = {}

    async def platform(self) -> Verified:
        """Return what the platform's log proves, and keep what it tells; raise VerificationError if it does not hold.

        It tells too that a log is gone, or was replaced by another of its name.
        """
        told = _Told()
        try:
            async with exported_log(self._logs, PLATFORM) as (vkey, stream):
                # beside the event loop, which a long log would keep from everything else that the ledger is asked for
                verified = await asyncio.to_thread(verify_bundle, stream, vkeys=[vkey], read=told.read)
        except NotFound:
            raise _gone() from None
        self._names = await self._logs.ledger.blinded_names()
        gone = [index for name, index in told.introduced_at.items() if name not in self._names]
        self._told = told
        if gone:
            raise VerificationError(
                "A log that the platform's log introduced is gone, or another stands in its place.",
                first_bad_index=min(gone),
            )
        return verified

    async def tenant(self, log: str) -> Verified:
        """Return what a tenant's log proves; raise VerificationError if it is not what was signed and told.

        It is judged by itself alone when the platform's log does not hold.
        """
        try:
            async with exported_log(self._logs, log) as (vkey, stream):
                heads = await self._heads(log, vkey)
                return await asyncio.to_thread(verify_bundle, stream, vkeys=[vkey], told=heads)
        except NotFound:
            raise _gone() from None

    async def _heads(self, log: str, vkey: str) -> list[Head]:
        if self._told is None:
            return []
        if self._told.keys.get(self._name_of(log)) is None:  # it may be younger than what was read
            await self.platform()
        name = self._name_of(log)
        if self._told.keys.get(name) != Verifier.from_vkey(vkey).public.hex():
            raise VerificationError(
                "The platform's log does not know this log by this name and key: it was replaced.", first_bad_index=0
            )
        return self._told.heads(name)

    def _name_of(self, log: str) -> str:
        return next((name for name, known in self._names.items() if known == log), "")


def _gone() -> VerificationError:
    return VerificationError("The log, or every checkpoint of it, is gone.", first_bad_index=0)
