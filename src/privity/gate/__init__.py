"""The one door: authenticated callers come in, decisions come out, and every touch stands in the ledger first."""

from privity.gate import resources
from privity.gate.access import Access
from privity.gate.actions import Action, ResourceKind
from privity.gate.changes import Change
from privity.gate.details import PLATFORM_KEYS, Details
from privity.gate.emergencies import Emergencies, Emergency
from privity.gate.engine import Engine, Policy
from privity.gate.expectations import require_expected, shipped_engine
from privity.gate.explain import Explanation, NearMiss, explain
from privity.gate.facts import FactReader
from privity.gate.gate import Gate
from privity.gate.grants import Grant, Grants, parse_grantee, parse_scope
from privity.gate.notices import Notice, open_notices
from privity.gate.policy_sets import PolicySets
from privity.gate.resources import Resource
from privity.gate.reviewing import Concern, Holdings, Reviewing
from privity.gate.role_table import Cell, May, RoleRow, role_table
from privity.gate.rows import RowFilter, visible_rows
from privity.gate.security_events import EventClass, SecurityEvent, security_events
from privity.gate.strangers import Strangers
from privity.gate.telephony import BROUGHT

__all__ = [
    "BROUGHT",
    "PLATFORM_KEYS",
    "Access",
    "Action",
    "Cell",
    "Change",
    "Concern",
    "Details",
    "Emergencies",
    "Emergency",
    "Engine",
    "EventClass",
    "Explanation",
    "FactReader",
    "Gate",
    "Grant",
    "Grants",
    "Holdings",
    "May",
    "NearMiss",
    "Notice",
    "Policy",
    "PolicySets",
    "Resource",
    "ResourceKind",
    "Reviewing",
    "RoleRow",
    "RowFilter",
    "SecurityEvent",
    "Strangers",
    "explain",
    "open_notices",
    "parse_grantee",
    "parse_scope",
    "require_expected",
    "resources",
    "role_table",
    "security_events",
    "shipped_engine",
    "visible_rows",
]
