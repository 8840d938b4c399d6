"""The two ceremonies of WebAuthn, registering and signing in, without the database.

Imported where a passkey is asked for: with what it draws in (certificates, OpenSSL) it takes fifteen megabytes that a
worker serving the public never needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

VERIFIED = UserVerificationRequirement.REQUIRED
FAULTS = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Site:
    """What browsers bind a passkey to: the name, and the origin they show."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passkey it will be, as the device shows it."""

    handle: bytes
    email: str
    label: str


@dataclass(frozen=True, slots=True)
class MadePasskey:
    """A passkey as the browser made it; its id as base64url."""

    credential_id: str
    public_key: bytes
    sign_count: int
    transports: str


def ask_for_new(site: Site, title: str, holder: Holder, known: Iterable[str]) -> tuple[str, str]:
    """The browser's options as JSON and the challenge (base64url); `known` are ids it need not make again."""
    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name=title,
        user_id=holder.handle,
        user_name=holder.email,
        user_display_name=holder.label,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=VERIFIED
        ),
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def read_new(site: Site, credential: str, challenge: str) -> MadePasskey | None:
    """The passkey made for the challenge; None where anything about it is wrong."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        transports = json.loads(credential)["response"].get("transports") or []
        kept = ",".join(t for t in transports if t in set(AuthenticatorTransport))
    except FAULTS:
        return None
    return MadePasskey(
        bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count, kept
    )


def ask_to_sign(site: Site, allowed: Iterable[str] | None) -> tuple[str, str]:
    """The browser's options as JSON and the challenge (base64url); None allows any passkey of this site."""
    options = webauthn.generate_authentication_options(
        rp_id=site.name,
        allow_credentials=_descriptors(allowed) if allowed is not None else None,
        user_verification=VERIFIED,
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def read_signed(site: Site, credential: str, challenge: str, public_key: bytes, count: int) -> int | None:
    """The passkey's new count of signatures; None where it did not sign the challenge."""
    try:
        shown = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except FAULTS:
        return None
    return shown.new_sign_count


def _descriptors(ids: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(kept)) for kept in ids]
