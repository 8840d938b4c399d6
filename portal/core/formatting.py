"""Numbers, money and dates as people read them in Indonesian (1.234,5) and English (1,234.5).

Integers are grouped here instead of by Babel, which takes 30 µs a number; a test holds the two equal.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date

from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.quantities import Quantity

_TO_INDONESIAN = str.maketrans(",.", ".,")


def integer(value: int) -> str:
    """12345 → `12.345` or `12,345`."""
    text = f"{value:,}"
    return text.replace(",", ".") if language() == "id" else text


def decimal(value: Decimal | int) -> str:
    """A number with the digits its source gave: Decimal('86.40') → `86,40`."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.translate(_TO_INDONESIAN) if language() == "id" else text


def rounded(value: Decimal, places: int = 1) -> str:
    """A computed number, rounded half up to `places`; only for results, never for stated figures."""
    return decimal(value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def percent(value: Decimal | int) -> str:
    """`150,9%` or `150.9%`."""
    return f"{decimal(value)}%"


def rupiah(value: int) -> str:
    """Integer rupiah in full: `Rp3.024.000.000`."""
    return f"Rp{integer(value)}" if value >= 0 else f"−Rp{integer(-value)}"


def rupiah_words(value: int) -> str:
    """Large amounts in words with two decimals at the most (`Rp3,02 miliar`); below a million in full."""
    for size, name in (
        (10**12, _("trillion")),
        (10**9, _("billion")),
        (10**6, _("million")),
    ):
        if abs(value) >= size:
            scaled = (Decimal(value) / size).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            sign = "−" if value < 0 else ""
            return f"{sign}Rp{decimal(abs(scaled).normalize() + 0)} {name}"
    return rupiah(value)


def quantity(stated: Quantity | None) -> str:
    """A figure with its qualifier: `lebih dari 20.000`, `± 22.121`; `Belum dipublikasikan` for None."""
    if stated is None:
        return _("Not published")
    number = _number(stated)
    match stated.qualifier:
        case "about":
            return f"± {number}"
        case "more_than":
            return _("more than %(number)s", number=number)
        case "at_least":
            return _("at least %(number)s", number=number)
        case "up_to":
            return _("up to %(number)s", number=number)
    return number


def _number(stated: Quantity) -> str:
    if stated.unit == "idr":
        return rupiah(int(stated.value))
    if stated.unit == "percent":
        return percent(stated.value)
    return decimal(stated.value)


def date_long(value: date) -> str:
    """`5 Agustus 2025`."""
    return _date(value, "d MMMM y", language())


def date_short(value: date) -> str:
    """`5 Agu 2025`."""
    return _date(value, "d MMM y", language())


def date_time(value: datetime) -> str:
    """`5 Agustus 2025, 14.05 WITA`: a moment with the name of its clock."""
    return f"{date_long(value.date())}, {hour(value)}"


def hour(value: datetime) -> str:
    """`14.05 WITA`."""
    return f"{value:%H.%M} {value.tzname()}" if language() == "id" else f"{value:%H:%M} {value.tzname()}"


def month_year(value: date) -> str:
    """`Agustus 2025`."""
    return _date(value, "MMMM y", language())


@lru_cache(maxsize=4096)
def _date(value: date, pattern: str, code: str) -> str:
    return format_date(value, pattern, locale=code)


FILTERS = {
    "integer": integer,
    "decimal": decimal,
    "rounded": rounded,
    "percent": percent,
    "rupiah": rupiah,
    "rupiah_words": rupiah_words,
    "quantity": quantity,
    "date_long": date_long,
    "date_short": date_short,
    "date_time": date_time,
    "month_year": month_year,
}
