"""Reads the posted form of a record besides its cells: version, note for the public, search words, a new source."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from portal.publishing.shapes import Cells

Form = MultiDict[str, str]

FIND = "cari-"
FRESH = "baru-"
NEW_SOURCE = ("publisher", "title", "url", "published_on", "kind", "read_as")
LONGEST_WORD = 64
LARGEST_VERSION = 2**31 - 1


def is_form(form: Form) -> bool:
    """Whether the fields of a record were posted, and not just a button."""
    return form.get("form") == "1"


def read_version(form: Form) -> int:
    """The version the form was opened from; 0 where it says none or nonsense."""
    text = form.get("version", "")
    return min(int(text), LARGEST_VERSION) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def read_reason(form: Form) -> str | None:
    """The note for the public; None where the form has none."""
    text = form.get("reason")
    return None if text is None else text.replace("\r\n", "\n").replace("\0", "")


def read_word(form: Form, name: str) -> str:
    """A short field that a page filled in itself, such as a nonce; PostgreSQL takes no NUL."""
    return form.get(name, "").replace("\0", "")[:LONGEST_WORD]


def read_finding(form: Form) -> dict[str, str]:
    """The words in the search boxes, by column."""
    return {
        name.removeprefix(FIND): value[:200]
        for name, value in form.items()
        if name.startswith(FIND) and value
    }


def read_new_source(form: Form) -> Cells:
    """What was typed for a source that isn't in the list yet."""
    typed = {name: form.get(FRESH + name, "").replace("\0", "").strip() for name in NEW_SOURCE}
    return {name: value for name, value in typed.items() if value}


def read_picks(form: Form) -> dict[str, str]:
    """Whose version of each field was chosen after a stale save: `mine` or `theirs`."""
    found = {name.removeprefix("pilih-"): value for name, value in form.items() if name.startswith("pilih-")}
    return {name: value for name, value in found.items() if value in ("mine", "theirs")}
