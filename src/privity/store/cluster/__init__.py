"""PostgreSQL clusters of our own, for installations that name no server.

The programs come from a wheel; the cluster is ours: our own initdb (passwords, checksums), a folder of mode 0700, a
socket in that folder and no TCP. `EmbeddedCluster` starts, finds, restarts and stops one. Why it is done like this is
written in docs/adr/0005-embedded-postgresql.md.
"""

from privity.store.cluster.embedded import EmbeddedCluster
from privity.store.cluster.programs import Programs, embedded_programs

__all__ = ["EmbeddedCluster", "Programs", "embedded_programs"]
