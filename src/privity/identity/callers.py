"""Callers: who asks, bound to one tenant or, as a platform caller, to none and so never near content."""

import os
import re
import socket
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from privity.identity.roles import Factor, Role
from privity.identity.scopes import Scope
from privity.notary import PLATFORM

_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9._-]")


class CallerKind(StrEnum):
    """What kind of being asks."""

    PERSON = "person"
    SERVICE = "service"
    OPERATOR = "operator"
    WORKER = "worker"
    NOBODY = "nobody"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request came from; personal data, so it is only ever stored sealed (conflict 12).

    `certificate` is the thumbprint of the client certificate that TLS has checked (RFC 8705 section 3.1), or empty; it
    names a machine and stands in ledger entries as it is.
    """

    request_id: UUID
    address: str = ""
    user_agent: str = ""
    certificate: str = ""

    def __repr__(self) -> str:
        """Show the request, not where it came from."""
        return f"Origin(request_id={self.request_id})"


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, as every later step sees it.

    `id` is opaque: a person's uuid, a token's or service's public id, `uid-N@host` for an operator, a task's name for
    the worker. `tenant` is None for a platform caller. `cause` is the decision that ordered a worker's job.
    Of a person: `factors` are what this session has shown, `enrolled` whether there is a second factor at all.
    """

    kind: CallerKind
    id: str
    tenant: UUID | None
    project: UUID | None = None
    scopes: frozenset[Scope] = frozenset()
    origin: Origin
    cause: UUID | None = None
    role: Role | None = None
    clinical: bool = False
    projects: frozenset[UUID] = frozenset()
    every_project: bool = False
    factors: frozenset[Factor] = frozenset()
    enrolled: bool = False
    session: UUID | None = None

    @property
    def mfa(self) -> bool:
        """Whether a second factor was shown: a recovery code lets its holder enrol a new one and counts as none."""
        return not self.factors.isdisjoint((Factor.TOTP, Factor.PASSKEY))

    def sees(self, project: UUID) -> bool:
        """Whether a person was granted a project."""
        return self.every_project or project in self.projects

    @property
    def log(self) -> str:
        """The ledger that the caller's acts are recorded in: its tenant's, or the platform's."""
        return PLATFORM if self.tenant is None else str(self.tenant)

    @property
    def principal(self) -> str:
        """The caller in one word, as it stands in ledger entries: `service:k3jx0q2v7a`."""
        return f"{self.kind}:{self.id}"


def nobody(origin: Origin) -> Caller:
    """Return the caller that has not shown who it is."""
    return Caller(kind=CallerKind.NOBODY, id="unknown", tenant=None, origin=origin)


def operator_of_this_machine(tenant: UUID | None, origin: Origin) -> Caller:
    """Return whoever runs the command line, by numeric user id and host name."""
    host = _UNUSUAL.sub("-", socket.gethostname())[:63]
    return Caller(kind=CallerKind.OPERATOR, id=f"uid-{os.getuid()}@{host}", tenant=tenant, origin=origin)


def worker(task: str, tenant: UUID, cause: UUID | None, origin: Origin) -> Caller:
    """Return the installation's own worker, doing one task for one tenant, because of one decision or by schedule."""
    return Caller(kind=CallerKind.WORKER, id=task, tenant=tenant, cause=cause, origin=origin)
