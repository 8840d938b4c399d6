"""How to cite a figure: ready text with its qualifier, stage, source, date and address."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.formatting import date_long, quantity
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.evidence.shapes import SourceShape
from portal.funding.shapes import CommitmentShape, StageFigure


def citations(commitment: CommitmentShape, site_name: str, address: str) -> tuple[str, ...]:
    """One ready text for each stage whose lead publishes a figure, in the page's language."""
    return tuple(
        _citation(commitment, figure, site_name, address)
        for figure in commitment.stages
        if figure.workers is not None or figure.amount is not None
    )


def year_words(commitment: CommitmentShape) -> str:
    """The fiscal year, or that it is not stated."""
    if commitment.fiscal_year is None:
        return _("fiscal year not stated")
    return _("fiscal year %(year)s", year=commitment.fiscal_year)


def _citation(commitment: CommitmentShape, figure: StageFigure, site_name: str, address: str) -> str:
    said = _(
        "%(region)s, %(year)s, %(payer)s, %(stage)s: %(figures)s",
        region=commitment.region_name,
        year=year_words(commitment),
        payer=label("funding_source", commitment.funding_source),
        stage=label("stage", figure.stage).lower(),
        figures="; ".join(_figures(figure)),
    )
    sources = "; ".join(_source(source) for source in figure.sources)
    return _(
        "%(said)s (%(sources)s). %(site)s, %(address)s",
        said=said,
        sources=sources,
        site=site_name,
        address=address,
    )


def _figures(figure: StageFigure) -> Iterator[str]:
    if figure.workers is not None:
        yield _("%(number)s workers", number=quantity(figure.workers))
    if figure.amount is not None:
        yield quantity(figure.amount)
    if figure.lead is not None and figure.lead.as_of is not None:
        yield _("as of %(date)s", date=date_long(figure.lead.as_of))


def _source(source: SourceShape) -> str:
    parts = [source.publisher, date_long(source.published_on) if source.published_on else _("undated")]
    if source.is_advertorial:
        parts.append(label("source_kind", source.kind).lower())
    return ", ".join(parts)
