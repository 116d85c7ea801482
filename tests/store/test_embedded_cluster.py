"""An embedded cluster is private, survives being killed, and leaves nothing running and nothing in its log."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import privity
from databases import FreshDatabase
from privity.errors import Misconfigured, StoreUnavailable
from privity.store import Database, EmbeddedCluster, Guard, Role, Side, derived_passwords, migrate
from privity.store.cluster.postmaster import find_postmaster
from privity.store.migrations import digest_of, require_this_schema
from privity.store.roles import SUPERUSER
from promises import promise

PASSWORDS = derived_passwords(b"of one test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose path is too long for a socket, as folders of tests often are."""
    return tmp_path_factory.mktemp("x" * 90) / "clusters" / "data"


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[EmbeddedCluster]:
    made = EmbeddedCluster(folder, PASSWORDS)
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def running(cluster: EmbeddedCluster) -> EmbeddedCluster:
    cluster.start()
    return cluster


def kill(cluster: EmbeddedCluster) -> None:
    postmaster = find_postmaster(cluster.folder)
    assert postmaster is not None
    postmaster.signal(signal.SIGKILL)
    while cluster.running:
        time.sleep(0.01)


@promise("E9", sabotage="cluster_folder_open")
def test_files_are_its_owners_only(running: EmbeddedCluster) -> None:
    laxer = {
        str(path.relative_to(running.folder)): oct(path.lstat().st_mode)
        for path in (running.folder, *running.folder.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077 and not path.is_symlink()
    }
    assert laxer == {}
    assert stat.S_IMODE(running.logs.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in running.logs.iterdir()} == {0o600}
    assert stat.S_IMODE(running.folder.parent.stat().st_mode) == 0o700


def test_it_does_not_run_as_root(running: EmbeddedCluster) -> None:
    postmaster = find_postmaster(running.folder)
    assert postmaster is not None
    assert Path(f"/proc/{postmaster.pid}").stat().st_uid != 0
    assert set(Path(f"/proc/{postmaster.pid}/environ").read_text().split("\0")) == {"LC_ALL=C", "TZ=UTC", ""}


def test_there_is_no_way_in_without_a_password_and_none_by_network(running: EmbeddedCluster) -> None:
    for role in (SUPERUSER, Role.OWNER):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(running.dsn(role), password="wrong")
    with psycopg.connect(running.dsn(SUPERUSER)) as connection:
        settings: dict[str, str] = dict(
            connection.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY"
                " ('{listen_addresses,fsync,data_checksums,password_encryption,log_statement}')"
            ).fetchall()
        )
    assert settings == {
        "listen_addresses": "",
        "fsync": "on",
        "data_checksums": "on",
        "password_encryption": "scram-sha-256",
        "log_statement": "none",
    }
    rules = (running.folder / "pg_hba.conf").read_text().splitlines()
    assert {line.split()[-1] for line in rules if line and not line.startswith("#")} == {"scram-sha-256", "reject"}


def test_committed_rows_survive_kill_9_of_the_server(running: EmbeddedCluster) -> None:
    dsn = running.dsn(SUPERUSER)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
    for n in range(3):
        connection = psycopg.connect(dsn)
        connection.execute("INSERT INTO kept VALUES (%s)", (n,))
        connection.commit()
        connection.execute("INSERT INTO kept VALUES (-1)")
        kill(running)
        connection.close()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(dsn)
        running.start()
    with psycopg.connect(dsn, autocommit=True) as connection:
        assert connection.execute("SELECT array_agg(n ORDER BY n) FROM kept").fetchone() == ([0, 1, 2],)
        connection.execute("DROP TABLE kept")


def test_a_pid_that_is_another_servers_now_does_not_keep_it_from_starting(
    running: EmbeddedCluster, tmp_path: Path
) -> None:
    """After a restart of the machine or container, two clusters easily get each other's numbers."""
    other = EmbeddedCluster(tmp_path / "clusters" / "keys", PASSWORDS)
    other.start()
    try:
        kill(running)
        note = running.folder / "postmaster.pid"
        other_pid = find_postmaster(other.folder)
        assert other_pid is not None
        note.write_text(str(other_pid.pid) + note.read_text()[note.read_text().index("\n") :])
        running.start()
        assert running.running
        assert find_postmaster(other.folder) == other_pid
    finally:
        other.stop()
    assert not other.running


