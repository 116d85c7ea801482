"""Accounts at carriers: where each is and what opens it, sealed; the carriers that are made from them.

A carrier calls back at addresses below `public_url`, which name tenant and account. What it is told there is worth
something only together with the signature that its secret makes.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.delivery.carriers import Carrier
from privity.delivery.egress import Egress
from privity.delivery.vendor import Vendor, VendorAccount
from privity.delivery.vendor_carrier import VendorCarrier
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access
from privity.identity import CarrierRow, add_carrier, list_carriers, remove_carrier
from privity.ids import Ids
from privity.keys import TenantSeals
from privity.store import TenantTransaction
from privity.vault import Plaintext, Secret

PREFIX: Final = "/carrier/"
TWILIO: Final = "https://api.twilio.com"
_ACCOUNT: Final = re.compile(r"[A-Za-z0-9-]{1,64}\Z")
_NUMBERS: Final = "SELECT count(*) AS count FROM tenant.number WHERE carrier_id = %s"
_OF_NUMBER: Final = "SELECT carrier_id FROM tenant.number WHERE project_id = %s AND number_index = %s"


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sealed of an account: its address, its name, the token that opens it, and the secret it signs with."""

    origin: str
    account: str
    token: str
    signs_with: str

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "Where(hidden)"


class CarrierAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account at a carrier, opened; `signs_with` is what its requests are signed under."""

    id: UUID
    project_id: UUID
    vendor: Vendor
    where: Where

    @property
    def signs_with(self) -> Secret:
        """The secret that the carrier signs its requests with."""
        return Secret(self.where.signs_with.encode())


class _Count(msgspec.Struct, frozen=True):
    count: int


class _Carried(msgspec.Struct, frozen=True):
    carrier_id: UUID | None


class CarrierAccounts:
    """Connects, opens and disconnects accounts, and makes carriers of them. `public_url` is where they call back."""

    def __init__(self, seals: TenantSeals, egress: Egress, ids: Ids, clock: Clock, public_url: str | None) -> None:
        self._seals = seals
        self._egress = egress
        self._ids = ids
        self._clock = clock
        self.public_url = None if public_url is None else public_url.rstrip("/")

    async def connect(
        self, access: Access, vendor: Vendor, *, origin: str, account: str, token: str, signs_with: str
    ) -> UUID:
        """Return the id of a new account of the access's project; it carries numbers that are put on it.

        Raises BadInput for an address that may not be called, an account that is none, or a secret that is missing.
        """
        self._egress.check_url(origin)
        if not _ACCOUNT.match(account):
            raise BadInput("the account is not a sid", advice="Give the account or project id as the vendor shows it.")
        if not token or not signs_with:
            raise BadInput(
                "the account's token is missing",
                advice="Give it by PRIVITY_CARRIER_SECRET_FILE, never on the command line.",
            )
        carrier = self._ids.new()
        where = Where(origin.rstrip("/"), account, token, signs_with)
        sealed = await self._seals.seal(access.tenant, carrier, Plaintext(msgspec.json.encode(where)))
        row = CarrierRow(
            id=carrier,
            project_id=access.project,
            vendor=str(vendor),
            sealed=sealed,
            created_at=self._clock.now(),
        )
        async with access.transaction() as tx:
            await add_carrier(tx, row)
            access.made(carrier)
        return carrier

    async def listed(self, access: Access) -> list[CarrierRow]:
        """Return the accounts of the access's project, oldest first, without opening them."""
        async with access.transaction() as tx:
            found = await list_carriers(tx, access.project)
            access.touched(row.id for row in found)
        return found

    async def disconnect(self, access: Access, carrier: UUID) -> None:
        """Remove an account with its secrets; raises Conflict while numbers are on it."""
        async with access.transaction() as tx:
            counted = await tx.fetch_one(_NUMBERS, (carrier,), into=_Count)
            if counted is not None and counted.count:
                raise Conflict("numbers are on this carrier", advice="Put them on another one, or on the loopback.")
            if not await remove_carrier(tx, carrier, access.project):
                raise _unknown()

    async def of_number(self, tx: TenantTransaction, project: UUID, number_index: bytes) -> UUID | None:
        """Return the account that a number of the project is on, or None for the loopback carrier."""
        row = await tx.fetch_one(_OF_NUMBER, (project, number_index), into=_Carried)
        return None if row is None else row.carrier_id

    async def behind(self, access: Access, tx: TenantTransaction, number_index: bytes) -> CarrierAccount | None:
        """Return that account with its secrets, or None for the loopback carrier."""
        carrier = await self.of_number(tx, access.project, number_index)
        return None if carrier is None else await self.one(access, tx, carrier)

    async def one(self, access: Access, tx: TenantTransaction, carrier: UUID) -> CarrierAccount:
        """Return an account of the access's project; raises NotFound."""
        row = next((each for each in await list_carriers(tx, access.project) if each.id == carrier), None)
        if row is None:
            raise _unknown()
        return await self.opened(access.tenant, row)

    async def opened(self, tenant: UUID, row: CarrierRow) -> CarrierAccount:
        """Return an account with its secrets; raises SealBroken, and KeysUnavailable."""
        where = msgspec.json.decode((await self._seals.open(tenant, row.id, row.sealed)).reveal(), type=Where)
        return CarrierAccount(id=row.id, project_id=row.project_id, vendor=Vendor(row.vendor), where=where)

    @asynccontextmanager
    async def reached(self, account: CarrierAccount) -> AsyncIterator[Carrier]:
        """Lend the carrier that an account is; raises BadInput when its address may not be called any more."""
        where = account.where
        secret = Secret(where.token.encode())
        carrier = VendorCarrier(account.vendor, where.origin, where.account, secret, self._egress)
        try:
            yield carrier
        finally:
            await carrier.close()

    def vendor_account(self, account: CarrierAccount) -> VendorAccount:
        """Return the account as a place whose records and files can be read."""
        where = account.where
        return VendorAccount(account.vendor, where.origin, where.account, Secret(where.token.encode()), self._egress)

    def callback(self, tenant: UUID, carrier: UUID, what: str) -> str | None:
        """Return the address at which a carrier tells of something, or None while there is no public one."""
        return None if self.public_url is None else f"{self.public_url}{PREFIX}{tenant}/{carrier}/{what}"


def _unknown() -> NotFound:
    return NotFound("the project has no such carrier", advice="`privity carrier list` shows them.")
