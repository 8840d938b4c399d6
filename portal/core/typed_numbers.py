"""Numbers as people type them: `3.024.000.000`, `Rp 3,02 miliar`, `15 ribu`. What can be read in two ways is refused."""

from __future__ import annotations

import re
from decimal import Decimal

from portal.core.formatting import decimal, integer
from portal.core.i18n import gettext as _
from portal.core.i18n import language

LONGEST = 60
PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
POWERS = {
    **dict.fromkeys(("ribu", "rb", "thousand"), 3),
    **dict.fromkeys(("juta", "jt", "million"), 6),
    **dict.fromkeys(("miliar", "milyar", "mlr", "billion"), 9),
    **dict.fromkeys(("triliun", "trilyun", "trillion"), 12),
}
# M is a billion (miliar) to an Indonesian and a million to an Englishman; the others are no better.
DOUBTFUL = ("m", "b", "t", "k", "mn", "bn", "tn", "mio", "mil")
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
BEFORE = re.compile(r"^(?:rp\.?|idr)\s*")
AFTER = re.compile(
    r"(?:,-|,--|\s*(?:rupiah|orang|jiwa|pekerja|peserta|desa|kasus|bulan|people|persons|workers|villages|cases"
    r"|months|persen|percent|%))$"
)
WHOLE = re.compile(r"([0-9][0-9., ]*?) ?([a-z]*)")
SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
GROUPING = {"id": ".", "en": ","}


class Unclear(Exception):
    """The text is no number, or could be two; the message says what to do, translated."""


def understand(text: str, *, whole: bool = True) -> str:
    """The plain digits of a typed number (`3024000000`, `86.40`); raises Unclear.

    `whole`: fractions are refused. A single group of three digits (`3.024`) counts as thousands where the number is
    whole, no word such as "miliar" follows, and the sign is the one the page's language groups with.
    """
    digits, power = _split(text)
    readings = _readings(digits)
    if not readings:
        raise _not_a_number(text)
    value = _choose(text, digits, readings, power, whole)
    scaled = value.scaleb(power)
    if power or whole:
        if scaled != scaled.to_integral_value():
            if whole:
                raise Unclear(
                    _("“%(typed)s” is not a whole number; write it without a fraction.", typed=_short(text))
                )
            return f"{scaled.normalize():f}"
        return f"{scaled.to_integral_value():f}"
    return f"{scaled:f}"


def shown(cell: str) -> str:
    """A stored number as the page's language writes it; whatever is no plain number stays as it is."""
    return decimal(Decimal(cell)) if PLAIN.fullmatch(cell) and len(cell) <= LONGEST else cell


def _split(text: str) -> tuple[str, int]:
    """The digits with their signs, and the power of ten of the word behind them."""
    typed = SPACES.sub(" ", text).strip().casefold()
    bare = AFTER.sub("", BEFORE.sub("", typed)).strip()
    found = WHOLE.fullmatch(bare) if len(text) <= LONGEST else None
    if not found or not bare.isascii():
        raise _not_a_number(text)
    digits, word = found.groups()
    if word in DOUBTFUL:
        raise Unclear(
            _(
                "“%(word)s” can mean different numbers: write ribu, juta, miliar or triliun, or all digits.",
                word=word.upper(),
            )
        )
    if word and word not in POWERS:
        raise _not_a_number(text)
    return digits, POWERS.get(word, 0)


def _readings(digits: str) -> dict[str, Decimal]:
    """What the digits are by the Indonesian and by the English way of writing, where they make sense."""
    if " " in digits:
        if not SPACED.fullmatch(digits):
            return {}
        digits = digits.replace(" ", "")
    found = {}
    for spoken, group in GROUPING.items():
        point = "." if group == "," else ","
        grouped = rf"[1-9][0-9]{{0,2}}(?:\{group}[0-9]{{3}})+(?:\{point}[0-9]+)?"
        if re.fullmatch(rf"{grouped}|[0-9]+(?:\{point}[0-9]+)?", digits):
            found[spoken] = Decimal(digits.replace(group, "").replace(point, "."))
    return found


def _choose(text: str, digits: str, readings: dict[str, Decimal], power: int, whole: bool) -> Decimal:
    values = list(readings.values())
    if len(values) == 1 or (values[0] == values[1] and "," not in digits and "." not in digits):
        return values[0]
    # `0,125` and `0.125` have been told apart already: no group begins with a zero.
    if whole and not power and GROUPING[language()] in digits:
        return readings[language()]
    one, other = (_read(readings[spoken].scaleb(power)) for spoken in ("id", "en"))
    raise Unclear(
        _(
            "“%(typed)s” can be read as %(one)s or as %(other)s: write all digits of the number you mean.",
            typed=_short(text),
            one=one,
            other=other,
        )
    )


def _read(value: Decimal) -> str:
    if value == value.to_integral_value():
        return integer(int(value))
    return decimal(value.normalize())


def _not_a_number(text: str) -> Unclear:
    return Unclear(
        _(
            "“%(typed)s” is not understood as a number: write digits, as in 3.024.000.000 or 3,02 miliar.",
            typed=_short(text),
        )
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
