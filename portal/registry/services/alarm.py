"""Telling the operator that misses spike: in the log by whoever notices (`price.gate`), on `/readyz`, and by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app

from portal.accounts.queries import list_operators
from portal.accounts.services.post import mail_server
from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.core.i18n import use_language
from portal.core.jobs import Running, chore, enqueue, job
from portal.core.mail import send_mail
from portal.core.vocabulary import LANGUAGES
from portal.registry.price.opening import price_gate
from portal.registry.price.tariff import MOST_BRAKE

MAIL_WINDOW = 3600


def checks_state() -> str:
    """How checks are: "ok" or "braked"."""
    return "braked" if price_gate().brake() else "ok"


@chore("registry.brake", timedelta(seconds=30))
def watch(session: AnySession, now: datetime) -> None:
    """Have the operators told once an hour while misses spike."""
    if mail_server() is None or checks_state() != "braked":
        return
    if price_gate().is_first(b"mail", MAIL_WINDOW):
        enqueue(session, "registry.tell_brake", brake=price_gate().brake())
        session.commit()


@job("registry.tell_brake")
def tell_brake(running: Running, brake: int) -> str:
    """Mail the administrators of the whole portal, in both languages."""
    server = mail_server()
    operators = list_operators()
    if server is None or not operators:
        return _("Nobody could be told by mail.")
    subjects, bodies = [], []
    for language in LANGUAGES:
        with use_language(language):
            subject, body = _words(brake)
            subjects.append(subject)
            bodies.append(body)
    for email in operators:
        send_mail(server, email, subjects[0], "\n\n---\n\n".join(bodies))
    return _("Administrators were told by mail.")


def _words(brake: int) -> tuple[str, str]:
    settings = current_app.config["PORTAL_SETTINGS"]
    return _("%(site)s: many checks find nobody", site=settings.site_name), _(
        "Far more checks than usual find nobody: somebody may be trying out numbers at %(address)s. The portal has braked by "
        "itself (step %(step)s of %(most)s): fewer checks are free and the others cost a visitor's device more work, for "
        "everybody alike, until it is over. Nobody is shut out and nothing has leaked. What you can do is in "
        "docs/operations.md under “When the checks are braked”.",
        address=f"{settings.base_url}/cek",
        step=brake,
        most=MOST_BRAKE,
    )
