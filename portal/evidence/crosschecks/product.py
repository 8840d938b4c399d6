"""Villages × workers per village against participants, villages against the official list, cases × death benefit."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.formatting import integer, quantity, rupiah
from portal.core.i18n import gettext as _
from portal.evidence.crosschecks.facts import ProgrammeFacts, same_report
from portal.evidence.crosschecks.findings import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    Finding,
    claim_input,
    of_program,
    official_input,
    signed,
)
from portal.evidence.crosschecks.ranges import Range, fits, input_range, stated_range
from portal.evidence.shapes import CheckShape, ClaimShape


def check_products(facts: ProgrammeFacts) -> Iterator[CheckShape]:
    """Every product that the claims of a programme allow."""
    for villages in facts.claims_of("villages"):
        yield from _villages_times_workers(facts, villages)
        if facts.desa + facts.kelurahan:
            yield of_program(facts, "product", _official(facts, villages))
    for cases in facts.claims_of("claims_paid_cases"):
        for paid in facts.claims_of("claims_paid_idr"):
            if facts.death_benefit_idr and same_report(cases, paid):
                yield of_program(facts, "product", _benefits(cases, paid, facts.death_benefit_idr))


def _villages_times_workers(facts: ProgrammeFacts, villages: ClaimShape) -> Iterator[CheckShape]:
    totals = facts.claims_of("participants_total")
    for each in facts.claims_of("workers_per_village"):
        of_report = [total for total in totals if same_report(villages, total)]
        for total in of_report or totals:
            yield of_program(facts, "product", _product(villages, each, total))
        if not totals:
            yield of_program(facts, "product", _product(villages, each, None))


def _product(villages: ClaimShape, each: ClaimShape, total: ClaimShape | None) -> Finding:
    count, per_village = int(villages.quantity.value), int(each.quantity.value)
    product = count * per_village
    if total is None:
        verdict = CANNOT_TELL
    elif stated_range(total.quantity).overlaps(_times(villages, each)):
        verdict = AGREES
    else:
        verdict = DIFFERS
    inputs = [claim_input(villages, "villages"), claim_input(each, "workers per village")]
    if total is not None:
        inputs.append(claim_input(total, "participants"))

    def say() -> str:
        words = {"villages": quantity(villages.quantity), "each": quantity(each.quantity)}
        words["product"] = integer(product)
        if total is None:
            return _(
                "%(villages)s villages with %(each)s workers each would be %(product)s; no total of participants "
                "is published to compare.",
                **words,
            )
        words["total"] = quantity(total.quantity)
        if verdict == AGREES:
            return _(
                "%(villages)s villages with %(each)s workers each are %(product)s, which agrees with the published "
                "%(total)s participants.",
                **words,
            )
        return _(
            "%(villages)s villages with %(each)s workers each are %(product)s, but %(total)s participants are "
            "published.",
            **words,
        )

    return Finding(verdict, tuple(inputs), f"{count} × {per_village}", str(product), say)


def _times(villages: ClaimShape, each: ClaimShape) -> Range:
    one, other = input_range(villages.quantity), input_range(each.quantity)
    low = None if one.low is None or other.low is None else one.low * other.low
    high = None if one.high is None or other.high is None else one.high * other.high
    return Range(low, high, one.low_open or other.low_open, one.high_open or other.high_open)


def _official(facts: ProgrammeFacts, villages: ClaimShape) -> Finding:
    """Villages of the programme against those on the official list; fewer is no contradiction."""
    both = facts.desa + facts.kelurahan
    matched = next((n for n in (facts.desa, both) if n and fits(n, villages.quantity)), None)
    counted = facts.desa if matched is None else matched
    if matched is not None:
        verdict = AGREES
    else:
        low = stated_range(villages.quantity).low
        verdict = DIFFERS if low is not None and low > both else CANNOT_TELL

    def say() -> str:
        words = {"villages": quantity(villages.quantity), "official": integer(counted)}
        if verdict == AGREES:
            return _(
                "The programme names %(villages)s villages; the official list has %(official)s in the region: "
                "they agree.",
                **words,
            )
        if verdict == DIFFERS:
            return _(
                "The programme names %(villages)s villages, more than the %(official)s on the official list of "
                "the region.",
                **words,
            )
        return _(
            "The programme names %(villages)s villages; the official list has %(official)s in the region, so not "
            "every village is said to take part.",
            **words,
        )

    key = (
        "villages on the official list"
        if counted == facts.desa
        else "villages and wards on the official list"
    )
    inputs = (claim_input(villages, "villages"), official_input(key, counted, "village"))
    return Finding(
        verdict,
        inputs,
        f"{villages.quantity.value} − {counted}",
        signed(int(villages.quantity.value) - counted),
        say,
    )


def _benefits(cases: ClaimShape, paid: ClaimShape, benefit: int) -> Finding:
    """Cases × death benefit; another result is no fault, because accident cover pays other sums."""
    product = int(cases.quantity.value) * benefit
    verdict = AGREES if fits(product, paid.quantity) else CANNOT_TELL

    def say() -> str:
        words = {
            "cases": quantity(cases.quantity),
            "benefit": rupiah(benefit),
            "product": rupiah(product),
            "paid": quantity(paid.quantity),
        }
        if verdict == AGREES:
            return _(
                "%(cases)s cases at the death benefit of %(benefit)s are %(product)s, which agrees with the "
                "published %(paid)s.",
                **words,
            )
        return _(
            "%(cases)s cases at the death benefit of %(benefit)s would be %(product)s; %(paid)s is published, and "
            "accident cover pays other sums, so it cannot be told.",
            **words,
        )

    return Finding(
        verdict,
        (
            claim_input(cases, "benefit cases paid"),
            official_input("death benefit of JKM", benefit, "idr"),
            claim_input(paid, "benefits paid"),
        ),
        f"{cases.quantity.value} × Rp{benefit}",
        f"Rp{product}",
        say,
    )
