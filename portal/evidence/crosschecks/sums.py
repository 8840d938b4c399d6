"""Parts against a stated total: parts of a claim, lines of different payers, covered and not covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from portal.core.formatting import quantity
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.evidence.crosschecks.facts import (
    LineFacts,
    ProgrammeFacts,
    StatementFacts,
    lead,
    same_report,
)
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    claim_input,
    joined,
    of_program,
    plain,
    workers_input,
)
from portal.evidence.crosschecks.ranges import fits, stated_range
from portal.evidence.shapes import CheckShape, ClaimShape, InputShape

TOTALS = ("participants_total", "target_participants")


def check_sums(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """Every sum that the claims and lines of a programme allow."""
    yield from _parts(facts)
    for total in facts.claims_of(*TOTALS):
        yield from _payers(facts, total)
    yield from _remainders(facts)


def _parts(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """Claimed parts against the claimed total of the same report."""
    for total in facts.claims_of("participants_total"):
        parts = [part for part in facts.claims_of("participants_part") if same_report(part, total)]
        if len(parts) > 1:
            inputs = [claim_input(part, "participants, one part") for part in parts]
            yield of_program(facts, "sum", _sum(inputs, total, parts_may_miss=True))


def _payers(facts: ProgrammeFacts, total: ClaimShape) -> Iterator[CheckShape]:
    """Lines of one fiscal year and stage against a claimed total.

    Statements of the claim's own report are preferred; leads of other dates can agree, but prove no difference.
    """
    stages = ("planned",) if total.metric == "target_participants" else STAGES[1:]
    years = sorted({line.fiscal_year for line in facts.lines}, key=lambda year: year or 0)
    own_report = False
    for year in years:
        lines = [line for line in facts.lines if line.fiscal_year == year]
        for stage in stages:
            inputs = _of_report(lines, stage, total)
            if len(inputs) > 1 and not _one_is_all(inputs, total):
                own_report = True
                yield of_program(facts, "sum", _sum(inputs, total))
    if not own_report and total.as_of is not None:
        year = total.as_of.year
        inputs = _leads([line for line in facts.lines if line.fiscal_year == year], stages[-1])
        if len(inputs) > 1 and not _one_is_all(inputs, total):
            yield of_program(facts, "sum", _sum(inputs, total, other_report=True))


def _of_report(lines: Sequence[LineFacts], stage: str, total: ClaimShape) -> list[InputShape]:
    """For each line the statement of the claim's report at the stage, its lead where there are several."""
    found = []
    for line in lines:
        said = [
            item
            for item in line.statements
            if item.stage == stage and item.workers is not None and same_report(item, total)
        ]
        said.sort(
            key=lambda item: (not set(item.source_ids) & set(total.source_ids), not item.is_lead, item.id)
        )
        found += [_line_input(line, item) for item in said[:1]]
    return found


def _leads(lines: Sequence[LineFacts], stage: str) -> list[InputShape]:
    leads = [(line, lead(line, stage)) for line in lines]
    return [_line_input(line, item) for line, item in leads if item is not None and item.workers is not None]


def _line_input(line: LineFacts, item: StatementFacts) -> InputShape:
    return workers_input(item, f"workers: {line.funding_source}")


def _one_is_all(inputs: Sequence[InputShape], total: ClaimShape) -> bool:
    """Whether one line alone already is the total, so that the others are parts of it and not beside it."""
    return any(entry.amount is not None and entry.amount.value == total.quantity.value for entry in inputs)


def _sum(
    parts: Sequence[InputShape],
    total: ClaimShape,
    *,
    parts_may_miss: bool = False,
    other_report: bool = False,
) -> Finding:
    figures = [part.amount for part in parts if part.amount is not None]
    result = Quantity(sum(int(figure.value) for figure in figures), _qualifier(figures))
    verdict = AGREES if fits(int(result.value), total.quantity) else DIFFERS
    if verdict == DIFFERS and other_report:
        verdict = CANNOT_TELL
    target = total.metric == "target_participants"

    def say() -> str:
        words = {
            "parts": " + ".join(quantity(figure) for figure in figures),
            "sum": quantity(result),
            "total": quantity(total.quantity),
        }
        if verdict == AGREES:
            return _("%(parts)s are %(sum)s, which agrees with the published total of %(total)s.", **words)
        if verdict == CANNOT_TELL:
            return _(
                "%(parts)s are %(sum)s; %(total)s is published in another report, so it cannot be told whether "
                "they count the same.",
                **words,
            )
        low = stated_range(total.quantity).low
        if low is not None and result.value < low:
            return _(
                "%(parts)s are %(sum)s, less than the published total of %(total)s; a part may be unpublished.",
                **words,
            )
        return _("%(parts)s are %(sum)s, more than the published total of %(total)s.", **words)

    return Finding(
        verdict,
        (*parts, claim_input(total, "target" if target else "participants")),
        joined((plain(figure) for figure in figures), "+"),
        plain(result),
        say,
    )


def _qualifier(figures: Sequence[Quantity]) -> str:
    """`exact` only where every part is."""
    return "exact" if all(figure.is_exact for figure in figures) else "about"


def _remainders(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """A remainder that is published beside the two figures it lies between: 2,116 + 2,484 = 4,600.

    Other figures measure many things, so only a sum that comes out is told; none is held against them.
    """
    for rest in facts.claims_of("other", "not_covered"):
        for line in facts.lines:
            said = [item for item in line.statements if item.workers is not None and same_report(item, rest)]
            for one, other in combinations(said, 2):
                whole, part = sorted((one, other), key=_people, reverse=True)
                if rest.quantity.value and _people(part) + int(rest.quantity.value) == _people(whole):
                    yield of_program(facts, "sum", _remainder(part, rest, whole))


def _people(statement: StatementFacts) -> int:
    return int(statement.workers.value) if statement.workers is not None else 0


def _remainder(part: StatementFacts, rest: ClaimShape, whole: StatementFacts) -> Finding:
    def say() -> str:
        return _(
            "%(part)s + %(rest)s are %(whole)s: the published figures agree.",
            part=quantity(part.workers),
            rest=quantity(rest.quantity),
            whole=quantity(whole.workers),
        )

    return Finding(
        AGREES,
        (
            workers_input(part, f"workers: {part.stage}"),
            claim_input(rest, "remainder"),
            workers_input(whole, f"workers: {whole.stage}"),
        ),
        f"{_people(part)} + {rest.quantity.value}",
        str(_people(whole)),
        say,
    )
