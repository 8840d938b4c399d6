"""What has not been published of a funding line, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.funding.shapes import CommitmentShape


def missing_facts(commitment: CommitmentShape) -> tuple[str, ...]:
    """A sentence for each fact that no source we have read publishes; not published is not zero."""
    return tuple(_missing(commitment))


def _missing(commitment: CommitmentShape) -> Iterator[str]:
    if commitment.fiscal_year is None:
        yield _("The fiscal year.")
    if commitment.funding_source == "unknown":
        yield _("The fund that pays.")
    if not commitment.funder_name:
        yield _("The name of the payer.")
    said = [figure for figure in commitment.stages if figure.lead is not None]
    for figure in commitment.stages:
        if figure.lead is None:
            yield _("Any figure for the stage “%(stage)s”.", stage=label("stage", figure.stage))
    for figure in said:
        if figure.workers is None:
            yield _("The number of workers at the stage “%(stage)s”.", stage=label("stage", figure.stage))
        if figure.amount is None:
            yield _("The amount of money at the stage “%(stage)s”.", stage=label("stage", figure.stage))
    if not any(statement.months for statement in commitment.statements):
        yield _("For how many months the contribution is paid.")
