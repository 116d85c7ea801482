"""How messages come into custody: written by an application, or brought by a carrier.

The order loses nothing and leaves nothing, as with every intake: keys and blobs first, then one transaction with row,
media, job and outcome. What fails before that commit is taken back.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec

from privity.clock import Clock
from privity.custody.attachments import Attachments, Sealed
from privity.custody.between import encode_parties, parties_place
from privity.custody.card_data import CardData, Masked
from privity.custody.content import texts_redacted_beside
from privity.custody.messages import BODY, TABLE, begin_bringing, body_place
from privity.custody.numbers import NotOwnNumber, NumberIndex, Parties, parse_number
from privity.custody.parties import subject_of
from privity.custody.search import Searched, SearchIndex
from privity.custody.undoing import undone_by
from privity.delivery.webhooks import EventKind, tell
from privity.errors import BadInput
from privity.gate import Access
from privity.ids import Ids
from privity.keys import Keys
from privity.redact import Redactor
from privity.store import TenantTransaction, defer
from privity.vault import Plaintext, Record, seal

DELIVER: Final = "deliver_message"
CARRY: Final = "carry_message"
"""The same job for a number that is at a carrier: it waits for the network."""
_MOST_MEDIA: Final = 10
_ADD: Final = """
    INSERT INTO tenant.message (tenant_id, id, project_id, subject_id, direction, status, from_index, to_index, parties,
                                body, masked, segments, origin_id, brought_by, cause, created_at, sent_at, updated_at)
    VALUES (%(tenant)s, %(id)s, %(project)s, %(subject)s, %(direction)s, %(status)s, %(from)s, %(to)s, %(parties)s,
            %(body)s, %(masked)s, %(segments)s, %(origin)s, %(by)s, %(cause)s, %(now)s, %(sent)s, %(now)s)
    ON CONFLICT (tenant_id, origin_id) DO NOTHING
"""
_OWN: Final = "SELECT id, carrier_id FROM tenant.number WHERE project_id = %s AND number_index = %s"


Also = Callable[[TenantTransaction, UUID], Awaitable[None]]
"""What else is to be written in the transaction that takes a message in."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message as somebody wrote it."""

    from_number: str
    to_number: str
    body: str = ""
    attachments: Sequence[bytes] = ()

    def __repr__(self) -> str:
        """Show sizes only."""
        return f"Draft(body={len(self.body)}, attachments={len(self.attachments)})"


class _Own(msgspec.Struct, frozen=True):
    id: UUID
    carrier_id: UUID | None


