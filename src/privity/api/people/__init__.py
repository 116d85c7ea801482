"""`/app/api`: what people's browsers call. Cookies only, never a bearer token; every change has to come from a page."""

from typing import Final

from privity.api.people import accounts, outbox, own, signing_in

HANDLERS: Final = (*signing_in.HANDLERS, *own.HANDLERS, *accounts.HANDLERS, outbox.outbox)

__all__ = ["HANDLERS"]
