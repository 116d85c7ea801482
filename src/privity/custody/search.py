"""Search over redacted text, without text in the index: words are found by keyed hashes of the tenant (a blind index).

The hashes are written in the transaction that keeps a conversation and deleted with it. Words are folded: case, accents
and the width of letters make no difference. Marks such as `[NAME]` are no words. A search names up to eight words, all
of which have to stand in the conversation, and finds only what its caller may read.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

import msgspec

from privity.custody.content import Content
from privity.custody.conversations import Conversation
from privity.errors import BadInput, Conflict, NotFound
from privity.gate import Access, Action
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
_COUNTED: Final = 2000

_ADD: Final = """
    INSERT INTO tenant.search_posting (tenant_id, conversation_id, token)
    SELECT %(tenant)s, %(conversation)s, token FROM unnest(%(tokens)s::bytea[]) AS t (token) ON CONFLICT DO NOTHING
"""
_REMOVE: Final = "DELETE FROM tenant.search_posting WHERE conversation_id = %s"
_COUNT: Final = """
    SELECT t.token, (
        SELECT count(*) FROM (SELECT FROM tenant.search_posting AS p WHERE p.token = t.token LIMIT %(most)s) AS few
    ) AS count
    FROM unnest(%(tokens)s::bytea[]) AS t (token)
"""
# The others are counted in one probe: said apart, word by word, they take PostgreSQL 40 ms of planning.
_FIND: Final = """
    SELECT c.id, c.channel, c.state, c.refusal, c.findings, c.duration_ms, c.created_at, c.settled_at
    FROM tenant.search_posting AS p JOIN tenant.conversation AS c ON c.id = p.conversation_id
    WHERE p.token = %(rarest)s AND (%(after)s::uuid IS NULL OR p.conversation_id < %(after)s)
      AND (SELECT count(*) FROM tenant.search_posting AS o
           WHERE o.conversation_id = p.conversation_id AND o.token = ANY (%(others)s::bytea[])) = %(more)s
      AND c.project_id = %(project)s AND c.state = 'kept'
"""
_NEWEST: Final = " ORDER BY p.conversation_id DESC LIMIT %(limit)s"


class _Counted(msgspec.Struct, frozen=True):
    token: bytes
    count: int


class SearchIndex:
    """Writes which words stand in a conversation, and finds conversations by them."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def add(self, tx: TenantTransaction, tenant: UUID, conversation: UUID, content: Content) -> None:
        """Write down the words of a conversation that is being kept, in the transaction that keeps it."""
        words = words_of(turn.text for turn in content.turns)
        tokens = _tokens(await self._key(tenant), words)
        if tokens:
            await tx.execute(_ADD, {"tenant": tenant, "conversation": conversation, "tokens": tokens})

    async def replace(self, tx: TenantTransaction, tenant: UUID, conversation: UUID, content: Content) -> None:
        """Write down the words of a conversation that was redacted again, instead of those that it had."""
        await tx.execute(_REMOVE, (conversation,))
        await self.add(tx, tenant, conversation, content)

    async def find(self, access: Access, query: str, *, after: UUID | None, limit: int) -> list[Conversation]:
        """Return up to `limit` conversations of the project that hold every word, newest first, older than `after`.

        Only those that the caller may read: the others are neither shown nor counted. Raises BadInput for a query
        without a word, or too long.
        """
        await access.demand(Action.CONVERSATION_SEARCH)
        words = parse_query(query)
        may = access.rows(Action.CONVERSATION_READ)
        tokens = _tokens(await self._key(access.tenant), words)
        async with access.transaction() as tx:
            rarest = await _rarest(tx, tokens)
            others = [token for token in tokens if token != rarest]
            values = {"rarest": rarest, "others": others, "more": len(others), "project": access.project}
            values |= {"after": after, "limit": limit} | may.parameters
            found = await tx.fetch_all(f"{_FIND} AND {may.sql} {_NEWEST}", values, into=Conversation)
            access.touched(conversation.id for conversation in found)
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
