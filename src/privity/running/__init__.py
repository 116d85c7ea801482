"""Running it: the data directory and its owner, the databases, the open installation, the worker."""

from privity.running.databases import migrate_by_url
from privity.running.directory import DataDirectory
from privity.running.initialising import initialise
from privity.running.installation import Installation, open_installation
from privity.running.provisioning import Provisioned, make_tenant, make_token
from privity.running.records import certificate_of, exported_log, history_of, proof_about
from privity.running.worker import make_worker, sweep_every_tenant, work_forever

__all__ = [
    "DataDirectory",
    "Installation",
    "Provisioned",
    "certificate_of",
    "exported_log",
    "history_of",
    "initialise",
    "make_tenant",
    "make_token",
    "make_worker",
    "migrate_by_url",
    "open_installation",
    "proof_about",
    "sweep_every_tenant",
    "work_forever",
]
