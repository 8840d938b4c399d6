"""Outcomes of registry commands and checks, each with its sentence."""

from __future__ import annotations

from portal.core.errors import PortalError, SettingError


class RegistryKeyDiffers(SettingError):
    """The key is not the one the stored lists were made with."""


class UnknownProgram(PortalError):
    """No published programme has this id."""


class UnknownList(PortalError):
    """No enrolment list has this number."""


class ListCannotMove(PortalError):
    """The list is in a state from which this step is not possible."""


class CheckRefused(PortalError):
    """Too many checks for now; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("")
        self.retry_after = retry_after
