"""What the registrar reads for states and reasons."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _

LIST_STATES: dict[str, LazyString] = {
    "staged": _("Ready, not published"),
    "published": _("Published"),
    "superseded": _("Replaced"),
    "withdrawn": _("Withdrawn"),
}
UPLOAD_STATES: dict[str, LazyString] = {
    "received": _("Waits for its columns"),
    "reading": _("Is being read"),
    "staged": _("Read and reported"),
    "held": _("Held back"),
    "discarded": _("Thrown away"),
    "expired": _("Expired: nobody confirmed its columns for a week"),
}
COLUMN_KINDS: dict[str, LazyString] = {
    "": _("not used"),
    "nik": _("NIK"),
    "name": _("Name"),
    "village": _("Village"),
    "village_code": _("Village code"),
    "district": _("District"),
    "occupation": _("Occupation"),
}
REJECTIONS: dict[str, LazyString] = {
    "nik_missing": _("The row has no NIK."),
    "nik_length": _("The NIK does not have 16 digits."),
    "nik_not_digits": _("The NIK holds something other than digits."),
    "nik_not_text": _(
        "The spreadsheet keeps the NIK as a number, so its last digit may be lost: take it from the original."
    ),
    "nik_sequence_zero": _("The NIK ends in 0000, which no office issues."),
    "nik_repeated_digit": _("The NIK is one digit repeated, which no office issues."),
    "name_missing": _("The row has no name."),
}
WARNINGS: dict[str, LazyString] = {
    "birth_date_impossible": _("The birth date inside the NIK does not exist."),
    "region_foreign": _("The NIK was first issued in another region."),
    "village_unknown": _("The village is not known here: the person is counted without a village."),
    "duplicate_in_file": _("The NIK was in an earlier row: that row counts."),
}


def reason_words(code: str) -> str:
    """The sentence for a rejected row or a warning."""
    found = REJECTIONS.get(code) or WARNINGS.get(code)
    return str(found) if found else code
