"""Webhooks: receivers of a project's choosing are told of what happens in it, by ids and never by content.

`events` puts what is to be told into the transaction of the act, so that it is told if and only if the act took place.
`endpoints` are the receivers: made, rotated, switched off, tried out. `sending` takes what is due to them.
"""

from privity.delivery.webhooks.endpoints import Endpoint, Endpoints, Made, Rotated
from privity.delivery.webhooks.events import SEND, EventKind, tell
from privity.delivery.webhooks.log import Attempt, Delivery
from privity.delivery.webhooks.sending import Sending

__all__ = [
    "SEND",
    "Attempt",
    "Delivery",
    "Endpoint",
    "Endpoints",
    "EventKind",
    "Made",
    "Rotated",
    "Sending",
    "tell",
]
