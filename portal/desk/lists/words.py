"""What the registrar reads for states and reasons."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _
from portal.registry.reports.contents import COLUMN_KINDS as READ_KINDS

LIST_STATES: dict[str, LazyString] = {
    "staged": _("Ready, not published"),
    "published": _("Published"),
    "superseded": _("Replaced"),
    "withdrawn": _("Withdrawn"),
    "purged": _("People removed"),
}
UPLOAD_STATES: dict[str, LazyString] = {
    "received": _("Waits for its columns"),
    "reading": _("Is being read"),
    "staged": _("Read and reported"),
    "held": _("Held back"),
    "discarded": _("Thrown away"),
    "expired": _("Expired: nobody confirmed its columns for a week"),
}
COLUMN_KINDS: dict[str, LazyString] = {"": _("not used"), **READ_KINDS}
