"""Sessions of people: a five-minute cookie, a refresh token that is good once, and a row that is read each time.

The cookie is a signed text, but it is the row that decides: ended, expired, idle, or another role since, it holds from
the very next request on. A refresh token is the session's present generation, signed; the one before is nobody's any
more, and when it comes all the same the session ends, because one of its two holders is a thief (promise C83).
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.errors import NotAuthenticated, PrivityError
from privity.identity.callers import Caller, CallerKind, Origin
from privity.identity.cookies import REFRESH, REFRESH_PATH, SESSION, Cookie
from privity.identity.links import Standing
from privity.identity.roles import Factor
from privity.identity.signed import SignedTexts
from privity.store import Database
from privity.store.transactions.lookup import open_lookup_transaction

ACCESS_LIVES: Final = timedelta(minutes=5)
SESSION_LIVES: Final = timedelta(hours=24)
_OVERLAP: Final = timedelta(seconds=30)
"""How long the cookie of the generation before still counts: requests that were under way when it was replaced."""

_WRITE_EVERY: Final = 0.5  # seconds
_FORGET_EVERY: Final = 120  # of those

_FIND: Final = "SELECT * FROM identity.find_session(%s, %s)"
_ROTATE: Final = "SELECT identity.rotate_session(%s, %s, %s, %s) AS done"
_DROP: Final = "SELECT identity.drop_session(%s, %s, %s, %s)"
_NOTE_SEEN: Final = "SELECT identity.note_seen(%s, %s, %s)"
_FORGET: Final = "SELECT identity.forget_expired(%s)"


class SessionRow(Standing, frozen=True, kw_only=True):
    """A session with its person as they are now."""

    person_id: UUID
    factors: list[Factor]
    generation: int
    rotated_at: datetime
    seen_at: datetime
    expires_at: datetime
    idle_seconds: int
    alive: bool
    enrolled: bool

    def over(self, now: datetime) -> bool:
        """Return whether it has ended, expired, or idled for too long."""
        idle_from = self.seen_at + timedelta(seconds=self.idle_seconds)
        return not self.alive or self.expires_at <= now or idle_from <= now


class _Done(msgspec.Struct, frozen=True):
    done: bool


class _Claims(msgspec.Struct, frozen=True):
    tid: UUID
    sub: UUID
    sid: UUID
    gen: int


class Renewal(msgspec.Struct, frozen=True):
    """What a refresh token asks for: the next cookies of its caller's session, if its generation is the present one."""

    caller: Caller
    generation: int
    expires_at: datetime


