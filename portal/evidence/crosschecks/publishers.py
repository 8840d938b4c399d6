"""How many independent publishers carry a figure; a paid text is not independent, governments count as one.

Two or more publishers agree, one alone cannot tell, and a figure that only paid texts carry is flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.core.formatting import integer, quantity
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts, StatementFacts, lead
from portal.evidence.crosschecks.findings import AGREES, CANNOT_TELL, Finding, of_claim, of_line
from portal.evidence.crosschecks.ranges import compatible
from portal.evidence.shapes import CheckShape, InputShape, SourceShape

ENOUGH = 2
# However many sites a government has, it is one voice about its own programme.
GOVERNMENT = frozenset({"government", "regulation", "budget_document"})


def check_sources(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for the figure shown of each line and stage, and for each claim."""
    for line in facts.lines:
        for stage in STAGES:
            shown = lead(line, stage)
            figure = (shown.workers or shown.amount) if shown else None
            if figure is not None:
                sources = _unique(
                    source for item in _carrying(line, stage, figure) for source in item.sources
                )
                yield of_line(facts, "sources", line, find_publishers(f"figure: {stage}", figure, sources))
    for claim in facts.claims:
        key = f"figure: {claim.metric}"
        yield of_claim(facts, "sources", claim, find_publishers(key, claim.quantity, claim.sources))


def _carrying(line: LineFacts, stage: str, figure: Quantity) -> Iterator[StatementFacts]:
    """Statements at the stage whose figure may mean the same number."""
    for item in line.statements:
        other = item.amount if figure.unit == "idr" else item.workers
        if item.stage == stage and other is not None and compatible(figure, other):
            yield item


def _unique(sources: Iterable[SourceShape]) -> tuple[SourceShape, ...]:
    return tuple({source.id: source for source in sources}.values())


def find_publishers(key: str, figure: Quantity, sources: tuple[SourceShape, ...]) -> Finding:
    """What the sources of a figure are worth together."""
    independent = {_publisher(source) for source in sources if not source.is_advertorial}
    everyone = {_publisher(source) for source in sources}
    paid = sum(source.is_advertorial for source in sources)
    count = len(independent)

    def say() -> str:
        number = quantity(figure)
        if count >= ENOUGH:
            return ngettext(
                "%(number)s is carried by %(num)s independent publisher.",
                "%(number)s is carried by %(num)s independent publishers.",
                count,
                number=number,
            )
        if count == 1:
            return _(
                "%(number)s is carried by one independent publisher alone: %(name)s.",
                number=number,
                name=next(source.publisher for source in sources if not source.is_advertorial),
            )
        if paid:
            return _("%(number)s stands only in paid texts (%(count)s).", number=number, count=integer(paid))
        return _("%(number)s has no source.", number=number)

    ids = tuple(source.id for source in sources)
    return Finding(
        AGREES if count >= ENOUGH else CANNOT_TELL,
        (
            InputShape(key, figure, ids, sources),
            InputShape("independent publishers", Quantity(count, "exact", "publisher")),
            InputShape("paid texts", Quantity(paid, "exact", "text")),
        ),
        f"{len(everyone)} publishers − {len(everyone) - count} paid",
        f"{count} independent publishers",
        say,
    )


def _publisher(source: SourceShape) -> str:
    if source.kind in GOVERNMENT:
        return "government"
    return " ".join(source.publisher.casefold().split())
