"""What the templates of the forms are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from portal.evidence.shapes import CheckShape
from portal.publishing.shapes import Cells


@dataclass(frozen=True, slots=True)
class Typed:
    """A posted form: the cells to store, what was typed letter by letter, and why a number wasn't understood."""

    cells: Cells
    typed: Cells
    unclear: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    value: str
    words: str
    chosen: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source to choose, with what tells it from others; `published_on` in words."""

    id: str
    publisher: str
    title: str
    published_on: str
    is_advertorial: bool
    is_draft: bool
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SourcePicker:
    """The chosen sources and what the search found; `more`: there are others, so search with more words."""

    chosen: tuple[SourceChoice, ...]
    found: tuple[SourceChoice, ...]
    words: str
    more: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field: what stands in it and what is said of it. `echo`: how a number was understood."""

    column: str
    label: str
    widget: str
    value: str
    hint: str = ""
    error: str = ""
    advice: tuple[str, ...] = ()
    echo: str = ""
    choices: tuple[Choice, ...] = ()
    spoken: str = ""
    is_required: bool = False
    is_untranslated: bool = False
    finding: str = ""
    has_more: bool = False

    @property
    def id(self) -> str:
        """The id of its input."""
        return f"isi-{self.column}"


@dataclass(frozen=True, slots=True)
class SectionView:
    """Fields under one heading, row by row; a row of two is Indonesian and English."""

    title: str
    rows: tuple[tuple[FieldView, ...], ...]


@dataclass(frozen=True, slots=True)
class CheckChange:
    """A cross-check that would be new, or another one than `before`."""

    check: CheckShape
    before: CheckShape | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The cross-checks of a programme with what is typed, against those of today."""

    changed: tuple[CheckChange, ...]
    gone: tuple[CheckShape, ...]
    same: tuple[CheckShape, ...]


@dataclass(frozen=True, slots=True)
class NewSource:
    """The small form for a source that isn't in the list yet, with what was typed in it."""

    typed: Cells
    kinds: tuple[Choice, ...]
    readings: tuple[Choice, ...]
    nonce: str
    errors: tuple[tuple[str, str], ...] = ()
    is_open: bool = False

    def error(self, name: str) -> str:
        """What is wrong with one of its fields."""
        return dict(self.errors).get(f"baru-{name}", "")


@dataclass(frozen=True, slots=True)
class FormView:
    """The whole form. `version` 0: no draft is open yet; `teams`: only where there is a choice.

    `figure_labels`: the figures bound in the texts, by token without its brackets.
    """

    kind: str
    title: str
    base: str
    version: int
    nonce: str
    sections: tuple[SectionView, ...]
    sources: SourcePicker | None
    new_source: NewSource | None
    teams: tuple[Choice, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    checks: CheckReport | None = None
    is_checked: bool = False
    item_id: int | None = None
    is_public: bool = False
    reason: str = ""
    return_note: str = ""
    saved_at: datetime | None = None
    body_region: str = ""
    figure_labels: dict[str, str] = field(default_factory=dict)
    just_saved: bool = False
    fields: tuple[FieldView, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two versions: as typed here and as somebody else saved it."""

    column: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class StaleView:
    """A save from an older form: what differs, what was typed in all, and the version to save over."""

    title: str
    base: str
    version: int
    by: str
    saved_at: datetime
    differences: tuple[Difference, ...]
    typed: tuple[tuple[str, str], ...]
    unchosen: bool = False
