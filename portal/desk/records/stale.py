"""A save that came too late: both versions side by side, and what was chosen of each."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.i18n import gettext as _
from portal.core.labels import LABELS, label
from portal.desk.flow.queries.titles import told_title
from portal.desk.records.description import columns, vocabulary
from portal.desk.records.reading import open_cells
from portal.desk.records.services import OpenItem
from portal.desk.records.shapes import Difference, StaleView, Typed

REASON = "reason"


def compare_versions(
    stored: OpenItem, typed: Typed, reason: str | None, by: str, unchosen: bool
) -> StaleView:
    """Where what was typed differs from what somebody saved since."""
    item, kind = stored.item, stored.item.kind
    theirs = open_cells(kind, stored.cells).typed
    differing = [name for name in columns(kind) if typed.cells[name] != stored.cells.get(name, "")]
    differences = [
        Difference(
            name,
            label("column", name),
            _words(kind, name, typed.typed[name]),
            _words(kind, name, theirs[name]),
        )
        for name in differing
    ]
    their_reason = (stored.draft.reason or "") if stored.draft else ""
    if reason is not None and reason.strip() != their_reason:
        differences.append(Difference(REASON, _("Note for the public"), reason, their_reason))
    fields = list(typed.typed.items()) + ([(REASON, reason)] if reason is not None else [])
    return StaleView(
        title=told_title(item.title, item.kind),
        base=f"/meja/butir/{item.id}",
        version=stored.version,
        by=by,
        saved_at=stored.draft.saved_at if stored.draft else item.changed_at,
        differences=tuple(differences),
        typed=tuple(fields),
        unchosen=unchosen,
    )


def take_picks(
    stored: OpenItem, typed: Typed, reason: str | None, picks: Mapping[str, str]
) -> tuple[Typed, str | None, bool]:
    """What was typed with their version where it was picked; whether a field that differs was left open."""
    cells, shown, unclear = dict(typed.cells), dict(typed.typed), dict(typed.unclear)
    theirs = open_cells(stored.item.kind, stored.cells)
    for name, whose in picks.items():
        if whose == "theirs" and name in cells:
            cells[name], shown[name] = theirs.cells[name], theirs.typed[name]
            unclear.pop(name, None)
    if picks.get(REASON) == "theirs":
        reason = (stored.draft.reason or "") if stored.draft else ""
    left = [name for name in cells if cells[name] != stored.cells.get(name, "") and name not in picks]
    return Typed(cells, shown, unclear), reason, bool(left)


def _words(kind: str, column: str, value: str) -> str:
    """A cell in words where its codes have some."""
    words = vocabulary(kind, column)
    if not words or not value:
        return value
    return ", ".join(label(words, code) if code in LABELS[words] else code for code in value.split(";"))
