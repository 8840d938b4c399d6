"""What the author of a source should know before it goes to review."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.database import AnySession
from portal.core.i18n import gettext as _
from portal.publishing.records import Problem, check_before_review
from portal.publishing.shapes import Cells


def init() -> None:
    """Have drafts of sources asked by these rules."""
    check_before_review("sources", tell_paid_text)


def tell_paid_text(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """What the label means, and how to know such a text."""
    if cells.get("kind") == "advertorial":
        yield Problem("kind", advertorial_means(), blocking=False)


def advertorial_means() -> str:
    """One sentence that forms show wherever an advertorial is chosen."""
    return _(
        "An advertorial is a text that somebody paid for, often the office it praises. Its figures are labelled “paid” "
        "everywhere, count for less than any other source, and alone never make a figure independent."
    )
