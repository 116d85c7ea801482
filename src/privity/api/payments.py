"""`/v1/payments`: what a payment provider answered, for callers with a scope of billing. No card number is taken."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from privity.api.acts import act, callers_own, named
from privity.api.answers import gone
from privity.api.description import takes
from privity.api.lists import After, Limit, ask_of, next_of
from privity.api.people.exchange import body_of
from privity.custody.telephony import CardMetadata, Payment
from privity.gate import Access, Action, resources
from privity.ids import parse_id
from privity.running import Installation


class PaymentGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a provider answered: its token, the brand, the last four digits, whether the card has expired."""

    token: str
    brand: str
    last4: str
    expired: bool = False
    call: UUID | None = None


class PaymentMade(msgspec.Struct, frozen=True):
    """A payment that is kept."""

    id: UUID


class PaymentShown(msgspec.Struct, frozen=True, kw_only=True):
    """One payment."""

    id: UUID
    call: UUID | None
    token: str
    brand: str
    last4: str
    expired: bool
    created_at: datetime


class PaymentPage(msgspec.Struct, frozen=True):
    """Payments, newest first; `next` goes into `after` for the next page."""

    payments: list[PaymentShown]
    next: str | None


@post(
    "/v1/payments",
    status_code=201,
    opt=act(Action.PAYMENT_CREATE, callers_own(resources.own_project)) | takes(PaymentGiven),
)
async def keep_payment(
    request: Request[Any, Any, Any], access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> PaymentMade:
    """Keep what a provider answered; whatever could be a card number is refused."""
    given = await body_of(request, PaymentGiven)
    card = CardMetadata(token=given.token, brand=given.brand, last4=given.last4, expired=given.expired)
    return PaymentMade(await installation.telephony.payments.add(access, card, given.call))


@get("/v1/payments", opt=act(Action.PAYMENT_LIST, callers_own(resources.own_project)))
async def list_payments(
    access: NamedDependency[Access],
    installation: NamedDependency[Installation],
    call: FromQuery[str | None] = None,
    after: After = None,
    limit: Limit = 50,
) -> PaymentPage:
    """List the project's payments, of one call or of all, newest first."""
    of_call = None if call is None else parse_id(call, "`call`")
    page = await installation.telephony.payments.page(access, of_call, ask_of(installation, access, after, limit))
    return PaymentPage([_shown(each) for each in page.records], next_of(installation, access, page))


@get("/v1/payments/{id:str}", opt=act(Action.PAYMENT_READ, named(resources.payment)))
async def show_payment(access: NamedDependency[Access], installation: NamedDependency[Installation]) -> PaymentShown:
    """Show one payment."""
    return _shown(await installation.telephony.payments.read(access))


@delete("/v1/payments/{id:str}", opt=act(Action.PAYMENT_DELETE, named(resources.payment)))
async def delete_payment(
    access: NamedDependency[Access], installation: NamedDependency[Installation]
) -> Response[None]:
    """Erase what is kept of one payment."""
    await installation.telephony.payments.delete(access)
    return gone(access)


def _shown(payment: Payment) -> PaymentShown:
    card = payment.card
    return PaymentShown(
        id=payment.id,
        call=payment.call_id,
        token=card.token,
        brand=card.brand,
        last4=card.last4,
        expired=card.expired,
        created_at=payment.created_at,
    )


HANDLERS: Final = (keep_payment, list_payments, show_payment, delete_payment)
