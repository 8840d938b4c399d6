"""Passkeys (WebAuthn): registered on one's own page, and used to sign in, alone or after the password.

Alone they count as two factors, so the device must have asked for a finger, a face or its own code.
"""

from __future__ import annotations

import ipaddress
import json
from urllib.parse import urlsplit

import webauthn
from flask import current_app
from sqlalchemy import select, update
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts.clock import now
from portal.accounts.models import Account, Passkey
from portal.accounts.outcomes import AccountProblem
from portal.accounts.services.factors import first_recovery_codes
from portal.accounts.shapes import Actor
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.extensions import db

MOST = 20
LONGEST_NAME = 60
VERIFIED = UserVerificationRequirement.REQUIRED
FAULTS = (WebAuthnException, ValueError, KeyError, TypeError)


def passkeys_work_here() -> bool:
    """Browsers bind passkeys to a name: a site opened by its bare number has none."""
    try:
        ipaddress.ip_address(_site())
    except ValueError:
        return True
    return False


def offer_registration(actor: Actor, email: str) -> tuple[str, str]:
    """What the browser needs to make a passkey, as JSON, and the challenge to keep (base64url)."""
    account = db.session.get_one(Account, actor.id)
    options = webauthn.generate_registration_options(
        rp_id=_site(),
        rp_name=current_app.config["PORTAL_SETTINGS"].site_name,
        user_id=account.passkey_handle.encode(),
        user_name=email,
        user_display_name=actor.label,
        exclude_credentials=_descriptors(actor.id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=VERIFIED
        ),
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def add_passkey(actor: Actor, credential: str, challenge: str, name: str) -> tuple[str, ...]:
    """Keep a new passkey; gives new recovery codes where there were none. Raises AccountProblem."""
    name = "".join(char for char in " ".join(name.split()) if char.isprintable())[:LONGEST_NAME]
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
        transports = json.loads(credential)["response"].get("transports") or []
        kept = ",".join(t for t in transports if t in set(AuthenticatorTransport))
    except FAULTS:
        raise _refused() from None
    credential_id = bytes_to_base64url(made.credential_id)
    known = select(Passkey.id).where(Passkey.credential_id == credential_id)
    if db.session.scalar(known) is not None or len(_descriptors(actor.id)) >= MOST:
        raise _refused()
    passkey = Passkey(
        account_id=actor.id,
        credential_id=credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=kept,
        name=name or _("Passkey"),
        created_at=now(),
    )
    db.session.add(passkey)
    record(db.session, actor.id, "account.passkey_added", f"account:{actor.id}", {})
    codes = first_recovery_codes(actor)
    db.session.commit()
    return codes


def offer_sign_in(account_id: int | None) -> tuple[str, str]:
    """What the browser needs to sign in with a passkey, as JSON, and the challenge.

    Without an account any passkey of this site will do; the answer is the same whoever asks.
    """
    options = webauthn.generate_authentication_options(
        rp_id=_site(),
        allow_credentials=_descriptors(account_id) if account_id is not None else None,
        user_verification=VERIFIED,
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def take_passkey(credential: str, challenge: str, account_id: int | None) -> int | None:
    """Whose passkey signed the challenge: the account's id; None when nobody's, or not `account_id`'s."""
    try:
        credential_id = str(json.loads(credential)["id"])
    except FAULTS:
        return None
    # PostgreSQL takes no NUL in a text.
    if "\0" in credential_id:
        return None
    found = select(Passkey).join(Account, Account.id == Passkey.account_id)
    passkey = db.session.scalar(found.where(Passkey.credential_id == credential_id, Account.active.is_(True)))
    if passkey is None or account_id not in (None, passkey.account_id):
        return None
    try:
        shown = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_site(),
            expected_origin=_origin(),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except FAULTS:
        return None
    own = update(Passkey).where(Passkey.id == passkey.id)
    db.session.execute(own.values(sign_count=shown.new_sign_count, used_at=now()))
    db.session.commit()
    return passkey.account_id


def _descriptors(account_id: int) -> list[PublicKeyCredentialDescriptor]:
    rows = db.session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account_id))
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(kept)) for kept in rows]


def _site() -> str:
    return urlsplit(_base()).hostname or ""


def _origin() -> str:
    parts = urlsplit(_base())
    return f"{parts.scheme}://{parts.netloc}"


def _base() -> str:
    return str(current_app.config["PORTAL_SETTINGS"].base_url)


def _refused() -> AccountProblem:
    return AccountProblem(
        "kunci", _("The passkey could not be taken. Start again, and confirm on your device.")
    )
