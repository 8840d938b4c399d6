"""Mail through the server of `PORTAL_MAIL_URL`."""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from portal.core.errors import PortalError, SettingError

PORTS = {"smtp": 25, "smtps": 465}
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
EXAMPLE = "smtp://user:password@mail.example.go.id:587?from=portal@example.go.id"
PATIENCE = 20


class MailFailed(PortalError):
    """The mail server cannot be reached or refuses; the sentence is for logs and commands."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; `sender` is the address it comes from."""

    secure: bool
    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_url(text: str, site_host: str) -> MailServer | None:
    """The server of `PORTAL_MAIL_URL`, None when empty; raises SettingError without repeating the password."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS.get(parts.scheme, 0)
        options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise _wrong() from None
    sender = options.pop("from", [f"portal@{site_host}"])[-1]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    plain = parts.scheme in PORTS and parts.hostname and parts.path in ("", "/") and not parts.fragment
    if not plain or options or not text.isprintable() or bool(user) != bool(password):
        raise _wrong()
    if not ADDRESS.fullmatch(sender):
        raise SettingError(
            "PORTAL_MAIL_URL: `from` is not an e-mail address; add ?from=portal@example.go.id."
        )
    return MailServer(parts.scheme == "smtps", parts.hostname or "", port, sender, user, password)


def _wrong() -> SettingError:
    return SettingError(f"PORTAL_MAIL_URL: not a mail server's address such as {EXAMPLE}.")


def send_mail(server: MailServer, to: str, subject: str, body: str) -> None:
    """Hand in one message of plain text; raises MailFailed."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=server.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    try:
        with _connect(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(f"mail server {server.host}:{server.port}: {type(error).__name__}") from None


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.secure:
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif server.user and not _is_here(server.host):
            connection.close()
            raise smtplib.SMTPNotSupportedError("a password is not sent without encryption")
    if server.user:
        connection.login(server.user, server.password)
    return connection


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