class Sessions:
    """Says who is signed in, and hands out cookies."""

    def __init__(self, database: Database, access: SignedTexts, refresh: SignedTexts, clock: Clock) -> None:
        self._database = database
        self._access = access
        self._refresh = refresh
        self._clock = clock
        self._seen: dict[tuple[UUID, UUID], datetime] = {}

    async def check(self, cookie: str, origin: Origin) -> Caller:
        """Return the person whose session cookie this is; one row is read.

        Raises NotAuthenticated, alike for every cause.
        """
        claims = _claims(self._access.read(cookie))
        row, now = await self._found(claims.tid, claims.sid), self._clock.now()
        previous = row.generation - 1 == claims.gen and now < row.rotated_at + _OVERLAP
        if row.person_id != claims.sub or row.over(now) or not (row.generation == claims.gen or previous):
            raise _over()
        self._seen[claims.tid, claims.sid] = now
        return person_caller(claims.tid, row, origin, session=claims.sid)

    async def holder(self, tenant: UUID, session: UUID, origin: Origin) -> Caller:
        """Return the person of a session that made something which carries our signature, with the rights of now.

        It is no sign of life. Raises NotAuthenticated once the session is over.
        """
        row = await self._found(tenant, session)
        if row.over(self._clock.now()):
            raise _over()
        return person_caller(tenant, row, origin, session=session)

    async def renewal(self, token: str, origin: Origin) -> Renewal:
        """Return whose refresh token this is, while the session lives; nothing happens to it.

        Raises NotAuthenticated, alike for every cause. Asking for a new cookie is no sign of life: idle time goes on.
        """
        claims = _claims(self._refresh.read(token))
        row = await self._found(claims.tid, claims.sid)
        if row.person_id != claims.sub or row.over(self._clock.now()):
            raise _over()
        caller = person_caller(claims.tid, row, origin, session=claims.sid)
        return Renewal(caller, claims.gen, row.expires_at)

    async def rotate(self, renewal: Renewal) -> tuple[Cookie, ...] | None:
        """Return new cookies for a refresh token, which is worth nothing from now on.

        Returns None, after the session was ended, for one that was used before.
        """
        caller, now = renewal.caller, self._clock.now()
        async with open_lookup_transaction(self._database) as lookup:
            named = (caller.tenant, caller.session)
            rotated = await lookup.fetch_one(_ROTATE, (*named, renewal.generation, now), into=_Done)
            if rotated is None or not rotated.done:
                await lookup.execute(_DROP, (*named, "refresh-token-reused", now))
        if rotated is None or not rotated.done:
            return None
        return self.cookies(caller, renewal.generation + 1, renewal.expires_at)

    def cookies(self, caller: Caller, generation: int, expires_at: datetime) -> tuple[Cookie, ...]:
        """Return the two cookies of a session's generation; neither outlives the session."""
        claims = {"tid": str(caller.tenant), "sub": caller.id, "sid": str(caller.session), "gen": generation}
        left = max(timedelta(0), expires_at - self._clock.now())
        access, refresh = min(ACCESS_LIVES, left), left
        return (
            Cookie(name=SESSION, value=self._access.make(claims, access), max_age=int(access.total_seconds())),
            Cookie(
                name=REFRESH,
                value=self._refresh.make(claims, refresh),
                max_age=int(refresh.total_seconds()),
                path=REFRESH_PATH,
            ),
        )

    async def expires_at(self, caller: Caller) -> datetime:
        """Return when a person's present session ends at the latest."""
        if caller.tenant is None or caller.session is None:
            raise _over()
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            row = await lookup.fetch_one(_FIND, (caller.tenant, caller.session), into=SessionRow)
        if row is None:
            raise _over()
        return row.expires_at

    async def write_forever(self) -> None:
        """Write when sessions were seen, and now and then forget what has expired, until cancelled; then once more."""
        rounds = 0
        try:
            while True:
                await asyncio.sleep(_WRITE_EVERY)
                with suppress(PrivityError):
                    await self.write_seen()
                    rounds += 1
                    if rounds % _FORGET_EVERY == 0:
                        await self.forget_expired()
        finally:
            with suppress(PrivityError):
                await self.write_seen()

    async def write_seen(self) -> None:
        """Write when sessions were last seen; what cannot be written now is kept for the next time."""
        seen, self._seen = self._seen, {}
        if not seen:
            return
        rows = [(tenant, session, at) for (tenant, session), at in seen.items()]
        try:
            async with open_lookup_transaction(self._database) as lookup:
                await lookup.execute(_NOTE_SEEN, [list(column) for column in zip(*rows, strict=True)])
        except PrivityError:
            self._seen = seen | self._seen
            raise

    async def forget_expired(self) -> None:
        """Delete codes and counters that have expired."""
        async with open_lookup_transaction(self._database) as lookup:
            await lookup.execute(_FORGET, (self._clock.now(),))

    async def _found(self, tenant: UUID, session: UUID) -> SessionRow:
        async with open_lookup_transaction(self._database, read_only=True) as lookup:
            row = await lookup.fetch_one(_FIND, (tenant, session), into=SessionRow)
        if row is None:
            raise _over()
        seen = self._seen.get((tenant, session))
        return row if seen is None or seen <= row.seen_at else msgspec.structs.replace(row, seen_at=seen)


class _Stands(Standing, frozen=True, kw_only=True):
    person_id: UUID
    factors: list[Factor]
    enrolled: bool


def person_caller(tenant: UUID, row: SessionRow | _Stands, origin: Origin, *, session: UUID | None) -> Caller:
    """Return a person as a caller, with what their session has shown."""
    return Caller(
        kind=CallerKind.PERSON,
        id=str(row.person_id),
        tenant=tenant,
        role=row.role,
        clinical=row.clinical,
        projects=frozenset(row.projects),
        every_project=row.every_project,
        factors=frozenset(row.factors),
        enrolled=row.enrolled,
        session=session,
        origin=origin,
    )


def person_signing_in(
    tenant: UUID, person: UUID, standing: Standing, factor: Factor, origin: Origin, *, enrolled: bool
) -> Caller:
    """Return a person who has shown a first factor and has no session yet."""
    stands = _Stands(
        person_id=person,
        role=standing.role,
        clinical=standing.clinical,
        every_project=standing.every_project,
        projects=standing.projects,
        factors=[factor],
        enrolled=enrolled,
    )
    return person_caller(tenant, stands, origin, session=None)


def _claims(told: dict[str, Any]) -> _Claims:
    try:
        return msgspec.convert(told, _Claims)
    except msgspec.ValidationError:
        raise _over() from None


def _over() -> NotAuthenticated:
    return NotAuthenticated("nobody is signed in here", advice="Sign in.")
