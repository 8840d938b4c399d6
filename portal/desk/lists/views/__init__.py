"""Pages of the registrar's desk."""

from __future__ import annotations

from portal.desk.lists.views.lists import lists_bp
from portal.desk.lists.views.uploads import uploads_bp

__all__ = ["lists_bp", "uploads_bp"]
