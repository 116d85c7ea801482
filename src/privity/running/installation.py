"""An open installation: every part made once, from settings and a data directory, for faces and worker to share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from privity.clock import Clock, SystemClock
from privity.custody import PROCESS, REDACT_AGAIN, Conversations, Intake, Missed, Processing, SearchIndex
from privity.custody.telephony import DELIVER, DELIVER_FAX, ERASE, FETCH, REDACT, SETTLE
from privity.delivery import Outbox, Postbox, SmtpServer
from privity.delivery.providers import SignInProviders
from privity.delivery.webhooks import SEND
from privity.errors import Conflict, PrivityError
from privity.gate import (
    PLATFORM_KEYS,
    Details,
    Emergencies,
    FactReader,
    Gate,
    Grants,
    PolicySets,
    Reviewing,
    Strangers,
    shipped_engine,
)
from privity.identity import Addresses, Authenticator, Sites, TokenHashes, TokenUsage
from privity.ids import Ids, TimeOrderedIds
from privity.keys import FileKeyring, KeyDatabase, Keys, TenantSeals
from privity.lifecycle import Deletions, Sweeping
from privity.notary import Inbox, LedgerBrowser, LedgerReader
from privity.notary.process import SequencerConfig, SupervisedSequencer, forbid_core_dumps
from privity.platform import Tenants
from privity.redact import CALLS, Redactor
from privity.running.databases import Databases, guard_of, open_databases
from privity.running.directory import DataDirectory, Ownership
from privity.running.doorway import Doorway
from privity.running.initialising import initialise
from privity.running.people import People
from privity.running.pinned_keys import PinnedKeys
from privity.running.provider_sign_in import ProviderSignIn, configured_providers
from privity.running.second_factors import SecondFactors
from privity.running.services import Services
from privity.running.sign_in import SignIn
from privity.running.telephony import Telephony
from privity.running.webhooks import Webhooks
from privity.settings import Settings, read_settings
from privity.speech import Recognizer, open_recognizer
from privity.store import Blobs, Role, end_tasks

_INBOX: Final = "inbox"
_CATCH_UP_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 2.0  # a part that takes longer to say that it is well is not


class Installation:
    """The parts of one installation. Nothing here is global: a process may hold several, as tests do.

    `alone_since` is since when no other process can have anything going on in it, where that is known.
    """

    alone_since: datetime | None = None

    def __init__(
        self,
        directory: DataDirectory,
        settings: Settings,
        keyring: FileKeyring,
        databases: Databases,
        inbox: Inbox,
        *,
        clock: Clock,
        ids: Ids,
        recognizer: Recognizer,
        redactor: Redactor,
    ) -> None:
        cache = settings.tenant_key_cache
        guard = guard_of(keyring, clock)
        self.directory = directory
        self.settings = settings
        self.clock = clock
        self.ids = ids
        self.inbox = inbox
        self.recognizer = recognizer
        self.redactor = redactor
        self.queue_dsn = databases.data_dsn(Role.QUEUE)
        self.keys = Keys(KeyDatabase(databases.keys), keyring, clock=clock, ids=ids, cache_ttl=cache)
        self.ledger = LedgerReader(databases.data)
        self.browser = LedgerBrowser(databases.data)
        self.engine = shipped_engine()
        details = Details(TenantSeals(self.keys, "ledger_detail", clock, cache_ttl=cache))
        facts = FactReader(
            databases.data,
            guard,
            self.ledger,
            clock,
            operator_sees=timedelta(seconds=settings.operator_sees),
            approvals=settings.access_approval,
        )
        self.policy_sets = PolicySets(databases.data, guard, clock)
        self.gate = Gate(databases.data, guard, inbox, self.engine, facts, details, ids, clock, self.policy_sets)
        reasons = TenantSeals(self.keys, "reason", clock, cache_ttl=cache)
        self.reviewing = Reviewing(clock)
        self.strangers = Strangers(inbox, details, ids, clock)
        self.hashes = TokenHashes(keyring.derive("token pepper"))
        self.usage = TokenUsage(databases.data, TenantSeals(self.keys, "token_address", clock, cache_ttl=cache))
        person_seals = TenantSeals(self.keys, "person_email", clock, cache_ttl=cache)
        self.addresses = Addresses(person_seals, keyring.derive("blind index"))
        self.outbox = None if settings.smtp_url else Outbox()
        self.outbox_key = outbox_key(keyring)
        self.sites = Sites(settings.public_url, tls=settings.tls)
        self.doorway = Doorway(
            databases.data,
            keyring,
            addresses=self.addresses,
            seeds=TenantSeals(self.keys, "totp_seed", clock, cache_ttl=cache),
            origins=TenantSeals(self.keys, "session_origin", clock, cache_ttl=cache),
            postbox=Postbox(self.outbox or SmtpServer(settings.smtp_url or "", settings.mail_from or "")),
            ids=ids,
            clock=clock,
        )
        self.grants = Grants(reasons, ids, clock, self.doorway.notices.tell_role)
        self.emergencies = Emergencies(reasons, ids, clock, self.doorway.notices.tell_role)
        self.sessions = self.doorway.sessions
        self.authenticator = Authenticator(databases.data, self.hashes, self.usage, self.doorway.oauth, clock)
        self.sign_in = SignIn(self.gate, self.doorway)
        self.provider_sign_in = ProviderSignIn(
            self.sign_in, self.doorway, SignInProviders(clock), configured_providers(settings)
        )
        self.second_factors = SecondFactors(self.doorway)
        self.people = People(self.doorway)
        self.services = Services(clock)
        self.webhooks = Webhooks(self.keys, settings, ids, clock)
        self.tenants = Tenants(databases.data)
        self.blobs = Blobs(directory.blobs)
        self.pinned_keys = PinnedKeys(directory.ledger_keys)
        self.intake = Intake(
            self.keys,
            self.blobs,
            recognizer,
            ids,
            clock,
            keyring.derive("idempotency"),
            upload_limit=settings.upload_limit,
            text_limit=settings.text_limit,
        )
        self.search = SearchIndex(self.keys)
        self.processing = Processing(
            self.keys, self.blobs, recognizer, redactor, self.search, clock, deadline=settings.speech_deadline
        )
        self.conversations = Conversations(self.keys, redactor)
        self.deletions = Deletions(self.keys, self.blobs, ids, clock)
        self.telephony = Telephony(
            databases.data,
            self.gate,
            self.keys,
            self.blobs,
            redactor,
            keyring,
            ids,
            clock,
            recognizer,
            self.search,
            self.webhooks.egress,
            settings=settings,
        )
        self.missed = Missed(self.keys, redactor, ids, clock)
        self.sweeping = sweeping_of(self.keys, self.blobs, clock)

    @property
    def people_url(self) -> str:
        """What addresses for people begin with: the public one, or that of the running server on this machine."""
        served = self.directory.served_url()
        return self.sites.base(served or f"http://localhost:{self.settings.port}")

    async def readiness(self) -> dict[str, bool]:
        """Return for each part whether requests can rely on it now."""
        parts = {"database": self.tenants.all(), "keys": self.keys.health(), "ledger": self.inbox.readiness()}
        return dict(zip(parts, await asyncio.gather(*map(_answers, parts.values())), strict=True))


def sweeping_of(keys: Keys, blobs: Blobs, clock: Clock) -> Sweeping:
    """Return the sweep that knows, for each kind of thing that may be left unfinished, the job that finishes it."""
    jobs = {
        "erasure": ERASE,
        "fax": DELIVER_FAX,
        "media": FETCH,
        "message": DELIVER,
        "missed": REDACT_AGAIN,
        "recording": SETTLE,
        "redaction": REDACT,
        "webhook": SEND,
    }
    return Sweeping(keys, blobs, clock, process=PROCESS, jobs=jobs)


def outbox_key(keyring: FileKeyring) -> str:
    """Return what opens the outbox page of development: whoever can read the data directory knows it."""
    return bytes(keyring.derive("outbox page").reveal()[:16]).hex()


@asynccontextmanager
async def open_installation(
    path: Path,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    recognizer: Recognizer | None = None,
    redactor: Redactor | None = None,
    attach: bool = True,
    log_level: str = "error",
) -> AsyncIterator[Installation]:
    """Open the installation in a data directory for as long as the block runs.

    A directory that is new is initialised. The process that comes first runs clusters and sequencer; one that comes
    later attaches to it, or gets Unavailable if it does not want to (`attach`). Core dumps are switched off first.
    """
    forbid_core_dumps()
    directory = DataDirectory(path)
    if not directory.initialised:
        with suppress(Conflict):  # another process was faster
            initialise(directory)
    directory.create()
    settings = settings or read_settings(directory.path)
    clock = clock or SystemClock()
    ids = TimeOrderedIds(clock)
    keyring = FileKeyring(directory.keyring)
    recognizer = recognizer or open_recognizer(settings.speech_recognizer, settings.speech_model)
    async with AsyncExitStack() as stack:
        ownership = Ownership(directory)
        stack.callback(ownership.release)
        ownership.take(attach=attach)
        databases = await stack.enter_async_context(
            open_databases(directory, settings, keyring, clock, ours=ownership.is_ours)
        )
        mac_key = bytes(keyring.derive(_INBOX).reveal())
        if ownership.is_ours:
            told = SequencerConfig(
                dsn=databases.data_dsn(Role.LEDGER),
                keyring=str(directory.keyring),
                mac_key=mac_key,
                log_level=log_level,
            )
            await stack.enter_async_context(SupervisedSequencer(told, standby=settings.database_url is not None))
        inbox = await stack.enter_async_context(Inbox(databases.data, mac_key, clock, within=settings.record_within))
        installation = Installation(
            directory,
            settings,
            keyring,
            databases,
            inbox,
            clock=clock,
            ids=ids,
            recognizer=recognizer,
            redactor=redactor or Redactor(replace(CALLS, uncertain_below=settings.uncertain_below)),
        )
        if (
            ownership.is_ours and settings.database_url is None
        ):  # the clusters that others had are gone with their owner
            installation.alone_since = clock.now()
        if ownership.is_ours:
            stack.callback(ownership.wait_for_attached)  # before anything that they use is stopped
            await _inbox_empty(inbox)  # outcomes that the last run left are older than any that will be accepted
            await _furnish_platform(installation)
        background = (
            asyncio.create_task(installation.usage.write_forever()),
            asyncio.create_task(installation.sessions.write_forever()),
        )
        try:
            yield installation
        finally:
            installation.webhooks.egress.close()
            await installation.sign_in.close()
            await installation.doorway.postbox.close()
            await end_tasks(*background)
            if ownership.is_ours:
                await _inbox_empty(inbox)
            installation.keys.close()


async def _furnish_platform(installation: Installation) -> None:
    """Give the platform its own keys, once."""
    try:
        await installation.keys.create_tenant(PLATFORM_KEYS)
    except Conflict:
        return


async def _inbox_empty(inbox: Inbox) -> None:
    """Return when the sequencer has caught up, or after a while: then `/readyz` tells."""
    with suppress(TimeoutError, PrivityError):
        async with asyncio.timeout(_CATCH_UP_SECONDS):
            while (await inbox.health()).depth:
                await asyncio.sleep(0.02)


async def _answers(question: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            await question
    except (PrivityError, TimeoutError):
        return False
    return True
