"""What is held for a moment: idempotency keys and counters, for a day at most, as hashes, shared by all processes."""

from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest
from scene import Place, secrets_of
from server import application, token_for

from privity.errors import TooManyRequests
from privity.gate import Action, resources
from privity.identity import Origin, Scope, worker
from privity.identity.rates import Limit
from promises import promise

pytestmark = pytest.mark.slow

TABLES = {
    "tenant.ephemeral": "(tenant_id, kind, key, request, status, resource_id, created_at, expires_at) VALUES"
    " (gen_random_uuid(), 'idempotency', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), 202,"
    " gen_random_uuid(), now(), {until})",
    "identity.ephemeral": "(kind, key, created_at, expires_at)"
    " VALUES ('spent', decode(repeat('00', 32), 'hex'), now(), {until})",
}


@promise("D39", sabotage="short_lived_keys_live_on")
@pytest.mark.parametrize("table", TABLES)
async def test_nothing_short_lived_can_be_kept_for_longer_than_a_day(held: Place, table: str) -> None:
    insert = f"INSERT INTO {table} {TABLES[table]}"
    for until in ("now() + interval '24 hours 1 second'", "NULL", "'infinity'"):
        with pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.NotNullViolation)):
            held.rows(f"{insert.format(until=until)} RETURNING 1")
    a_day = "now() + interval '24 hours'"
    assert held.rows(f"{insert.format(until=a_day)} RETURNING 1") == [(1,)]
    held.rows(f"DELETE FROM {table} WHERE key = decode(repeat('00', 32), 'hex') RETURNING 1")


@promise("D39", sabotage="expired_keys_stay")
async def test_what_has_expired_is_removed_by_the_next_sweep(held: Place) -> None:
    async with held.opened() as inside:
        received = await inside.receive(secrets_of().text, key=secrets_of().mail)
        rows = "SELECT expires_at - created_at FROM tenant.ephemeral WHERE resource_id = %s"
        [(lives,)] = held.rows(rows, received.id)
        assert lives + timedelta(hours=1) <= timedelta(hours=24), "the sweep comes every hour"
        held.rows(
            "UPDATE tenant.ephemeral SET created_at = now() - interval '1 day', expires_at = now() - interval '1 s'"
            " WHERE resource_id = %s RETURNING 1",
            received.id,
        )
        installation = inside.installation
        caller = worker("sweep_sources", held.birch.id, None, Origin(request_id=installation.ids.new()))
        async with installation.gate.open(caller, Action.SOURCE_SWEEP, resources.own_tenant()) as access:
            await installation.sweeping.sweep(access, unnamed_for=timedelta(hours=24))
        assert held.rows(rows, received.id) == []


@promise("D40", sabotage="idempotency_keys_are_kept")
async def test_no_personal_data_is_in_what_is_held_for_a_moment(held: Place) -> None:
    said, key, address = secrets_of(), secrets_of().mail, "198.51.100.77"
    async with held.opened() as inside:
        received = await inside.receive(said.text, key=key)
        rates = inside.installation.doorway.rates
        limit = Limit("test-of-counters", timedelta(minutes=1), 3)
        await rates.take([rates.by_address(limit, address), rates.by_account(limit, key.encode())])
    dumped = b""
    for table in (*TABLES, "queue.procrastinate_jobs"):
        for (row,) in held.rows(f"SELECT r::text FROM {table} AS r"):
            # Bytes are printed in hexadecimal; they are looked at as what they are too.
            dumped += row.encode() + b"".join(bytes.fromhex(x) for x in hexadecimal(row))
    assert str(received.id).encode() in dumped, "the search finds what is there"
    for canary in (key, key[:24], address, *said.all):
        assert canary.encode() not in dumped


def hexadecimal(row: str) -> list[str]:
    return [part.partition("\\x")[2].strip('")') for part in row.split(",") if "\\x" in part]


async def brought(client: httpx.AsyncClient, headers: dict[str, str], turns: dict[str, Any]) -> httpx.Response:
    """Bring a conversation in as clients do: a 503 says that nothing has happened, so it is asked again."""
    for _ in range(5):
        answer = await client.post("/v1/conversations", headers=headers, json=turns)
        if answer.status_code != 503:
            break
    return answer


@promise("D41", sabotage="keys_are_not_bound_to_their_content")
async def test_a_key_stands_for_one_request_in_every_process(held: Place) -> None:
    key = secrets_of().mail
    async with held.opened() as one, held.opened() as other:
        token = await token_for(one.installation, held.birch.id, Scope.CONVERSATIONS_WRITE)
        headers = {"Authorization": f"Bearer {token.text}", "Idempotency-Key": key}
        turns = {"channel": "call", "turns": [{"speaker": "agent", "text": "hello"}]}
        async with application(one.installation) as first, application(other.installation) as second:
            made = await brought(first, headers, turns)
            again = await brought(second, headers, turns)
            assert (made.status_code, again.status_code) == (202, 202)
            assert made.json()["id"] == again.json()["id"]
            turns["turns"] = [{"speaker": "agent", "text": "goodbye"}]
            for client in (first, second):
                assert (await brought(client, headers, turns)).status_code == 409


@promise("D41", sabotage="counters_are_forgotten")
async def test_tries_are_counted_over_all_processes(held: Place) -> None:
    account, limit = secrets_of().mail.encode(), Limit("test-of-processes", timedelta(hours=1), 3)
    async with held.opened() as one, held.opened() as other:
        rates = [one.installation.doorway.rates, other.installation.doorway.rates]
        for turn in range(3):
            await rates[turn % 2].take([rates[turn % 2].by_account(limit, account)])
        for each in rates:
            with pytest.raises(TooManyRequests):
                await each.take([each.by_account(limit, account)])
