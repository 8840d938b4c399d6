"""Different figures for the same thing: statements of one line and stage, or claims of one measure.

Figures that may mean the same number agree. Where figures clash, they are rivals if they are of the same month, if
one has no date, or if one is five times the other; clashing figures of different times may be a count that went on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from portal.core.formatting import date_long, quantity
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    of_line,
    of_program,
    plain,
)
from portal.evidence.crosschecks.ranges import compatible
from portal.evidence.shapes import CheckShape, InputShape

SAME_TIME = timedelta(days=31)
LEAP = 5
METRICS = (
    "participants_total",
    "villages",
    "workers_per_village",
    "amount_total",
    "coverage_percent",
    "potential_workers",
    "not_covered",
    "target_participants",
    "claims_paid_idr",
    "claims_paid_cases",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure and the day it was said."""

    figure: Quantity
    as_of: date | None
    entry: InputShape


def check_rivals(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for each line, stage and kind of figure, and each measure, that is stated more than once."""
    for line in facts.lines:
        for stage in STAGES:
            for key in ("workers", "amount"):
                said = _of_line(line, stage, key)
                if len(said) > 1:
                    yield of_line(facts, "rivals", line, _finding(said, "stage", stage))
    for metric in METRICS:
        said = [
            Said(c.quantity, c.as_of, InputShape(f"figure: {metric}", c.quantity, c.source_ids, c.sources))
            for c in facts.claims_of(metric)
        ]
        if len(said) > 1:
            yield of_program(facts, "rivals", _finding(said, "metric", metric))


def _of_line(line: LineFacts, stage: str, key: str) -> list[Said]:
    found = []
    for item in line.statements:
        figure = item.workers if key == "workers" else item.amount
        if item.stage == stage and figure is not None:
            entry = InputShape(f"{key}: {stage}", figure, item.source_ids, item.sources)
            found.append(Said(figure, item.as_of, entry))
    return found


def _finding(said: Sequence[Said], vocabulary: str, code: str) -> Finding:
    clashes = [pair for pair in combinations(said, 2) if not compatible(pair[0].figure, pair[1].figure)]
    rivals = [pair for pair in clashes if not _may_follow(*pair)]
    verdict = DIFFERS if rivals else CANNOT_TELL if clashes else AGREES
    shown = _distinct(said, [item for pair in (rivals or clashes) for item in pair] or said)
    least, most = (pick((item.figure for item in said), key=_value) for pick in (min, max))
    apart = Quantity(most.value - least.value, "exact", most.unit)

    def say() -> str:
        words = {
            "what": label(vocabulary, code),
            "figures": _list([quantity(item.figure) for item in shown], verdict),
        }
        if verdict == AGREES:
            if len(shown) == 1:
                return _("%(what)s: all statements give the same figure, %(figures)s.", **words)
            return _("%(what)s: the published figures may mean the same number: %(figures)s.", **words)
        if verdict == CANNOT_TELL:
            words["figures"] = _list([_dated(item) for item in shown], AGREES)
            return _(
                "%(what)s: the figures differ but are of different times, so one may follow the other: %(figures)s.",
                **words,
            )
        return _("%(what)s: the sources differ: %(figures)s.", **words)

    return Finding(
        verdict, tuple(item.entry for item in said), f"{plain(most)} − {plain(least)}", plain(apart), say
    )


def _value(figure: Quantity) -> Decimal | int:
    return figure.value


def _distinct(said: Sequence[Said], wanted: Sequence[Said]) -> list[Said]:
    """The wanted figures in their given order, each number once and as exactly as it is stated anywhere."""
    chosen = {id(item) for item in wanted}
    found: dict[tuple[Decimal | int, str | None], Said] = {}
    for item in said:
        # "About 15,000" beside 15,000 says nothing more; "more than 15,000" does.
        vague = item.figure.qualifier in ("about", None)
        key = (item.figure.value, "exact" if vague else item.figure.qualifier)
        if id(item) in chosen and (key not in found or item.figure.is_exact):
            found[key] = item
    return list(found.values())


def _may_follow(one: Said, other: Said) -> bool:
    """Whether the later figure may be a newer count of the same thing."""
    if one.as_of is None or other.as_of is None or abs(one.as_of - other.as_of) <= SAME_TIME:
        return False
    small, large = sorted((one.figure.value, other.figure.value))
    return large < small * LEAP


def _dated(item: Said) -> str:
    if item.as_of is None:
        return quantity(item.figure)
    return _("%(figure)s (%(date)s)", figure=quantity(item.figure), date=date_long(item.as_of))


def _list(words: Sequence[str], verdict: str) -> str:
    unique = list(dict.fromkeys(words))
    if verdict == DIFFERS and len(unique) > 1:
        return _("%(some)s or %(last)s", some=", ".join(unique[:-1]), last=unique[-1])
    return ", ".join(unique)
