"""What an entry of the ledger says, as text for the feed and as headings for the page."""

from __future__ import annotations

from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.ledger.shapes import Entry


def event_words(entry: Entry) -> str:
    """What happened, in one or two words."""
    if entry.raw.event == "withdrawn":
        return _("Withdrawn")
    if entry.raw.event == "published":
        return _("Published late") if entry.due and not entry.raw.urgent_reason else _("Published urgently")
    return _("Corrected")


def entry_title(entry: Entry) -> str:
    """What happened to which record."""
    kind = label("record_kind", entry.raw.subject)
    words = entry.subject.words
    if entry.subject.region and entry.subject.region not in words:
        words = f"{words}, {entry.subject.region}"
    return f"{event_words(entry)}: {kind}, {words}"


def entry_text(entry: Entry) -> str:
    """Fields, reasons and moment, a line each."""
    raw = entry.raw
    lines = [
        _("%(label)s: was %(old)s, is now %(new)s.", label=field.label, old=field.old, new=field.new)
        for field in entry.fields
    ]
    if raw.reason:
        lines.append(_("Reason: %(reason)s", reason=raw.reason))
    if raw.urgent_reason:
        lines.append(_("Published by one person, because: %(reason)s", reason=raw.urgent_reason))
    if entry.due:
        lines.append(_("It should have come out on %(when)s.", when=entry.due))
    if entry.fields:
        lines.append(figures_words(entry))
    return "\n".join([*lines, entry.when])


def figures_words(entry: Entry) -> str:
    """Whether a number that readers see is another one."""
    return _("Figures changed.") if entry.figures_changed else _("No figure changed.")
