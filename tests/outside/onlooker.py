"""A superuser who looks into running clusters again and again, over one connection to each.

    onlooker.rows(cluster, "SELECT count(*) FROM ledger.inbox")

Tests that wait for something look fifty times a second: a new connection costs more than what it looks at.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from privity.store import EmbeddedCluster
from privity.store.roles import SUPERUSER

Rows = list[tuple[Any, ...]]

_kept: dict[tuple[int, Path], psycopg.Connection[Any]] = {}  # by process too: a fork may not use its parent's


def rows(cluster: EmbeddedCluster, query: bytes, values: Sequence[object] = (), *, options: str = "") -> Rows:
    """Return what a query finds; a cluster that was started anew since the last look is connected to anew."""
    key = os.getpid(), cluster.folder
    if (known := _kept.get(key)) is not None:
        try:
            return known.execute(query, values).fetchall()
        except psycopg.OperationalError:
            if not known.broken:
                raise
            del _kept[key]
    _kept[key] = connected(cluster, options)
    return _kept[key].execute(query, values).fetchall()


def connected(cluster: EmbeddedCluster, options: str = "") -> psycopg.Connection[Any]:
    """Return a connection of one's own, with options for its session."""
    return psycopg.connect(cluster.dsn(SUPERUSER), autocommit=True, options=options, prepare_threshold=None)


def look_away(folder: Path) -> None:
    """Close the connections to the clusters below a folder."""
    for key in [key for key in _kept if key[0] == os.getpid() and folder in key[1].parents]:
        _kept.pop(key).close()
