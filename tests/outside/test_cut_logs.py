"""A log whose end was cut off while nothing ran: it takes no more entries, and is named all the same."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from scene import Place, Stage, staged

from promises import promise

pytestmark = pytest.mark.slow

CUTS = {
    "its end": ("DELETE FROM ledger.entry WHERE log = %(log)s AND index >= 2", 2),
    "every checkpoint": ("DELETE FROM ledger.checkpoint WHERE log = %(log)s", 0),
    "all logs": ("TRUNCATE ledger.entry", 0),
}


@contextmanager
def at_rest(stage: Stage) -> Iterator[psycopg.Connection[Any]]:
    """Connect as the superuser while nothing of Privity runs."""
    cluster = stage.place.cluster("data")
    cluster.start()
    try:
        with stage.place.behind_the_walls() as database:
            yield database
    finally:
        cluster.stop()


def verdict(stage: Stage, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = stage.command("ledger", "verify", *arguments, "--json")
    return done.returncode, json.loads(done.stdout or b"{}")


@promise("B31", sabotage="cut_logs_are_not_read")
@pytest.mark.parametrize("cut", CUTS)
def test_log_that_was_cut_is_named_though_nothing_can_be_recorded(template: Place, cut: str) -> None:
    statement, first = CUTS[cut]
    with staged(template) as stage:
        log = str(stage.place.birch.id)
        with at_rest(stage) as database:
            database.execute("SET session_replication_role = replica")
            database.execute(statement, {"log": log})
        code, told = verdict(stage, "--tenant", "birch")
        assert (code, told.get("log"), told.get("first_bad_index")) == (1, log, first), told
        code, told = verdict(stage)
        assert (code, told.get("first_bad_index")) == (1, first)
        looked = json.loads(stage.command("doctor", "--json").stdout)
        assert [log in check["detail"] for check in looked["checks"] if check["part"] == "logs"] == [True]
        assert not looked["well"]


@promise("B31", sabotage="unsound_log_halts_nobody")
def test_one_cut_log_stops_its_own_tenant_and_nobody_else(template: Place) -> None:
    """An outcome of the cut log's tenant was left behind too, which nobody can withdraw."""
    with staged(template) as stage:
        birch = stage.place.birch
        with at_rest(stage) as database:
            database.execute("SET session_replication_role = replica")
            database.execute("DELETE FROM ledger.entry WHERE log = %s AND index >= 2", (str(birch.id),))
            database.execute(
                "INSERT INTO ledger.inbox (log, entry_id, kind, body, mac)"
                " VALUES (%s, gen_random_uuid(), 'outcome', '{}', decode(repeat('00', 32), 'hex'))",
                (str(birch.id),),
            )
        with stage.serving() as server:
            refused = server.get("/v1/whoami", "birch")
            assert refused.status_code == 503, refused.text
            time.sleep(2.5)  # longer than any entry may wait before the inbox counts as stuck
            for _ in range(3):
                assert server.get("/v1/whoami", "birch").status_code == 503
                assert server.get("/v1/whoami", "cedar").status_code == 200
            assert server.get("/readyz").status_code == 200
            told = [line for line in server.log.read_text().splitlines() if "log_halted" in line]
            assert [str(birch.id) in line for line in told] == [True]
        code, found = verdict(stage)
        assert (code, found["first_bad_index"]) == (1, 2)
        assert [each["sound"] for each in found["logs"] if each["log"] != str(birch.id)] == [True, True]
        looked = json.loads(stage.command("doctor", "--json").stdout)
        assert [str(birch.id) in check["detail"] for check in looked["checks"] if not check["well"]] == [True]


def test_sound_log_that_cannot_record_is_not_read(template: Place) -> None:
    with staged(template) as stage:
        with at_rest(stage) as database:
            database.execute("REVOKE INSERT ON ledger.inbox FROM privity_ledger")
        done = stage.command("ledger", "verify", "--tenant", "birch", "--json")
        assert done.returncode == 4, done.stdout
        assert json.loads(done.stderr.splitlines()[-1])["error"] == "ledger-unavailable"
