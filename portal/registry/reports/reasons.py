"""What is wrong with a row, and what its office does about it, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong, and how it is mended."""

    problem: LazyString
    mending: LazyString


REJECTIONS: dict[str, Reason] = {
    "nik_missing": Reason(
        _("The row has no NIK."),
        _("Write the NIK from the ID card, or remove the row if nobody is meant."),
    ),
    "nik_length": Reason(
        _("The NIK does not have 16 digits."),
        _(
            "Compare it with the ID card and write all 16 digits; a digit is missing or there is one too many."
        ),
    ),
    "nik_not_digits": Reason(
        _("The NIK holds something other than digits."),
        _("Compare it with the ID card: a letter O or l often stands for 0 or 1."),
    ),
    "nik_not_text": Reason(
        _(
            "The spreadsheet keeps the NIK as a number, so its last digit may be lost: take it from the original."
        ),
        _("Set the column to text first, then write the NIK again from the original or the ID card."),
    ),
    "nik_sequence_zero": Reason(
        _("The NIK ends in 0000, which no office issues."),
        _("Write the NIK again from the ID card; the spreadsheet may have lost its last digits."),
    ),
    "nik_repeated_digit": Reason(
        _("The NIK is one digit repeated, which no office issues."),
        _("Write the real NIK from the ID card in place of the filler."),
    ),
    "name_missing": Reason(
        _("The row has no name."),
        _("Write the name as it stands on the ID card."),
    ),
}
WARNINGS: dict[str, Reason] = {
    "birth_date_impossible": Reason(
        _("The birth date inside the NIK does not exist."),
        _("Compare the NIK with the ID card. If it stands there like that, nothing is to be done."),
    ),
    "region_foreign": Reason(
        _("The NIK was first issued in another region."),
        _("Nothing is to be done for people who moved here; otherwise compare the NIK with the ID card."),
    ),
    "village_unknown": Reason(
        _("The village is not known here: the person is counted without a village."),
        _("Write the village and its district as in the official list of villages."),
    ),
    "duplicate_in_file": Reason(
        _("The NIK was in an earlier row: that row counts."),
        _("Remove one of the two rows, or mend the NIK of the one that is wrong."),
    ),
}


def problem(code: str) -> str:
    """The sentence for a rejected row or a warning."""
    found = REJECTIONS.get(code) or WARNINGS.get(code)
    return str(found.problem) if found else code


def mending(code: str) -> str:
    """What to do about it."""
    found = REJECTIONS.get(code) or WARNINGS.get(code)
    return str(found.mending) if found else ""
