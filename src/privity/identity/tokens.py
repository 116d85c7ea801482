"""Tokens as rows: made, listed, revoked, inside a tenant transaction that the gate has opened."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.errors import NotFound
from privity.identity.scopes import Scope
from privity.identity.token_hashes import StoredHashes
from privity.identity.token_text import TokenText
from privity.store import TenantTransaction

_ADD: Final = "SELECT identity.add_token(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
_LIST: Final = "SELECT * FROM identity.list_tokens()"
_REVOKE: Final = "SELECT identity.revoke_token(%s, %s) AS revoked"


class TokenListed(msgspec.Struct, frozen=True, kw_only=True):
    """A token as a list shows it; `made_by` is a caller in one word, `last_used_address` is sealed. Times are UTC."""

    id: str
    project_id: UUID
    name: str
    scopes: list[str]
    made_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_used_address: bytes | None


class _Revoked(msgspec.Struct, frozen=True):
    revoked: bool


async def add_token(
    tx: TenantTransaction,
    token: TokenText,
    stored: StoredHashes,
    *,
    project: UUID,
    name: str,
    scopes: frozenset[Scope],
    made_by: str,
    created_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep a new token's hashes, so that it is accepted from the commit on."""
    row = (token.id, project, name, sorted(scopes), stored.hash, stored.mac, made_by, created_at, expires_at)
    await tx.execute(_ADD, row)


async def list_tokens(tx: TenantTransaction) -> list[TokenListed]:
    """Return every token of the tenant, revoked and expired ones too, oldest first."""
    return await tx.fetch_all(_LIST, into=TokenListed)


async def revoke_token(tx: TenantTransaction, token_id: str, at: datetime) -> None:
    """End a token for good, from the commit on and in every process; raises NotFound for one the tenant lacks."""
    found = await tx.fetch_one(_REVOKE, (token_id, at), into=_Revoked)
    if found is None or not found.revoked:
        raise NotFound("this tenant has no such token", advice="`privity token list` shows those there are.")
