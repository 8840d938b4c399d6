"""Sessions of signed-in browsers: the cookie holds an id, the database says whether it is still good."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from portal.accounts.clock import now
from portal.accounts.keyed import digest, new_token
from portal.accounts.models import Account, StaffSession
from portal.accounts.queries import LONGEST
from portal.accounts.shapes import Actor, SignedIn
from portal.core.audit import record
from portal.extensions import db

# A request writes at most this often that a session was used.
NOTED_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 80


def start_session(account_id: int, device: str, means: str) -> str:
    """Sign the account in and give the secret for the cookie; `means` says with what, for the audit trail."""
    token, moment = new_token(), now()
    db.session.execute(delete(StaffSession).where(StaffSession.created_at < moment - 4 * LONGEST))
    db.session.add(
        StaffSession(
            digest=digest("session", token),
            account_id=account_id,
            device=device[:LONGEST_DEVICE],
            created_at=moment,
            seen_at=moment,
        )
    )
    record(db.session, account_id, "account.signed_in", f"account:{account_id}", {"means": means})
    db.session.commit()
    return token


def note_use(signed_in: SignedIn) -> None:
    """Put off the end of an idle session."""
    moment = now()
    if moment - signed_in.seen_at < NOTED_EVERY:
        return
    own = StaffSession.id == signed_in.session_id
    try:
        db.session.execute(update(StaffSession).where(own).values(seen_at=moment))
        db.session.commit()
    except OperationalError:
        # A long import holds the database: the page is more use than the note, which the next click makes.
        db.session.rollback()


def end_session(signed_in: SignedIn, session_id: int) -> None:
    """Sign out one browser of the account; another account's is left alone."""
    account_id = signed_in.actor.id
    own = (StaffSession.id == session_id, StaffSession.account_id == account_id)
    ended = update(StaffSession).where(*own, StaffSession.revoked_at.is_(None)).values(revoked_at=now())
    db.session.execute(ended)
    record(db.session, account_id, "account.signed_out", f"account:{account_id}", {"session": session_id})
    db.session.commit()


def revoke_sessions(account_id: int, keep: int | None = None) -> None:
    """End every session of an account, but for `keep`; the caller commits."""
    own = update(StaffSession).where(StaffSession.account_id == account_id, StaffSession.revoked_at.is_(None))
    others = own.where(StaffSession.id != keep) if keep is not None else own
    db.session.execute(others.values(revoked_at=now()))


def end_every_session(actor: Actor) -> None:
    """Sign the account out everywhere and forget every device."""
    revoke_sessions(actor.id)
    own = update(Account).where(Account.id == actor.id)
    db.session.execute(own.values(fs_uniquifier=new_token()))
    record(db.session, actor.id, "account.signed_out_everywhere", f"account:{actor.id}", {})
    db.session.commit()
