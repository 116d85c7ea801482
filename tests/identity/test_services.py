"""Services from outside: OAuth client credentials, what they may do, and that it ends."""

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from clinics import BASE, Clinic
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from privity.errors import BadInput
from privity.gate import Action, resources
from privity.identity import Origin, Scope, operator_of_this_machine
from privity.identity.oauth import ASSERTION_TYPE, public_keys
from privity.identity.services import ClientId, add_service, disable_service, grant_service, list_services
from privity.identity.token_text import new_public_id
from privity.ledger import Leaf
from promises import promise

pytestmark = pytest.mark.slow

ISSUER = BASE


class Program:
    """A service of a clinic with a key of its own."""

    def __init__(self, clinic: Clinic, certificate: str | None = None) -> None:
        self.clinic = clinic
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.id = new_public_id()
        self.client = str(ClientId(clinic.tenant, self.id))
        self.certificate = certificate
        self.operator = operator_of_this_machine(clinic.tenant, Origin(request_id=uuid.uuid4()))

    async def make(self) -> "Program":
        keys = public_keys(json.dumps(self.key.as_dict(private=False)))
        gate = self.clinic.installation.gate
        async with gate.open(self.operator, Action.SERVICE_CREATE, resources.own_project()) as access:
            async with access.transaction() as tx:
                await add_service(
                    tx,
                    self.id,
                    project=access.project,
                    name="scheduler",
                    keys=keys,
                    certificate=self.certificate,
                    token_seconds=600,
                    made_by=access.caller.principal,
                    at=self.clinic.clock.now(),
                )
        return self

    async def grant(self, *scopes: Scope) -> None:
        gate = self.clinic.installation.gate
        async with gate.open(self.operator, Action.SERVICE_GRANT, resources.own_tenant()) as access:
            async with access.transaction() as tx:
                await grant_service(tx, self.id, frozenset(scopes))

    async def disable(self) -> None:
        gate = self.clinic.installation.gate
        async with gate.open(self.operator, Action.SERVICE_DISABLE, resources.own_tenant()) as access:
            async with access.transaction() as tx:
                await disable_service(tx, self.id, self.clinic.clock.now())

    def assertion(self, **lies: Any) -> str:
        now = int(self.clinic.clock.now().timestamp())
        claims = {"iss": self.client, "sub": self.client, "aud": ISSUER, "exp": now + 60, "jti": uuid.uuid4().hex}
        header = {"alg": lies.pop("alg", "ES256"), "kid": lies.pop("kid", "one")}
        key = lies.pop("key", self.key)
        return jwt.encode(header, claims | lies, key, algorithms=[header["alg"]])

    async def call(self, path: str, form: Any, **how: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.clinic.app, client=(self.clinic.address, 1))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            body = form if isinstance(form, str) else urlencode(form)
            headers = {"Content-Type": "application/x-www-form-urlencoded"} | how
            return await client.post(path, content=body, headers=headers)

    def form(self, **more: Any) -> dict[str, str]:
        said = {"client_assertion": self.assertion(), "client_assertion_type": ASSERTION_TYPE}
        return {"grant_type": "client_credentials"} | said | more

    async def token(self, **more: str) -> httpx.Response:
        return await self.call("/oauth/token", self.form(**more))

    async def get(self, path: str, token: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.clinic.app)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            return await client.get(path, headers={"Authorization": f"Bearer {token}"})


