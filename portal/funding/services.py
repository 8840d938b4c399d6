"""What each publication brings up to date: the leads of all lines and the cross-checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from portal.areas.queries import count_subdivisions, get_region, list_regions
from portal.areas.shapes import RegionShape
from portal.core.database import AnySession
from portal.evidence.crosschecks import check_programme
from portal.evidence.crosschecks.facts import EnrolmentCount, ProgrammeFacts
from portal.evidence.queries import list_claims
from portal.evidence.rules.queries import list_benefits, list_rates
from portal.evidence.rules.shapes import Rate
from portal.evidence.services import replace_checks
from portal.evidence.shapes import CheckShape, ClaimShape
from portal.funding.lead_table import refresh_lead_figures
from portal.funding.queries import list_commitments
from portal.funding.shapes import CommitmentShape
from portal.programs.queries import list_programs
from portal.programs.shapes import ProgramShape

Enrolment = Mapping[str, EnrolmentCount]
Item = TypeVar("Item", CommitmentShape, ClaimShape)

_counters: list[Callable[[], Enrolment]] = []


def count_enrolment_by(counter: Callable[[], Enrolment]) -> None:
    """Have `counter` tell the published lists, by programme; for the registry, which this floor can't import."""
    _counters[:] = [counter]


def refresh_figures(session: AnySession) -> None:
    """Bring lead figures and cross-checks up to date; follows every publication."""
    refresh_checks(session)


def refresh_checks(session: AnySession, enrolment: Enrolment | None = None) -> tuple[CheckShape, ...]:
    """Compute leads and cross-checks anew from what is published and store them in the caller's transaction.

    `enrolment` goes by programme id; without it the registered counter is asked.
    """
    session.flush()
    listed = enrolment if enrolment is not None else _listed()
    commitments = list_commitments(session=session)
    refresh_lead_figures(session, commitments)
    facts = _gather(session, commitments, listed)
    checks = tuple(check for one in facts for check in check_programme(one))
    replace_checks(session, checks)
    return checks


def preview_checks(
    program: ProgramShape, lines: Sequence[CommitmentShape], claims: Sequence[ClaimShape]
) -> tuple[CheckShape, ...]:
    """The cross-checks of one programme if these were its lines and claims; nothing is written."""
    region = get_region(program.region_slug)
    return check_programme(_facts(program, region, lines, claims, _listed(), list_rates(), _death_benefit()))


def _gather(
    session: AnySession, commitments: Sequence[CommitmentShape], listed: Enrolment
) -> Iterator[ProgrammeFacts]:
    """The facts of each programme, in the order of the data package."""
    lines = _by_program(commitments)
    claims = _by_program(list_claims(session=session))
    regions = {region.code: region for region in list_regions()}
    rates = list_rates()
    benefit = _death_benefit()
    for program in list_programs():
        region = regions[program.region_code]
        yield _facts(program, region, lines[program.id], claims[program.id], listed, rates, benefit)


def _facts(
    program: ProgramShape,
    region: RegionShape,
    lines: Sequence[CommitmentShape],
    claims: Sequence[ClaimShape],
    listed: Enrolment,
    rates: tuple[Rate, ...],
    benefit: int | None,
) -> ProgrammeFacts:
    desa, kelurahan = _villages(region, claims)
    return ProgrammeFacts(
        id=program.id,
        region_code=region.code,
        lines=tuple(lines),
        claims=tuple(claims),
        benefits=program.benefits,
        target_groups=program.target_groups,
        rates=rates,
        residents=region.population,
        desa=desa,
        kelurahan=kelurahan,
        death_benefit_idr=benefit,
        enrolment=listed.get(program.id),
    )


def _listed() -> Enrolment:
    return _counters[0]() if _counters else {}


def _by_program(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.program_id].append(item)
    return found


def _villages(region: RegionShape, claims: Iterable[ClaimShape]) -> tuple[int, int]:
    """Desa (with desa adat) and kelurahan of the region; asked only where a claim names villages."""
    if not any(claim.metric == "villages" for claim in claims):
        return 0, 0
    counted = count_subdivisions(region)
    return counted.desa + counted.desa_adat, counted.kelurahan


def _death_benefit() -> int | None:
    """What JKM pays when a member dies: the largest amount the rules of benefit give for JKM."""
    amounts = [
        rule.amount_idr for rule in list_benefits(["pays"]) if rule.programme == "JKM" and rule.amount_idr
    ]
    return max(amounts, default=None)
