"""Brings a database to the schema of this version: roles, tables, and the guard's secret.

Runs with the owner's credentials and nothing else does. The schema is SQL, one file a subject, run in the order of
their names; Alembic keeps the record of what has run, and a comment on that record the digest of what the SQL said: a
revision that was edited since is another schema by the same name. A database that is up to date costs two SELECTs.
"""

import hashlib
import re
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import AsyncConnection, Connection, sql

from privity.errors import Misconfigured
from privity.store.failures import translated_failures
from privity.store.guard import Guard
from privity.store.roles import PasswordFor, Role

OLDEST_SUPPORTED = 15_00_00
"""PostgreSQL 15, the first with GRANT SET ON PARAMETER."""


class Side(StrEnum):
    """Which of the two databases: what is kept, or the keys that open it. They never share a backup."""

    DATA = "data"
    KEYS = "keys"


HEAD = {Side.DATA: "0001_core", Side.KEYS: "0001_core"}
"""The revision that this version expects."""

_ROLES = {
    Side.DATA: (Role.APP, Role.LOOKUP, Role.PLATFORM, Role.LEDGER, Role.QUEUE),
    Side.KEYS: (Role.KEYS,),
}

# What each role's sessions start with. Two of them keep statements and their values from other sessions of the role and
# from the log; the limits keep a stuck statement or a forgotten transaction from holding others up.
_SESSION = {
    "track_activities": "off",
    "log_parameter_max_length": "0",
    "jit": "off",  # every statement is short: compiling one would take longer than it runs
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}
_DIGEST = """
    SELECT obj_description(c.oid, 'pg_class') FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relname = 'alembic_version'"""
OWNER_PARAMETERS = ("track_activities", "log_parameter_max_length")
"""Parameters that only a superuser may set, unless it has granted them: the owner needs them for the other roles."""


def migrate(owner_dsn: str, side: Side, password_for: PasswordFor, guard: Guard | None = None) -> bool:
    """Bring the database to this version and return whether anything had to be done.

    The data side needs `guard`, whose pads are put where `guard.tenant()` finds them. Raises Misconfigured when the
    server is older than PostgreSQL 15, when the owner is a superuser or lacks a right, when a later version of Privity
    has been here, or the same revision with other SQL; StoreUnavailable when the database does not answer.
    """
    if (guard is None) != (side is Side.KEYS):
        raise ValueError("the guard belongs to the data side, and to it alone")
    with translated_failures(), psycopg.connect(owner_dsn, autocommit=True, connect_timeout=5) as connection:
        _check_server(connection)
        found = recorded_revision(connection)
        if found != HEAD[side]:
            _create_roles(connection, side, password_for)
            admit_roles(connection, side)
            _upgrade(owner_dsn, side)
        else:
            _require_digest(connection.execute(_DIGEST).fetchone(), side)
        if guard is not None:
            changed = connection.execute(
                "INSERT INTO guard.pads (inner_pad, outer_pad) VALUES (%s, %s) ON CONFLICT (only_row) DO UPDATE"
                " SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"
                " WHERE guard.pads.inner_pad <> excluded.inner_pad",
                guard.pads(),
            ).rowcount
            return found != HEAD[side] or changed > 0
    return found != HEAD[side]


async def require_this_schema(connection: AsyncConnection, side: Side) -> None:
    """Return when the database has the schema of this version, else raise Misconfigured; any role may ask."""
    _require_digest(await (await connection.execute(_DIGEST)).fetchone(), side)


def _require_digest(recorded: tuple[str | None] | None, side: Side) -> None:
    if recorded != (digest_of(side),):
        raise Misconfigured(
            "The database has another schema than this version of Privity.",
            advice="Run `privity migrate` if it is given by URL. What is older than the first release is not brought"
            " forward: begin in a new directory, or run the version that made it.",
        )


def recorded_revision(connection: Connection) -> str | None:
    """Return the revision that the database is at, or None when nothing was ever installed."""
    if connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return None if row is None else str(row[0])


def run_sql_files(side: Side) -> None:
    """Run the SQL files of one side in the order of their names, inside Alembic's transaction."""
    from alembic import op  # noqa: PLC0415 - an up-to-date database never pays for importing Alembic

    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    for script in _scripts(side):
        try:
            if script.name == "60_queue.sql":
                driver.execute(_library_schema())
            driver.execute(script.read_bytes())
        except psycopg.Error as error:
            # The cause is kept, for whoever writes these files: they hold no one's data.
            raise Misconfigured(f"{script.name} does not run on this database.") from error


