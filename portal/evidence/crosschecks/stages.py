"""The stages of one line beside one another: the same figure at several, and what is lost between two of them.

The same number as budgeted and as enrolled may be true, or one number read in two ways: it cannot be told. A drop
from the budget to those paid or enrolled is no error, it is shown. More paid or enrolled than budgeted differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.core.formatting import integer, quantity
from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.core.vocabulary import STAGES
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts, StatementFacts, lead
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    of_line,
    signed,
    workers_input,
)
from portal.evidence.crosschecks.ranges import stated_range
from portal.evidence.shapes import CheckShape

FUNNEL = (("budgeted", "disbursed"), ("budgeted", "enrolled"))


def check_stages(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """One check for each number found at several stages of a line, and for each step of its funnel."""
    for line in facts.lines:
        repeated = _repeated(line)
        for items in repeated:
            yield of_line(facts, "stage", line, _same(items))
        for before, after in FUNNEL:
            one, other = lead(line, before), lead(line, after)
            if one and other and one.workers and other.workers and one.workers.value != other.workers.value:
                yield of_line(facts, "stage", line, _step(one, other))


def _repeated(line: LineFacts) -> Iterator[Sequence[StatementFacts]]:
    """Statements that give one number of workers, above zero, at two stages or more; numbers in order."""
    found: dict[int, list[StatementFacts]] = {}
    for item in line.statements:
        if item.workers is not None and item.workers.value:
            found.setdefault(int(item.workers.value), []).append(item)
    for items in found.values():
        if len({item.stage for item in items}) > 1:
            yield sorted(items, key=lambda item: STAGES.index(item.stage))


def _same(items: Sequence[StatementFacts]) -> Finding:
    stages = list(dict.fromkeys(item.stage for item in items))
    number = items[0].workers
    value = int(number.value) if number else 0

    def say() -> str:
        words = [label("stage", stage).lower() for stage in stages]
        return _(
            "The same %(number)s workers are given as %(stages)s: it cannot be told from the sources whether these "
            "are the same people at each stage.",
            number=quantity(number),
            stages=_("%(some)s and as %(last)s", some=", ".join(words[:-1]), last=words[-1]),
        )

    return Finding(
        CANNOT_TELL,
        tuple(workers_input(item, f"workers: {item.stage}") for item in items),
        f"{value} − {value}",
        "0",
        say,
    )


def _step(one: StatementFacts, other: StatementFacts) -> Finding:
    """`one` is budgeted, `other` paid or enrolled; both give workers."""
    if one.workers is None or other.workers is None:
        raise ValueError("a step needs two figures")
    before, after = one.workers, other.workers
    change = int(after.value) - int(before.value)
    verdict = DIFFERS if stated_range(before).below(stated_range(after)) else AGREES
    gap = abs(change)

    def say() -> str:
        words = {
            "before": quantity(before),
            "after": quantity(after),
            "first": label("stage", one.stage).lower(),
            "second": label("stage", other.stage).lower(),
            "gap": integer(gap),
        }
        if verdict == DIFFERS:
            return _("%(before)s %(first)s, %(after)s %(second)s: %(gap)s more than budgeted for.", **words)
        if change > 0:
            return _("%(before)s %(first)s, %(after)s %(second)s: within the rounding they agree.", **words)
        return _("Of %(before)s %(first)s, %(after)s were %(second)s: %(gap)s fewer.", **words)

    return Finding(
        verdict,
        (workers_input(one, f"workers: {one.stage}"), workers_input(other, f"workers: {other.stage}")),
        f"{after.value} − {before.value}",
        signed(change),
        say,
    )
