"""Names of the desk's kinds, in the order of its navigation."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _

KINDS: dict[str, LazyString] = {
    "news": _("News posts"),
    "awards": _("Awards"),
    "programs": _("Programmes"),
    "measures": _("Announced steps"),
    "commitments": _("Funding lines"),
    "statements": _("Statements on lines"),
    "claims": _("Stated totals"),
    "sources": _("Sources"),
    "regulations": _("Regulations"),
    "offices": _("Offices"),
}
