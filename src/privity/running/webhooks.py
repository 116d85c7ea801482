"""The parts of webhooks, made once for an installation: what may be called, who is told, and the telling."""

import os

from privity.clock import Clock
from privity.delivery.egress import Egress
from privity.delivery.webhooks import Endpoints, Sending
from privity.ids import Ids
from privity.keys import Keys, TenantSeals
from privity.settings import Settings


class Webhooks:
    """Receivers of webhooks and what takes events to them."""

    def __init__(self, keys: Keys, settings: Settings, ids: Ids, clock: Clock) -> None:
        seals = TenantSeals(keys, "webhook_endpoint", clock, cache_ttl=settings.tenant_key_cache)
        self.egress = Egress(settings.egress_hosts.split(","), loopback=settings.egress_loopback)
        self.endpoints = Endpoints(seals, self.egress, ids, clock, os.urandom)
        self.sending = Sending(seals, self.egress, ids, clock)
