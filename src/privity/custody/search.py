"""Search over redacted text, without text in the index: words are found by keyed hashes of the tenant (a blind index).

The hashes are written in the transaction that keeps a text and deleted with it: that of a conversation, of a message,
and what was written down of a recording. Words are folded: case, accents and the width of letters make no difference.
Marks such as `[NAME]` are no words. A search names up to eight words, all of which have to stand in one record, and
finds only what its caller may read.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.content import Content
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import BROUGHT, Access, Action, ResourceKind
from privity.keys import Keys
from privity.store import TenantTransaction
from privity.vault import Secret

KEY_TABLE: Final = "search_key"
LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 8
_TOKEN_BYTES: Final = 16
_LONGEST_WORD: Final = 64
_MARK: Final = re.compile(r"\[[A-Z_ ]+\]")
_WORD: Final = re.compile(r"[^\W_]+")
_COUNTED: Final = 1000

_ADD: Final = """
    INSERT INTO tenant.search_posting (tenant_id, record_id, kind, token)
    SELECT %(tenant)s, %(record)s, %(kind)s, token FROM unnest(%(tokens)s::bytea[]) AS t (token) ON CONFLICT DO NOTHING
"""
_REMOVE: Final = "DELETE FROM tenant.search_posting WHERE record_id = ANY(%s)"
_COUNT: Final = """
    SELECT t.token, (
        SELECT count(*) FROM (SELECT FROM tenant.search_posting AS p WHERE p.token = t.token LIMIT %(most)s) AS few
    ) AS count
    FROM unnest(%(tokens)s::bytea[]) AS t (token)
"""
# The others are counted in one probe: said apart, word by word, they take PostgreSQL 40 ms of planning.
_HOLDS: Final = """
    p.token = %(rarest)s AND (%(after)s::uuid IS NULL OR p.record_id < %(after)s)
    AND (SELECT count(*) FROM tenant.search_posting AS o
         WHERE o.record_id = p.record_id AND o.token = ANY (%(others)s::bytea[])) = %(more)s
"""
_CONVERSATIONS: Final = f"""
    SELECT p.kind, c.id, c.channel AS what, c.findings, c.duration_ms, c.created_at
    FROM tenant.search_posting AS p JOIN tenant.conversation AS c ON c.id = p.record_id
    WHERE p.kind = 'conversation' AND {_HOLDS} AND c.project_id = %(project)s AND c.state = 'kept'
"""
_MESSAGES: Final = f"""
    SELECT p.kind, c.id, r.direction AS what, NULL::integer AS findings, NULL::bigint AS duration_ms, r.created_at
    FROM tenant.search_posting AS p, {BROUGHT[ResourceKind.MESSAGE]}
    WHERE p.kind = 'message' AND r.id = p.record_id AND {_HOLDS} AND r.project_id = %(project)s AND r.body IS NOT NULL
"""
_RECORDINGS: Final = f"""
    SELECT p.kind, c.id, r.state AS what, NULL::integer AS findings, r.duration_ms, r.created_at
    FROM tenant.search_posting AS p, {BROUGHT[ResourceKind.RECORDING]}
    WHERE p.kind = 'recording' AND r.id = p.record_id AND {_HOLDS} AND r.project_id = %(project)s AND r.blob IS NOT NULL
"""
_UNION: Final = " UNION ALL "
_NEWEST: Final = " ORDER BY p.record_id DESC LIMIT %(limit)s"
_SOURCES: Final = (
    (Action.CONVERSATION_READ, _CONVERSATIONS),
    (Action.MESSAGE_READ, _MESSAGES),
    (Action.RECORDING_OPEN, _RECORDINGS),
)
"""What has to be permitted for a record to be found: the act that would show its text."""


class Searched(StrEnum):
    """What is searched: the text of a conversation, of a message, or what was written down of a recording."""

    CONVERSATION = "conversation"
    MESSAGE = "message"
    RECORDING = "recording"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was found, without its text; `what` is a conversation's channel or a message's direction."""

    kind: Searched
    id: UUID
    what: str
    findings: int | None
    duration_ms: int | None
    created_at: datetime


class _Counted(msgspec.Struct, frozen=True):
    token: bytes
    count: int


