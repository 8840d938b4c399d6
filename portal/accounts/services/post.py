"""Mail with links. It is written after the answer, in a thread: the time of an answer tells nobody who has an account."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from typing import cast

from flask import Flask, current_app
from sqlalchemy import select

from portal.accounts.models import Account
from portal.accounts.outcomes import MustWait
from portal.accounts.queries import fold_email
from portal.accounts.services.brakes import Subject, address_of, take
from portal.accounts.services.links import make_link
from portal.core.i18n import gettext as _
from portal.core.i18n import use_language
from portal.core.mail import MailFailed, MailServer, send_mail
from portal.core.vocabulary import LANGUAGES
from portal.extensions import db

log = logging.getLogger(__name__)

ROOM = "portal.post_room"
FREE_BY_ACCOUNT, FREE_BY_ADDRESS = 3, 10


class PostRoom:
    """One thread that writes mail, one after the other."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
        self._last = self._thread.submit(lambda: None)

    def ask_reset(self, email: str) -> None:
        """Mail a reset link, if the address is an account's."""
        self._last = self._thread.submit(self._reset, email)

    def finish(self) -> None:
        """Wait until everything is sent; for tests and for stopping."""
        wait([self._last], timeout=30)

    def _reset(self, email: str) -> None:
        with self._app.app_context():
            try:
                mail_reset(email)
            except Exception as error:
                # The message may hold the address: only the kind is noted.
                log.error("a reset link was not mailed: %s", type(error).__name__)


def ask_reset(email: str, address: str) -> None:
    """Have a reset link mailed to whoever has this address; raises MustWait. Says nothing of who has an account."""
    email = fold_email(email)
    by_account = Subject("reset-account", email, FREE_BY_ACCOUNT)
    seconds = take(by_account, Subject("reset-address", address_of(address), FREE_BY_ADDRESS))
    if seconds:
        raise MustWait(seconds)
    room().ask_reset(email)


def mail_reset(email: str) -> None:
    """Make and mail a reset link; nothing when no active account has the address."""
    server = mail_server()
    found = select(Account.id).where(Account.email == email, Account.active.is_(True))
    account_id = db.session.scalar(found)
    if server is None or account_id is None:
        return
    address = make_link(account_id, "reset")
    db.session.commit()
    mail_link(email, address, "reset")


def mail_link(email: str, address: str, purpose: str) -> bool:
    """Mail a link in both languages; False where no mail server is set. Raises MailFailed."""
    server = mail_server()
    if server is None:
        return False
    parts = []
    for language in LANGUAGES:
        with use_language(language):
            parts.append(_words(purpose, address))
    subject = parts[0][0]
    send_mail(server, email, subject, "\n\n---\n\n".join(body for _subject, body in parts))
    return True


def try_to_mail(email: str, address: str, purpose: str) -> bool:
    """As `mail_link`; a server that fails counts as not mailed, since the link can be handed over otherwise."""
    try:
        return mail_link(email, address, purpose)
    except MailFailed as error:
        log.error("%s", error)
        return False


def _words(purpose: str, address: str) -> tuple[str, str]:
    site = current_app.config["PORTAL_SETTINGS"].site_name
    if purpose == "setup":
        return _("Your account at %(site)s", site=site), _(
            "You have an account at %(site)s. Open this link within 72 hours and choose a password:\n\n"
            "%(address)s\n\nThe link is good once. If you expected nothing of the kind, ignore this message.",
            site=site,
            address=address,
        )
    return _("A new password for %(site)s", site=site), _(
        "Somebody, we hope you, asked for a new password at %(site)s. Open this link within an hour and choose one:"
        "\n\n%(address)s\n\nThe link is good once. If it was not you, ignore this message; your password stays.",
        site=site,
        address=address,
    )


def mail_server() -> MailServer | None:
    """The mail server of the settings."""
    return cast("MailServer | None", current_app.config["PORTAL_SETTINGS"].mail)


def room() -> PostRoom:
    """The application's post room, opened when first needed: each worker process has its own."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    found = app.extensions.get(ROOM)
    if not isinstance(found, PostRoom):
        found = app.extensions[ROOM] = PostRoom(app)
    return found
