"""One embedded cluster: made, started, found running, restarted, stopped."""

import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from privity.durable import sync_folder
from privity.errors import Misconfigured, StoreUnavailable
from privity.store.cluster.account import Account, account_for
from privity.store.cluster.launch import IN_FOLDER, launch, run
from privity.store.cluster.postmaster import Postmaster, find_postmaster, serves
from privity.store.cluster.programs import Programs, embedded_programs
from privity.store.migrations import OWNER_PARAMETERS
from privity.store.roles import SUPERUSER, PasswordFor, Role

DATABASE = "privity"
"""The name of the one database in a cluster."""

_PORT = "5432"  # part of the name of the socket; nothing listens on it
_LONGEST_SOCKET_PATH = 107  # bytes, sockaddr_un.sun_path without its NUL (unix(7))
_READY_WITHIN = 60.0  # seconds; recovery after a crash comes first
_STOPPED_WITHIN = 15.0
_LOG_KEPT = 1 << 20  # bytes before a log is set aside at the next start

_GOING_DOWN = frozenset({None, "57P01", "57P02", "57P03"})  # libpq gives no SQLSTATE of an attempt to connect
_WRONG_PASSWORD = "password authentication failed"  # noqa: S105 - what the server says, which is set to speak English

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "port": _PORT,
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_logical_replication_workers": "0",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "wal_recycle": "off",  # a recycled segment keeps its content under a new name
    "password_encryption": "scram-sha-256",
    # What reaches the log: starts, stops and crashes. Errors quote values ("invalid input syntax …"), and details quote
    # statements and keys, so neither is written.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}


