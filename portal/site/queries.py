"""Reads of the home page and the pages about the portal."""

from __future__ import annotations

from sqlalchemy import case, distinct, func, select

from portal.areas.models import Region, Tile
from portal.areas.queries import list_tiles
from portal.core import charts
from portal.core.i18n import gettext as _
from portal.core.i18n import language, ngettext
from portal.evidence.models import CrossCheck
from portal.evidence.rules.queries import list_benefits
from portal.evidence.rules.shapes import Benefit
from portal.evidence.shapes import CheckCounts
from portal.extensions import db
from portal.funding.citation import citations
from portal.funding.explorer.filters import Filters
from portal.funding.explorer.totals import list_payer_sums, list_totals
from portal.funding.models import Commitment, LeadFigure
from portal.funding.queries import get_commitment
from portal.funding.shapes import TotalShape
from portal.news.queries import list_posts
from portal.programs.models import Program
from portal.search.models import SearchDocument
from portal.site.shapes import Finding, HelpPage, HomePage, ProvinceLink

# The stages whose totals the home page leads with; a plan is not yet a promise.
HEADLINES = ("enrolled", "budgeted")
# The most telling kinds first; the home page shows at most one of each.
TELLING = ("contribution", "duration", "rivals", "stage", "ratio", "sum", "product", "registry")
MOST_FINDINGS = 4
MOST_READ = 300


def get_home_page() -> HomePage:
    """Everything of the home page, in eight queries."""
    return HomePage(
        totals=_headlines(),
        map=_map(),
        provinces=_provinces(),
        posts=list_posts(limit=3),
        findings=list_findings(),
        counts=count_checks(),
    )


def get_help_page() -> HelpPage:
    """The facts about the cover, in the visitor's language."""
    facts = list_benefits()

    def some(topic: str, *programmes: str) -> tuple[Benefit, ...]:
        return tuple(f for f in facts if f.topic == topic and (not programmes or f.programme in programmes))

    return HelpPage(
        contribution=some("contribution"),
        pays_accident=some("pays", "JKK") + some("pays", "JKK+JKM"),
        pays_death=some("pays", "JKM") + some("pays", "JKK+JKM"),
        claim_accident=some("claim", "JKK"),
        claim_death=some("claim", "JKM"),
        claim_any=some("claim", "JKK+JKM", "general"),
        where=some("where"),
        terms={fact.id: fact for fact in some("term")},
    )


def find_citation(site_name: str, base_url: str) -> str | None:
    """How the first funding line that publishes a number of workers is cited, None where there is none."""
    query = (
        select(LeadFigure.commitment_id)
        .where(LeadFigure.workers.is_not(None))
        .order_by(LeadFigure.commitment_id)
        .limit(1)
    )
    line = db.session.execute(query).scalar()
    if line is None:
        return None
    root = "/en" if language() == "en" else ""
    return next(iter(citations(get_commitment(line), site_name, f"{base_url}{root}/pendanaan/{line}")), None)


def count_checks() -> CheckCounts:
    """How many cross-checks of figures have each verdict; who carries a figure is not counted among them."""
    query = (
        select(CrossCheck.verdict, func.count())
        .where(CrossCheck.kind.in_(TELLING))
        .group_by(CrossCheck.verdict)
    )
    counts: dict[str, int] = dict(db.session.execute(query).all())
    return CheckCounts(counts.get("agrees", 0), counts.get("differs", 0), counts.get("cannot_tell", 0))


def list_findings() -> tuple[Finding, ...]:
    """Cross-checks that differ: the most telling kinds first, one of each kind and of each region."""
    sentence = CrossCheck.sentence_en if language() == "en" else CrossCheck.sentence_id
    order = case({kind: place for place, kind in enumerate(TELLING)}, value=CrossCheck.kind)
    rows = db.session.execute(
        select(
            CrossCheck.kind,
            sentence,
            Region.name,
            Region.slug,
            CrossCheck.program_id,
            CrossCheck.commitment_id,
        )
        .join(Region, Region.code == CrossCheck.region_code)
        .where(CrossCheck.verdict == "differs", CrossCheck.kind.in_(TELLING))
        .order_by(order, CrossCheck.id)
        .limit(MOST_READ)
    )
    chosen: dict[str, Finding] = {}
    for kind, text, name, slug, program, commitment in rows:
        if kind not in chosen and name not in (finding.region for finding in chosen.values()):
            chosen[kind] = Finding(kind, text, name, _address(slug, program, commitment))
    return tuple(chosen.values())[:MOST_FINDINGS]


def list_addresses() -> tuple[str, ...]:
    """Every page that has something published, without language; for the map of the site."""
    order = (SearchDocument.boost.desc(), SearchDocument.position)
    query = select(SearchDocument.address).where(SearchDocument.language == "id").order_by(*order)
    pages = (address for (address,) in db.session.execute(query))
    listed = ("/", "/wilayah", "/program", "/berita", "/penghargaan", "/sumber", "/perubahan")
    return tuple(dict.fromkeys((*listed, *(page for page in pages if not set(page) & set("?#")))))


def _address(slug: str, program: str | None, commitment: str | None) -> str:
    if commitment:
        return f"/pendanaan/{commitment}"
    return f"/program/{program}" if program else f"/wilayah/{slug}"


def _headlines() -> tuple[TotalShape, ...]:
    """For each headline stage the total of the newest fiscal year for which a number of workers was published."""
    totals = list_totals(Filters(), list_payer_sums(Filters()))
    found = (
        next((t for t in totals if t.stage == stage and t.fiscal_year and t.workers), None)
        for stage in HEADLINES
    )
    return tuple(total for total in found if total is not None)


def _map() -> charts.TileMap:
    """Regencies and cities of Kalimantan by what is published: nothing, a programme, or figures."""
    programs = select(Program.region_code, func.count()).group_by(Program.region_code)
    lines = (
        select(Program.region_code, func.count(distinct(Commitment.id)))
        .join(Commitment, Commitment.program_id == Program.id)
        .join(LeadFigure, LeadFigure.commitment_id == Commitment.id)
        .where(func.coalesce(LeadFigure.workers, LeadFigure.amount_idr).is_not(None))
        .group_by(Program.region_code)
    )
    with_program: dict[str, int] = dict(db.session.execute(programs).all())
    with_figures: dict[str, int] = dict(db.session.execute(lines).all())
    root = "/en" if language() == "en" else ""
    return charts.tile_map(
        charts.Tile(
            tile.column,
            tile.row,
            tile.name,
            f"{root}/wilayah/{tile.slug}",
            2 if tile.region_code in with_figures else 1 if tile.region_code in with_program else 0,
            _published(with_figures.get(tile.region_code, 0), tile.region_code in with_program),
        )
        for tile in list_tiles()
    )


def _published(lines: int, program: bool) -> str:
    if lines:
        return ngettext("%(num)s funding line with figures", "%(num)s funding lines with figures", lines)
    return _("programme, no figures published") if program else _("nothing found yet")


def _provinces() -> tuple[ProvinceLink, ...]:
    on_map = select(Region.province_code).join(Tile, Tile.region_code == Region.code)
    rows = db.session.execute(
        select(Region.slug, Region.name).where(Region.code.in_(on_map)).order_by(Region.code)
    )
    return tuple(ProvinceLink(slug, name) for slug, name in rows)
