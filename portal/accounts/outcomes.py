"""What can go wrong with accounts, each with the sentence that is shown."""

from __future__ import annotations

from portal.core.errors import PortalError


class AccountProblem(PortalError):
    """Something typed cannot be taken; `field` is the form's field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class MustWait(PortalError):
    """Too many attempts; `seconds` until the next."""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds


class LinkIsSpent(PortalError):
    """The one-time link was used, has expired, was replaced or never existed."""
