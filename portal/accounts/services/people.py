"""What an administrator does with the people of her regions.

`by` is who acts; None is the command line, whose user owns the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.clock import now
from portal.accounts.keyed import new_token
from portal.accounts.models import Account, AccountGrant
from portal.accounts.outcomes import AccountProblem
from portal.accounts.permissions import NotAllowed, require
from portal.accounts.queries import fold_email, list_grants
from portal.accounts.services.links import drop_links, make_link
from portal.accounts.services.sessions import revoke_sessions
from portal.accounts.shapes import Actor, Grant, Invited
from portal.accounts.vocabulary import EVERYWHERE, ROLES
from portal.areas.queries import region_exists
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.core.mail import ADDRESS
from portal.extensions import db

Result = TypeVar("Result")
LONGEST_EMAIL = 254


def invite(by: Actor | None, email: str, role: str, region_code: str, name: str = "") -> Invited:
    """Give somebody a role, making the account where there is none yet; with a set-up link until a password is set."""
    _check_grant(by, role, region_code)
    email, name = fold_email(email), " ".join(name.split())
    if len(email) > LONGEST_EMAIL or not ADDRESS.fullmatch(email):
        raise AccountProblem("email", _("This is not an e-mail address. Type it as name@office.go.id."))
    if len(name) > 80 or not name.isprintable():
        raise AccountProblem("nama", _("Type a name of at most 80 characters."))
    for field, text in (("email", email), ("nama", name)):
        if holds_id_number(text):
            raise AccountProblem(field, id_number_sentence())
    return _once_more(lambda: _invite(by, email, role, region_code, name))


def grant_role(by: Actor | None, account_id: int, role: str, region_code: str) -> None:
    """Give an account one more role; harmless when it has it."""
    _check_grant(by, role, region_code)
    _seen(by, account_id)
    _once_more(lambda: _give(by, account_id, role, region_code))


def revoke_role(by: Actor | None, account_id: int, role: str, region_code: str) -> None:
    """Take a role away; the last administrator stays."""
    _require(by, region_code)
    own = (AccountGrant.account_id == account_id, AccountGrant.role == role)
    _lock_administrators()
    taken = delete(AccountGrant).where(*own, AccountGrant.region_code == region_code)
    if db.session.execute(taken.returning(AccountGrant.id)).first() is None:
        # Another click took it, or there is no such role: the trail holds what was done, not what was typed.
        db.session.rollback()
        return
    if role == "administrator":
        _keep_an_administrator((region_code,))
    _record(by, "account.role_revoked", account_id, role, region_code)
    db.session.commit()


def deactivate(by: Actor | None, account_id: int) -> None:
    """Switch an account off: signed out everywhere at once, its links worthless. The last administrator stays."""
    _require_all(by, account_id)
    regions = [grant.region_code for grant in list_grants(account_id) if grant.role == "administrator"]
    _lock_administrators()
    db.session.execute(
        update(Account).where(Account.id == account_id).values(active=False, fs_uniquifier=new_token())
    )
    _keep_an_administrator(regions)
    revoke_sessions(account_id)
    record(db.session, _id(by), "account.deactivated", f"account:{account_id}", {})
    db.session.commit()


def activate(by: Actor | None, account_id: int) -> None:
    """Switch an account on again."""
    _require_all(by, account_id)
    db.session.execute(update(Account).where(Account.id == account_id).values(active=True))
    record(db.session, _id(by), "account.activated", f"account:{account_id}", {})
    db.session.commit()


def renew_link(by: Actor | None, account_id: int) -> str:
    """A set-up link: a new password and new second factors. Only for those all of whose roles are in `by`'s hands."""
    _require_all(by, account_id)
    link = make_link(account_id, "setup", _id(by))
    db.session.commit()
    return link


def _once_more(act: Callable[[], Result]) -> Result:
    """Do it; when a form that was sent twice did it at this very moment, do it on top of that."""
    try:
        return act()
    except IntegrityError:
        db.session.rollback()
        return act()