@promise("C85", sabotage="new_services_may_everything")
@promise("B7", sabotage="service_tokens_live_on")
@promise("B8", sabotage="tokens_keep_what_was_taken")
async def test_service_gets_what_was_granted_and_no_more(clinic: Clinic) -> None:
    program = await Program(clinic).make()
    nothing = await program.token()
    assert (nothing.status_code, nothing.json()["error"]) == (400, "invalid_scope")
    await program.grant(Scope.CONVERSATIONS_READ, Scope.LEDGER_READ)
    got = await program.token(scope="conversations:read")
    assert got.status_code == 200, got.text
    assert got.headers["cache-control"] == "no-store"
    assert "set-cookie" not in got.headers
    issued = got.json()
    assert (issued["token_type"], issued["expires_in"], issued["scope"]) == ("Bearer", 600, "conversations:read")
    me = (await program.get("/v1/whoami", issued["access_token"])).json()
    assert me["token_id"] == program.id
    assert me["scopes"] == ["conversations:read"]
    assert (await program.get("/v1/conversations", issued["access_token"])).status_code == 200
    assert (await program.get("/v1/ledger/entries/0/proof", issued["access_token"])).status_code == 403
    for asked in ("conversations:write", "everything", "conversations:read conversations:write"):
        assert (await program.token(scope=asked)).json()["error"] == "invalid_scope"

    await program.grant(Scope.LEDGER_READ)  # B8: what is taken holds for tokens that are out already
    assert (await program.get("/v1/conversations", issued["access_token"])).status_code == 403
    await program.grant(Scope.CONVERSATIONS_READ)
    clinic.clock.advance(timedelta(minutes=10))
    assert (await program.get("/v1/conversations", issued["access_token"])).status_code == 401
    fresh = (await program.token()).json()["access_token"]
    await program.disable()
    assert (await program.get("/v1/whoami", fresh)).status_code == 401
    assert (await program.token()).json()["error"] == "invalid_client"
    acts = [leaf.body.get("action") for leaf in issued_entries(clinic)]
    assert "token:issue" in acts


def issued_entries(clinic: Clinic) -> list[Leaf]:
    return [leaf for leaf in clinic.leaves() if leaf.kind == "intent" and leaf.body["actor"]["kind"] == "service"]


@promise("D50", sabotage="assertions_come_twice")
@promise("D50", "B15", sabotage="assertions_for_others_are_taken")
async def test_client_that_does_not_show_who_it_is_gets_nothing(clinic: Clinic) -> None:
    program = await Program(clinic).make()
    await program.grant(Scope.CONVERSATIONS_READ)
    other = await Program(clinic).make()
    now = int(time.time())
    once = program.form()
    assert (await program.call("/oauth/token", once)).status_code == 200
    said = {}
    shared = OctKey.import_key(b"a shared secret of thirty-two byt")
    for name, form in {
        "an assertion that was used": once,
        "another key": program.form(client_assertion=program.assertion(key=other.key)),
        "of somebody else": program.form(client_assertion=program.assertion(sub=other.client)),
        "for another server": program.form(client_assertion=program.assertion(aud="https://evil.example")),
        "for nobody": program.form(client_assertion=program.assertion(aud=None)),
        "expired": program.form(client_assertion=program.assertion(exp=now - 60)),
        "good for a day": program.form(client_assertion=program.assertion(exp=now + 86_400)),
        "without an end": program.form(client_assertion=program.assertion(exp=None)),
        "without a number": program.form(client_assertion=program.assertion(jti=None)),
        "unknown kid": program.form(client_assertion=program.assertion(kid="two")),
        "HMAC": program.form(client_assertion=program.assertion(alg="HS256", key=shared)),
        "no JWT": program.form(client_assertion="x.y.z"),
        "brackets without end": program.form(client_assertion=f"x.{'W1tb' * 1500}.z"),  # [[[ in base64url
        "unknown client": program.form(client_assertion=program.assertion(sub="svc_" + "a" * 26 + "_0000000000")),
        "no client": {"grant_type": "client_credentials"},
        "a secret": {"grant_type": "client_credentials", "client_id": program.client, "client_secret": "x"},
    }.items():
        answer = await program.call("/oauth/token", form)
        assert answer.status_code == 401, name
        said[name] = answer.json()
    assert len({json.dumps(each) for each in said.values()}) == 1
    assert said["no JWT"]["error"] == "invalid_client"

    for grant in ("password", "authorization_code", "refresh_token", "implicit", ""):
        assert (await program.token(grant_type=grant)).json()["error"] == "unsupported_grant_type"
    twice = urlencode(program.form()) + "&grant_type=client_credentials"
    for bad in (twice, "", "grant_type", "a=" + "x" * 20_000):
        assert (await program.call("/oauth/token", bad)).json()["error"] == "invalid_request", bad[:20]
    assert (await program.call("/oauth/token", "{}", **{"Content-Type": "application/json"})).status_code == 400