def record_digest(connection: Connection, side: Side) -> None:
    """Note beside Alembic's record, in its transaction, what the SQL of one side said when the revisions ran."""
    connection.execute(sql.SQL("COMMENT ON TABLE public.alembic_version IS {}").format(sql.Literal(digest_of(side))))


def digest_of(side: Side) -> str:
    """Return the SHA-256 of what the SQL of one side says; comments and space say nothing."""
    said = [b" ".join(re.sub(rb"--[^\n]*", b"", script.read_bytes()).split()) for script in _scripts(side)]
    return hashlib.sha256(b"\n".join(said)).hexdigest()


def _scripts(side: Side) -> list[Traversable]:
    every = files("privity.store").joinpath("sql", side).iterdir()
    return sorted((each for each in every if each.name.endswith(".sql")), key=lambda each: each.name)


def _library_schema() -> bytes:
    """Return the tables of the queue as the installed procrastinate ships them, to be made in schema `queue`.

    Its functions name nothing with a schema, so whoever runs them needs `queue` in the search_path.
    """
    library = find_spec("procrastinate")  # found, not imported: only `store.queue` may load it
    assert library is not None
    assert library.submodule_search_locations is not None
    schema = Path(library.submodule_search_locations[0]) / "sql" / "schema.sql"
    return b"SET LOCAL search_path = queue;\n" + schema.read_bytes() + b"\nSET LOCAL search_path = DEFAULT;\n"


def _check_server(connection: Connection) -> None:
    if connection.info.server_version < OLDEST_SUPPORTED:
        raise Misconfigured("The server is older than PostgreSQL 15.", advice="Use PostgreSQL 15 or later.")
    row = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if row != (False,):
        raise Misconfigured(
            "The owner of the schema is a superuser or bypasses row-level security.",
            advice="Migrate as an ordinary role with CREATEROLE: functions of the schema run with its rights.",
        )


def _create_roles(connection: Connection, side: Side, password_for: PasswordFor) -> None:
    """Create the roles of one side, or give those that exist their password and settings of this version."""
    for role in _ROLES[side]:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        # A verifier and not the password, so that the server never sees it, nor does its log.
        verifier = connection.pgconn.encrypt_password(password_for(role).encode(), role.encode(), b"scram-sha-256")
        connection.execute(
            sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                sql.SQL("ALTER" if known else "CREATE"), sql.Identifier(role), sql.Literal(verifier.decode())
            )
        )
        path = "queue" if role is Role.QUEUE else ""
        try:
            for name, value in {**_SESSION, "search_path": path}.items():
                connection.execute(
                    sql.SQL("ALTER ROLE {} SET {} = {}").format(
                        sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                    )
                )
        except psycopg.errors.InsufficientPrivilege:
            raise Misconfigured(
                f"The owner of the schema may not set {' and '.join(OWNER_PARAMETERS)} for other roles.",
                advice=f"As a superuser: GRANT SET ON PARAMETER {', '.join(OWNER_PARAMETERS)} TO the owner.",
            ) from None


def admit_roles(connection: Connection, side: Side) -> None:
    """Let the roles of one side into the database, and nobody else; nobody may make temporary tables in it.

    These rights belong to the database and not to its schema: a copy made with CREATE DATABASE starts without them.
    """
    database = sql.Identifier(connection.info.dbname)
    roles = sql.SQL(", ").join(map(sql.Identifier, _ROLES[side]))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, roles))


def _upgrade(owner_dsn: str, side: Side) -> None:
    """Run the revisions that are missing, in one transaction."""
    from alembic import command  # noqa: PLC0415 - see run_sql_files
    from alembic.config import Config  # noqa: PLC0415 - likewise
    from alembic.util import CommandError  # noqa: PLC0415 - likewise
    from sqlalchemy import NullPool, create_engine  # noqa: PLC0415 - likewise

    revisions = Path(str(files("privity.store"))) / "revisions"
    config = Config()
    for name, value in {
        "script_location": str(revisions),
        "version_locations": str(revisions / side),
        "path_separator": "newline",
    }.items():
        config.set_main_option(name, value.replace("%", "%%"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(owner_dsn), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            config.attributes.update(connection=connection, side=side)
            command.upgrade(config, HEAD[side])
    except CommandError:
        raise Misconfigured(
            "The database was migrated by a later version of Privity.", advice="Run that version, or restore a backup."
        ) from None
    finally:
        engine.dispose()
