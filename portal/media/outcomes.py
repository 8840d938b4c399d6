"""What a user of pictures can be told."""

from __future__ import annotations

from portal.core.errors import PortalError


class PictureRefused(PortalError):
    """The file is no picture that the portal takes."""


class PictureInUse(PortalError):
    """A text shows the picture, so it can't be deleted."""


class PictureThere(PortalError):
    """The region has this very picture already; `picture_id` is its record."""

    def __init__(self, sentence: str, picture_id: int) -> None:
        super().__init__(sentence)
        self.picture_id = picture_id
