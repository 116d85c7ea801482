"""Sign-in by a provider's account: what was asked for, by the browser that asked, and as a first factor only."""

import dataclasses
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from clinics import BASE, Browser, Clinic
from joserfc.jwk import RSAKey
from provider import CLIENT, SECRET, Provider, provider

from privity.dashboard import make_site
from privity.delivery.providers import SignInProviders
from privity.errors import Misconfigured, NotAuthenticated, Unavailable
from privity.identity.openid import email_in_id_token
from privity.running.provider_sign_in import ProviderSignIn, configured_providers
from privity.settings import Settings, read_settings
from promises import promise

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outside() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def site(clinic: Clinic, outside: Provider) -> Clinic:
    """The clinic with both kinds of provider configured."""
    inside = clinic.installation
    settings = Settings(
        google_client_id=CLIENT,
        google_client_secret=SECRET,
        google_issuer=outside.url,
        github_client_id=CLIENT,
        github_client_secret=SECRET,
        github_url=outside.url,
    )
    outside.email, outside.verified, outside.lies = clinic.owner_email, True, {}
    outside.key = outside.published
    outside.now = lambda: clinic.clock.now().timestamp()
    inside.provider_sign_in = ProviderSignIn(
        inside.sign_in, inside.doorway, SignInProviders(clinic.clock), configured_providers(settings)
    )
    return dataclasses.replace(clinic, app=make_site(inside))


