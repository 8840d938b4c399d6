"""Reading the parameters of a list's address: what is understood, and a sentence for each that is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask import g, has_request_context
from werkzeug.datastructures import MultiDict

from portal.core.errors import BadQuery
from portal.core.i18n import gettext as _
from portal.core.paging import PARAMETER, read_page

LONGEST_TEXT = 100
# Added by those who pass links on; they ask for nothing, and refusing them would break shared links.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|igshid|mc_[ce]id|ref", re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]{1,80}", re.ASCII)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A parameter that is not understood, and the sentence that says so."""

    name: str
    sentence: str


class Arguments:
    """Reads parameters one by one and collects the faults; what is not understood reads as empty."""

    def __init__(self, arguments: MultiDict[str, str], names: Collection[str]) -> None:
        self._arguments = arguments
        self._faults: list[Fault] = []
        self._check_names(names)
        _note(by_codes=not any(map(TRACKING.fullmatch, arguments)))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What was not understood so far."""
        return tuple(self._faults)

    def refuse(self, name: str, sentence: str) -> None:
        """Note that a parameter is not understood."""
        self._faults.append(Fault(name, sentence))

    def text(self, name: str) -> str:
        """The parameter without spaces around it."""
        return self._arguments.get(name, "").strip()

    def one_of(self, name: str, known: Collection[str], sentence: str) -> str:
        """A code of a closed list, or nothing with a fault."""
        value = self.text(name)
        if value and value not in known:
            self.refuse(name, sentence)
            return ""
        return value

    def slug(self, name: str, exists: Callable[[str], bool], sentence: str) -> str:
        """A slug that `exists` knows, or nothing with a fault; only what can be a slug is looked up."""
        value = self.text(name)
        if value and not (_SLUG.fullmatch(value) and exists(value)):
            self.refuse(name, sentence)
            return ""
        return value

    def words(self, name: str = "q") -> str:
        """Words to look for; what cannot be looked for is kept as far as it can be shown."""
        if self.text(name):
            _note(by_codes=False)
        try:
            return read_words(self.text(name))
        except BadQuery as fault:
            self.refuse(name, str(fault))
            return printable(self.text(name))

    def page(self) -> int:
        """The page number, 1 with a fault where it is none."""
        try:
            return read_page(self._arguments)
        except BadQuery as fault:
            self.refuse(PARAMETER, str(fault))
            return 1

    def _check_names(self, names: Collection[str]) -> None:
        for name in self._arguments:
            if TRACKING.fullmatch(name):
                continue
            if name not in names:
                self.refuse(name, _("“%(name)s” is not a filter of this list.", name=printable(name)))
            elif len(set(self._arguments.getlist(name))) > 1:
                self.refuse(name, _("“%(name)s” can be given only once.", name=name))


def asked_by_codes() -> bool:
    """Whether the address of this request holds nothing but codes of the view's own lists, no words of a visitor."""
    return bool(g.get("asked_by_codes", False))


def _note(*, by_codes: bool) -> None:
    if has_request_context():
        g.asked_by_codes = by_codes


def require_known(arguments: MultiDict[str, str], names: Collection[str]) -> None:
    """Raise BadQuery for the first parameter that is none of the list's or is given twice with other values."""
    for fault in Arguments(arguments, names).faults:
        raise BadQuery(fault.sentence)


def printable(text: str) -> str:
    """Text that is safe and short enough to repeat in a sentence or a field."""
    clean = "".join(character for character in text if not _is_control(character))
    return clean if len(clean) <= _SHOWN else f"{clean[:_SHOWN]}…"


def read_words(text: str) -> str:
    """Words to look for, spaces folded; raises BadQuery where too long or not printable."""
    words = " ".join(text.split())
    if any(_is_control(character) for character in words):
        raise BadQuery(_("The search words (q) hold a character that cannot be printed."))
    if len(words) > LONGEST_TEXT:
        raise BadQuery(
            _("The search words (q) may be %(number)s characters at the most.", number=LONGEST_TEXT)
        )
    return words


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Cn")
