"""Passkeys (WebAuthn): registered on one's own page, and used to sign in, alone or after the password.

Alone they count as two factors, so the device must have asked for a finger, a face or its own code.
"""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select, update

from portal.accounts.clock import now
from portal.accounts.models import Account, Passkey
from portal.accounts.outcomes import AccountProblem
from portal.accounts.services.factors import end_sessions_without_factor, first_recovery_codes
from portal.accounts.shapes import Actor, SignedIn
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.extensions import db

if TYPE_CHECKING:
    from portal.accounts.services.ceremonies import Site

MOST = 20
LONGEST_NAME = 60


def passkeys_work_here() -> bool:
    """Browsers bind passkeys to a name: a site opened by its bare number has none."""
    try:
        ipaddress.ip_address(urlsplit(_base()).hostname or "")
    except ValueError:
        return True
    return False


def offer_registration(actor: Actor, email: str) -> tuple[str, str]:
    """What the browser needs to make a passkey, as JSON, and the challenge to keep (base64url)."""
    from portal.accounts.services.ceremonies import Holder, ask_for_new

    account = db.session.get_one(Account, actor.id)
    holder = Holder(account.passkey_handle.encode(), email, actor.label)
    return ask_for_new(_here(), current_app.config["PORTAL_SETTINGS"].site_name, holder, _ids(actor.id))


def add_passkey(signed_in: SignedIn, credential: str, challenge: str, name: str) -> tuple[str, ...]:
    """Keep a new passkey; gives new recovery codes where there were none. Raises AccountProblem."""
    actor = signed_in.actor
    name = "".join(char for char in " ".join(name.split()) if char.isprintable())[:LONGEST_NAME]
    from portal.accounts.services.ceremonies import read_new

    made = read_new(_here(), credential, challenge)
    if made is None:
        raise _refused()
    known = select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    if db.session.scalar(known) is not None or len(_ids(actor.id)) >= MOST:
        raise _refused()
    passkey = Passkey(
        account_id=actor.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        name=name or _("Passkey"),
        created_at=now(),
    )
    db.session.add(passkey)
    record(db.session, actor.id, "account.passkey_added", f"account:{actor.id}", {})
    end_sessions_without_factor(signed_in)
    codes = first_recovery_codes(actor)
    db.session.commit()
    return codes


def offer_sign_in(account_id: int | None) -> tuple[str, str]:
    """What the browser needs to sign in with a passkey, as JSON, and the challenge.

    Without an account any passkey of this site will do; the answer is the same whoever asks.
    """
    from portal.accounts.services.ceremonies import ask_to_sign

    return ask_to_sign(_here(), _ids(account_id) if account_id is not None else None)


def take_passkey(credential: str, challenge: str, account_id: int | None) -> int | None:
    """Whose passkey signed the challenge: the account's id; None when nobody's, or not `account_id`'s."""
    from portal.accounts.services.ceremonies import read_signed

    try:
        credential_id = str(json.loads(credential)["id"])
    except (ValueError, KeyError, TypeError):
        return None
    # No text in a database holds NUL or half a character.
    if "\0" in credential_id or not credential_id.isascii():
        return None
    found = select(Passkey).join(Account, Account.id == Passkey.account_id)
    passkey = db.session.scalar(found.where(Passkey.credential_id == credential_id, Account.active.is_(True)))
    if passkey is None or account_id not in (None, passkey.account_id):
        return None
    count = read_signed(_here(), credential, challenge, passkey.public_key, passkey.sign_count)
    if count is None:
        return None
    own = update(Passkey).where(Passkey.id == passkey.id)
    db.session.execute(own.values(sign_count=count, used_at=now()))
    db.session.commit()
    return passkey.account_id


def _ids(account_id: int) -> list[str]:
    return list(db.session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account_id)))


def _here() -> Site:
    from portal.accounts.services.ceremonies import Site

    parts = urlsplit(_base())
    return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")


def _base() -> str:
    return str(current_app.config["PORTAL_SETTINGS"].base_url)


def _refused() -> AccountProblem:
    return AccountProblem(
        "kunci", _("The passkey could not be taken. Start again, and confirm on your device.")
    )
