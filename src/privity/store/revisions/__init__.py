"""The revisions of the two databases. Each runs SQL files; Alembic keeps the record."""
