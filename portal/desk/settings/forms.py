"""The form of a region's settings, as posted."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.i18n import gettext as _
from portal.desk.settings.shapes import OVERDUE, PREVIEW, Settings


def read_settings(form: Mapping[str, str]) -> tuple[Settings | None, dict[str, str]]:
    """The settings, or None with one sentence for each field that can't be taken."""
    errors: dict[str, str] = {}
    overdue = _days(form, "tenggat", OVERDUE, errors)
    preview = _days(form, "pratinjau", PREVIEW, errors)
    if errors:
        return None, errors
    return Settings(overdue, preview, form.get("surel") == "ya"), {}


def _days(form: Mapping[str, str], name: str, bounds: tuple[int, int], errors: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    low, high = bounds
    if text.isascii() and text.isdigit() and len(text) < 4 and low <= int(text) <= high:
        return int(text)
    errors[name] = _("Write a whole number of days from %(low)s to %(high)s.", low=low, high=high)
    return 0
