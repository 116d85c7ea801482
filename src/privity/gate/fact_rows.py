"""The statements that read facts: one for each kind of resource, each by exact keys, however many grants there are.

Whatever a statement returns is of the caller's own tenant: it runs in the tenant's transaction.
"""

from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

import msgspec

from privity.gate.actions import ResourceKind
from privity.gate.telephony import BROUGHT, ORDERED, TABLES

GRANT_IN_FORCE: Final = """
    SELECT g.id, g.ends_at FROM unnest(ARRAY[
        'conversation:' || c.id, 'subject:' || c.subject_id, 'project:' || c.project_id, 'author:' || c.brought_by
    ]) AS covering (scope) CROSS JOIN LATERAL (
        SELECT id, ends_at FROM tenant.access_grant
        WHERE grantee = %(principal)s AND scope = covering.scope AND state = 'given'
          AND starts_at <= %(now)s AND ends_at > %(now)s
        ORDER BY ends_at DESC LIMIT 1
    ) AS g
"""
"""The grants in force that cover conversation `c` for a principal: at most one for each scope that it lies in."""

_BREAK_GLASS: Final = """
    SELECT id, ends_at, approved_at IS NOT NULL AS approved, owners_told_at IS NOT NULL AS told FROM tenant.break_glass
    WHERE holder = %(principal)s AND ended_at IS NULL AND opened_at <= %(now)s AND ends_at > %(now)s
    ORDER BY ends_at DESC LIMIT 1
"""

_TENANT: Final = """
    SELECT t.state = 'open' AS tenant_open FROM platform.own_tenant() AS t
"""
_PROJECT: Final = """
    SELECT t.state = 'open' AS tenant_open, p.id AS project_id
    FROM platform.own_tenant() AS t CROSS JOIN LATERAL (
        SELECT id FROM tenant.project WHERE %(id)s::uuid IS NULL OR id = %(id)s
        ORDER BY id = ANY(%(seen)s::uuid[]) DESC, id LIMIT 1
    ) AS p
"""
_CONVERSATION: Final = f"""
    SELECT t.state = 'open' AS tenant_open, c.project_id, c.channel, c.state, c.brought_by, c.created_at, c.cause,
        g.id AS grant_id, g.ends_at AS grant_ends, b.id AS glass_id, b.ends_at AS glass_ends, b.approved, b.told
    FROM platform.own_tenant() AS t CROSS JOIN tenant.conversation AS c
    LEFT JOIN LATERAL ({GRANT_IN_FORCE} ORDER BY g.ends_at DESC LIMIT 1) AS g ON true
    LEFT JOIN LATERAL ({_BREAK_GLASS}) AS b ON true
    WHERE c.id = %(id)s
"""
_DELETION: Final = """
    SELECT t.state = 'open' AS tenant_open, d.project_id, d.requested_by AS asked_by, d.cause
    FROM platform.own_tenant() AS t CROSS JOIN tenant.deletion AS d WHERE d.id = %(id)s
"""
_MISSED: Final = """
    SELECT t.state = 'open' AS tenant_open, m.project_id, m.cause
    FROM platform.own_tenant() AS t CROSS JOIN tenant.missed AS m WHERE m.id = %(id)s
"""
# A scope that names nothing here, or a grantee whom nobody knows, gives no row.
_AUTHOR: Final = """
    CROSS JOIN LATERAL (
        SELECT c.brought_by AS author FROM tenant.conversation AS c
        WHERE w.scope LIKE 'conversation:%%' AND c.id = split_part(w.scope, ':', 2)::uuid AND c.state <> 'deleting'
        UNION ALL SELECT '' FROM tenant.subject AS s
        WHERE w.scope LIKE 'subject:%%' AND s.id = split_part(w.scope, ':', 2)::uuid
        UNION ALL SELECT '' FROM tenant.project AS p
        WHERE w.scope LIKE 'project:%%' AND p.id = split_part(w.scope, ':', 2)::uuid
        UNION ALL SELECT substr(w.scope, 8) FROM identity.standing(substr(w.scope, 8), %(now)s)
        WHERE w.scope LIKE 'author:%%'
    ) AS a
"""
_PROPOSED: Final = f"""
    SELECT t.state = 'open' AS tenant_open, w.scope, w.grantee, g.role AS grantee_role, g.clinical AS grantee_clinical,
        a.author, coalesce(b.role, '') AS on_behalf_role
    FROM platform.own_tenant() AS t
    CROSS JOIN (SELECT %(grantee)s::text AS grantee, %(scope)s::text AS scope) AS w
    CROSS JOIN LATERAL identity.standing(w.grantee, %(now)s) AS g {_AUTHOR}
    LEFT JOIN LATERAL identity.standing(%(behalf)s, %(now)s) AS b ON true
"""
_GRANT: Final = """
    SELECT t.state = 'open' AS tenant_open, w.scope, w.grantee, w.given_by, w.asked_by,
        coalesce(g.role, '') AS grantee_role, g.clinical AS grantee_clinical, a.author,
        coalesce(b.role, '') AS on_behalf_role
    FROM platform.own_tenant() AS t CROSS JOIN tenant.access_grant AS w
    LEFT JOIN LATERAL identity.standing(w.grantee, %(now)s) AS g ON true
    LEFT JOIN LATERAL (
        SELECT c.brought_by AS author FROM tenant.conversation AS c
        WHERE w.scope LIKE 'conversation:%%' AND c.id = split_part(w.scope, ':', 2)::uuid
        UNION ALL SELECT substr(w.scope, 8) WHERE w.scope LIKE 'author:%%' LIMIT 1
    ) AS a ON true
    LEFT JOIN LATERAL identity.standing(%(behalf)s, %(now)s) AS b ON true
    WHERE w.id = %(id)s
"""
_EMERGENCY: Final = """
    SELECT t.state = 'open' AS tenant_open, e.holder, coalesce(b.role, '') AS on_behalf_role
    FROM platform.own_tenant() AS t CROSS JOIN tenant.break_glass AS e
    LEFT JOIN LATERAL identity.standing(%(behalf)s, %(now)s) AS b ON true
    WHERE e.id = %(id)s
"""

