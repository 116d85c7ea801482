"""Second factors as rows: kept, listed, used and removed inside a tenant transaction that the gate has opened."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

import msgspec

from privity.identity.passkeys import Registered
from privity.store import TenantTransaction
from privity.vault import Secret

RECOVERY_CODES: Final = 10
_RECOVERY_BYTES: Final = 10  # 80 bits: not to be guessed, short enough to be written down

_ADD: Final = "SELECT identity.add_factor(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) AS done"
_LIST: Final = "SELECT * FROM identity.list_factors(%s)"
_USE_TOTP: Final = "SELECT identity.use_totp(%s, %s, %s) AS done"
_USE_PASSKEY: Final = "SELECT identity.use_passkey(%s, %s, %s) AS done"
_USE_RECOVERY: Final = "SELECT identity.use_recovery(%s, %s, %s) AS done"
_REMOVE: Final = "SELECT identity.remove_factors(%s, %s, %s) AS count"
_RAISE: Final = "SELECT * FROM identity.raise_session(%s, %s, %s)"


class FactorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A second factor; `seed` is sealed. Times are UTC."""

    id: UUID
    kind: str
    name: str
    seed: bytes | None
    credential: bytes | None
    public_key: bytes | None
    sign_count: int | None
    created_at: datetime
    confirmed_at: datetime | None
    used_at: datetime | None


class _Done(msgspec.Struct, frozen=True):
    done: bool


class _Count(msgspec.Struct, frozen=True):
    count: int


class _Generation(msgspec.Struct, frozen=True):
    generation: int


async def add_totp(tx: TenantTransaction, factor: UUID, person: UUID, name: str, seed: bytes, at: datetime) -> None:
    """Keep a sealed seed that opens nothing until a code of it was entered."""
    await tx.fetch_one(_ADD, (factor, person, "totp", name, seed, None, None, None, None, at, None), into=_Done)


async def add_passkey(
    tx: TenantTransaction, factor: UUID, person: UUID, name: str, passkey: Registered, at: datetime
) -> bool:
    """Keep a passkey and return whether it is new."""
    row = (
        factor,
        person,
        "passkey",
        name,
        None,
        passkey.credential,
        passkey.public_key,
        passkey.sign_count,
        None,
        at,
        at,
    )
    added = await tx.fetch_one(_ADD, row, into=_Done)
    return added is not None and added.done


async def list_factors(tx: TenantTransaction, person: UUID) -> list[FactorRow]:
    """Return a person's factors, unconfirmed ones and recovery codes too, oldest first."""
    return await tx.fetch_all(_LIST, (person,), into=FactorRow)


async def use_totp(tx: TenantTransaction, factor: UUID, step: int, at: datetime) -> bool:
    """Use a time step and return whether it was newer than every one before; the first confirms the factor."""
    return await _done(tx, _USE_TOTP, (factor, step, at))


async def use_passkey(tx: TenantTransaction, factor: UUID, sign_count: int, at: datetime) -> bool:
    """Note a passkey's counter and return whether it rose, or stands still at 0 as that of a synced passkey does."""
    return await _done(tx, _USE_PASSKEY, (factor, sign_count, at))


async def remove_factors(
    tx: TenantTransaction, person: UUID, *, factor: UUID | None = None, kind: str | None = None
) -> int:
    """Remove one factor, all of a kind, or all, and return how many."""
    removed = await tx.fetch_one(_REMOVE, (person, factor, kind), into=_Count)
    return 0 if removed is None else removed.count


async def raise_session(tx: TenantTransaction, session: UUID, factor: str, at: datetime) -> int | None:
    """Note that a session has shown a factor and return its new generation, or None when it has ended."""
    raised = await tx.fetch_one(_RAISE, (session, factor, at), into=_Generation)
    return None if raised is None else raised.generation


class RecoveryCodes:
    """Codes to be written down, for whoever lost every other factor: each works once, ten at a time."""

    def __init__(self, pepper: Secret, randomness: Callable[[int], bytes] = os.urandom) -> None:
        self._pepper = pepper
        self._randomness = randomness

    async def replace(self, tx: TenantTransaction, person: UUID, ids: list[UUID], at: datetime) -> list[str]:
        """Return new codes, to be shown this once; those that there were are worth nothing any more."""
        await remove_factors(tx, person, kind="recovery")
        codes = []
        for factor in ids:
            letters = base64.b32encode(self._randomness(_RECOVERY_BYTES)).decode().lower()
            codes.append("-".join(letters[start : start + 4] for start in range(0, 16, 4)))
            row = (factor, person, "recovery", "recovery code", None, None, None, None, self._mac(codes[-1]), at, at)
            await tx.fetch_one(_ADD, row, into=_Done)
        return codes

    async def use(self, tx: TenantTransaction, person: UUID, code: str, at: datetime) -> bool:
        """Use a code up and return whether it was one of the person's."""
        return await _done(tx, _USE_RECOVERY, (person, self._mac(code), at))

    def _mac(self, code: str) -> bytes:
        plain = "".join(code.lower().replace("-", "").split())
        return hmac.digest(self._pepper.reveal(), b"recovery|" + plain.encode(), hashlib.sha256)


async def _done(tx: TenantTransaction, sql: LiteralString, row: tuple[object, ...]) -> bool:
    answer = await tx.fetch_one(sql, row, into=_Done)
    return answer is not None and answer.done
