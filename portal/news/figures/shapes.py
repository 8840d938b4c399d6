"""A bound figure: the token in the text, the record's number behind it, and what became of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.core.formatting import quantity
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.labels import label
from portal.core.quantities import Quantity
from portal.evidence.shapes import SourceShape
from portal.news.figures.amounts import write_amount

FIELDS = {
    "statements": ("workers", "amount_idr", "monthly_contribution_idr", "months"),
    "claims": ("value",),
}


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """A figure of a record as a text names it; `str(token)` is what stands in the text."""

    kind: str
    record_id: str
    field: str

    def __str__(self) -> str:
        return f"[[{self.kind}:{self.record_id}:{self.field}]]"

    @property
    def known(self) -> bool:
        """Whether records of this kind have such a figure."""
        return self.field in FIELDS.get(self.kind, ())


def ledger(token: Token) -> str:
    """Where the public reads what became of the record, without the language."""
    return f"/perubahan?jenis={token.kind}" if token.kind in FIELDS else "/perubahan"


@dataclass(frozen=True, slots=True)
class Figure:
    """The number behind a token with all that a reader needs to judge it.

    `stage`, `funding_source` and `line_id` are set for a statement, `metric` for a claim; `year` is the fiscal year.
    """

    token: Token
    amount: Quantity
    region_code: str
    region_name: str
    program_id: str
    program_name_id: str
    program_name_en: str
    as_of: date | None
    sources: tuple[SourceShape, ...]
    line_id: str | None = None
    year: int | None = None
    funding_source: str | None = None
    stage: str | None = None
    metric: str | None = None

    @property
    def words(self) -> str:
        """The number with its qualifier, in the page's language."""
        return quantity(self.amount)

    @property
    def address(self) -> str:
        """The page of its funding line or programme, without the language."""
        return f"/pendanaan/{self.line_id}" if self.line_id else f"/program/{self.program_id}"

    @property
    def said(self) -> str:
        """How far the money is, or what is counted: "Budgeted 2025", "Coverage"."""
        if self.stage is None:
            return label("metric", self.metric or "other")
        stage = label("stage", self.stage)
        return f"{stage} {self.year}" if self.year else f"{stage}, {_('year not stated')}"

    @property
    def counted(self) -> str:
        """What the number counts."""
        names = {
            "workers": _("Workers"),
            "amount_idr": _("Amount"),
            "monthly_contribution_idr": _("Contribution per person and month"),
            "months": _("Months"),
        }
        return names.get(self.token.field) or label("metric", self.metric or "other")

    @property
    def label(self) -> str:
        """One line by which a writer knows the figure in the editor."""
        return f"{self.words} · {self.counted}, {self.said}"

    @property
    def record(self) -> str:
        """Region and, for a statement, who pays; for a claim, the programme."""
        if self.funding_source:
            return f"{self.region_name}, {label('funding_source', self.funding_source)}"
        return self.program_name_id if language() == "id" else self.program_name_en


@dataclass(frozen=True, slots=True)
class Flag:
    """A figure of a post whose record was corrected since; `new` None: withdrawn.

    `since` is UTC, `day` that day on the clock of the post's region.
    """

    id: int
    token: Token
    old: Quantity | None
    new: Quantity | None
    since: datetime
    day: date

    @property
    def old_words(self) -> str:
        """What the text was published with."""
        return quantity(self.old)

    @property
    def new_words(self) -> str:
        """What the record says now."""
        return quantity(self.new)

    @property
    def now(self) -> str:
        """The new figure as it is stored; a form carries it, so that a word is given on what was seen."""
        return write_amount(self.new) or ""

    @property
    def address(self) -> str:
        """The record in the ledger of corrections."""
        return ledger(self.token)


@dataclass(frozen=True, slots=True)
class FlaggedPost:
    """A post that waits for its team; `item_id` is its item on the desk, None where it never was there."""

    post_id: str
    title_id: str
    title_en: str
    region_code: str
    region_name: str
    item_id: int | None
    flags: tuple[Flag, ...]

    @property
    def title(self) -> str:
        """The post's title in the page's language."""
        return self.title_id if language() == "id" else self.title_en


@dataclass(frozen=True, slots=True)
class Use:
    """A post that shows a record's figure, in one language."""

    post_id: str
    title: str
    language: str
    field: str


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, at `position`; `low` ≤ figure < `high` would round to it (equal: exactly this number).

    `unit` is `idr`, `percent`, `month` or "" for a count; `scaled` where words give its size (ribu, million).
    """

    text: str
    position: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str = ""
    scaled: bool = False

    def covers(self, value: Decimal | int) -> bool:
        """Whether a figure is this number, or rounds to it as far as the text gives digits."""
        return value == self.value or self.low <= value < self.high


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """A number typed by hand; `suggestions` are the published figures it equals or rounds to, best first."""

    text: str
    value: Decimal
    position: int
    suggestions: tuple[Token, ...] = ()
