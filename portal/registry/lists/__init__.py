"""Reading enrolment lists as offices have them; each format is a module that yields numbered rows of text."""

from __future__ import annotations

from portal.registry.lists.held import FileHeld
from portal.registry.lists.opening import ListFile, open_list

__all__ = ["FileHeld", "ListFile", "open_list"]
