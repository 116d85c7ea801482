"""A log whose end was cut off while nothing ran: it takes no more entries, and is named all the same."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from scene import Place, Stage, staged

from privity.ledger import Frontier
from privity.notary import blinded
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


ALTERED = {
    "an entry": "UPDATE ledger.entry SET leaf = leaf || ' '::bytea WHERE log = %(log)s AND index = 3",
    "an entry of the platform's": (
        "UPDATE ledger.entry SET leaf = leaf || ' '::bytea WHERE log = 'platform' AND index = 1"
    ),
    "the size of its row": "UPDATE ledger.log SET size = size - 1 WHERE log = %(log)s",
    "the root in its row": "UPDATE ledger.log SET root = sha256(root) WHERE log = %(log)s",
    "the tree in its row": "UPDATE ledger.log SET frontier = substr(frontier, 33) WHERE log = %(log)s",
    "the name that the platform's log has for it": "UPDATE ledger.log SET salt = sha256(salt) WHERE log = %(log)s",
}


@promise("B31", sabotage="logs_are_looked_at_from_their_ends_only")
@pytest.mark.parametrize("altered", ["an entry", "an entry of the platform's"])
def test_entry_that_was_altered_in_the_database_is_seen_by_doctor(template: Place, altered: str) -> None:
    is_seen_by_doctor(template, altered)


@pytest.mark.parametrize("altered", [each for each in ALTERED if not each.startswith("an entry")])
def test_row_of_a_log_that_was_altered_in_the_database_is_seen_by_doctor(template: Place, altered: str) -> None:
    is_seen_by_doctor(template, altered)


def is_seen_by_doctor(template: Place, altered: str) -> None:
    with staged(template) as stage:
        log = "platform" if "platform" in altered else str(stage.place.birch.id)
        looked = json.loads(stage.command("doctor", "--json").stdout)
        assert [check["well"] for check in looked["checks"] if check["part"] == "logs"] == [True]
        with at_rest(stage) as database:
            database.execute("SET session_replication_role = replica")
            database.execute(ALTERED[altered].encode(), {"log": str(stage.place.birch.id)})
        looked = json.loads(stage.command("doctor", "--json").stdout)
        assert [log in check["detail"] for check in looked["checks"] if not check["well"]] == [True], looked


def rolled_back(database: psycopg.Connection[Any], log: str) -> range:
    """Put a log back, with its checkpoints and its row, to the last head but one that was told; return what is lost."""
    size, after = told_sizes(database, log)[-2:]
    hashes = database.execute(
        "SELECT leaf_hash FROM ledger.entry WHERE log = %s AND index < %s ORDER BY index", (log, size)
    ).fetchall()
    tree = Frontier()
    for (each,) in hashes:
        tree.append(each)
    database.execute("SET session_replication_role = replica")
    database.execute("DELETE FROM ledger.entry WHERE log = %s AND index >= %s", (log, size))
    database.execute("DELETE FROM ledger.checkpoint WHERE log = %s AND size > %s", (log, size))
    database.execute(
        "UPDATE ledger.log SET size = %s, root = %s, frontier = %s, published = %s WHERE log = %s",
        (size, tree.root(), tree.to_bytes(), size, log),
    )
    return range(size, after)


def told_sizes(database: psycopg.Connection[Any], log: str) -> list[int]:
    row = database.execute("SELECT salt FROM ledger.log WHERE log = %s", (log,)).fetchone()
    assert row is not None
    leaves = database.execute("SELECT leaf FROM ledger.entry WHERE log = 'platform' ORDER BY index").fetchall()
    bodies = [json.loads(leaf)["body"] for (leaf,) in leaves if b"tenant_checkpoint" in leaf]
    return [body["size"] for body in bodies if body["log"] == blinded(row[0], log)]


@promise("B31", sabotage="told_heads_are_not_compared")
@pytest.mark.parametrize("grown", [False, True])
def test_log_that_was_rolled_back_with_its_checkpoints_differs_from_what_the_platform_log_told(
    template: Place, grown: bool
) -> None:
    """Whether or not it has grown again since, longer than it was."""
    with staged(template) as stage:
        log = str(stage.place.birch.id)
        with stage.serving() as server:
            for _ in range(3):
                server.get("/v1/whoami", "birch")
                time.sleep(1.2)
        with at_rest(stage) as database:
            lost = rolled_back(database, log)
        if grown:
            with stage.serving() as server:
                for _ in range(10):
                    assert server.get("/v1/whoami", "birch").status_code == 200
        for arguments in (("--tenant", "birch"), ()):
            code, told = verdict(stage, *arguments)
            assert (code, told.get("log")) == (1, log), told
            assert told["first_bad_index"] in lost


@promise("B31", sabotage="logs_that_are_gone_are_passed_over")
@pytest.mark.parametrize("restarted", [False, True])
def test_log_that_was_replaced_is_missed_by_the_platform_log(template: Place, restarted: bool) -> None:
    with staged(template) as stage:
        log = str(stage.place.birch.id)
        with at_rest(stage) as database:
            database.execute("SET session_replication_role = replica")
            for table in ("entry", "checkpoint", "node", "log"):
                database.execute(f"DELETE FROM ledger.{table} WHERE log = %s", (log,))
        if restarted:
            with stage.serving() as server:
                assert server.get("/v1/whoami", "birch").status_code == 200  # a log without a past, by a new key
        for arguments in (("--tenant", "birch"), ()):
            code, told = verdict(stage, *arguments)
            assert code == 1, told
            assert told["log"] == "platform"
            assert "gone" in told["reason"]


def test_sound_log_that_cannot_record_is_not_read(template: Place) -> None:
    with staged(template) as stage:
        with at_rest(stage) as database:
            database.execute("REVOKE INSERT ON ledger.inbox FROM privity_ledger")
        done = stage.command("ledger", "verify", "--tenant", "birch", "--json")
        assert done.returncode == 4, done.stdout
        assert json.loads(done.stderr.splitlines()[-1])["error"] == "ledger-unavailable"
