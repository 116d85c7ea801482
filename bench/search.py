"""What a search over many transcripts costs, beside a list of the same page.

An installation is made in a temporary folder. Transcripts are put into its tables, as conversations, messages and
recordings in equal parts: 30 words each, of 5000 that are as common as words are (the commonest stands in most of
them). Then `GET /v1/search` and `GET /v1/conversations` run in turns through the ASGI application, everything included:
the token, the decision, the ledger, the answer. Server time is what of it the search itself takes: key, counting,
finding, and the commit of the outcome. Medians are those of an idle machine only; the fastest of fifteen says what it
would be on one.

    .venv/bin/python bench/search.py [TRANSCRIPTS]
"""

import asyncio
import os
import statistics
import sys
import time
from typing import Any
from uuid import UUID

import psycopg
from installed import Installed, installed

from privity.custody.search import KEY_TABLE, SearchIndex, _tokens
from privity.identity import Scope
from privity.keys import FileKeyring
from privity.running import Installation
from privity.store import EmbeddedCluster, derived_passwords
from privity.store.roles import SUPERUSER

WORDS = 5000
EACH = 30
ROUNDS = 15
READS = frozenset({Scope.CONVERSATIONS_READ, Scope.MESSAGES_READ, Scope.RECORDINGS_READ})
QUERIES = {
    "the commonest word": "word1",
    "a rare word": f"word{WORDS - 7}",
    "two common words": "word1 word2",
    "a common and a rare word": f"word1 word{WORDS - 9}",
    "five common words": "word1 word2 word3 word4 word5",
    "a word that is nowhere": "nowhere",
}
SUBJECTS = "INSERT INTO tenant.subject (tenant_id, id, created_at) VALUES (%(tenant)s, %(subject)s, now())"
CONVERSATIONS = """
    INSERT INTO tenant.conversation (tenant_id, id, project_id, subject_id, channel, retention_class, state, brought_by,
                                     cause, source_kind, source_bytes, content, findings, created_at, settled_at)
    SELECT %(tenant)s, ('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %(project)s, %(subject)s, 'call',
           'conversation', 'kept', 'service:bench', %(subject)s, 'text', 100, '\\x00', 3, now(), now()
    FROM generate_series(1, %(count)s) AS n WHERE n %% 3 = 0
"""
MESSAGES = """
    INSERT INTO tenant.message (tenant_id, id, project_id, subject_id, direction, status, from_index, to_index, parties,
                                body, masked, segments, brought_by, cause, created_at, sent_at, updated_at)
    SELECT %(tenant)s, ('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %(project)s, %(subject)s,
           'inbound', 'received', sha256('a'), sha256('b'), '\\x00', '\\x00', 0, 1, 'service:bench', %(subject)s, now(),
           now(), now()
    FROM generate_series(1, %(count)s) AS n WHERE n %% 3 = 1
"""
RECORDINGS = """
    INSERT INTO tenant.recording (tenant_id, id, project_id, call_id, state, timeline, channels, duration_ms, blob,
                                  started_by, cause, created_at, stopped_at, updated_at)
    SELECT %(tenant)s, ('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %(project)s, gen_random_uuid(),
           'stopped', '[]', 2, 9000, 'bench', 'service:bench', %(subject)s, now(), now(), now()
    FROM generate_series(1, %(count)s) AS n WHERE n %% 3 = 2
"""
POSTINGS = """
    INSERT INTO tenant.search_posting (tenant_id, record_id, kind, token)
    SELECT DISTINCT %(tenant)s::uuid, ('01a00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
        (ARRAY['conversation', 'message', 'recording'])[n %% 3 + 1], w.token
    FROM generate_series(%(from)s::int, %(until)s::int) AS n CROSS JOIN LATERAL (
        SELECT floor(power(%(words)s, random()))::int AS rank FROM generate_series(1, %(each)s + n * 0)
    ) AS r JOIN bench_words AS w ON w.rank = r.rank
"""


