"""The one door: authenticated callers come in, decisions come out, and every touch stands in the ledger first."""

from privity.gate import resources
from privity.gate.access import Access
from privity.gate.actions import Action, ResourceKind
from privity.gate.details import PLATFORM_KEYS, Details
from privity.gate.engine import Engine
from privity.gate.explain import Explanation, explain
from privity.gate.facts import FactReader
from privity.gate.gate import Gate
from privity.gate.resources import Resource
from privity.gate.role_table import Cell, May, RoleRow, role_table
from privity.gate.strangers import Strangers

__all__ = [
    "PLATFORM_KEYS",
    "Access",
    "Action",
    "Cell",
    "Details",
    "Engine",
    "Explanation",
    "FactReader",
    "Gate",
    "May",
    "Resource",
    "ResourceKind",
    "RoleRow",
    "Strangers",
    "explain",
    "resources",
    "role_table",
]
