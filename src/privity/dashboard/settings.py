"""`/app/settings`: how this installation is set up, as far as it concerns a tenant; and the rules in force."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from privity import __version__
from privity.api.acts import act, callers_own
from privity.custody import Channel
from privity.dashboard.frame import Frames
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.redact import Label
from privity.running import Installation


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a person of the tenant may know of the set-up; `policy_set` is its content address."""

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


@get("/app/settings", opt=act(Action.SETTINGS_READ, callers_own(resources.own_tenant), people=True))
async def show(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
) -> Response[bytes]:
    """Show the settings."""
    head = await installation.ledger.checkpoint(access.caller.log)
    keys = await installation.keys.health()
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
    )
    page = Page(template="settings.html", title="Settings", facts=facts, door="settings")
    return await frames.answer(request, access, page)