async def fill(installation: Installation, superuser: psycopg.Connection[Any], ids: dict[str, Any], count: int) -> None:
    tenant = ids["tenant"]
    key = (await installation.keys.new_record_key(tenant, KEY_TABLE, tenant)).key
    tokens = _tokens(key, [f"word{rank}" for rank in range(1, WORDS + 1)])
    superuser.execute("CREATE TEMP TABLE bench_words (rank int PRIMARY KEY, token bytea NOT NULL)")
    with superuser.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_words VALUES (%s, %s)", list(enumerate(tokens, 1)))
    superuser.execute(SUBJECTS, ids)
    for statement in (CONVERSATIONS, MESSAGES, RECORDINGS):
        superuser.execute(statement, ids | {"count": count})
    for start in range(1, count + 1, 20_000):
        values = ids | {"from": start, "until": min(start + 19_999, count), "words": WORDS, "each": EACH}
        superuser.execute(POSTINGS, values)
    superuser.execute("ANALYZE tenant.search_posting, tenant.conversation, tenant.message, tenant.recording")


async def main(count: int) -> None:
    async with installed(READS) as inside:
        directory = inside.installation.directory
        secret = bytes(FileKeyring(directory.keyring).installation_secret().reveal())
        cluster = EmbeddedCluster(directory.data_cluster, derived_passwords(secret))
        with psycopg.connect(cluster.dsn(SUPERUSER), autocommit=True) as superuser:
            ids = {"tenant": inside.tenant, "project": inside.project, "subject": UUID(int=1)}
            await fill(inside.installation, superuser, ids, count)
            postings = superuser.execute("SELECT count(*) FROM tenant.search_posting").fetchone()
        print(f"{count} transcripts, {postings[0] if postings else 0} words in them\n")
        await compare(inside)


async def compare(inside: Installed) -> None:
    async with inside.client(headers=inside.bearer) as client:
        asked: dict[str, tuple[str, dict[str, str]]] = {"the list": ("/v1/conversations", {"limit": "20"})}
        asked |= {name: ("/v1/search", {"q": query}) for name, query in QUERIES.items()}
        took: dict[str, list[float]] = {name: [] for name in asked}
        alone: dict[str, list[float]] = {name: [] for name in asked}
        spent = timed(SearchIndex)
        hits: dict[str, int] = {}
        for _ in range(ROUNDS):
            for name, (path, parameters) in asked.items():
                started = time.perf_counter()
                answer = await client.get(path, params=parameters)
                took[name].append((time.perf_counter() - started) * 1000)
                alone[name].append(sum(spent))
                spent.clear()
                shown = answer.json()
                hits[name] = len(shown.get("found") or shown.get("conversations") or [])
    listing = statistics.median(took["the list"])
    heads = f"{'median':>11}{'fastest':>11}{'slowest':>11}{'/ list':>9}{'server time':>14}{'fastest':>11}"
    print(f"{'':28}{'found':>7}{heads}")
    for name, spans in took.items():
        median, own = statistics.median(spans), statistics.median(alone[name])
        print(
            f"{name:28}{hits[name]:>7}{median:>8.1f} ms{min(spans):>8.1f} ms{max(spans[1:]):>8.1f} ms"
            f"{median / listing:>8.1f}x{own:>11.1f} ms{min(alone[name]):>8.1f} ms"
        )
    searches = {name: spans for name, spans in alone.items() if name in QUERIES}
    slowest = max(searches, key=lambda name: min(searches[name]))
    print(
        f"\nserver time of the slowest search ({slowest}): median {statistics.median(alone[slowest]):.1f} ms, fastest"
        f" {min(alone[slowest]):.1f} ms, of 50 ms that are wanted; others kept {os.getloadavg()[0]:.1f} cores busy"
    )


def timed(kind: type[SearchIndex]) -> list[float]:
    """Let every search note its own milliseconds: key, counting, finding, commit of the outcome; not the decision."""
    spent: list[float] = []
    find = kind.find

    async def noted(self: SearchIndex, *arguments: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return await find(self, *arguments, **options)
        finally:
            spent.append((time.perf_counter() - started) * 1000)

    kind.find = noted  # type: ignore[method-assign]  # measured from outside: the product has no hook for it
    return spent


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
