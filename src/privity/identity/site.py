"""The address that people's browsers have for this installation: what Origin must say and passkeys are bound to."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from privity.errors import Refused

_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Site(msgspec.Struct, frozen=True):
    """One address: the origin (`https://privity.example.org`) and the relying party id of passkeys, its host."""

    origin: str
    rp_id: str


class Sites:
    """Says which site a request belongs to.

    With a public URL it is that one and no other. Without, the installation serves this machine only, and a site is
    whatever local name the browser used: a name that only resolves to this machine is not among them, so a foreign
    page cannot reach in by pointing its own name here.
    """

    def __init__(self, public_url: str | None, *, tls: bool) -> None:
        self._public = None if public_url is None else public_url.rstrip("/")
        self._scheme = "https" if tls else "http"

    def of(self, host: str) -> Site:
        """Return the site of a request by its Host header; raises Refused for a foreign name."""
        if self._public is not None:
            return Site(self._public, urlsplit(self._public).hostname or "")
        name = urlsplit(f"//{host}").hostname or ""
        if name not in _LOCAL:
            raise Refused("this name is not the installation's", advice="Set public_url in privity.toml.")
        return Site(f"{self._scheme}://{host}", "localhost" if name == "localhost" else name)

    def check_origin(self, host: str, origin: str | None, fetch_site: str | None) -> Site:
        """Return the site if a request that changes something comes from one of its own pages.

        Raises Refused otherwise, and when the browser does not say where it comes from (promise D45).
        """
        site = self.of(host)
        if origin != site.origin or fetch_site not in {None, "same-origin"}:
            raise Refused("the request does not come from a page of this site", advice="Open the site and try there.")
        return site

    def base(self, served: str) -> str:
        """Return what links in mails begin with; `served` is where the server listens on this machine.

        Browsers bind passkeys to names and never to numbers, so this machine is `localhost`.
        """
        parts = urlsplit(served)
        return self._public or f"{parts.scheme}://localhost:{parts.port}"
