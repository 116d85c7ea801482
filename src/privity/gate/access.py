"""An act that was allowed and recorded: all that services take, and the only source of tenant transactions."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final, NoReturn, Protocol
from uuid import UUID

from privity.gate.actions import Action
from privity.gate.facts import Facts
from privity.gate.rows import RowFilter
from privity.identity import Caller
from privity.notary import Receipt
from privity.store import TenantTransaction, is_undecided

_USED: Final = """
    UPDATE tenant.access_grant SET uses = uses + 1, last_used_at = greatest(last_used_at, clock_timestamp())
    WHERE id = %s
"""


class TakesStatements(Protocol):
    """Any transaction that an outcome can ride in."""

    async def execute(self, sql: Any, parameters: Any = ()) -> int:
        """Run one statement."""
        ...


class Opens(Protocol):
    """What an access needs of the gate that made it."""

    def tenant_transaction(self, access: "Access", *, read_only: bool) -> Any:
        """Open a transaction of the access's tenant."""
        ...

    async def enqueue_outcome(self, access: "Access", tx: TakesStatements) -> None:
        """Put the outcome entry into a transaction."""
        ...

    async def enqueue_certificate(self, access: "Access", tx: TakesStatements, deletion: UUID, digest: str) -> UUID:
        """Put the entry that commits to a certificate into a transaction, and return its id."""
        ...

    async def refuse(self, access: "Access", layer: str) -> NoReturn:
        """Record that a layer behind the gate refused, and raise Refused."""
        ...

    def rows(self, caller: Caller, action: Action) -> RowFilter:
        """Return which conversations an act may touch."""
        ...


class Access:
    """What the gate gives for one allowed act.

    The intent stands in the ledger at `receipt` before this exists. Exactly one outcome follows: it rides in the
    transaction that `transaction()` opens, or the gate writes it when the act ends without one.
    """

    def __init__(
        self,
        gate: Opens,
        caller: Caller,
        action: Action,
        facts: Facts,
        *,
        decision: UUID,
        outcome_id: UUID,
        receipt: Receipt,
    ) -> None:
        self.caller = caller
        self.action = action
        self.decision = decision
        self.outcome_id = outcome_id
        self.receipt = receipt
        self.status = 200
        self.outcome: dict[str, Any] = {}
        self.ids: list[str] | None = None
        self.settled = False
        self._facts = facts
        self._gate = gate

    @property
    def tenant(self) -> UUID:
        """The tenant whose data this act may touch."""
        if self.caller.tenant is None:
            raise RuntimeError("a platform caller has no tenant")
        return self.caller.tenant

    @property
    def project(self) -> UUID:
        """The project that the act happens in."""
        if self._facts.project is None:
            raise RuntimeError(f"{self.action} has no project")
        return self._facts.project

    @property
    def resource_kind(self) -> str:
        """The kind of thing that the act is done to."""
        return self._facts.resource.kind

    @property
    def resource_id(self) -> str:
        """The id of the thing that the act is done to."""
        return self._facts.resource.id

    def fact(self, name: str) -> str:
        """Return one fact of the resource, as the policies saw it."""
        return str(self._facts.resource.facts[name])

    @property
    def under_grant(self) -> UUID | None:
        """The grant that covered the resource, if one did."""
        grant = self._facts.context.get("grant")
        return None if grant is None else UUID(grant["id"])

    async def demand(self, *actions: Action) -> None:
        """Return when the access was opened for one of these acts.

        A service asks this of every access it is given, so that one which was opened for something else, or made past
        the gate, ends here: Refused, with an entry that names the layer `service`.
        """
        if self.action not in actions:
            await self._gate.refuse(self, "service")

    def rows(self, action: Action) -> RowFilter:
        """Return the SQL predicate of the conversations that the caller may do this to."""
        return self._gate.rows(self.caller, action)

    async def refused_rows(self) -> NoReturn:
        """Record that the rows themselves were not the caller's, and raise Refused (layer `repository`)."""
        await self._gate.refuse(self, "repository")

    def made(self, thing: UUID) -> None:
        """Name what the act created, for its outcome."""
        self.outcome["made"] = str(thing)

    def touched(self, things: Iterable[UUID]) -> None:
        """Name every record that a list showed: in its outcome, and in entries behind it where one cannot hold them."""
        self.ids = [str(thing) for thing in things]

    def settles_as(self, **facts: Any) -> UUID:
        """Add facts to the outcome and return the id that its entry will have."""
        self.outcome |= facts
        return self.outcome_id

    @asynccontextmanager
    async def transaction(self, *, settles: bool = True) -> AsyncIterator[TenantTransaction]:
        """Open a transaction of the tenant.

        With `settles` (once an act) the outcome entry commits together with it; a step before the last says false.
        When nobody learns how the commit ended, its entry alone tells: no other outcome is written, which would say
        that the act failed where it may have been done.
        """
        if settles and self.settled:
            raise RuntimeError("the outcome of this act was already written")
        ends = False
        try:
            async with self._gate.tenant_transaction(self, read_only=False) as tx:
                yield tx
                if settles and self.under_grant is not None:
                    await tx.execute(_USED, (self.under_grant,))
                if settles:
                    await self._gate.enqueue_outcome(self, tx)
                ends = settles
        except BaseException as error:
            self.settled = self.settled or (ends and is_undecided(error))
            raise
        self.settled = self.settled or settles

    async def certify(self, tx: TakesStatements, deletion: UUID, digest: str) -> UUID:
        """Let an entry about one of many deletions ride in a transaction, and return its id: it commits to `digest`."""
        return await self._gate.enqueue_certificate(self, tx, deletion, digest)

    async def settle(self, tx: TakesStatements) -> None:
        """Let the outcome ride in a transaction that another door opened (the platform's)."""
        await self._gate.enqueue_outcome(self, tx)
        self.settled = True
