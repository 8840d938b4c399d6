"""What was typed into the check form, and the mistakes in it that anyone can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core.i18n import gettext as _
from portal.registry.names import has_letters
from portal.registry.nik import find_nik_mistake, read_digits
from portal.registry.price.shapes import Payment

LONGEST_NIK = 60
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class CheckForm:
    """The form as sent; `errors` by field, empty when it can be looked up. `payment` was not typed by anybody."""

    nik: str = ""
    name: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    payment: Payment = field(default_factory=Payment)


def read_check_form(fields: Mapping[str, str]) -> CheckForm:
    """Read NIK and name; fields that are missing count as empty."""
    # `name` is what an English script would send.
    nik, name = fields.get("nik", ""), fields.get("nama") or fields.get("name", "")
    found = {"nik": _nik_error(nik), "nama": _name_error(name)}
    errors = {key: sentence for key, sentence in found.items() if sentence}
    payment = Payment(fields.get("bukti", ""), fields.get("tunggu", ""))
    return CheckForm(_typed(nik, LONGEST_NIK), _typed(name, LONGEST_NAME), errors, payment)


def _typed(text: str, longest: int) -> str:
    """What the form shows again: no control characters, and not without end."""
    return "".join(char for char in text[:longest] if char.isprintable())


def _nik_error(nik: str) -> str | None:
    mistake = "nik_not_digits" if len(nik) > LONGEST_NIK or "\0" in nik else find_nik_mistake(nik)
    if mistake == "nik_missing":
        return _("Type the NIK: the 16 digits on the ID card (KTP).")
    if mistake == "nik_length":
        return _(
            "A NIK has 16 digits and you typed %(count)s: compare it with the ID card and correct it.",
            count=len(read_digits(nik)),
        )
    if mistake:
        return _("A NIK has 16 digits and nothing else: take out the other characters.")
    return None


def _name_error(name: str) -> str | None:
    if len(name) > LONGEST_NAME:
        return _(
            "The name is too long: type it as on the ID card, up to %(count)s characters.", count=LONGEST_NAME
        )
    if "\0" in name or not has_letters(name):
        return _("Type the name as on the ID card.")
    return None
