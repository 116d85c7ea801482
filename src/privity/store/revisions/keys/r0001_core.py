"""The core: tenant keys and record keys."""

from privity.store.migrations import Side, run_sql_files

revision = "0001_core"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything, by running the SQL files in the order of their names."""
    run_sql_files(Side.KEYS)