async def send(browser: Browser, path: str, **fields: str) -> httpx.Response:
    """Send a form of a page and keep the cookies that come back."""
    told = {"Origin": browser.origin or "", "Content-Type": "application/x-www-form-urlencoded"}
    told["Cookie"] = "; ".join(f"{name}={value}" for name, value in browser.jar.items())
    transport = httpx.ASGITransport(browser.app, client=(browser.address, 1), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.post(path, content=urlencode(fields), headers=told)
    for cookie in answer.headers.get_list("set-cookie"):
        name, value = cookie.partition(";")[0].split("=", 1)
        browser.jar[name], browser.paths[name] = value, re.findall(r"Path=([^;]+)", cookie)[0]
    return answer


async def set_out(browser: Browser, name: str, workspace: str | None = None) -> str:
    """Press a provider's button; return where the browser is sent."""
    workspace = browser.workspace if workspace is None else workspace
    answer = await send(browser, f"/app/sign-in/with/{name}", workspace=workspace, email="", next="/app/ledger")
    assert answer.status_code == 200, answer.text
    url = answer.headers["refresh"].removeprefix("0; url=")
    assert url in unescape(answer.text)
    return url


async def come_back(browser: Browser, name: str, code: str, state: str) -> httpx.Response:
    return await send(browser, f"/app/sign-in/with/{name}/back", code=code, state=state)


async def sign_in(site: Clinic, outside: Provider, name: str = "google", **how: Any) -> httpx.Response:
    browser = site.browser(site.owner_email)
    return await come_back(browser, name, *outside.authorize(await set_out(browser, name, **how)))


@promise("D46", sabotage="providers_stand_for_second_factors")
async def test_provider_is_a_first_factor_and_no_more(site: Clinic, outside: Provider) -> None:
    owner = await site.owner()
    for name in ("google", "github"):
        browser = site.browser(site.owner_email)
        url = await set_out(browser, name)
        assert url.startswith(outside.url)
        assert dict(parse_qsl(urlsplit(url).query))["redirect_uri"] == f"{BASE}/app/sign-in/with/{name}/back"
        code, state = outside.authorize(url)
        page = await browser.call("GET", f"/app/sign-in/with/{name}/back?code={code}&state={state}")
        assert f'name="state" value="{state}"' in page.text
        signed = await come_back(browser, name, code, state)
        assert signed.headers["location"] == "/app/second?next=/app/ledger", "the second factor comes next"
        session = (await browser.get("session")).json()
        assert (session["factors"], session["mfa"], session["must_step_up"]) == (["provider"], False, True)
        assert (await browser.call("GET", "/app/ledger.json")).status_code == 403
        again = await come_back(browser, name, code, state)
        assert again.status_code == 401, "what came back is good once"
    started = [leaf.body for leaf in site.leaves() if leaf.body.get("action") == "session:start"]
    assert [body["provider"] for body in started if "provider" in body] == ["google", "github"]
    assert await owner.status() == 200


@promise("D46", sabotage="unverified_addresses_are_believed")
@promise("D46", sabotage="what_comes_back_is_not_compared")
async def test_nobody_comes_in_by_what_was_not_asked_or_not_verified(site: Clinic, outside: Provider) -> None:
    async def refused(answer: httpx.Response, why: str) -> None:
        assert answer.status_code == 401, why
        assert "vouched for nobody who has an account here" in answer.text, why

    await refused(await sign_in(site, outside, workspace="no such workspace"), "a workspace that there is not")
    for email in ("stranger@clinic.example", "no address", f"{site.owner_email}.evil"):
        outside.email = email
        await refused(await sign_in(site, outside), email)
    outside.email, outside.verified = site.owner_email, False
    for name in ("google", "github"):
        await refused(await sign_in(site, outside, name), "an address that was not verified")
    outside.verified = True

    now = int(site.clock.now().timestamp())
    lies = {"nonce": "another"}, {"aud": "another"}, {"iss": "https://accounts.google.com"}, {"exp": now - 90}
    for lie in (*lies, {"iat": now + 90}, {"aud": [CLIENT, "b"]}, {"azp": "b"}, {"email_verified": "true"}):
        outside.lies = dict(lie)
        await refused(await sign_in(site, outside), str(lie))
    outside.lies, outside.key = {}, RSAKey.generate_key(2048, {"kid": "one"})
    await refused(await sign_in(site, outside), "a key that the provider does not publish")
    outside.key = outside.published

    # Another browser, another state, another provider, another verifier.
    thief, owner = site.browser(), site.browser()
    code, state = outside.authorize(await set_out(owner, "google"))
    _, other = outside.authorize(await set_out(thief, "google"))
    assert (await come_back(site.browser(), "google", code, state)).status_code == 401
    await refused(await come_back(thief, "google", code, state), "begun in another browser")
    code, _ = outside.authorize(await set_out(owner, "google"))
    await refused(await come_back(owner, "google", code, other), "another state")
    await refused(await come_back(owner, "github", code, state), "another provider")
    code, _ = outside.authorize(await set_out(owner, "google"))
    _, state = outside.authorize(await set_out(owner, "google"))
    await refused(await come_back(owner, "google", code, state), "a code of another attempt")
    assert (await sign_in(site, outside)).status_code == 303


@promise("D46", sabotage="providers_are_asked_anything")
async def test_only_the_issuer_is_asked_and_it_is_off_by_default(site: Clinic, outside: Provider) -> None:
    assert configured_providers(Settings()) == ()
    outside.asked.clear()
    stranger = dataclasses.replace(site, app=make_site(site.installation)).browser()
    assert (await send(stranger, "/app/sign-in/with/echo7", workspace="x", next="")).status_code == 404
    foreign = dataclasses.replace(stranger, origin="https://evil.example")
    assert (await send(foreign, "/app/sign-in/with/google", workspace="x", next="")).status_code == 403
    assert not outside.asked
    [google, _] = site.installation.provider_sign_in.offered
    asking = SignInProviders(site.clock)
    for elsewhere in ("http://127.0.0.2:1", "https://user@127.0.0.1", "file:///etc/passwd", "http://example.org"):
        with pytest.raises(Unavailable):
            await asking._ask(google, "GET", elsewhere)
    with pytest.raises(NotAuthenticated):
        email_in_id_token(
            "eyJhbGciOiJub25lIn0.e30.", {"keys": [outside.key.as_dict(private=False)]}, google, "", site.clock.now()
        )


def test_settings_of_a_provider_come_whole_and_the_secret_not_from_the_file(tmp_path: Path) -> None:
    for wrong in ({"GOOGLE_CLIENT_ID": "x"}, {"GITHUB_CLIENT_SECRET": "x"}, {"GOOGLE_ISSUER": "http://idp.example"}):
        with pytest.raises(Misconfigured):
            read_settings(tmp_path, {f"PRIVITY_{name}": value for name, value in wrong.items()})
    (tmp_path / "privity.toml").write_text('google_client_id = "x"\ngoogle_client_secret = "echo7"\n')
    with pytest.raises(Misconfigured) as refused:
        read_settings(tmp_path, {})
    assert "echo7" not in str(refused.value)
