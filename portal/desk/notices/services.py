"""From a step of a draft to the mail: who is told, and in which words."""

from __future__ import annotations

import logging

from flask import current_app
from sqlalchemy import select

from portal.accounts.models import Account, AccountGrant
from portal.accounts.services.post import mail_server
from portal.accounts.shapes import EVERYWHERE
from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.core.i18n import use_language
from portal.core.jobs import Running, enqueue, job
from portal.core.labels import label
from portal.core.mail import MailFailed, send_mail
from portal.core.vocabulary import LANGUAGES
from portal.desk.settings.queries import settings_of
from portal.extensions import db
from portal.publishing.models import DraftAuthor
from portal.publishing.moves import Move, on_move

log = logging.getLogger(__name__)
JOB = "notices.mail"
FOR_REVIEWERS = ("draft.submitted",)
FOR_AUTHORS = ("draft.returned", "draft.approved", "draft.schedule_failed", "item.published")


def init() -> None:
    """Tell teams of the steps of their drafts where a mail server is set."""
    on_move(note_step)


def note_step(session: AnySession, move: Move) -> None:
    """Hand over the mail for one step, within its transaction."""
    if move.action not in (*FOR_REVIEWERS, *FOR_AUTHORS) or mail_server() is None:
        return
    if not settings_of(move.item.region_code).mails_notices:
        return
    people = _reviewers(session, move) if move.action in FOR_REVIEWERS else _authors(session, move)
    for account_id in people:
        if account_id != move.actor_id:
            enqueue(
                session,
                JOB,
                account_id=account_id,
                item_id=move.item.id,
                kind=move.item.kind,
                action=move.action,
            )


def _reviewers(session: AnySession, move: Move) -> list[int]:
    """Reviewers of the region who did not write in the draft: they are the ones who can go on."""
    wrote = set(_authors(session, move))
    query = (
        select(AccountGrant.account_id)
        .where(
            AccountGrant.role == "reviewer",
            AccountGrant.region_code.in_((EVERYWHERE, move.item.region_code or EVERYWHERE)),
        )
        .distinct()
    )
    return [account for account in session.execute(query).scalars() if account not in wrote]


def _authors(session: AnySession, move: Move) -> list[int]:
    if move.item.draft is not None:
        return list(move.item.draft.authors)
    query = select(DraftAuthor.account_id).where(DraftAuthor.item_id == move.item.id)
    return list(session.execute(query).scalars())


@job(JOB)
def mail_notice(running: Running, account_id: int, item_id: int, kind: str, action: str) -> str:
    """Mail one person of one step; an account that was switched off since gets nothing. Raises MailFailed."""
    server = mail_server()
    query = select(Account.email).where(Account.id == account_id, Account.active.is_(True))
    email = db.session.execute(query).scalar_one_or_none()
    if server is None or email is None:
        return _("Nobody to tell.")
    parts = []
    for language in LANGUAGES:
        with use_language(language):
            parts.append(_words(item_id, kind, action, "" if language == "id" else f"/{language}"))
    try:
        send_mail(server, email, parts[0][0], "\n\n---\n\n".join(body for _subject, body in parts))
    except MailFailed as error:
        log.error("%s", error)
        raise
    return _("Told.")


def _words(item_id: int, kind: str, action: str, prefix: str) -> tuple[str, str]:
    settings = current_app.config["PORTAL_SETTINGS"]
    address = f"{settings.base_url}{prefix}/meja/butir/{item_id}"
    sentences = {
        "draft.submitted": _("A draft awaits your review"),
        "draft.returned": _("A draft was returned to you for changes"),
        "draft.approved": _("A draft you wrote in was approved"),
        "draft.schedule_failed": _("A scheduled draft could not come out and was returned"),
        "item.published": _("What you wrote is published"),
    }
    subject = f"{settings.site_name}: {sentences[action]}"
    body = _(
        "%(sentence)s (%(kind)s). Open it at the desk:\n\n%(address)s\n\nAn administrator of the region can switch these messages off.",
        sentence=sentences[action],
        kind=label("record_kind", kind),
        address=address,
    )
    return subject, body