@promise("B2", sabotage="tokens_are_given_back_by_anybody")
async def test_nobody_is_believed_for_being_inside(clinic: Clinic) -> None:
    """One service with no credential, and with that of another service, on what is not its own."""
    reader, other = await Program(clinic).make(), await Program(clinic).make()
    await reader.grant(Scope.CONVERSATIONS_READ)
    await other.grant(Scope.LEDGER_READ)
    its, another = [(await program.token()).json()["access_token"] for program in (reader, other)]
    nothing = f"/v1/conversations/{uuid.uuid4()}"
    assert (await reader.get("/v1/conversations", "")).status_code == 401
    assert (await reader.get("/v1/conversations", another)).status_code == 403
    assert (await reader.get("/v1/conversations", its)).status_code == 200
    assert ((await reader.get(nothing, another)).status_code, (await reader.get(nothing, its)).status_code) == (
        404,
        404,
    )
    for path in ("/oauth/introspect", "/oauth/revoke"):
        assert (await reader.call(path, {"token": its})).status_code == 401, "no client, no answer"
    assert (await other.call("/oauth/revoke", other.form(token=its))).status_code == 200, "RFC 7009: nothing is told"
    assert (await reader.get("/v1/conversations", its)).status_code == 200, "and nothing was given back"


@promise("A8", sabotage="uses_of_services_are_not_noted")
async def test_last_use_is_never_until_a_token_is_accepted(clinic: Clinic) -> None:
    program = await Program(clinic).make()
    await program.grant(Scope.CONVERSATIONS_READ)

    async def last_use() -> datetime | None:
        await clinic.installation.usage.write()
        async with clinic.installation.gate.open(
            program.operator, Action.SERVICE_LIST, resources.own_tenant()
        ) as access:
            async with access.transaction() as tx:
                return next(each.last_used_at for each in await list_services(tx) if each.id == program.id)

    token = (await program.token()).json()["access_token"]
    assert (await program.get("/v1/whoami", token[:-4] + "AAAA")).status_code == 401
    assert await last_use() is None, "neither a token that was only issued nor one that is forged"
    before = datetime.now(UTC)
    assert (await program.get("/v1/whoami", token)).status_code == 200
    used = await last_use()
    assert used is not None
    assert before - timedelta(seconds=1) <= used <= datetime.now(UTC)


async def test_token_is_looked_into_and_given_back(clinic: Clinic) -> None:
    program, other = await Program(clinic).make(), await Program(clinic).make()
    for each in (program, other):
        await each.grant(Scope.CONVERSATIONS_READ)
    token = (await program.token()).json()["access_token"]
    seen = (await program.call("/oauth/introspect", program.form(token=token))).json()
    assert seen["active"]
    assert seen["client_id"] == program.client
    for foreign in ("x.y.z", clinic.token, token[:-4] + "AAAA"):
        assert (await program.call("/oauth/introspect", program.form(token=foreign))).json() == {"active": False}
    assert (await program.call("/oauth/introspect", {"token": token})).status_code == 401

    assert (await other.call("/oauth/revoke", other.form(token=token))).status_code == 200
    assert (await program.get("/v1/whoami", token)).status_code == 200, "nobody gives back what is another's"
    assert (await program.call("/oauth/revoke", program.form(token=token))).status_code == 200
    assert (await program.get("/v1/whoami", token)).status_code == 401
    assert (await program.call("/oauth/introspect", program.form(token=token))).json() == {"active": False}


async def test_discovery_names_what_there_is(clinic: Clinic) -> None:
    program = Program(clinic)
    transport = httpx.ASGITransport(clinic.app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        told = (await client.get("/.well-known/oauth-authorization-server")).json()
    assert told["issuer"] == BASE
    assert told["grant_types_supported"] == ["client_credentials"]
    assert "private_key_jwt" in told["token_endpoint_auth_methods_supported"]
    for name in ("token", "introspection", "revocation"):
        path = told[f"{name}_endpoint"].removeprefix(BASE)
        assert (await program.call(path, "x=y")).status_code in {400, 401}


def test_only_public_keys_are_taken() -> None:
    key = ECKey.generate_key("P-256")
    for good in (json.dumps(key.as_dict(private=False)), key.as_pem(private=False).decode()):
        assert json.loads(public_keys(good))["keys"][0]["kty"] == "EC"
    secret = json.dumps({"kty": "oct", "k": "A" * 43})
    for bad in (json.dumps(key.as_dict(private=True)), key.as_pem(private=True).decode(), secret, "", "{}", "x", "[1]"):
        with pytest.raises(BadInput):
            public_keys(bad)
