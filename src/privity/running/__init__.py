"""Running it: the data directory and its owner, the databases, the open installation, the worker."""

from privity.running.databases import migrate_by_url
from privity.running.directory import DataDirectory
from privity.running.initialising import initialise
from privity.running.installation import Installation, open_installation
from privity.running.judging import LogsJudge
from privity.running.logs_alone import LogsOf, look_at_logs, open_logs
from privity.running.message_history import MessageHistory, message_history
from privity.running.provisioning import (
    Project,
    Provisioned,
    add_new_token,
    list_projects,
    make_project,
    make_sign_in_link,
    make_tenant,
    make_token,
    person_of,
)
from privity.running.records import Logs, certificate_of, entries_about, exported_log, history_of, proof_about
from privity.running.sample_telephony import SampleTelephony, make_sample_telephony
from privity.running.worker import make_sender, make_worker, sweep_every_tenant, work_forever

__all__ = [
    "DataDirectory",
    "Installation",
    "Logs",
    "LogsJudge",
    "LogsOf",
    "MessageHistory",
    "Project",
    "Provisioned",
    "SampleTelephony",
    "add_new_token",
    "certificate_of",
    "entries_about",
    "exported_log",
    "history_of",
    "initialise",
    "list_projects",
    "look_at_logs",
    "make_project",
    "make_sample_telephony",
    "make_sender",
    "make_sign_in_link",
    "make_tenant",
    "make_token",
    "make_worker",
    "message_history",
    "migrate_by_url",
    "open_installation",
    "open_logs",
    "person_of",
    "proof_about",
    "sweep_every_tenant",
    "work_forever",
]
