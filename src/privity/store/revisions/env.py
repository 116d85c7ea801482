"""Alembic's entry: runs the missing revisions on the connection that `privity.store.migrations` brings."""

from alembic import context

from privity.store.migrations import record_digest

connection, side = context.config.attributes["connection"], context.config.attributes["side"]
context.configure(connection=connection, version_table_schema="public")
with context.begin_transaction():
    context.run_migrations()
    record_digest(connection.connection.driver_connection, side)
