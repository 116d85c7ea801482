"""A page before it is drawn: facts, and where they stand."""

import re
from collections.abc import Callable
from typing import Any, Final

import msgspec
from litestar import Response

from privity.gate import Action, Resource, resources

_PAGE_OF_SITE: Final = re.compile(r"/app(/[A-Za-z0-9_-]{1,64}){0,6}")


class Door(msgspec.Struct, frozen=True):
    """One line of the navigation: where it leads, and the act that opens it, on the tenant or on a project."""

    key: str
    href: str
    icon: str
    word: str
    action: Action
    on: Callable[[], Resource] = resources.own_tenant


class Group(msgspec.Struct, frozen=True):
    """Doors under one heading."""

    word: str
    doors: tuple[Door, ...]


NAVIGATION: Final = (
    Group("", (Door("overview", "/app", "overview", "Overview", Action.OVERVIEW_READ),)),
    Group(
        "Custody",
        (
            Door(
                "conversations",
                "/app/conversations",
                "conversation",
                "Conversations",
                Action.CONVERSATION_LIST,
                resources.own_project,
            ),
            Door("messages", "/app/messages", "message", "Messages", Action.MESSAGE_LIST, resources.own_project),
            Door("faxes", "/app/faxes", "fax", "Faxes", Action.FAX_LIST, resources.own_project),
            Door("calls", "/app/calls", "call", "Calls", Action.CALL_LIST, resources.own_project),
            Door("payments", "/app/payments", "card", "Payments", Action.PAYMENT_LIST, resources.own_project),
        ),
    ),
    Group(
        "Acts",
        (
            Door("decisions", "/app/decisions", "decision", "Decisions", Action.LEDGER_LIST),
            Door("emergencies", "/app/emergencies", "warning", "Emergencies", Action.BREAK_GLASS_LIST),
            Door("security", "/app/security", "shield", "Security events", Action.SECURITY_READ),
        ),
    ),
    Group("Proof", (Door("ledger", "/app/ledger", "ledger", "Ledger", Action.LEDGER_LIST),)),
    Group(
        "Workspace",
        (
            Door("people", "/app/people", "people", "People and roles", Action.PERSON_LIST),
            Door("grants", "/app/grants", "grant", "Grants", Action.GRANT_LIST),
            Door("access", "/app/access", "policy", "Access review", Action.ACCESS_REVIEW),
            Door("tokens", "/app/tokens", "key", "Tokens and clients", Action.TOKEN_LIST),
            Door("numbers", "/app/numbers", "number", "Numbers", Action.NUMBER_LIST, resources.own_project),
            Door("webhooks", "/app/webhooks", "webhook", "Webhooks", Action.WEBHOOK_LIST, resources.own_project),
            Door("account", "/app/account", "device", "Sessions and devices", Action.SESSION_LIST),
            Door("settings", "/app/settings", "settings", "Settings", Action.SETTINGS_READ),
        ),
    ),
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a handler returns: a template, the facts for it, and its place.

    `facts` is a struct; `.json` answers with it and nothing else. `crumbs` are (word, href) above the page.
    """

    template: str
    title: str
    facts: msgspec.Struct
    door: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    status: int = 200


def as_json(facts: Any, status: int = 200) -> Response[bytes]:
    """Return the facts of a page as JSON."""
    return Response(msgspec.json.encode(facts), status_code=status, media_type="application/json")


def page_of_site(address: str) -> str:
    """Return the address of a page of ours, or the overview for anything else: nobody is sent elsewhere from here."""
    return address if _PAGE_OF_SITE.fullmatch(address) else "/app"
