"""Passkeys (WebAuthn level 3): resident, with user verification, bound to the site; the ceremonies without any I/O.

A passkey that verified its user is two factors in one: the device, and what unlocks it. The user handle is tenant and
person, so that somebody who has typed nothing is found within one tenant.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from privity.errors import BadInput, NotAuthenticated
from privity.identity.site import Site

CHALLENGE_BYTES: Final = 32
_NAME: Final = "Privity"
_MALFORMED: Final = (WebAuthnException, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


class Registered(msgspec.Struct, frozen=True):
    """What is kept of a new passkey."""

    credential: bytes
    public_key: bytes
    sign_count: int


class Shown(msgspec.Struct, frozen=True):
    """What a passkey says of itself before anything of it is believed: its id, and whose it claims to be."""

    credential: bytes
    tenant: UUID
    person: UUID


def registration_options(
    site: Site, challenge: bytes, tenant: UUID, person: UUID, account: str, known: Sequence[bytes]
) -> dict[str, Any]:
    """Return the options for `navigator.credentials.create`; `known` are passkeys that are not to be made again."""
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name=_NAME,
        user_id=tenant.bytes + person.bytes,
        user_name=account,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return _plain(options_to_json(options))


def registered(site: Site, challenge: bytes, credential: Mapping[str, Any]) -> Registered:
    """Return what to keep of a new passkey; raises BadInput for one of another site, challenge or form."""
    try:
        _check_unframed(credential)
        verified = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _MALFORMED:
        raise BadInput(
            "the passkey was not made for this page and this moment", advice="Start again from the page."
        ) from None
    return Registered(verified.credential_id, verified.credential_public_key, verified.sign_count)


def authentication_options(site: Site, challenge: bytes, known: Sequence[bytes] = ()) -> dict[str, Any]:
    """Return the options for `navigator.credentials.get`, of any passkey of this site unless some are named."""
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options_to_json(options))


def shown(credential: Mapping[str, Any]) -> Shown:
    """Return which passkey this is said to be; raises NotAuthenticated when it does not say."""
    try:
        handle = base64url_to_bytes(credential["response"]["userHandle"])
        return Shown(base64url_to_bytes(credential["rawId"]), UUID(bytes=handle[:16]), UUID(bytes=handle[16:]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise passkey_not_accepted() from None


def verified_count(
    site: Site, challenge: bytes, credential: Mapping[str, Any], *, public_key: bytes, sign_count: int
) -> int:
    """Return the passkey's new counter if its signature holds.

    Raises NotAuthenticated, alike for another site, challenge or key, a user that was not verified, or a counter that
    did not rise: a copy of the authenticator would be behind it.
    """
    try:
        _check_unframed(credential)
        verified = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _MALFORMED:
        raise passkey_not_accepted() from None
    return verified.new_sign_count


def _check_unframed(credential: Mapping[str, Any]) -> None:
    """Raise ValueError for a ceremony in a frame of another site (sections 7.1 and 7.2): no page of ours is framed."""
    client = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
    if client.get("crossOrigin") is True or "topOrigin" in client:
        raise ValueError("the ceremony took place in a frame of another site")


def passkey_not_accepted() -> NotAuthenticated:
    """Return the one refusal of passkeys."""
    return NotAuthenticated("the passkey is not accepted", advice="Try again, or sign in by mail.")


def _plain(text: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(text)
    return plain
