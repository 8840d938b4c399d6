"""Second factors of one's own account: the authenticator app and passkeys."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from portal.accounts.models import Account, Passkey
from portal.accounts.outcomes import AccountProblem
from portal.accounts.passwords import find_weakness
from portal.accounts.queries import list_grants
from portal.accounts.services.codes import count_recovery_codes, match_code, renew_recovery_codes
from portal.accounts.services.links import set_password
from portal.accounts.services.sessions import revoke_sessions
from portal.accounts.shapes import Actor, SignedIn
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.extensions import db


def set_up_totp(signed_in: SignedIn, secret: str, code: str) -> tuple[str, ...]:
    """Keep the app's secret once a code of it was typed; gives new recovery codes where there were none."""
    actor = signed_in.actor
    step = match_code(secret, code, None)
    if step is None:
        raise AccountProblem(
            "kode",
            _("This is not the app's code of this minute. Wait for the next one and type its 6 digits."),
        )
    values = {"totp_secret": secret, "totp_counter": step}
    db.session.execute(update(Account).where(Account.id == actor.id).values(**values))
    record(db.session, actor.id, "account.totp_set", f"account:{actor.id}", {})
    end_sessions_without_factor(signed_in)
    codes = first_recovery_codes(actor)
    db.session.commit()
    return codes


def end_sessions_without_factor(signed_in: SignedIn) -> None:
    """With the first factor every other session ends: they were opened with the password alone. The caller commits."""
    if not signed_in.has_factor:
        revoke_sessions(signed_in.actor.id, signed_in.session_id)


def first_recovery_codes(actor: Actor) -> tuple[str, ...]:
    """New recovery codes where there are none; the caller commits."""
    return () if count_recovery_codes(actor.id) else renew_recovery_codes(actor.id)


def make_recovery_codes(actor: Actor) -> tuple[str, ...]:
    """Ten new codes; the old ones are worthless."""
    codes = renew_recovery_codes(actor.id)
    db.session.commit()
    return codes


def remove_totp(actor: Actor) -> None:
    """Do without the app; refused when it is the last second factor and a role needs one."""
    db.session.execute(
        update(Account).where(Account.id == actor.id).values(totp_counter=None, totp_secret=None)
    )
    _keep_one(actor)
    record(db.session, actor.id, "account.totp_removed", f"account:{actor.id}", {})
    db.session.commit()


def remove_passkey(actor: Actor, passkey_id: int) -> None:
    """Do without a passkey of one's own; refused like `remove_totp`."""
    own = (Passkey.id == passkey_id, Passkey.account_id == actor.id)
    db.session.execute(delete(Passkey).where(*own))
    _keep_one(actor)
    record(db.session, actor.id, "account.passkey_removed", f"account:{actor.id}", {"passkey": passkey_id})
    db.session.commit()


def change_password(actor: Actor, email: str, password: str, keep_session: int) -> None:
    """Set one's own new password; every other session ends. Raises AccountProblem for a weak one."""
    weakness = find_weakness(password, email)
    if weakness:
        raise AccountProblem("sandi-baru", weakness)
    set_password(actor.id, password, keep_session)
    record(db.session, actor.id, "account.password_set", f"account:{actor.id}", {"link": None})
    db.session.commit()


def rename(actor: Actor, name: str) -> None:
    """What colleagues see instead of the e-mail address; empty for the address."""
    name = " ".join(name.split())
    if len(name) > 80 or not name.isprintable():
        raise AccountProblem("nama", _("Type a name of at most 80 characters."))
    if holds_id_number(name):
        raise AccountProblem("nama", id_number_sentence())
    db.session.execute(update(Account).where(Account.id == actor.id).values(name=name))
    record(db.session, actor.id, "account.renamed", f"account:{actor.id}", {})
    db.session.commit()


def _keep_one(actor: Actor) -> None:
    grants = list_grants(actor.id)
    if not Actor(actor.id, "", grants).needs_second_factor:
        return
    account = db.session.get_one(Account, actor.id, populate_existing=True)
    keys = select(Passkey.id).where(Passkey.account_id == actor.id).limit(1)
    if account.totp_secret is None and db.session.scalar(keys) is None:
        db.session.rollback()
        raise AccountProblem(
            "sandi",
            _("Your roles need a second factor, and this is your last one. Set up another first."),
        )
