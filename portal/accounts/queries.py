"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select

from portal.accounts.models import Account, AccountGrant, Passkey, RecoveryCode, StaffSession
from portal.accounts.shapes import (
    Actor,
    Grant,
    OwnAccount,
    PasskeyShape,
    PersonShape,
    SessionShape,
    SignedIn,
)
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
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
    """An e-mail address as it is kept; PostgreSQL takes no NUL in a text."""
    return text.replace("\0", "").strip().casefold()


def get_own_account(account_id: int, now: datetime) -> OwnAccount:
    """What the account's own page shows."""
    account = db.session.get_one(Account, account_id)
    passkeys = select(Passkey.id, Passkey.name, Passkey.created_at, Passkey.used_at)
    sessions = select(
        StaffSession.id, StaffSession.device, StaffSession.created_at, StaffSession.seen_at
    ).where(
        StaffSession.account_id == account_id,
        StaffSession.revoked_at.is_(None),
        StaffSession.seen_at > now - IDLE,
        StaffSession.created_at > now - LONGEST,
    )
    codes = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    own_keys = passkeys.where(Passkey.account_id == account_id).order_by(Passkey.id)
    return OwnAccount(
        account.email,
        account.name,
        account.totp_secret is not None,
        tuple(PasskeyShape(*row) for row in db.session.execute(own_keys)),
        tuple(
            SessionShape(*row) for row in db.session.execute(sessions.order_by(StaffSession.seen_at.desc()))
        ),
        db.session.scalar(codes) or 0,
    )


_SEEN = select(func.max(StaffSession.seen_at)).where(StaffSession.account_id == Account.id).scalar_subquery()
_PEOPLE = select(
    Account.id,
    Account.email,
    Account.name,
    Account.active,
    Account.password_hash.is_not(None).label("is_set_up"),
    _HAS_FACTOR.label("has_factor"),
    _SEEN.label("seen_at"),
).order_by(Account.email)


def list_people(by: Actor | None) -> tuple[PersonShape, ...]:
    """The people with a role in the regions that `by` administers (None: everybody), by e-mail address."""
    query = _PEOPLE
    if by is not None and not by.may("administrator", None):
        known = exists().where(
            AccountGrant.account_id == Account.id,
            AccountGrant.region_code.in_(by.regions("administrator")),
        )
        query = query.where(known)
    rows = db.session.execute(query).all()
    grants = _grants_of([row.id for row in rows])
    return tuple(_person(row, grants.get(row.id, ()), by) for row in rows)


def get_person(by: Actor | None, account_id: int) -> PersonShape:
    """One of them; raises NotFound for everybody else."""
    row = db.session.execute(_PEOPLE.where(Account.id == account_id)).one_or_none()
    if row is not None:
        person = _person(row, list_grants(account_id), by)
        if person.grants or by is None or by.may("administrator", None):
            return person
    raise NotFound(_("Nobody of your regions has this address."))


def find_account(email: str) -> int | None:
    """The id of the account with this e-mail address, or None."""
    return db.session.scalar(select(Account.id).where(Account.email == fold_email(email)))


def list_operators() -> tuple[str, ...]:
    """E-mail addresses of the active administrators of the whole portal."""
    everywhere = (AccountGrant.role == "administrator") & (AccountGrant.region_code == "")
    query = select(Account.email).join(AccountGrant, AccountGrant.account_id == Account.id)
    return tuple(
        db.session.scalars(query.where(Account.active.is_(True), everywhere).order_by(Account.email))
    )


def list_labels(ids: Collection[int]) -> dict[int, str]:
    """What colleagues see of these accounts, by id."""
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_(ids))
    return {row.id: row.name or row.email for row in db.session.execute(query)} if ids else {}


def _grants_of(ids: Collection[int]) -> dict[int, tuple[Grant, ...]]:
    query = select(AccountGrant.account_id, AccountGrant.role, AccountGrant.region_code)
    ordered = query.order_by(AccountGrant.region_code, AccountGrant.role)
    found: dict[int, tuple[Grant, ...]] = {}
    for account_id, role, region_code in db.session.execute(ordered.where(AccountGrant.account_id.in_(ids))):
        found[account_id] = (*found.get(account_id, ()), Grant(role, region_code))
    return found


def _person(row: Any, grants: tuple[Grant, ...], by: Actor | None) -> PersonShape:
    visible = tuple(g for g in grants if by is None or by.may("administrator", g.region_code or None))
    return PersonShape(
        row.id,
        row.email,
        row.name,
        row.active,
        row.is_set_up,
        bool(row.has_factor),
        visible,
        len(visible) < len(grants),
        row.seen_at,
    )
