"""Content in its seal: opened with the key that sealed it last, sealed anew under a key of its own.

A record's first content is sealed under the key of the record's id. Content that replaces it gets a new key, so that
the former ciphertext dies with the former key. Either key opens content at the place of its own record only.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from privity.custody.content import Content, content_place, content_record, decode, encode, kept_of, redacted_beside
from privity.keys import Keys
from privity.redact import Redactor, Turn
from privity.vault import open_sealed, seal

CONTENT: Final = "conversation"
"""The table that keys of content are filed under."""


def current_key_row(conversation: UUID, key_rows: Sequence[UUID]) -> UUID:
    """Return what the key of a record's content is filed under now."""
    return key_rows[-1] if key_rows else conversation


async def filtered(content: Content, redactor: Redactor) -> Content:
    """Return the content after the last filter: an identifier that an older redactor missed does not leave."""
    turns = [Turn(speaker=turn.speaker, text=turn.text) for turn in content.turns]
    return Content(kept_of(await redacted_beside(redactor, turns)).turns, content.findings)


async def open_content(
    keys: Keys, tenant: UUID, conversation: UUID, key_rows: Sequence[UUID], sealed: bytes
) -> Content:
    """Return a record's content; raises NotFound when its key was shredded, SealBroken when it was altered."""
    key = await keys.record_key(tenant, CONTENT, current_key_row(conversation, key_rows))
    return decode(open_sealed(key.key, content_place(content_record(tenant, conversation)), key.key_id, sealed))


async def seal_anew(keys: Keys, tenant: UUID, conversation: UUID, key_row: UUID, content: Content) -> bytearray:
    """Return the content sealed under a new key, which is committed under `key_row` before this returns."""
    key = await keys.new_record_key(tenant, CONTENT, key_row)
    with encode(content) as encoded:
        return seal(key.key, content_place(content_record(tenant, conversation)), key.key_id, encoded)
