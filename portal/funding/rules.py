"""What a statement, a stated total or a line must meet before review, and what its author should think of."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from portal.core.database import AnySession
from portal.core.formatting import rupiah
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.evidence.models import Source
from portal.funding.models import Commitment, Statement
from portal.publishing.models import Draft, Item
from portal.publishing.records import Problem, check_before_review
from portal.publishing.shapes import Cells

FIGURES = ("workers", "monthly_contribution_idr", "months", "amount_idr")
QUALIFIED = (("workers", "workers_qualifier"), ("amount_idr", "amount_qualifier"))
# What a total of each metric counts; the others may count anything.
UNITS = {
    "participants_total": "person",
    "participants_part": "person",
    "target_participants": "person",
    "potential_workers": "person",
    "not_covered": "person",
    "workers_per_village": "person",
    "villages": "village",
    "amount_total": "idr",
    "claims_paid_idr": "idr",
    "claims_paid_cases": "case",
    "coverage_percent": "percent",
}
# Beyond this the parts of a statement can hardly mean the same money; rounding explains less.
FAR = 1.25


def init() -> None:
    """Have drafts of statements, totals and lines asked by these rules."""
    for kind in ("statements", "claims"):
        check_before_review(kind, need_source, even_unfit=True)
        check_before_review(kind, tell_paid_text)
    check_before_review("statements", need_figure)
    check_before_review("statements", compare_parts)
    check_before_review("statements", need_number_for_qualifier)
    check_before_review("claims", need_fitting_unit)
    check_before_review("commitments", tell_double)


def need_source(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """No figure without its source."""
    if not cells.get("source_ids", "").strip(" ;"):
        yield Problem(
            "source_ids",
            _("A figure needs a source: choose where it was published, or add the source as a new one."),
        )


def need_figure(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """A statement states something; one that was published without a figure may be corrected all the same."""
    if any(cells.get(name, "").strip() for name in FIGURES):
        return
    known = session.execute(select(Statement.id).where(Statement.id == record_id)).first() is not None
    yield Problem(
        "workers",
        _("Give at least one figure of the source: workers, contribution, months or the amount."),
        blocking=not known,
    )


def compare_parts(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """Workers × contribution × months far from the amount is told; the source may say so all the same."""
    numbers = [cells.get(name, "").strip() for name in FIGURES]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return
    workers, monthly, months, amount = map(int, numbers)
    product = workers * monthly * months
    if product and amount and max(product / amount, amount / product) > FAR:
        yield Problem(
            "amount_idr",
            _(
                "Workers × contribution × months give %(product)s, the amount says %(amount)s: look at the source "
                "again. If it says so, leave it as it is.",
                product=rupiah(product),
                amount=rupiah(amount),
            ),
            blocking=False,
        )


def need_number_for_qualifier(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """“About” of nothing says nothing."""
    for number, qualifier in QUALIFIED:
        if cells.get(qualifier, "") and not cells.get(number, "").strip():
            yield Problem(
                qualifier,
                _("Here it says how sure a number is, but the number is missing: give it or clear this."),
            )


def need_fitting_unit(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """A coverage counted in people, or money counted in villages, would be shown as such."""
    unit = UNITS.get(cells.get("metric", ""))
    if unit is not None and cells.get("unit", "") != unit:
        yield Problem(
            "unit",
            _(
                "“%(metric)s” is counted in %(unit)s: choose that as the unit.",
                metric=label("metric", cells["metric"]),
                unit=label("unit", unit),
            ),
        )


def tell_paid_text(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """What it means that nobody but the payer vouches for a figure."""
    ids = [one.strip() for one in cells.get("source_ids", "").split(";") if one.strip()]
    kinds = {one: _source_kind(session, one) for one in ids}
    if "advertorial" not in kinds.values():
        return
    alone = all(kind == "advertorial" for kind in kinds.values())
    yield Problem(
        "source_ids",
        _(
            "All sources are advertorials, paid for by somebody with an interest: the portal labels the figure so and "
            "lets any other source lead. Look for a report or a document that says the same."
        )
        if alone
        else _("One source is an advertorial (paid text): the portal labels it so wherever it is shown."),
        blocking=False,
    )


def tell_double(session: AnySession, record_id: str, cells: Cells) -> Iterator[Problem]:
    """A second line for the same year, fund and funder would be added up as further money."""
    year, funder = cells.get("fiscal_year", "").strip(), cells.get("funder_name", "").strip()
    query = (
        select(Commitment.id)
        .where(
            Commitment.program_id == cells.get("program_id", ""),
            Commitment.fiscal_year.is_(None) if not year else Commitment.fiscal_year == int(year),
            Commitment.funding_source == cells.get("funding_source", ""),
            Commitment.funder_name == funder if funder else Commitment.funder_name.is_(None),
            Commitment.id != record_id,
        )
        .order_by(Commitment.id)
    )
    other = session.execute(query).scalars().first()
    if other is not None:
        yield Problem(
            "funding_source",
            _(
                "The programme already has a line for this year and fund (%(line)s). If a source says something else of "
                "that money, add a statement to that line: a second line is added up as further money.",
                line=other,
            ),
            blocking=False,
        )


def _source_kind(session: AnySession, source_id: str) -> str:
    kind = session.execute(select(Source.kind).where(Source.id == source_id)).scalar_one_or_none()
    if kind is not None:
        return kind
    query = (
        select(Draft.cells)
        .join(Item, Item.id == Draft.item_id)
        .where(Item.kind == "sources", Item.record_id == source_id)
    )
    cells = session.execute(query).scalar_one_or_none() or {}
    return str(cells.get("kind", ""))
