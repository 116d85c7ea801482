"""Alembic's entry: runs the missing revisions on the connection that `privity.store.migrations` brings."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table_schema="public")
with context.begin_transaction():
    context.run_migrations()
