"""Why a whole file is held back, in a sentence that says how to mend it."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    "unsupported": _(
        "This is no spreadsheet that can be read here, or it holds macros: save it as .xlsx, .ods or CSV (File, Save as) "
        "and bring that."
    ),
    "encrypted": _("The file is protected by a password: save it without one and bring that."),
    "unreadable": _(
        "The file is not a readable table: open it in the spreadsheet program and save it again, as .xlsx or CSV."
    ),
    "too_large": _(
        "The file is too large for one list, or has hundreds of columns: keep the columns of the list only, and split "
        "it, for instance by district."
    ),
    "no_header": _(
        "No row with column names was found that names one NIK and one name column: write such a row above the people, "
        "and remove or rename other columns called NIK or KTP."
    ),
    "no_rows": _("The file has no rows below its header."),
    "damaged_nik_column": _(
        "Most numbers in the NIK column end in 0 or were turned into scientific notation: the spreadsheet program "
        "has lost their last digit. Go back to the original, set the NIK column to text, and save it again."
    ),
}


def held_words(reason: str, row: int = 0) -> str:
    """Why a file is held, and near which row, where that is known."""
    near = _("Look at row %(row)s and those above it: a quote mark may be open there.")
    return f"{SENTENCES[reason]} {near % {'row': row}}" if row else str(SENTENCES[reason])


class FileHeld(Exception):
    """The file as a whole is not taken; `reason` is a code of `SENTENCES`, `row` is near where it went wrong."""

    def __init__(self, reason: str, file_format: str = "csv", sha256: str = "", row: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.file_format = file_format
        self.sha256 = sha256
        self.row = row
