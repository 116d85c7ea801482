"""Signing in by an account at Google, GitHub or any OpenID provider that is configured; none is, until somebody does.

A provider stands for a code by mail and for nothing more: it makes nobody a person of a tenant, and the second factor
is asked for afterwards as ever (promise D46). What comes back is bound to the browser that set out, and good once.
"""

import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from privity.delivery.providers import SignInProviders
from privity.errors import BadInput, NotFound
from privity.identity import Cookie, Factor, normalised
from privity.identity.browsers import FLOW_LIVES, Browser, SignedIn
from privity.identity.openid import Attempt, Provider, ProviderKind, authorization_url, not_vouched
from privity.identity.rates import PROOFS_BY_ADDRESS
from privity.running.doorway import Doorway
from privity.running.sign_in import NO_TENANT, SignIn
from privity.settings import Settings
from privity.vault import Secret

_LONGEST: Final = 2048  # characters of a code or a state
_SPENT: Final = FLOW_LIVES + timedelta(minutes=1)


class Onward(msgspec.Struct, frozen=True, kw_only=True):
    """Where a browser goes now, and the cookie that binds what comes back to it."""

    url: str
    cookies: tuple[Cookie, ...]


class ProviderSignIn:
    """The ways in that lead over somebody else."""

    def __init__(
        self, sign_in: SignIn, doorway: Doorway, providers: SignInProviders, configured: tuple[Provider, ...]
    ) -> None:
        self._sign_in = sign_in
        self._door = doorway
        self._providers = providers
        self._configured = {provider.name: provider for provider in configured}

    @property
    def offered(self) -> tuple[Provider, ...]:
        """The providers that are configured."""
        return tuple(self._configured.values())

    async def begin(self, name: str, workspace: str, after: str, browser: Browser) -> Onward:
        """Return where to sign in at a provider; whether there is such a workspace makes no difference yet.

        `after` is the page to go on with. Raises NotFound for a provider that is not configured, TooManyRequests,
        Unavailable.
        """
        door, provider = self._door, self._provider(name)
        await door.rates.take([door.rates.by_address(PROOFS_BY_ADDRESS, browser.origin.address)])
        tenant = await door.directory.workspace(workspace.strip()) or NO_TENANT
        endpoint = await self._providers.authorization_endpoint(provider)
        attempt = Attempt.new()
        told = {"pr": name, "tid": str(tenant), "nx": after} | msgspec.structs.asdict(attempt)
        url = authorization_url(provider, endpoint, attempt, self._way_back(provider, browser))
        return Onward(url=url, cookies=(door.flows.begin("provider", **told),))

    async def finish(self, name: str, code: str, state: str, browser: Browser) -> tuple[SignedIn, str]:
        """Sign in whoever the provider vouches for, and return the page to go on with.

        Raises NotAuthenticated, alike for every cause; TooManyRequests; Unavailable.
        """
        door, provider = self._door, self._provider(name)
        await door.rates.take([door.rates.by_address(PROOFS_BY_ADDRESS, browser.origin.address)])
        if not 0 < len(code) <= _LONGEST or len(state) > _LONGEST:
            raise BadInput("the provider sent nothing to go on with", advice="Start again.")
        flow = door.flows.read("provider", browser)
        fits = hmac.compare_digest(str(flow["state"]).encode(), state.encode())
        if flow["pr"] != name or not fits or not await door.rates.spend("provider", state.encode(), _SPENT):
            raise not_vouched()
        address = await self._providers.verified_email(
            provider,
            code=code,
            verifier=flow["verifier"],
            nonce=flow["nonce"],
            redirect_uri=self._way_back(provider, browser),
        )
        tenant = UUID(flow["tid"])
        try:
            index = door.addresses.index(tenant, normalised(address))
        except BadInput:
            raise not_vouched() from None
        found = await door.directory.by_address(tenant, index)
        if found is None or not found.open:
            raise not_vouched()
        signed = await self._sign_in.begin(tenant, found, Factor.PROVIDER, browser, provider=name)
        return signed, str(flow["nx"])

    def _provider(self, name: str) -> Provider:
        provider = self._configured.get(name)
        if provider is None:
            raise NotFound("there is no such way in", advice="Sign in by a code.")
        return provider

    def _way_back(self, provider: Provider, browser: Browser) -> str:
        return f"{browser.site.origin}/app/sign-in/with/{provider.name}/back"


def configured_providers(settings: Settings) -> tuple[Provider, ...]:
    """Return the providers that an installation's settings name."""
    found = []
    if settings.google_client_id and settings.google_client_secret:
        found.append(
            Provider(
                name="google",
                words="Google" if settings.google_issuer == "https://accounts.google.com" else "your provider",
                kind=ProviderKind.OPENID,
                issuer=settings.google_issuer.rstrip("/"),
                client_id=settings.google_client_id,
                client_secret=Secret(settings.google_client_secret.encode()),
            )
        )
    if settings.github_client_id and settings.github_client_secret:
        found.append(
            Provider(
                name="github",
                words="GitHub",
                kind=ProviderKind.GITHUB,
                issuer=settings.github_url.rstrip("/"),
                client_id=settings.github_client_id,
                client_secret=Secret(settings.github_client_secret.encode()),
            )
        )
    return tuple(found)