class SearchIndex:
    """Writes which words stand in a record, and finds records by them."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def tokens(self, tenant: UUID, texts: Iterable[str]) -> list[bytes]:
        """Return what is written down of redacted texts: a keyed hash for each of their words."""
        words = words_of(texts)
        return _tokens(await self._key(tenant), words) if words else []

    async def put(self, tx: TenantTransaction, kind: Searched, record: UUID, tokens: Sequence[bytes]) -> None:
        """Write the words of a record down, in the transaction that keeps its text."""
        if tokens:
            values = {"tenant": tx.tenant_id, "record": record, "kind": str(kind), "tokens": list(tokens)}
            await tx.execute(_ADD, values)

    async def add(self, tx: TenantTransaction, tenant: UUID, conversation: UUID, content: Content) -> None:
        """Write down the words of a conversation that is being kept, in the transaction that keeps it."""
        tokens = await self.tokens(tenant, [turn.text for turn in content.turns])
        await self.put(tx, Searched.CONVERSATION, conversation, tokens)

    async def replace(self, tx: TenantTransaction, tenant: UUID, conversation: UUID, content: Content) -> None:
        """Write down the words of a conversation that was redacted again, instead of those that it had."""
        await forget_words(tx, [conversation])
        await self.add(tx, tenant, conversation, content)

    async def find(self, access: Access, query: str, *, after: UUID | None, limit: int) -> list[Hit]:
        """Return up to `limit` records of the project that hold every word, newest first, older than `after`.

        Only those whose text the caller may read: the others are neither shown nor counted. Raises BadInput for a query
        without a word, or too long.
        """
        await access.demand(Action.CONVERSATION_SEARCH)
        words = parse_query(query)
        open_to = [(source, access.rows(action)) for action, source in _SOURCES]
        sought = [f"({source} AND {may.sql} {_NEWEST})" for source, may in open_to if not may.nothing]
        tokens = _tokens(await self._key(access.tenant), words)
        async with access.transaction() as tx:
            found: list[Hit] = []
            if sought:
                rarest = await _rarest(tx, tokens)
                others = [token for token in tokens if token != rarest]
                values = {"rarest": rarest, "others": others, "more": len(others), "project": access.project}
                values |= {"after": after, "limit": limit} | open_to[0][1].parameters
                statement = f"SELECT * FROM ({_UNION.join(sought)}) AS hit ORDER BY id DESC LIMIT %(limit)s"
                found = await tx.fetch_all(statement, values, into=Hit)
            access.touched(hit.id for hit in found)
        return found

    async def _key(self, tenant: UUID) -> Secret:
        """Return the tenant's key for words: a record of its own, so that a new tenant key changes no hash."""
        try:
            return (await self._keys.record_key(tenant, KEY_TABLE, tenant)).key
        except NotFound:
            try:
                return (await self._keys.new_record_key(tenant, KEY_TABLE, tenant)).key
            except Conflict:  # another one was faster
                return (await self._keys.record_key(tenant, KEY_TABLE, tenant)).key


async def forget_words(tx: TenantTransaction, records: Sequence[UUID]) -> None:
    """Take the words of some records out of the index, in the transaction that takes their text away."""
    await tx.execute(_REMOVE, (list(records),))


async def _rarest(tx: TenantTransaction, tokens: Sequence[bytes]) -> bytes:
    """Return the word to begin with; of one there is nothing to count."""
    if len(tokens) == 1:
        return tokens[0]
    counted = await tx.fetch_all(_COUNT, {"tokens": tokens, "most": _COUNTED}, into=_Counted)
    return min(counted, key=lambda each: each.count).token


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the folded words of redacted texts, each once, without the marks of what was hidden."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(_folded(_MARK.sub(" ", text))):
            found[word[:_LONGEST_WORD]] = None
    return list(found)


def parse_query(query: str) -> list[str]:
    """Return the words of a query; raises BadInput, which never repeats it."""
    if len(query) > LONGEST_QUERY:
        raise BadInput(f"the query is longer than {LONGEST_QUERY} characters", advice="Name a few words.")
    words = words_of([query])
    if not 0 < len(words) <= MOST_WORDS:
        raise BadInput(f"the query has no word, or more than {MOST_WORDS}", advice="Name a few words.")
    return words


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _tokens(key: Secret, words: Sequence[str]) -> list[bytes]:
    with key:
        return [
            hmac.digest(key.reveal(), b"search|" + word.encode("utf-8", "surrogatepass"), hashlib.sha256)[:_TOKEN_BYTES]
            for word in words
        ]
