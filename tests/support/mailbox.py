"""A real mail server on the loopback address, which keeps what it is handed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.support.server import free_port


class Mailbox:
    """What came in, in order; `url` is the value of PORTAL_MAIL_URL."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}?from=portal@portal.test"
        self.letters: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep one message for each recipient."""
        message = cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default))
        self.letters += [(recipient, message) for recipient in envelope.rcpt_tos]
        return "250 kept"


@contextmanager
def receiving() -> Iterator[Mailbox]:
    """Receive mail until the block ends."""
    port = free_port()
    box = Mailbox(port)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
        asyncio.set_event_loop(None)
