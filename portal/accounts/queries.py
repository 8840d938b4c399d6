"""Reads of accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, or_, select

from portal.accounts.models import Account, AccountGrant, Passkey, StaffSession
from portal.accounts.shapes import Actor, Grant, SignedIn
from portal.extensions import db

# A working day without a click, and three days at most.
IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=72)

_HAS_FACTOR = or_(Account.totp_secret.is_not(None), exists().where(Passkey.account_id == Account.id))
_SIGNED_IN = (
    select(
        StaffSession.id,
        StaffSession.seen_at,
        Account.id,
        Account.email,
        Account.name,
        _HAS_FACTOR.label("has_factor"),
    )
    .join(Account, Account.id == StaffSession.account_id)
    .where(
        StaffSession.digest == bindparam("digest"),
        StaffSession.revoked_at.is_(None),
        Account.active.is_(True),
        and_(StaffSession.seen_at > bindparam("idle"), StaffSession.created_at > bindparam("oldest")),
    )
)
_GRANTS = (
    select(AccountGrant.role, AccountGrant.region_code)
    .where(AccountGrant.account_id == bindparam("account_id"))
    .order_by(AccountGrant.region_code, AccountGrant.role)
)


def find_signed_in(digest: str, now: datetime) -> SignedIn | None:
    """Who the session with this digest belongs to; None when it ended, expired or the account is switched off."""
    moments = {"idle": now - IDLE, "oldest": now - LONGEST}
    row = db.session.execute(_SIGNED_IN, {"digest": digest, **moments}).one_or_none()
    if row is None:
        return None
    session_id, seen_at, account_id, email, name, has_factor = row
    actor = Actor(account_id, name or email, list_grants(account_id))
    return SignedIn(session_id, actor, email, bool(has_factor), seen_at)


def list_grants(account_id: int) -> tuple[Grant, ...]:
    """The roles of an account, by region."""
    rows = db.session.execute(_GRANTS, {"account_id": account_id})
    return tuple(Grant(role, region_code) for role, region_code in rows)


def get_actor(account_id: int) -> Actor:
    """The account as an actor, whether signed in or not; for commands and the background worker."""
    row = db.session.execute(select(Account.email, Account.name).where(Account.id == account_id)).one()
    return Actor(account_id, row.name or row.email, list_grants(account_id))


def fold_email(text: str) -> str:
    """An e-mail address as it is kept."""
    return text.strip().casefold()
