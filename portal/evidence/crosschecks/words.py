"""The words that stored inputs, formulas and results consist of, so that the catalogues have them."""

from __future__ import annotations

from portal.core.i18n import lazy_gettext as _

# One entry for each text that checks store in English and pages show in their language.
STORED = (
    _("workers"),
    _("figure"),
    _("contribution per person and month"),
    _("months"),
    _("months assumed"),
    _("months of a full year"),
    _("amount"),
    _("workers, another published figure"),
    _("villages"),
    _("workers per village"),
    _("participants"),
    _("participants, one part"),
    _("villages on the official list"),
    _("villages and wards on the official list"),
    _("benefit cases paid"),
    _("benefits paid"),
    _("death benefit of JKM"),
    _("target"),
    _("remainder"),
    _("independent publishers"),
    _("publishers"),
    _("paid"),
    _("paid texts"),
    _("people on published lists"),
    _("people on synthetic lists"),
    _("no published list"),
    _("no list of that month"),
    _("not shown"),
    _("potential workers"),
    _("not covered"),
    _("coverage stated"),
    _("residents"),
    _("no base"),
)