def _invite(by: Actor | None, email: str, role: str, region_code: str, name: str) -> Invited:
    account = db.session.scalar(select(Account).where(Account.email == email))
    is_new = account is None
    if account is None:
        account = _add(by, email, name)
    _grant(by, account.id, role, region_code)
    # Whoever holds the link signs in with all roles of the account: it is made for those who may give them all.
    waits = account.password_hash is None and _gives_all(by, account.id)
    link = make_link(account.id, "setup", _id(by)) if waits else None
    db.session.commit()
    return Invited(account.id, email, link, is_new, account.active)


def _give(by: Actor | None, account_id: int, role: str, region_code: str) -> None:
    _grant(by, account_id, role, region_code)
    db.session.commit()


def _add(by: Actor | None, email: str, name: str) -> Account:
    account = Account(
        email=email,
        name=name,
        password_hash=None,
        active=True,
        fs_uniquifier=new_token(),
        passkey_handle=new_token(),
        created_at=now(),
    )
    db.session.add(account)
    db.session.flush()
    record(db.session, _id(by), "account.added", f"account:{account.id}", {})
    return account


def _grant(by: Actor | None, account_id: int, role: str, region_code: str) -> None:
    known = list_grants(account_id)
    if Grant(role, region_code) in known:
        return
    if known and region_code not in {grant.region_code for grant in known}:
        # A link that an administrator of the former regions has in hand must not open the new one.
        drop_links(account_id)
    row = AccountGrant(
        account_id=account_id, role=role, region_code=region_code, granted_at=now(), granted_by_id=_id(by)
    )
    db.session.add(row)
    _record(by, "account.role_granted", account_id, role, region_code)


def _check_grant(by: Actor | None, role: str, region_code: str) -> None:
    if role not in ROLES:
        raise AccountProblem("peran", _("Choose one of the roles."))
    if region_code != EVERYWHERE and not region_exists(region_code):
        raise AccountProblem("wilayah", _("Choose a region of the list."))
    _require(by, region_code)


def _require(by: Actor | None, region_code: str) -> None:
    if by is not None:
        # A role everywhere is not a role in a national record: only an administrator of everything gives it.
        require(by, region_code or None, "administrator")


def _seen(by: Actor | None, account_id: int) -> None:
    """Only people of one's own regions are known."""
    if by is None or by.may("administrator", None):
        return
    if not any(by.may("administrator", grant.region_code) for grant in list_grants(account_id)):
        raise NotAllowed(_("This person has no role in your regions."))


def _require_all(by: Actor | None, account_id: int) -> None:
    """Whoever makes a link for an account could sign in as it: all its roles must be the administrator's to give."""
    _seen(by, account_id)
    if not _gives_all(by, account_id):
        raise NotAllowed(
            _("This person has roles in other regions too. Ask an administrator of the whole portal.")
        )


def _gives_all(by: Actor | None, account_id: int) -> bool:
    return by is None or all(by.may("administrator", one.region_code) for one in list_grants(account_id))


def _lock_administrators() -> None:
    """Two administrators who take each other's role away at the same time must not both succeed."""
    rows = select(AccountGrant.id).where(AccountGrant.role == "administrator").order_by(AccountGrant.id)
    db.session.execute(rows.with_for_update())


def _keep_an_administrator(regions: Iterable[str]) -> None:
    """Each region that had an administrator keeps one, be it one of everything; else nothing is changed."""
    query = (
        select(AccountGrant.region_code)
        .join(Account, Account.id == AccountGrant.account_id)
        .where(AccountGrant.role == "administrator", Account.active.is_(True))
    )
    left = set(db.session.scalars(query))
    if all(region in left or EVERYWHERE in left for region in regions):
        return
    db.session.rollback()
    raise AccountProblem("peran", _("This is the last administrator. Make somebody else one first."))


def _record(by: Actor | None, action: str, account_id: int, role: str, region_code: str) -> None:
    details = {"role": role, "region": region_code or None}
    record(db.session, _id(by), action, f"account:{account_id}", details)


def _id(by: Actor | None) -> int | None:
    return by.id if by is not None else None
