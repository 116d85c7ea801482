"""Everything that lets people in, made once from an installation's keys and databases."""

from typing import Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.delivery import Postbox
from privity.identity import (
    Addresses,
    Codes,
    Directory,
    Links,
    Origin,
    Rates,
    RecoveryCodes,
    Sessions,
    SignedTexts,
)
from privity.identity.browsers import FLOW_LIVES, Browser, Flows, bytes_in
from privity.identity.oauth import AUDIENCE, OAuth
from privity.identity.passkeys import passkey_not_accepted
from privity.identity.people import PasskeyFound
from privity.ids import Ids
from privity.keys import FileKeyring, TenantSeals
from privity.running.notices import Notices
from privity.store import Database
from privity.vault import Plaintext

_AUDIENCE: Final = "privity:people:"


class Doorway:
    """The parts that signing in, enrolling and inviting share.

    Each signed text has a key of its own, derived for its purpose: none is ever accepted for another, and none of them
    for anything of the bots' surface.
    """

    def __init__(
        self,
        data: Database,
        keyring: FileKeyring,
        *,
        addresses: Addresses,
        seeds: TenantSeals,
        origins: TenantSeals,
        postbox: Postbox,
        ids: Ids,
        clock: Clock,
    ) -> None:
        def texts(what: str) -> SignedTexts:
            return SignedTexts(keyring.derive(f"people {what}"), _AUDIENCE + what, clock)

        self.addresses = addresses
        self.seeds = seeds
        self.postbox = postbox
        self.ids = ids
        self.clock = clock
        self.directory = Directory(data)
        self.sessions = Sessions(data, texts("session"), texts("refresh"), clock)
        self.flows = Flows(texts("flow"), texts("device"))
        self.links = Links(data, keyring.derive("link pepper"), clock)
        self.codes = Codes(data, keyring.derive("code pepper"), ids, clock)
        self.recovery_codes = RecoveryCodes(keyring.derive("recovery pepper"))
        self.notices = Notices(addresses, postbox, clock)
        self.rates = Rates(data, keyring.derive("rates"), clock)
        tokens = SignedTexts(keyring.derive("bots access"), AUDIENCE, clock, kind="at+jwt")
        self.oauth = OAuth(data, tokens, self.rates, ids, clock)
        self._origins = origins

    def account(self, tenant: UUID, email_index: bytes) -> bytes:
        """Return what stands for an account where tries are counted, whether or not there is one."""
        return self.rates.hashed("account", tenant.bytes, email_index)

    async def challenge(self, kind: str, browser: Browser) -> bytes:
        """Return the challenge of a ceremony in this browser, and use it up; raises NotAuthenticated."""
        challenge = bytes_in(self.flows.read(kind, browser).get("ch", ""))
        if not await self.rates.spend("challenge", challenge, FLOW_LIVES):
            raise passkey_not_accepted()
        return challenge

    async def passkey(self, tenant: UUID, credential: bytes) -> PasskeyFound | None:
        """Return the passkey of a tenant by its id."""
        return await self.directory.passkey(tenant, credential)

    async def seal_origin(self, tenant: UUID, session: UUID, origin: Origin) -> bytes:
        """Return where a session was begun, sealed for its row."""
        told = {"address": origin.address[:64], "user_agent": origin.user_agent[:400]}
        return await self._origins.seal(tenant, session, Plaintext(msgspec.json.encode(told)))

    async def open_origin(self, tenant: UUID, session: UUID, sealed: bytes) -> dict[str, str]:
        """Return where a session was begun; raises SealBroken."""
        opened = await self._origins.open(tenant, session, sealed)
        return msgspec.json.decode(bytes(opened.reveal()), type=dict[str, str])
