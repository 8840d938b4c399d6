"""Signing in: password, then a second factor where the account has one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from portal.accounts.keyed import digest
from portal.accounts.models import Account, Passkey
from portal.accounts.outcomes import MustWait
from portal.accounts.passwords import hash_password, is_outdated, is_right
from portal.accounts.queries import fold_email
from portal.accounts.services.brakes import Subject, address_of, give_back, take
from portal.accounts.services.codes import take_code
from portal.core.audit import record
from portal.extensions import db

FREE_BY_ACCOUNT, FREE_BY_ADDRESS, FREE_BY_DEVICE = 5, 20, 10


@dataclass(frozen=True, slots=True)
class Caller:
    """Where an attempt comes from: address, and the browser's own id where it signed in to the account before."""

    address: str
    device: str | None


@dataclass(frozen=True, slots=True)
class Entrance:
    """A password was right. `state` changes with the password, so that a half-open door closes with it."""

    account_id: int
    needs_code: bool
    state: str


def check_password(email: str, password: str, caller: Caller) -> Entrance | None:
    """Whose password it is; None when it is nobody's, in the same time. Raises MustWait."""
    email = fold_email(email)
    subjects = _subjects("password", email, caller)
    _take(subjects)
    account = db.session.scalar(select(Account).where(Account.email == email))
    right = is_right(password, account.password_hash if account else None)
    if account is None or not right or not account.active:
        # Nothing is written here: it would take longer for an account that exists.
        return None
    if account.password_hash and is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
        db.session.commit()
    give_back(*subjects)
    return _entrance(account)


def check_code(entrance_state: tuple[int, str], code: str, caller: Caller) -> str | None:
    """Take a code of the app or a recovery code as second step: its means, None when wrong. Raises MustWait."""
    account_id, state = entrance_state
    if find_entrance(account_id, state) is None:
        return None
    subjects = _subjects("code", str(account_id), caller)
    _take(subjects)
    means = take_code(account_id, code)
    if means:
        give_back(*subjects)
    else:
        record(db.session, None, "account.sign_in_failed", f"account:{account_id}", {"step": "code"})
        db.session.commit()
    return means


def confirm_password(account_id: int, password: str) -> bool:
    """Whether it is the account's own password, asked again before something that matters. Raises MustWait."""
    subject = Subject("confirm", str(account_id), FREE_BY_DEVICE)
    _take((subject,))
    kept = db.session.scalar(select(Account.password_hash).where(Account.id == account_id))
    right = is_right(password, kept)
    if right:
        give_back(subject)
    return right


def find_entrance(account_id: int, state: str) -> Entrance | None:
    """The half-open door, as long as the account is active and its password the same."""
    account = db.session.get(Account, account_id)
    if account is None or not account.active:
        return None
    entrance = _entrance(account)
    return entrance if entrance.state == state else None


def get_entrance(account_id: int) -> Entrance:
    """The entrance of somebody who proved otherwise, by a one-time link, who she is."""
    return _entrance(db.session.get_one(Account, account_id, populate_existing=True))


def device_mark(account_id: int) -> str:
    """What a browser's cookie keeps to be known to the account; worthless once all devices are forgotten."""
    uniquifier = db.session.scalar(select(Account.fs_uniquifier).where(Account.id == account_id))
    return digest("device", f"{account_id}:{uniquifier}")[:32]


def find_device_mark(email: str) -> str | None:
    """The mark for the account with this e-mail."""
    account_id = db.session.scalar(select(Account.id).where(Account.email == fold_email(email)))
    return device_mark(account_id) if account_id is not None else None


def _entrance(account: Account) -> Entrance:
    keys = select(Passkey.id).where(Passkey.account_id == account.id).limit(1)
    has_factor = account.totp_secret is not None or db.session.scalar(keys) is not None
    state = digest("entrance", f"{account.id}:{account.fs_uniquifier}:{account.password_hash}")[:32]
    return Entrance(account.id, has_factor, state)


def _subjects(step: str, account: str, caller: Caller) -> tuple[Subject, ...]:
    if caller.device:
        return (Subject(f"{step}-device", f"{account}:{caller.device}", FREE_BY_DEVICE),)
    return (
        Subject(f"{step}-account", account, FREE_BY_ACCOUNT),
        Subject("address", address_of(caller.address), FREE_BY_ADDRESS),
    )


def _take(subjects: tuple[Subject, ...]) -> None:
    wait = take(*subjects)
    if wait:
        raise MustWait(wait)
