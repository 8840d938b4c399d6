"""What the pages and documents of a region and of a programme show, in the page's language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from portal.areas.shapes import RegionShape, Subdivisions
from portal.core.charts import Funnel, StackedBars
from portal.core.quantities import Quantity
from portal.corrections.shapes import Change
from portal.evidence.shapes import CheckCounts, CheckShape, ClaimShape, SourceShape
from portal.funding.shapes import CommitmentShape, StageFigure, StatementShape, TotalShape
from portal.news.shapes import AwardCard, PostCard
from portal.offices.shapes import OfficeShape
from portal.programs.shapes import MeasureShape, ProgramShape, RegulationShape
from portal.registry.counts.shapes import MonthCount, ProgramCounts, Total

# More lists would make a page too heavy for a phone.
MOST_LISTS = 6


@dataclass(frozen=True, slots=True)
class LineAtStage:
    """One line at one stage: its lead and all that is said there, the lead first; never added up."""

    line: CommitmentShape
    figure: StageFigure
    statements: tuple[StatementShape, ...]

    @property
    def quantity(self) -> Quantity | None:
        """Workers where a number was published, else rupiah, else None."""
        return self.figure.workers or self.figure.amount


@dataclass(frozen=True, slots=True)
class StageHeadline:
    """One stage of the headline year. No `lines`: no source speaks of that stage.

    `total` adds the leads of several lines; None where fewer than two of them published workers.
    """

    stage: str
    year: int | None
    lines: tuple[LineAtStage, ...]
    total: TotalShape | None

    @property
    def sources(self) -> tuple[SourceShape, ...]:
        """Sources of the leads, each once."""
        return tuple({s.id: s for at in self.lines for s in at.figure.sources}.values())


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that no source publishes; `lines` are the funding lines concerned."""

    code: str
    sentence: str
    lines: tuple[CommitmentShape, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Published enrolment lists of a programme. `month`: this month's numbers, None without a list of real people."""

    program_id: str
    program_name: str
    counts: ProgramCounts
    month: MonthCount | None

    @property
    def lists(self) -> tuple[Total, ...]:
        """The newest lists behind the numbers."""
        return self.counts.lists[:MOST_LISTS]

    @property
    def more_lists(self) -> int:
        """How many lists are older than those."""
        return max(0, len(self.counts.lists) - MOST_LISTS)

    @property
    def series(self) -> tuple[MonthCount, ...]:
        """The months of this year that lists cover."""
        return self.counts.series(self.month.month) if self.month else ()

    @property
    def payers(self) -> tuple[str, ...]:
        """Who pays in one of those months."""
        return tuple(sorted({payer.payer for month in self.series for payer in month.payers}))


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """The figures of a region or programme. `year` is the headline year, None where lines state none.

    `headlines` has one entry for each stage, none where there is no line; `undated` those stages that lines without
    a fiscal year speak of, besides the headline year. Charts are None where nothing can be drawn; `totals` covers
    every year and stage; `checks` start with those that differ.
    """

    year: int | None
    headlines: tuple[StageHeadline, ...]
    undated: tuple[StageHeadline, ...]
    funnel: Funnel | None
    payers: StackedBars | None
    totals: tuple[TotalShape, ...]
    commitments: tuple[CommitmentShape, ...]
    claims: tuple[ClaimShape, ...]
    checks: tuple[CheckShape, ...]
    counts: CheckCounts
    enrolment: tuple[Enrolment, ...]
    gaps: tuple[Gap, ...]

    @property
    def alike(self) -> frozenset[CommitmentShape]:
        """Lines that share year and payer with another one; their notes tell them apart."""
        met = Counter((line.fiscal_year, line.funding_source) for line in self.commitments)
        return frozenset(line for line in self.commitments if met[line.fiscal_year, line.funding_source] > 1)

    @property
    def differing(self) -> tuple[CheckShape, ...]:
        """Checks that differ."""
        return tuple(check for check in self.checks if check.verdict == "differs")

    @property
    def telling(self) -> tuple[CheckShape, ...]:
        """Checks that differ, and those of figures against figures."""
        return tuple(check for check in self.checks if check.kind != "sources" or check.verdict == "differs")

    @property
    def publishers(self) -> tuple[CheckShape, ...]:
        """The rest: how many independent publishers carry each figure."""
        return tuple(check for check in self.checks if check.kind == "sources" and check.verdict != "differs")

    @property
    def other_checks(self) -> tuple[CheckShape, ...]:
        """Checks that agree or cannot tell."""
        return tuple(check for check in self.checks if check.verdict != "differs")


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """A region with everything published of it; `province_lines` and `members` for a province alone.

    `change` is the last correction of any of its records.

    `province_lines` are lines of its regencies and cities that the provincial budget pays. The checks of how many
    publishers carry a figure are left to the programmes.
    """

    region: RegionShape
    subdivisions: Subdivisions
    members: tuple[RegionShape, ...]
    sheet: FigureSheet
    programs: tuple[ProgramShape, ...]
    province_lines: tuple[CommitmentShape, ...]
    measures: tuple[MeasureShape, ...]
    regulations: tuple[RegulationShape, ...]
    national_regulations: tuple[RegulationShape, ...]
    awards: tuple[AwardCard, ...]
    posts: tuple[PostCard, ...]
    offices: tuple[OfficeShape, ...]
    change: Change | None

    @property
    def is_published(self) -> bool:
        """Whether any report on this region is in the portal."""
        return bool(self.programs or self.awards or self.posts or self.regulations or self.province_lines)

    @property
    def sources(self) -> tuple[SourceShape, ...]:
        """Every source behind the page, each once."""
        return _distinct(
            *_sheet_sources(self.sheet),
            *(program.sources for program in self.programs),
            *(measure.sources for measure in self.measures),
            *(regulation.sources for regulation in self.regulations),
            *(award.sources for award in self.awards),
            *(office.sources for office in self.offices),
        )


@dataclass(frozen=True, slots=True)
class ProgramProfile:
    """A programme with everything published of it, and the last correction of any of its records."""

    program: ProgramShape
    sheet: FigureSheet
    measures: tuple[MeasureShape, ...]
    regulations: tuple[RegulationShape, ...]
    national_regulations: tuple[RegulationShape, ...]
    awards: tuple[AwardCard, ...]
    posts: tuple[PostCard, ...]
    change: Change | None

    @property
    def sources(self) -> tuple[SourceShape, ...]:
        """Every source behind the page, each once, those of the programme first."""
        return _distinct(
            self.program.sources,
            *_sheet_sources(self.sheet),
            *(measure.sources for measure in self.measures),
            *(regulation.sources for regulation in self.regulations),
        )


def _sheet_sources(sheet: FigureSheet) -> list[tuple[SourceShape, ...]]:
    said = [statement.sources for line in sheet.commitments for statement in line.statements]
    return said + [claim.sources for claim in sheet.claims]


def _distinct(*groups: tuple[SourceShape, ...]) -> tuple[SourceShape, ...]:
    return tuple({source.id: source for group in groups for source in group}.values())


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in the list and how much is published of it.

    `enrolled` holds the workers enrolled in the newest year that names any, one figure for each line, never added;
    `enrolled_undated` those of lines without a fiscal year.
    """

    region: RegionShape
    programs: int
    lines: int
    awards: int
    differing: int
    enrolled: tuple[Quantity, ...]
    enrolled_year: int | None
    enrolled_undated: tuple[Quantity, ...]

    @property
    def is_published(self) -> bool:
        """Whether any report on it is in the portal."""
        return bool(self.programs or self.awards)

    @property
    def level(self) -> int:
        """0: nothing published, 1: reports without a number of enrolled workers, 2: with one."""
        return 2 if self.enrolled or self.enrolled_undated else int(self.is_published)


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A programme in the list, with the funds of its lines (codes, each once)."""

    program: ProgramShape
    lines: int
    payers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionFilters:
    """What the address of the list of regions asks for; empty: no filter. `province` is a slug."""

    province: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every region with reports is wanted."""
        return not (self.province or self.words)

    def parameters(self) -> dict[str, str]:
        """The address's parameters."""
        return {"provinsi": self.province, "q": self.words}


@dataclass(frozen=True, slots=True)
class ProgramFilters:
    """What the address of the list of programmes asks for; empty: no filter."""

    province: str = ""
    payer: str = ""
    group: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every programme is wanted."""
        return not any(self.parameters().values())

    def parameters(self) -> dict[str, str]:
        """The address's parameters."""
        return {
            "provinsi": self.province,
            "sumber": self.payer,
            "kelompok": self.group,
            "q": self.words,
        }
