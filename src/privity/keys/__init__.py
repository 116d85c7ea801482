"""The keys: where they come from, where they are kept, and how they die.

A KMS wraps one key a tenant, which wraps one key a record. Wrapped keys live in the key database, apart from all that
they open: a backup of the data that is put back brings no shredded record back. `Keys` is what services use;
`FileKeyring` is the KMS of a single machine and holds the secret that names the installation.
"""

from privity.keys.database import KeyDatabase
from privity.keys.hierarchy import Exists, Keys, KeysHealth, RecordKey
from privity.keys.keyring import FileKeyring
from privity.keys.shredding import ShredReceipt
from privity.keys.tenant_seals import TenantSeals

__all__ = ["Exists", "FileKeyring", "KeyDatabase", "Keys", "KeysHealth", "RecordKey", "ShredReceipt", "TenantSeals"]