class EmbeddedCluster:
    """A cluster in `folder`, which is DIR/clusters/data or DIR/clusters/keys.

    `password_for` gives the passwords of its roles. Logs go to `logs`, by default DIR/logs. `programs` are those of
    the wheel unless others are given.
    """

    def __init__(
        self,
        folder: Path,
        password_for: PasswordFor,
        *,
        logs: Path | None = None,
        programs: Programs | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.logs = logs or self.folder.parents[1] / "logs"
        self._password_for = password_for
        self._programs = programs
        self._child: subprocess.Popen[bytes] | None = None
        self._folder_descriptor: int | None = None

    def __repr__(self) -> str:
        return f"EmbeddedCluster({str(self.folder)!r})"

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """Return the connection string of a role, for this process only: the socket's path may go through /proc."""
        return make_conninfo(
            host=self._socket_folder(),
            port=_PORT,
            dbname=database,
            user=role,
            password=self._password_for(role),
            application_name="privity",
        )

    @property
    def exists(self) -> bool:
        """Whether the cluster was made; raises Misconfigured for a folder that is no cluster and not empty."""
        if (self.folder / "PG_VERSION").exists():
            return True
        if self.folder.is_dir() and any(self.folder.iterdir()):
            raise Misconfigured(
                f"the cluster in {self.folder} is damaged: its PG_VERSION is missing",
                advice="Put the folder back from a copy.",
            )
        return False

    @property
    def running(self) -> bool:
        """Whether the cluster has a server, started by whomever."""
        return self._postmaster() is not None

    def start(self) -> None:
        """Make sure that the cluster exists and answers: makes it, starts it, or finds it running.

        A server that was killed is started again and recovers. The server that this starts dies with this process, even
        by kill -9; the system ties it to the thread that starts it, so that must be the main thread. Raises
        StoreUnavailable when the cluster does not answer within a minute.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("a cluster is started from the main thread: its server would die with another one")
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = account_for(self.folder)
        if not self.exists:
            self._initialize(account)
        deadline = time.monotonic() + _READY_WITHIN
        while not (self._answers() and self._is_prepared()):
            if time.monotonic() > deadline:
                raise StoreUnavailable(
                    f"The cluster in {self.folder.name} did not start.", advice=f"Its log is in {self.logs}."
                )
            # After a kill -9 the orphans of the old server hold its memory for a moment and a new one gives up: again.
            if self._postmaster() is None:
                self._launch(account)
            time.sleep(0.02)

    def revive(self) -> bool:
        """Start a server that has died, and return whether that was so; does not wait until it answers.

        It may have to be called again: while orphans of the old server hold its memory, a new one gives up. To be
        called from the main thread only, as `start`.
        """
        if self._postmaster() is not None:
            return False
        self._launch(account_for(self.folder))
        return True

    def stop(self) -> None:
        """Stop the server, whoever started it, without waiting for its clients; does nothing when none runs."""
        postmaster = self._postmaster()
        if postmaster is not None:
            postmaster.signal(signal.SIGINT)  # "fast": SIGTERM would wait for clients
            if not self._gone(postmaster):
                postmaster.signal(signal.SIGQUIT)  # "immediate": recovers at the next start
                self._gone(postmaster)
        if self._child is not None:
            self._child.wait(_STOPPED_WITHIN)
            self._child = None
        if self._folder_descriptor is not None:
            os.close(self._folder_descriptor)
            self._folder_descriptor = None

    def _initialize(self, account: Account) -> None:
        """Make the cluster beside its place and rename it when it is whole, so that half a cluster is never started."""
        programs = self._reachable(account)
        fresh = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = os.memfd_create("password")
        try:
            os.write(password, self._password_for(SUPERUSER).encode())
            os.fchmod(password, 0o600)
            if not account.is_us():
                os.fchown(password, account.uid, account.gid)
                os.chown(fresh, account.uid, account.gid)
            _require_name(account)
            run(
                [
                    programs.path("initdb"),
                    "--pgdata",
                    IN_FOLDER,
                    f"--username={SUPERUSER}",
                    f"--pwfile=/proc/self/fd/{password}",
                    "--auth-local=scram-sha-256",
                    "--auth-host=reject",
                    "--data-checksums",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                ],
                fresh,
                account,
                pass_fds=(password,),
            )
        finally:
            os.close(password)
        fresh.rename(self.folder)
        sync_folder(self.folder.parent)

    def _launch(self, account: Account) -> None:
        programs = self._reachable(account)
        log = self.logs / f"postgres-{self.folder.name}.log"
        if log.exists() and log.stat().st_size > _LOG_KEPT:
            log.replace(log.with_suffix(".log.1"))
        command: list[str | Path] = [programs.path("postgres"), "-D", IN_FOLDER]
        for name, value in _SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as output:
            self._child = launch(command, self.folder, account, output)

    def _reachable(self, account: Account) -> Programs:
        self._programs = (self._programs or embedded_programs()).reachable_by(account)
        return self._programs

    def _answers(self) -> bool:
        if self._postmaster() is None:
            return False
        try:
            psycopg.connect(self.dsn(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as failure:
            if _WRONG_PASSWORD in str(failure):  # libpq gives no SQLSTATE of an attempt to connect
                raise Misconfigured(
                    f"the keyring does not fit the cluster in {self.folder}: its passwords are others",
                    advice="Put back the keyring that this data directory was made with.",
                ) from None
            return False
        return True

    def _is_prepared(self) -> bool:
        """Prepare the cluster; False when its server went down meanwhile, to recover from a process that was killed."""
        try:
            self._prepare()
        except psycopg.OperationalError as failure:
            if failure.sqlstate not in _GOING_DOWN:
                raise
            return False
        return True

    def _prepare(self) -> None:
        """Create the owner and its database in a new cluster; each step may have been the last before a crash."""
        owner = sql.Identifier(Role.OWNER)
        self._create_database(owner)
        with psycopg.connect(self.dsn(SUPERUSER), autocommit=True) as connection:
            # For the shredding of keys: the WAL forgets them too (docs/adr/0003-separate-key-database.md).
            connection.execute(sql.SQL("GRANT pg_checkpoint TO {} WITH ADMIN OPTION").format(owner))
            connection.execute(
                sql.SQL("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {} WITH GRANT OPTION").format(owner)
            )

    def _create_database(self, owner: sql.Identifier) -> None:
        with psycopg.connect(self.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
                return
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (Role.OWNER,)).fetchone():
                secret = self._password_for(Role.OWNER).encode()
                verifier = connection.pgconn.encrypt_password(secret, Role.OWNER.encode(), b"scram-sha-256")
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owner, sql.Literal(verifier.decode()))
                )
            parameters = sql.SQL(", ").join(map(sql.Identifier, OWNER_PARAMETERS))
            connection.execute(sql.SQL("GRANT SET ON PARAMETER {} TO {}").format(parameters, owner))
            connection.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner))

    def _postmaster(self) -> Postmaster | None:
        """Return the server of the folder; one that we have just started may not have written its number down yet."""
        if self._child is not None and self._child.poll() is None:  # poll() reaps it when it was killed
            return Postmaster(pid=self._child.pid)
        return find_postmaster(self.folder)

    def _gone(self, postmaster: Postmaster) -> bool:
        deadline = time.monotonic() + _STOPPED_WITHIN
        # A server takes its note away a little before it ends.
        while self._postmaster() == postmaster or serves(postmaster.pid, self.folder):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def _socket_folder(self) -> str:
        """Return a path to the folder that is short enough for a socket: its own, or one through a descriptor of it."""
        if len(os.fsencode(self.folder / f".s.PGSQL.{_PORT}")) <= _LONGEST_SOCKET_PATH:
            return str(self.folder)
        if self._folder_descriptor is None:
            self._folder_descriptor = os.open(self.folder, os.O_PATH | os.O_DIRECTORY)
        return f"/proc/self/fd/{self._folder_descriptor}"


def _require_name(account: Account) -> None:
    """Raise Misconfigured for a user that the system knows by number only, as containers run: initdb wants a name."""
    try:
        pwd.getpwuid(account.uid)
    except KeyError:
        raise Misconfigured(
            f"the user {account.uid} has no name on this system, and PostgreSQL makes no cluster for such a one",
            advice=f"Add it, such as with: useradd --no-create-home --uid {account.uid} privity",
        ) from None
