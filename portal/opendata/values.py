"""From a cell's text to the value stored and back to the text the portal writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number
from portal.opendata.tables import LARGEST_BIG, Column

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
INTEGER = re.compile(r"[+-]?[0-9]{1,25}")
NUMBER = re.compile(r"[+-]?[0-9]{1,25}(\.[0-9]{1,10})?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEAR = re.compile(r"[1-9][0-9]{3}")
EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
# As offices write it: (0554) 21101, +62 554 21101, 175.
PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{1,29}")
ADDRESS = re.compile(r"https?://[^\s\"<>]+", re.IGNORECASE)
# Control characters but tab and line ends, and what is no character at all: no page, feed or PDF can carry them.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


# They turn the direction of the text around them, so that a reader sees something other than what is stored.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Unfit(Exception):
    """A cell's text doesn't fit its column; the message is the reason, translated."""


def convert(column: Column, text: str) -> Any:
    """The value to store: None for an empty cell, a tuple for a list; raises Unfit."""
    if UNPRINTABLE.search(text):
        raise Unfit(_("it holds a character that can't be shown; delete it."))
    if TURNING.search(text):
        raise Unfit(
            _(
                "it holds an invisible character that turns the text around (U+%(code)s); delete it.",
                code=f"{ord(TURNING.findall(text)[0]):04X}",
            )
        )
    if holds_id_number(text):
        raise Unfit(_("it holds what looks like somebody's NIK (16 digits); take the number out."))
    if not text.strip():
        if column.required:
            raise Unfit(_("this must be filled in."))
        return () if column.kind in ("codes", "references") else None
    if column.choices:
        return _choice(column, text)
    return CONVERTERS[column.kind](column, text)


def write(value: Any) -> str:
    """The cell's text for a stored value."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def shortened(text: str) -> str:
    """Enough of a cell to find it by."""
    return text if len(text) <= 60 else text[:59] + "…"


def _choice(column: Column, text: str) -> str:
    if text not in column.choices:
        raise Unfit(
            _(
                "“%(value)s” is not one of %(choices)s.",
                value=shortened(text),
                choices=", ".join(column.choices),
            )
        )
    return text


def _text(column: Column, text: str) -> str:
    return text


def _identifier(column: Column, text: str) -> str:
    if not IDENTIFIER.fullmatch(text):
        raise Unfit(
            _(
                "“%(value)s” can't be part of an address: use up to 120 letters a–z, digits, hyphens, dots.",
                value=shortened(text),
            )
        )
    return text


def _address(column: Column, text: str) -> str:
    if not (ADDRESS.fullmatch(text) and _leads_somewhere(text)):
        raise Unfit(_("“%(value)s” is not a web address (https://…).", value=shortened(text)))
    return text


def _email(column: Column, text: str) -> str:
    if not EMAIL.fullmatch(text):
        raise Unfit(_("“%(value)s” is not an e-mail address (name@office.go.id).", value=shortened(text)))
    return text


def _phone(column: Column, text: str) -> str:
    if not PHONE.fullmatch(text):
        raise Unfit(
            _(
                "“%(value)s” is not one telephone number; write digits, spaces, brackets and hyphens only.",
                value=shortened(text),
            )
        )
    return text


def _leads_somewhere(address: str) -> bool:
    """Whether host and port can be read from the address, as the page that shows it will do."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _integer(column: Column, text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise Unfit(
            _("“%(value)s” is not a whole number; write digits only, without dots.", value=shortened(text))
        )
    number = int(text)
    _check_range(number, column.largest)
    return number


def _number(column: Column, text: str) -> str:
    """The digits as written: 86.40 stays 86.40."""
    if not NUMBER.fullmatch(text):
        raise Unfit(
            _(
                "“%(value)s” is not a number; write digits, with a point before decimals.",
                value=shortened(text),
            )
        )
    _check_range(float(text), column.largest)
    return text


def _check_range(number: float, largest: int) -> None:
    if number < 0:
        raise Unfit(_("a number here can't be negative."))
    if number > largest or (number >= LARGEST_BIG and isinstance(number, float)):
        raise Unfit(_("the number is too large (at most %(largest)s).", largest=largest))


def _year(column: Column, text: str) -> int:
    if not YEAR.fullmatch(text):
        raise Unfit(_("“%(value)s” is not a year of four digits.", value=shortened(text)))
    return int(text)


def _date(column: Column, text: str) -> date:
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unfit(_("“%(value)s” is not a date; write it as 2025-08-17.", value=shortened(text)))


def _list(column: Column, text: str) -> tuple[str, ...]:
    items = tuple(text.split(";"))
    if not all(item.strip() for item in items):
        raise Unfit(_("there is an empty place in the list “%(value)s”.", value=shortened(text)))
    if len(set(items)) != len(items):
        raise Unfit(_("the list “%(value)s” names something twice.", value=shortened(text)))
    return items


CONVERTERS: dict[str, Callable[[Column, str], Any]] = {
    "id": _identifier,
    "text": _text,
    "url": _address,
    "email": _email,
    "phone": _phone,
    "integer": _integer,
    "number": _number,
    "year": _year,
    "date": _date,
    "codes": _list,
    "reference": _text,
    "references": _list,
}
