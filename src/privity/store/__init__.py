"""The store: where everything is kept, and the walls between what belongs to different tenants.

| module         | owns                                                                         |
|----------------|------------------------------------------------------------------------------|
| `cluster`      | PostgreSQL clusters of our own, when no server is named                      |
| `database`     | pools of connections, one for each role                                      |
| `migrations`   | roles and schema; the SQL is in `sql/`, one file a subject                   |
| `failures`     | what an error of PostgreSQL becomes, and whether a transaction may have been kept |
| `guard`        | the token that makes one tenant's rows visible                               |
| `transactions` | the four transactions; import each from its own module, see there            |
| `linter`       | the rules of the schema, checked against the catalog at build and at start   |
| `blobs`        | objects too large for rows                                                   |
| `ending`       | ends tasks that run until they are cancelled, though a cancellation may be lost |
| `queue`        | jobs that are deferred in the transaction that makes them necessary          |
| `registry`     | every place that can hold a tenant's data, and how deletion reaches it       |
"""

from privity.store.blobs import Blob, Blobs
from privity.store.cluster import EmbeddedCluster
from privity.store.database import Database
from privity.store.ending import end_tasks
from privity.store.failures import is_undecided
from privity.store.guard import Guard
from privity.store.migrations import Side, migrate
from privity.store.queue import Job, Task, defer, hold
from privity.store.roles import PasswordFor, Role, derived_passwords
from privity.store.transactions.statements import TenantTransaction

__all__ = [
    "Blob",
    "Blobs",
    "Database",
    "EmbeddedCluster",
    "Guard",
    "Job",
    "PasswordFor",
    "Role",
    "Side",
    "Task",
    "TenantTransaction",
    "defer",
    "derived_passwords",
    "end_tasks",
    "hold",
    "is_undecided",
    "migrate",
]
