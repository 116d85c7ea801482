"""`/app/settings`: how this installation is set up, as far as it concerns a tenant; and the rules in force."""

from typing import Any, Final

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from privity import __version__
from privity.api.acts import act, callers_own
from privity.custody import Channel
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.redact import Label
from privity.running import Installation
from privity.running.worker import UNNAMED_FOR

_OWN: Final = callers_own(resources.own_tenant)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a person of the tenant may know of the set-up; `policy_set` is its content address.

    `may_clean` is whether whoever looks may have left-overs swept.
    """

    version: str
    tenant: str
    channels: list[str]
    labels: list[str]
    policy_set: str
    speech: str
    upload_limit: int
    key_root: int | None
    log: str
    vkey: str
    may_clean: bool


class Cleaned(msgspec.Struct, frozen=True, kw_only=True):
    """What was swept: sources that nothing named, and conversations whose source was too old to be waited for."""

    sources_removed: int
    conversations_ended: int


@get("/app/settings", opt=act(Action.SETTINGS_READ, _OWN, people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the settings."""
    head = await installation.ledger.checkpoint(access.caller.log)
    keys = await installation.keys.health()
    [may_clean] = await installation.gate.may(access.caller, [(Action.SOURCE_SWEEP, resources.own_tenant())])
    facts = Settings(
        version=__version__,
        tenant=str(access.tenant),
        channels=[str(channel) for channel in Channel],
        labels=[str(label) for label in Label],
        policy_set=installation.engine.digest,
        speech=installation.settings.speech_recognizer,
        upload_limit=installation.settings.upload_limit,
        key_root=keys.kms.current_root,
        log=head.origin,
        vkey=head.vkey,
        may_clean=may_clean,
    )
    page = Page(template="settings.html", title="Settings", facts=facts, door="settings")
    return await frames.answer(request, access, page)


@post("/app/settings/clean-up", status_code=200, opt=act(Action.SOURCE_SWEEP, _OWN, people=True))
async def clean_up(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Sweep what a crash left behind, as the worker does every hour, and tell how much that was."""
    removed = await installation.sweeping.sweep(access, unnamed_for=UNNAMED_FOR)
    facts = Cleaned(sources_removed=removed, conversations_ended=int(access.outcome["overdue"]))
    page = Page(
        template="cleaned.html",
        title="Cleaned up",
        facts=facts,
        door="settings",
        crumbs=(("Settings", "/app/settings"),),
    )
    return await frames.answer(request, access, page)


HANDLERS: Final = (show, clean_up)