_MEMBER: Final = """
    SELECT t.state = 'open' AS tenant_open, p.id AS person_id, p.role
    FROM platform.own_tenant() AS t CROSS JOIN LATERAL identity.own_person(%(id)s) AS p
"""
_FACTOR: Final = """
    SELECT t.state = 'open' AS tenant_open, f.person_id, f.others = 0 AND f.kind <> 'recovery' AS last
    FROM platform.own_tenant() AS t CROSS JOIN LATERAL identity.own_factor(%(id)s) AS f
"""

PROPOSED: Final = _PROPOSED
"""The statement for a grant that is not there yet."""

STATEMENTS: Final[dict[ResourceKind, LiteralString]] = (
    {
        ResourceKind.BREAK_GLASS: _EMERGENCY,
        ResourceKind.CONVERSATION: _CONVERSATION,
        ResourceKind.DECISION: _TENANT,
        ResourceKind.DELETION: _DELETION,
        ResourceKind.FACTOR: _FACTOR,
        ResourceKind.GRANT: _GRANT,
        ResourceKind.MEMBER: _MEMBER,
        ResourceKind.MISSED: _MISSED,
        ResourceKind.PROJECT: _PROJECT,
        ResourceKind.TENANT: _TENANT,
    }
    | {
        kind: f"""
    SELECT t.state = 'open' AS tenant_open, it.project_id{", it.cause" if kind in ORDERED else ""}
    FROM platform.own_tenant() AS t CROSS JOIN {table} AS it WHERE it.id = %(id)s
"""
        for kind, table in TABLES.items()
    }
    | {
        kind: f"""
    SELECT t.state = 'open' AS tenant_open, c.project_id, c.brought_by, g.id AS grant_id, g.ends_at AS grant_ends
        {", r.cause" if kind in ORDERED else ""}
    FROM platform.own_tenant() AS t CROSS JOIN {source}
    LEFT JOIN LATERAL ({GRANT_IN_FORCE} ORDER BY g.ends_at DESC LIMIT 1) AS g ON true
    WHERE r.id = %(id)s
"""
        for kind, source in BROUGHT.items()
    }
)
"""The statement for each kind of resource that lies in a tenant."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement found; what it did not ask for keeps its default."""

    tenant_open: bool
    project_id: UUID | None = None
    channel: str = ""
    state: str = ""
    brought_by: str = ""
    created_at: datetime | None = None
    cause: UUID | None = None
    grant_id: UUID | None = None
    grant_ends: datetime | None = None
    glass_id: UUID | None = None
    glass_ends: datetime | None = None
    approved: bool | None = None
    told: bool | None = None
    asked_by: str | None = None
    scope: str = ""
    grantee: str = ""
    grantee_role: str = ""
    grantee_clinical: bool | None = None
    given_by: str | None = None
    author: str | None = None
    on_behalf_role: str = ""
    holder: str = ""
    person_id: UUID | None = None
    role: str = ""
    last: bool = False
