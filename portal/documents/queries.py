"""What keeping a document needs to know."""

from __future__ import annotations

from portal.core.content_version import current_number
from portal.extensions import db


def get_content_number() -> int:
    """The number of the content as published now; a kept document is good as long as it stays."""
    return current_number(db.session)
