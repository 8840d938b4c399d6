"""One-time links: they set a first password, or a new one."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from portal.accounts.clock import now
from portal.accounts.keyed import digest, new_token
from portal.accounts.models import Account, OneTimeLink, Passkey, RecoveryCode
from portal.accounts.outcomes import AccountProblem, LinkIsSpent
from portal.accounts.passwords import find_weakness, hash_password
from portal.accounts.services.sessions import revoke_sessions
from portal.accounts.shapes import LinkShape
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.extensions import db

GOOD_FOR = {"setup": timedelta(hours=72), "reset": timedelta(hours=1)}


def make_link(account_id: int, purpose: str, by: int | None = None) -> str:
    """A new link's address, in the place of earlier ones that were not used; the caller commits.

    A set-up link also takes the second factors away when it is used: it is for those who lost theirs. A reset link,
    which anybody can ask for by mail, leaves them.
    """
    token, moment = new_token(), now()
    # Anybody can ask for a reset link: it must not take away the set-up link that an administrator gave.
    drop_links(account_id, *(("reset",) if purpose == "reset" else ()))
    db.session.add(
        OneTimeLink(
            digest=digest("link", token),
            account_id=account_id,
            purpose=purpose,
            created_at=moment,
            expires_at=moment + GOOD_FOR[purpose],
        )
    )
    record(db.session, by, "account.link_made", f"account:{account_id}", {"purpose": purpose})
    return f"{current_app.config['PORTAL_SETTINGS'].base_url}/meja/sandi/tautan/{token}"


def drop_links(account_id: int, *purposes: str) -> None:
    """Make unused links of the account worthless, every one or those for `purposes`; the caller commits."""
    unused = delete(OneTimeLink).where(
        OneTimeLink.account_id == account_id,
        OneTimeLink.used_at.is_(None),
        OneTimeLink.purpose.in_(purposes or GOOD_FOR),
    )
    db.session.execute(unused)


def get_link(token: str) -> LinkShape:
    """Whose link it is, without using it; raises LinkIsSpent."""
    good = (OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now(), Account.active.is_(True))
    row = db.session.execute(
        select(OneTimeLink.id, Account.id, Account.email, OneTimeLink.purpose)
        .join(Account, Account.id == OneTimeLink.account_id)
        .where(OneTimeLink.digest == digest("link", token), *good)
    ).one_or_none()
    if row is None:
        raise LinkIsSpent(
            _("This link was used, has expired or was replaced by a newer one. Ask for a new link.")
        )
    return LinkShape(*row)


def use_link(token: str, password: str) -> LinkShape:
    """Set the password and end every session; raises LinkIsSpent, or AccountProblem for a weak password."""
    link = get_link(token)
    weakness = find_weakness(password, link.email)
    if weakness:
        raise AccountProblem("sandi", weakness)
    unused = (OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
    used = db.session.connection().execute(update(OneTimeLink).where(*unused).values(used_at=now()))
    if used.rowcount != 1:
        db.session.rollback()
        raise LinkIsSpent(
            _("This link was used, has expired or was replaced by a newer one. Ask for a new link.")
        )
    drop_links(link.account_id)
    if link.purpose == "setup":
        forget_factors(link.account_id)
    set_password(link.account_id, password)
    record(
        db.session,
        link.account_id,
        "account.password_set",
        f"account:{link.account_id}",
        {"link": link.purpose},
    )
    db.session.commit()
    return link


def set_password(account_id: int, password: str, keep_session: int | None = None) -> None:
    """Keep the new password, forget every device and end the sessions; the caller commits."""
    db.session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=hash_password(password), fs_uniquifier=new_token())
    )
    revoke_sessions(account_id, keep_session)


def forget_factors(account_id: int) -> None:
    """Take away every second factor; the caller commits."""
    own = update(Account).where(Account.id == account_id)
    db.session.execute(own.values(totp_counter=None, totp_secret=None))
    db.session.execute(delete(Passkey).where(Passkey.account_id == account_id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
