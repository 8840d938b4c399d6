"""Sources, stated claims and cross-checks as pages, PDF, JSON and CSV use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.core.formatting import decimal, month_year, quantity
from portal.core.i18n import gettext, language
from portal.core.labels import LABELS
from portal.core.quantities import Quantity

# Numbers and words of a formula as it is stored: digits without grouping, words in English.
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
_WORDS = re.compile(r"[A-Za-z][A-Za-z ]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class SourceShape:
    """A publication. `title`, `url` and `published_on` are None where they are not known."""

    id: str
    publisher: str
    title: str | None
    url: str | None
    published_on: date | None
    kind: str
    read_as: str
    note: str | None

    @property
    def is_advertorial(self) -> bool:
        """Whether the text was paid for; labelled wherever its figure appears."""
        return self.kind == "advertorial"


@dataclass(frozen=True, slots=True)
class ClaimShape:
    """A stated total or ratio about a programme; `quantity` keeps its digits, unit and qualifier."""

    id: str
    program_id: str
    metric: str
    quantity: Quantity
    as_of: date | None
    note: str | None
    sources: tuple[SourceShape, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of its sources, in the order given."""
        return tuple(source.id for source in self.sources)


@dataclass(frozen=True, slots=True)
class InputShape:
    """One number a check used. `key` is a stable English phrase, with a code after a colon.

    `sources` is empty for reference data and assumptions.
    """

    key: str
    amount: Quantity | None
    source_ids: tuple[str, ...] = ()
    sources: tuple[SourceShape, ...] = ()

    @property
    def label(self) -> str:
        """What the number is, in the page's language: `workers: budgeted` → "Pekerja: Dianggarkan".

        A month as code (`people on published lists: 2026-03`) is written out.
        """
        what, _colon, code = self.key.partition(": ")
        for vocabulary in ("stage", "funding_source", "metric"):
            if code in LABELS[vocabulary]:
                return f"{_capital(gettext(what))}: {LABELS[vocabulary][code]}"
        if _MONTH.fullmatch(code):
            return f"{_capital(gettext(what))}, {month_year(date.fromisoformat(f'{code}-01'))}"
        return _capital(gettext(self.key))

    @property
    def value(self) -> str:
        """The number as stated, in the page's language; "not published" where there is none."""
        return quantity(self.amount)


@dataclass(frozen=True, slots=True)
class CheckShape:
    """The outcome of one cross-check, which anyone can redo from `inputs` and `formula`.

    `subject_kind` is `program`, `commitment`, `claim` or `award`; `verdict` one of vocabulary.VERDICTS.
    `stored_formula` and `stored_result` are plain (no digit grouping, English words), as scripts read them.
    """

    kind: str
    subject_kind: str
    subject_id: str
    region_code: str
    program_id: str | None
    commitment_id: str | None
    verdict: str
    inputs: tuple[InputShape, ...]
    stored_formula: str
    stored_result: str
    sentence_id: str
    sentence_en: str

    @property
    def sentence(self) -> str:
        """The finding in one plain sentence in the page's language."""
        return self.sentence_id if language() == "id" else self.sentence_en

    @property
    def formula(self) -> str:
        """The formula with numbers and words of the page's language."""
        return localised(self.stored_formula)

    @property
    def result(self) -> str:
        """The result with numbers and words of the page's language."""
        return localised(self.stored_result)


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """How many checks have each verdict."""

    agrees: int
    differs: int
    cannot_tell: int

    @property
    def total(self) -> int:
        """All checks."""
        return self.agrees + self.differs + self.cannot_tell


def localised(text: str) -> str:
    """A stored formula or result as people of the page's language read it."""
    numbered = _NUMBER.sub(lambda found: decimal(Decimal(found.group())), text)
    return _WORDS.sub(lambda found: gettext(found.group()), numbered)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def count_verdicts(checks: tuple[CheckShape, ...]) -> CheckCounts:
    """The number of checks per verdict."""
    verdicts = [check.verdict for check in checks]
    return CheckCounts(verdicts.count("agrees"), verdicts.count("differs"), verdicts.count("cannot_tell"))