class Writing:
    """Takes messages in."""

    def __init__(
        self,
        keys: Keys,
        attachments: Attachments,
        card_data: CardData,
        redactor: Redactor,
        search: SearchIndex,
        index: NumberIndex,
        ids: Ids,
        clock: Clock,
        *,
        reachable: bool = False,
    ) -> None:
        self._keys = keys
        self._attachments = attachments
        self._card_data = card_data
        self._redactor = redactor
        self._search = search
        self._index = index
        self._ids = ids
        self._clock = clock
        self._reachable = reachable  # whether carriers elsewhere can fetch from here

    async def send(self, access: Access, draft: Draft) -> UUID:
        """Return the message that a draft became; it waits for its carrier.

        Raises BadInput for what is no number, for one that is not the project's own to send from, and for a message
        without anything in it.
        """
        message = self._ids.new()
        await self._keep(access, message, draft, "outbound-api", None)
        return message

    async def receive(self, access: Access, draft: Draft, origin: UUID, also: Also | None = None) -> UUID | None:
        """Return the message that arrived for one of the project's numbers, or None when `origin` arrived before.

        A draft with nothing in it is taken only when `also` brings something.
        """
        message = self._ids.new()
        return message if await self._keep(access, message, draft, "inbound", origin, also) else None

    async def _keep(
        self,
        access: Access,
        message: UUID,
        draft: Draft,
        direction: str,
        origin: UUID | None,
        also: Also | None = None,
    ) -> bool:
        parties = Parties(
            parse_number(draft.from_number, "the number to send from"),
            parse_number(draft.to_number, "the number to send to"),
        )
        body = self._card_data.mask(draft.body, "the body")
        if not body.text and not draft.attachments and also is None:
            raise BadInput("the message has neither text nor media", advice="Give Body or MediaUrl.")
        if len(draft.attachments) > _MOST_MEDIA:
            raise BadInput(f"the message has more than {_MOST_MEDIA} attachments", advice="Send it in parts.")
        sealed: list[Sealed] = []

        async def take_back() -> None:
            await self.take_back(access.tenant, message, sealed)

        async with undone_by(take_back):
            for content in draft.attachments:
                sealed.append(await self._attachments.seal(access.tenant, content))  # noqa: PERF401 - taken back if a later one fails
            row = await self.sealed_row(access.tenant, message, parties, body)
            row |= {"direction": direction, "origin": origin, "with_media": bool(sealed)}
            async with access.transaction() as tx:
                kept = await self._add(tx, access, row, parties)
                if kept:
                    await self._attachments.add(tx, access, message, "message", sealed)
                    if also is not None:
                        await also(tx, message)
                    access.made(message)
        if not kept:
            await take_back()
        return kept

    async def sealed_row(self, tenant: UUID, message: UUID, parties: Parties, body: Masked) -> dict[str, object]:
        """Return the columns of a message that are sealed or hashed, under keys that are made here.

        `words` are for `index_words`: hashes of what would be shown of the text.
        """
        key = await self._keys.new_record_key(tenant, TABLE, message)
        text: bytearray | None = None
        words: list[bytes] = []
        if body.text:
            words = await self._search.tokens(tenant, await self.as_shown(body.text))
            second = await self._keys.new_record_key(tenant, BODY, message)
            text = seal(second.key, body_place(tenant, message), second.key_id, Plaintext.of(body.text))
        return {
            "tenant": tenant,
            "id": message,
            "from": self._index.of(tenant, parties.from_number),
            "to": self._index.of(tenant, parties.to_number),
            "parties": seal(key.key, parties_place(tenant, TABLE, message), key.key_id, encode_parties(parties)),
            "body": text,
            "masked": body.count,
            "segments": segments_of(body.text),
            "words": words,
        }

    async def as_shown(self, *texts: str) -> list[str]:
        """Return texts as they are shown: redacted."""
        return await texts_redacted_beside(self._redactor, texts)

    async def index_words(self, tx: TenantTransaction, row: Mapping[str, Any]) -> None:
        """Let a message be found by its words, in the transaction that keeps it."""
        await self._search.put(tx, Searched.MESSAGE, row["id"], row["words"])

    async def _add(self, tx: TenantTransaction, access: Access, row: dict[str, object], parties: Parties) -> bool:
        await begin_bringing(tx, access.project)
        inbound, now = row["direction"] == "inbound", self._clock.now()
        own, other = ("to", "from") if inbound else ("from", "to")
        number = await tx.fetch_one(_OWN, (access.project, row[own]), into=_Own)
        if number is None:
            raise NotOwnNumber("the number to send from is none of this project's", advice="Send from one of its own.")
        if row["with_media"] and number.carrier_id is not None and not inbound and not self._reachable:
            raise BadInput(
                "the carrier cannot fetch media from here",
                advice="Set public_url to the address that this installation has for others.",
            )
        subject = await subject_of(
            tx, access.project, self._index.of(access.tenant, _end(parties, other)), self._ids, now
        )
        row |= {
            "project": access.project,
            "subject": subject,
            "status": "received" if inbound else "queued",
            "by": access.caller.principal,
            "cause": access.decision,
            "now": now,
            "sent": now if inbound else None,
        }
        if not await tx.execute(_ADD, row):
            return False
        await self.index_words(tx, row)
        if inbound:
            await tell(tx, access, EventKind.MESSAGE_RECEIVED, [_uuid(row["id"])], at=now, status="received")
        else:
            job = DELIVER if number.carrier_id is None else CARRY
            await defer(tx, job, message=_uuid(row["id"]), cause=access.decision)
        return True

    async def take_back(self, tenant: UUID, message: UUID, sealed: Sequence[Sealed]) -> None:
        """Destroy the keys and attachments of a message that came to nothing."""
        await self._attachments.take_back(tenant, sealed)
        await self._keys.shred_many(
            tenant, [Record(tenant=tenant, table=table, row=message) for table in (TABLE, BODY)]
        )


def segments_of(text: str) -> int:
    """Return how many parts a text takes on the air: 160 characters alone or 153 each, 70 or 67 beyond Latin."""
    alone, each = (160, 153) if text.isascii() else (70, 67)
    return 1 if len(text) <= alone else -(-len(text) // each)


def _end(parties: Parties, which: str) -> str:
    return parties.from_number if which == "from" else parties.to_number


def _uuid(value: object) -> UUID:
    assert isinstance(value, UUID)
    return value
