"""A summary ready to be rendered."""

from __future__ import annotations

from dataclasses import dataclass

from portal.documents.renderer import AttachedFile


@dataclass(frozen=True, slots=True)
class Summary:
    """One document: its HTML and the files it carries."""

    html: str
    files: tuple[AttachedFile, ...]
