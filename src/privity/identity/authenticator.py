"""From an Authorization header to a caller, reading the token's row anew each time: a revocation holds at once."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import NotAuthenticated
from privity.identity.callers import Caller, CallerKind, Origin
from privity.identity.oauth import OAuth
from privity.identity.scopes import Scope
from privity.identity.token_hashes import StoredHashes, TokenHashes
from privity.identity.token_text import TokenText, not_accepted
from privity.identity.usage import TokenUsage
from privity.store import Database
from privity.store.transactions.lookup import open_lookup_transaction

_FIND: Final = "SELECT * FROM identity.find_token(%s, %s)"


class _TokenRow(msgspec.Struct, frozen=True):
    project_id: UUID
    scopes: list[str]
    hash: str
    mac: bytes
    expires_at: datetime
    revoked_at: datetime | None


class Authenticator:
    """Says who is calling. Nothing about a token is remembered between requests but that its secret was right."""

    def __init__(self, database: Database, hashes: TokenHashes, usage: TokenUsage, oauth: OAuth, clock: Clock) -> None:
        self._database = database
        self._oauth = oauth
        self._hashes = hashes
        self._usage = usage
        self._clock = clock

    async def bearer(self, authorization: str, origin: Origin) -> Caller:
        """Return the service that a bearer token belongs to, one of ours or an access token of `/oauth/token`.

        Raises NotAuthenticated for a token that is mistyped, unknown, wrong, expired or revoked, alike in each case.
        """
        scheme, _, text = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise NotAuthenticated("no bearer token was sent", advice="Send `Authorization: Bearer` and the token.")
        if text.count(".") == 2 and not text.startswith("privity_"):  # a JWT (RFC 7519) has three parts
            service = await self._oauth.bearer(text.strip(), origin)
            self._usage.note_service(service, self._clock.now())
            return service
        token = TokenText.parse(text.strip())
        self._hashes.turn_away(token)
        row = await self._row(token.tenant, token.id)
        await self._hashes.check(token, StoredHashes(row.hash, row.mac))
        caller = _service(token.tenant, token.id, row, origin)
        self._usage.note(caller, self._clock.now())
        return caller

    async def maker(self, tenant: UUID, token_id: str, origin: Origin) -> Caller:
        """Return the service that made something which it has signed for, with the rights that it has now.

        Only for what carries our own signature, such as an address. Raises NotAuthenticated for a token that is
        expired, revoked or gone.
        """
        return _service(tenant, token_id, await self._row(tenant, token_id), origin)

    async def _row(self, tenant: UUID, token_id: str) -> _TokenRow:
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            row = await lookup.fetch_one(_FIND, (tenant, token_id), into=_TokenRow)
        now = self._clock.now()
        if row is None or row.revoked_at is not None or row.expires_at <= now:
            raise not_accepted()
        return row


def _service(tenant: UUID, token_id: str, row: _TokenRow, origin: Origin) -> Caller:
    return Caller(
        kind=CallerKind.SERVICE,
        id=token_id,
        tenant=tenant,
        project=row.project_id,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        origin=origin,
    )
