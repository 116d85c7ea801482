"""Whom a record is about: one subject for one number of the other side, on every channel of a project."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from privity.ids import Ids
from privity.store import TenantTransaction

_KNOWN: Final = "SELECT subject_id FROM tenant.party WHERE project_id = %s AND number_index = %s"
_ADD_SUBJECT: Final = "INSERT INTO tenant.subject (tenant_id, id, created_at) VALUES (%s, %s, %s)"
_ADD: Final = """
    INSERT INTO tenant.party (tenant_id, project_id, number_index, subject_id) VALUES (%s, %s, %s, %s)
    ON CONFLICT (tenant_id, project_id, number_index) DO NOTHING
"""

_RECORDS: Final = """
    EXISTS (SELECT FROM tenant.message WHERE subject_id = %(subject)s)
    OR EXISTS (SELECT FROM tenant.fax WHERE subject_id = %(subject)s)
    OR EXISTS (SELECT FROM tenant.call WHERE subject_id = %(subject)s)
    OR EXISTS (SELECT FROM tenant.conversation WHERE subject_id = %(subject)s)
"""
_FORGET_PARTY: Final = f"DELETE FROM tenant.party WHERE subject_id = %(subject)s AND NOT ({_RECORDS})"
_FORGET_SUBJECT: Final = f"DELETE FROM tenant.subject WHERE id = %(subject)s AND NOT ({_RECORDS})"


class _Subject(msgspec.Struct, frozen=True):
    subject_id: UUID


async def subject_of(tx: TenantTransaction, project: UUID, number_index: bytes, ids: Ids, now: datetime) -> UUID:
    """Return the subject that a number belongs to, a new one for a number that was never met."""
    known = await tx.fetch_one(_KNOWN, (project, number_index), into=_Subject)
    if known is not None:
        return known.subject_id
    subject = ids.new()
    await tx.execute(_ADD_SUBJECT, (tx.tenant_id, subject, now))
    await tx.execute(_ADD, (tx.tenant_id, project, number_index, subject))
    kept = await tx.fetch_one(_KNOWN, (project, number_index), into=_Subject)
    return subject if kept is None else kept.subject_id


async def forget_if_last(tx: TenantTransaction, subject: UUID) -> None:
    """Remove a subject, and the hash of its number, once no record is about it."""
    await tx.execute(_FORGET_PARTY, {"subject": subject})
    await tx.execute(_FORGET_SUBJECT, {"subject": subject})
