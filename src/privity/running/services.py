"""Services of a tenant, for whoever keeps them: made from a public key or a certificate, granted scopes, ended."""

import base64
import hashlib
from datetime import timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from privity.clock import Clock
from privity.errors import BadInput
from privity.gate import Access, Action
from privity.identity import Scope
from privity.identity.oauth import public_keys
from privity.identity.services import (
    LONGEST_TOKEN_SECONDS,
    ClientId,
    ServiceListed,
    add_service,
    disable_service,
    grant_service,
    list_services,
)
from privity.identity.token_text import new_public_id
from privity.running.giving import check_scopes

_SHORTEST: Final = timedelta(minutes=1)
_LONGEST_NAME: Final = 80


class Services:
    """Acts on services; every method takes the access that the gate gave for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def make(
        self, access: Access, *, name: str, key: str = "", certificate: str = "", token_seconds: int
    ) -> ClientId:
        """Return the client id of a new service of the access's project, which may do nothing yet.

        `key` is a public JWK, JWK Set or PEM, `certificate` the PEM that it shows to TLS; one of them is needed. Its
        tokens live for 60 to 3600 seconds. Raises BadInput.
        """
        await access.demand(Action.SERVICE_CREATE)
        if not key.strip() and not certificate.strip():
            raise BadInput("neither a key nor a certificate was given", advice="Give the public one of the service.")
        if not _SHORTEST.total_seconds() <= token_seconds <= LONGEST_TOKEN_SECONDS:
            raise BadInput("tokens live for 60 to 3600 seconds", advice="Choose 600 unless you have a reason.")
        if not 0 < len(name.strip()) <= _LONGEST_NAME:
            raise BadInput("a service's name has 1 to 80 characters", advice="Name the program.")
        keys = public_keys(key) if key.strip() else None
        thumbprint = thumbprint_of(certificate) if certificate.strip() else None
        client = ClientId(access.tenant, new_public_id())
        async with access.transaction() as tx:
            await add_service(
                tx,
                client.service,
                project=access.project,
                name=name.strip(),
                keys=keys,
                certificate=thumbprint,
                token_seconds=token_seconds,
                made_by=access.caller.principal,
                at=self._clock.now(),
            )
            access.outcome["service"] = client.service
        return client

    async def everyone(self, access: Access) -> list[ServiceListed]:
        """Return every service of the tenant, oldest first, those that ended too."""
        await access.demand(Action.SERVICE_LIST)
        async with access.transaction() as tx:
            return await list_services(tx)

    async def grant(self, access: Access, service: str, scopes: frozenset[Scope]) -> None:
        """Let a service do this and nothing else, its present tokens too.

        Raises NotFound, and Refused for scopes that the caller may not give.
        """
        await access.demand(Action.SERVICE_GRANT)
        async with access.transaction() as tx:
            held = [scope for each in await list_services(tx) if each.id == service for scope in each.scopes]
            check_scopes(access, scopes, held=held)
            await grant_service(tx, service, scopes)
            access.outcome |= {"service": service, "scopes": sorted(scopes)}

    async def disable(self, access: Access, service: str) -> None:
        """End a service for good, and every token that it has; raises NotFound."""
        await access.demand(Action.SERVICE_DISABLE)
        async with access.transaction() as tx:
            await disable_service(tx, service, self._clock.now())
            access.outcome["service"] = service


def thumbprint_of(pem: str) -> str:
    """Return a certificate's `x5t#S256` (RFC 8705 section 3.1); raises BadInput for anything but one PEM."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise BadInput(
            "this is no PEM certificate", advice="Give the certificate that the service shows to TLS."
        ) from None
    digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
