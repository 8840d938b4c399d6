"""Outcomes of registry commands and checks, each with its sentence."""

from __future__ import annotations

from portal.core.errors import NotFound, PortalError, SettingError


class RegistryKeyDiffers(SettingError):
    """The key is not the one the stored lists were made with."""


class NoNewerKey(PortalError):
    """The registry uses the newest key there is: another has to be added first."""


class UnknownProgram(PortalError):
    """No published programme has this id."""


class UnknownList(NotFound):
    """No enrolment list has this number."""


class ListCannotMove(PortalError):
    """The list is in a state from which this step is not possible."""


class UnknownUpload(NotFound):
    """No upload has this number, or it is another region's."""


class UploadCannotMove(PortalError):
    """The upload is in a state from which this step is not possible."""


class ReadingStopped(PortalError):
    """The worker could not read an upload to its end; the sentence says what to do with the kept file."""


class UploadRefused(PortalError):
    """The file cannot be a list, told before it is kept; `reason` is a code of the held files."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class SameFile(PortalError):
    """The very file is a list already, or an upload that waits."""

    def __init__(self, sentence: str, *, list_id: int | None = None, upload_id: int | None = None) -> None:
        super().__init__(sentence)
        self.list_id = list_id
        self.upload_id = upload_id


class ReplacesOthers(ListCannotMove):
    """What publishing would replace is not what the officer was shown."""


class KeyingStopped(PortalError):
    """A process that took part in reading a list ended before its time; nothing was stored."""
