"""What payment providers answered: for billing alone, sealed, and never a card number."""

from typing import Any

import pytest
from scene import Place
from server import application, token_for

from privity.identity import Scope
from promises import promise

pytestmark = pytest.mark.slow

CARD: dict[str, Any] = {"token": "tok_1NbZqKLkWx8Vq2", "brand": "visa", "last4": "9174", "expired": False}


@promise("A29", sabotage="payments_are_for_everybody")
async def test_without_a_scope_of_billing_no_payment_is_seen(held: Place) -> None:
    async with held.opened() as inside:
        billing = await token_for(inside.installation, held.birch.id, Scope.PAYMENTS_READ, Scope.PAYMENTS_WRITE)
        others = await token_for(
            inside.installation, held.birch.id, *(set(Scope) - {Scope.PAYMENTS_READ, Scope.PAYMENTS_WRITE})
        )
        elsewhere = await token_for(inside.installation, held.cedar.id, Scope.PAYMENTS_READ)
        async with application(inside.installation) as client:

            async def ask(token: str, method: str, path: str, status: int, **options: Any) -> str:
                bearer = {"Authorization": f"Bearer {token}"}
                answer = await client.request(method, path, headers=bearer, **options)
                assert answer.status_code == status, answer.text
                return answer.text

            made = await ask(billing.text, "POST", "/v1/payments", 201, json=CARD)
            one = f"/v1/payments/{made.split(chr(34))[3]}"
            shown = await ask(billing.text, "GET", one, 200)
            assert CARD["token"] in shown
            for path in ("/v1/payments", one):
                refused = await ask(others.text, "GET", path, 403)
                assert not any(str(CARD[name]) in refused for name in ("token", "last4"))
            assert CARD["token"] in await ask(billing.text, "GET", "/v1/payments?limit=1", 200)
            await ask(others.text, "POST", "/v1/payments", 403, json=CARD)
            await ask(others.text, "DELETE", one, 403)
            await ask(elsewhere.text, "GET", one, 404)
            await ask(billing.text, "DELETE", one, 204)
            await ask(billing.text, "GET", one, 404)


@promise("A30", sabotage="payments_are_not_sealed")
async def test_nothing_of_a_payment_stands_in_the_database_in_clear(held: Place) -> None:
    async with held.opened() as inside:
        billing = await token_for(inside.installation, held.birch.id, Scope.PAYMENTS_WRITE)
        async with application(inside.installation) as client:
            bearer = {"Authorization": f"Bearer {billing.text}"}
            answer = await client.post("/v1/payments", headers=bearer, json=CARD)
        payment = answer.json()["id"]
    (row,) = held.rows("SELECT r::text, r.sealed FROM tenant.payment AS r WHERE r.id = %s", payment)
    whole = row[0].encode() + bytes(row[1])
    assert payment.encode() in whole, "the search finds what is there"
    for name in ("token", "last4", "brand"):
        assert str(CARD[name]).encode() not in bytes(row[1])
    assert str(CARD["token"]).encode() not in whole


@promise("A29", sabotage="card_numbers_pass_as_tokens")
@pytest.mark.parametrize(
    "token", ["4111111111111111", "tok_4111111111111111", "4111-1111-1111-1111", "5500_0000_0000_0004"]
)
async def test_a_card_number_is_refused_and_not_repeated(held: Place, token: str) -> None:
    async with held.opened() as inside:
        billing = await token_for(inside.installation, held.birch.id, Scope.PAYMENTS_WRITE)
        async with application(inside.installation) as client:
            bearer = {"Authorization": f"Bearer {billing.text}"}
            for bad in (CARD | {"token": token}, CARD | {"last4": token}, CARD | {"brand": token}):
                answer = await client.post("/v1/payments", headers=bearer, json=bad)
                assert answer.status_code in {400, 422}, answer.text
                assert token not in answer.text
            missing = CARD | {"number": token}
            answer = await client.post("/v1/payments", headers=bearer, json=missing)
            assert 400 <= answer.status_code < 500
            assert token not in answer.text