def test_another_process_attaches_and_may_stop_it(running: EmbeddedCluster) -> None:
    before = find_postmaster(running.folder)
    attached = EmbeddedCluster(running.folder, PASSWORDS)
    attached.start()
    assert find_postmaster(running.folder) == before
    attached.stop()
    assert not running.running
    attached.stop()


CHILD = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from privity.store import EmbeddedCluster, derived_passwords
EmbeddedCluster(Path(sys.argv[2]), derived_passwords(b"of one test")).start()
print("started", flush=True)
sys.stdin.read()
"""


def test_the_server_does_not_outlive_a_killed_parent(running: EmbeddedCluster) -> None:
    running.stop()
    source = str(Path(privity.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-I", "-c", CHILD, source, str(running.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={},
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"started\n"
        assert find_postmaster(running.folder) is not None
        child.kill()
    deadline = time.monotonic() + 20
    while find_postmaster(running.folder) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert find_postmaster(running.folder) is None
    running.start()


async def test_a_dead_server_is_told_within_bounds_and_a_new_one_is_found(running: EmbeddedCluster) -> None:
    database = Database(lambda _: running.dsn(SUPERUSER), answer_within=1.0)
    async with database.transaction(Role.APP) as connection, database.transaction(Role.APP):
        await connection.execute("SELECT 1")
    kill(running)
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        async with database.transaction(Role.APP):
            pass
    assert time.monotonic() - began < 5
    running.start()
    async with database.transaction(Role.APP) as connection:
        await connection.execute("SELECT 1")
    await database.close()


async def test_a_stopped_backend_is_told_within_bounds(running: EmbeddedCluster) -> None:
    """It accepted the connection and then hangs, as with a dead disk."""
    database = Database(lambda _: running.dsn(SUPERUSER), answer_within=0.5)
    async with database.connection(Role.APP) as connection:
        pid = connection.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            async with database.transaction(Role.APP):
                pass
        assert time.monotonic() - began < 10
    finally:
        os.kill(pid, signal.SIGCONT)
    await database.close()


@promise("B11", sabotage="errors_reach_the_log")
def test_no_statement_no_value_and_no_token_reaches_the_log(running: EmbeddedCluster) -> None:
    guard = Guard(b"g" * 32)
    migrate(running.dsn(Role.OWNER), Side.DATA, PASSWORDS, guard)
    with psycopg.connect(running.dsn(SUPERUSER), autocommit=True) as superuser:
        superuser.execute("CREATE TABLE IF NOT EXISTS canary (t text PRIMARY KEY CHECK (t <> 'x'))")
        superuser.execute("INSERT INTO canary VALUES (%s)", ("canary-key",))
        with pytest.raises(psycopg.errors.UniqueViolation, match="canary-key"):
            superuser.execute("INSERT INTO canary VALUES (%s)", ("canary-key",))
        for statement in ("SELECT 'canary-text' FROM nothing", "SELECT 'canary-cast'::uuid", "canary-syntax"):
            with pytest.raises(psycopg.Error):
                superuser.execute(statement.encode())
        superuser.execute("DROP TABLE canary")
        with psycopg.connect(running.dsn(Role.APP), autocommit=True) as app:
            app.execute("SELECT set_config('privity.token', %s, false)", ("canary-token",))
            with pytest.raises(psycopg.Error):
                app.execute("SELECT 'canary-app' FROM tenant.project")
            os.kill(app.info.backend_pid, signal.SIGKILL)  # the server tells of a crash, and of what was running
    running.start()
    logged = "".join(path.read_text() for path in running.logs.iterdir())
    assert "was terminated by signal 9" in logged
    assert "canary" not in logged
    assert PASSWORDS(Role.APP) not in logged


def test_a_start_waits_for_a_server_that_recovers_meanwhile(
    running: EmbeddedCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare, tries = EmbeddedCluster._prepare, []

    def going_down(cluster: EmbeddedCluster) -> None:
        tries.append(cluster)
        if len(tries) == 1:
            raise psycopg.OperationalError("the database system is in recovery mode")
        prepare(cluster)

    monkeypatch.setattr(EmbeddedCluster, "_prepare", going_down)
    running.start()
    assert len(tries) == 2


def test_half_an_initialization_is_made_anew(tmp_path: Path) -> None:
    cluster = EmbeddedCluster(tmp_path / "clusters" / "data", PASSWORDS)
    (tmp_path / "clusters" / "data.new").mkdir(parents=True)
    (tmp_path / "clusters" / "data.new" / "PG_VERSION").write_text("18")
    cluster.start()
    cluster.stop()
    assert [path.name for path in (tmp_path / "clusters").iterdir()] == ["data"]


def test_a_keyring_of_another_cluster_is_told_at_once(running: EmbeddedCluster) -> None:
    other = EmbeddedCluster(running.folder, derived_passwords(b"of another test"))
    with pytest.raises(Misconfigured, match="keyring does not fit"):
        other.start()


def test_a_user_without_a_name_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr("pwd.getpwuid", nobody)
    with pytest.raises(Misconfigured, match="has no name on this system"):
        EmbeddedCluster(tmp_path / "clusters" / "data", PASSWORDS).start()


def test_only_the_main_thread_starts_a_cluster(running: EmbeddedCluster) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool, pytest.raises(RuntimeError, match="main thread"):
        pool.submit(running.start).result()


async def test_migrating_again_changes_nothing(fresh_database: FreshDatabase) -> None:
    dsn, passwords = fresh_database.data_dsn(Role.OWNER), fresh_database.password_for
    assert migrate(dsn, Side.DATA, passwords, fresh_database.guard) is False
    assert migrate(dsn, Side.DATA, passwords, Guard(b"another secret".ljust(32))) is True
    assert migrate(fresh_database.keys_dsn(Role.OWNER), Side.KEYS, passwords) is False


async def test_a_superuser_may_not_own_the_schema(fresh_database: FreshDatabase) -> None:
    with pytest.raises(Misconfigured, match="superuser"):
        migrate(fresh_database.superuser_dsn, Side.DATA, fresh_database.password_for, fresh_database.guard)


async def test_a_later_versions_database_is_left_alone(fresh_database: FreshDatabase) -> None:
    async with fresh_database.data.connection(Role.OWNER) as connection:
        await connection.execute("UPDATE public.alembic_version SET version_num = '9999_later'")
    with pytest.raises(Misconfigured, match="later version"):
        migrate(fresh_database.data_dsn(Role.OWNER), Side.DATA, fresh_database.password_for, fresh_database.guard)


@pytest.mark.parametrize("side", Side)
async def test_a_database_of_an_edited_schema_is_refused(fresh_database: FreshDatabase, side: Side) -> None:
    """Under the same revision: whatever is missing in it would be met somewhere on the way."""
    data = side is Side.DATA
    database, dsn = (
        (fresh_database.data, fresh_database.data_dsn) if data else (fresh_database.keys, fresh_database.keys_dsn)
    )
    guard = fresh_database.guard if data else None
    async with database.connection(Role.PLATFORM if data else Role.KEYS) as asking:
        await require_this_schema(asking, side)
        assert not migrate(dsn(Role.OWNER), side, fresh_database.password_for, guard)
        for recorded in ("NULL", "'of something else'"):
            async with database.connection(Role.OWNER) as connection:
                await connection.execute(f"COMMENT ON TABLE public.alembic_version IS {recorded}".encode())
            with pytest.raises(Misconfigured, match="another schema"):
                migrate(dsn(Role.OWNER), side, fresh_database.password_for, guard)
            with pytest.raises(Misconfigured, match="another schema"):
                await require_this_schema(asking, side)


def test_digest_of_the_schema_tells_every_edit_but_those_of_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privity.store.migrations.files", lambda _: tmp_path)
    (tmp_path / "sql" / "data").mkdir(parents=True)
    script, digests = tmp_path / "sql" / "data" / "10_one.sql", []
    for text in ("SELECT 1;", "-- One.\nSELECT  1; -- one\n", "SELECT 2;"):
        script.write_text(text)
        digests.append(digest_of(Side.DATA))
    assert digests[0] == digests[1] != digests[2]
    script.with_name("20_two.sql").write_text("")
    assert digest_of(Side.DATA) not in digests


def test_the_expected_revision_is_the_last_one() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from privity.store.migrations import HEAD

    revisions = Path(privity.__file__).parent / "store" / "revisions"
    for side in Side:
        config = Config()
        config.set_main_option("script_location", str(revisions))
        config.set_main_option("version_locations", str(revisions / side))
        config.set_main_option("path_separator", "newline")
        assert ScriptDirectory.from_config(config).get_current_head() == HEAD[side]
