"""Outcomes a user can cause, each with one plain sentence that says what to do."""

from __future__ import annotations


class PortalError(Exception):
    """A user's mistake or a wrong setting; `str(error)` is the sentence shown, already translated."""


class SettingError(PortalError):
    """A setting has a value the portal can't start with."""


class NotFound(PortalError):
    """What was asked for isn't published here; pages answer 404."""


class Gone(PortalError):
    """What was asked for was withdrawn; pages answer 410 and lead to its entry in the ledger of changes."""

    def __init__(self, sentence: str, entry: str) -> None:
        super().__init__(sentence)
        self.entry = entry


class BadQuery(PortalError):
    """A filter or page number in the address isn't one the page knows; pages answer 400."""


class DatabaseUnavailable(PortalError):
    """The database is missing, locked or not migrated; pages answer 503."""
