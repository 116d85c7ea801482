"""`/app/payments`: what payment providers answered, for the office; no card number is known here."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from privity.api.acts import act, callers_own
from privity.dashboard.frame import Frames
from privity.dashboard.lists import ask_of, older_than
from privity.dashboard.page import Page
from privity.gate import Access, Action, resources
from privity.running import Installation


class PaymentShown(msgspec.Struct, frozen=True, kw_only=True):
    """A payment; the provider's token for it is shown to services only."""

    id: UUID
    call: UUID | None
    brand: str
    last4: str
    expired: bool
    created_at: datetime


class Payments(msgspec.Struct, frozen=True, kw_only=True):
    """The project's payments, newest first; `older` goes into `after` for the next page."""

    payments: list[PaymentShown]
    older: str


@get("/app/payments", opt=act(Action.PAYMENT_LIST, callers_own(resources.own_project), people=True))
async def list_them(
    request: Request[Any, Any, Any],
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    frames: NamedDependency[Frames],
    after: Annotated[str, QueryParameter(name="after")] = "",
) -> Response[bytes]:
    """List the project's payments."""
    page = await installation.telephony.payments.page(access, None, ask_of(installation, access, after))
    facts = Payments(
        payments=[
            PaymentShown(
                id=each.id,
                call=each.call_id,
                brand=each.card.brand,
                last4=each.card.last4,
                expired=each.card.expired,
                created_at=each.created_at,
            )
            for each in page.records
        ],
        older=older_than(installation, access, page),
    )
    shown = Page(template="payments.html", title="Payments", facts=facts, door="payments")
    return await frames.answer(request, access, shown)


HANDLERS: Final = (list_them,)
