"""Signatures of webhooks, against the published vector and an implementation that is not ours."""

import base64
import hashlib
import hmac
import subprocess
import sys
import uuid
from datetime import UTC, datetime

import msgspec
import pytest

from privity import webhooks
from privity.delivery.webhooks.endpoints import SigningSecret, Where
from privity.delivery.webhooks.events import Told, payload
from privity.errors import BadInput, VerificationError
from promises import promise

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HEADERS = {"Webhook-Id": ID, "WEBHOOK-TIMESTAMP": str(AT), "webhook-signature": SIGNATURE}
OTHER = webhooks.make_secret(bytes(range(32)))


@promise("D14", sabotage="webhook_time_is_not_signed")
def test_signature_is_that_of_the_published_vector_and_covers_the_time() -> None:
    assert webhooks.sign([SECRET], ID, AT, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": str(AT),
        "webhook-signature": SIGNATURE,
    }
    assert webhooks.verify(SECRET, HEADERS, BODY, now=AT) == (ID, AT)
    for changed in ({"WEBHOOK-TIMESTAMP": str(AT + 1)}, {"Webhook-Id": ID + "x"}):
        with pytest.raises(VerificationError):
            webhooks.verify(SECRET, HEADERS | changed, BODY, now=AT)


@promise("D15", sabotage="old_webhooks_are_accepted")
@pytest.mark.parametrize(("off", "accepted"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_window_is_five_minutes_either_way(off: int, accepted: bool) -> None:
    if accepted:
        assert webhooks.verify(SECRET, HEADERS, BODY, now=AT + off).timestamp == AT
    else:
        with pytest.raises(VerificationError):
            webhooks.verify(SECRET, HEADERS, BODY, now=AT + off)


@promise("D16", sabotage="any_webhook_signature_will_do")
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"webhook-id": ID, "webhook-timestamp": str(AT)},
        {**HEADERS, "webhook-signature": ""},
        {**HEADERS, "webhook-signature": SIGNATURE.replace("v1,", "v2,")},
        {**HEADERS, "webhook-signature": "v1,"},
        {**HEADERS, "webhook-signature": "v1,%%%"},
        {**HEADERS, "webhook-signature": SIGNATURE.replace("g0h", "g1h")},
        {**HEADERS, "webhook-id": "\udcff"},
        {**HEADERS, "WEBHOOK-TIMESTAMP": f"{AT}.0"},
        {**HEADERS, "WEBHOOK-TIMESTAMP": f"-{AT}"},
        {**HEADERS, "WEBHOOK-TIMESTAMP": f"{AT}".translate({48 + n: 0x660 + n for n in range(10)})},
    ],
)
def test_verifier_refuses_whatever_is_not_signed(headers: dict[str, str]) -> None:
    with pytest.raises(VerificationError) as refused:
        webhooks.verify(SECRET, headers, BODY, now=AT)
    assert SECRET not in str(refused.value) + refused.value.advice


def test_verifier_refuses_another_body_or_secret_and_takes_any_signature_that_is_right() -> None:
    for secret, body in ((SECRET, BODY + b" "), (OTHER, BODY)):
        with pytest.raises(VerificationError):
            webhooks.verify(secret, HEADERS, body, now=AT)
    both = webhooks.sign([OTHER, SECRET], ID, AT, BODY)
    assert both["webhook-signature"].count("v1,") == 2
    assert webhooks.verify(SECRET, both, BODY, now=AT).id == ID
    assert webhooks.verify([OTHER], both | {"webhook-signature": f"v9,x {both['webhook-signature']}"}, BODY, now=AT)
    assert webhooks.verify([OTHER, SECRET], HEADERS, BODY, now=AT).id == ID
    for wrong in ("", "whsec_", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_")):
        with pytest.raises(BadInput):
            webhooks.verify(wrong, HEADERS, BODY, now=AT)


def test_verifier_is_usable_alone() -> None:
    loaded = "import sys; import privity.webhooks; print([m for m in sys.modules if m.startswith('privity.')])"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True, timeout=60)
    assert set(msgspec.json.decode(told.stdout.replace("'", '"'))) == {"privity.webhooks", "privity.errors"}


def test_both_secrets_sign_until_the_former_one_ends() -> None:
    noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    where = Where("https://hooks.example.org", (SigningSecret(OTHER), SigningSecret(SECRET, noon)))
    assert where.signing(noon.replace(hour=11)) == [OTHER, SECRET]
    assert where.signing(noon) == [OTHER]
    assert "whsec" not in f"{where!r} {where.secrets!r}"


def told(**changed: object) -> dict[str, object]:
    made = Told(
        event_id=uuid.UUID(int=1),
        project_id=uuid.UUID(int=2),
        kind="conversation.kept",
        about=uuid.UUID(int=3),
        status="kept",
        failed=False,
        occurred_at=datetime(2026, 11, 26, 12, tzinfo=UTC),
    )
    decoded: dict[str, object] = msgspec.json.decode(payload(msgspec.structs.replace(made, **changed)))
    return decoded


@promise("E35", sabotage="webhook_data_are_not_sanitized")
def test_payload_passes_the_log_filter() -> None:
    data = told(status="call 415-555-0199, mail ann@example.org")["data"]
    assert "0199" not in str(data)
    assert "ann@" not in str(data)
    assert told()["data"] == {"status": "kept", "id": str(uuid.UUID(int=3)), "project_id": str(uuid.UUID(int=2))}


@promise("E37", sabotage="webhook_says_what_went_wrong")
def test_error_is_told_in_one_word() -> None:
    assert told(kind="conversation.refused", status="refused", failed=True)["data"] == {
        "status": "refused",
        "error": "[PROCESSING_ERROR]",
        "id": str(uuid.UUID(int=3)),
        "project_id": str(uuid.UUID(int=2)),
    }


def independent(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mac = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()


def test_signature_is_that_of_an_independent_implementation() -> None:
    assert webhooks.sign([OTHER], "evt", AT, b"\x00\xff")["webhook-signature"] == independent(
        OTHER, "evt", str(AT), b"\x00\xff"
    )
