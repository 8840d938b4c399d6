"""A region and a programme as a whole, read from the lower domains in at most twelve queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from portal.areas.queries import get_region_with_members
from portal.core.vocabulary import CHECK_KINDS, VERDICTS
from portal.corrections.queries import find_last_change
from portal.evidence.queries import list_checks, list_claims
from portal.evidence.shapes import CheckShape, ClaimShape, SourceShape, count_verdicts
from portal.funding.queries import list_commitments
from portal.funding.shapes import CommitmentShape
from portal.funding.totals import list_totals
from portal.news.queries import list_program_posts, list_region_awards, list_region_posts
from portal.profiles.gaps import find_gaps
from portal.profiles.headlines import (
    headline_year,
    payer_chart,
    stage_funnel,
    stage_headlines,
    undated_headlines,
)
from portal.profiles.shapes import Enrolment, FigureSheet, ProgramProfile, RegionProfile
from portal.profiles.standing import read_offices_and_change
from portal.programs.queries import get_program, list_measures, list_programs, list_regulations
from portal.programs.shapes import ProgramShape, RegulationShape
from portal.registry.counts.queries import list_counts
from portal.registry.counts.shapes import this_month

# How many publishers carry a figure is on the page of its programme: one check a figure, and none of them differs.
OF_FIGURES = tuple(kind for kind in CHECK_KINDS if kind != "sources")
# What differs is the news; it comes first.
ORDER = {verdict: index for index, verdict in enumerate(("differs", "agrees", "cannot_tell"))}
assert set(ORDER) == set(VERDICTS)


def get_region_profile(slug: str) -> RegionProfile:
    """Everything published of a region; raises NotFound for an unknown slug, never for an empty region."""
    region, members, subdivisions = get_region_with_members(slug)
    programs = list_programs(region.code)
    everything = (
        list_commitments(province=region.code) if region.is_province else list_commitments(region=region.code)
    )
    lines = tuple(line for line in everything if line.region_code == region.code)
    own, national = _regulations(region.code)
    offices, change = read_offices_and_change(region.code)
    claims = list_claims([program.id for program in programs])
    known = _known(everything, claims)
    checks = list_checks(region=region.code, kinds=OF_FIGURES, known=known) if programs else ()
    return RegionProfile(
        region=region,
        subdivisions=subdivisions,
        members=members,
        sheet=_sheet(programs, lines, claims, checks),
        programs=programs,
        province_lines=tuple(line for line in everything if line.region_code != region.code),
        measures=list_measures(region=region.code) if programs else (),
        regulations=own,
        national_regulations=national,
        awards=list_region_awards(region.code),
        posts=list_region_posts(region.code),
        offices=offices,
        change=change,
    )


def get_program_profile(program_id: str) -> ProgramProfile:
    """Everything published of a programme; raises NotFound."""
    program = get_program(program_id)
    lines = list_commitments(program=program.id)
    claims = list_claims([program.id])
    checks = list_checks(program=program.id, known=_known(lines, claims))
    own, national = _regulations(program.region_code)
    measures = list_measures(program=program.id)
    return ProgramProfile(
        program=program,
        sheet=_sheet((program,), lines, claims, checks),
        measures=measures,
        regulations=own,
        national_regulations=national,
        awards=list_region_awards(program.region_code),
        posts=list_program_posts(program.id),
        change=find_last_change(
            {
                "programs": (program.id,),
                "commitments": [line.id for line in lines],
                "statements": [said for line in lines for said in line.statement_ids],
                "claims": [claim.id for claim in claims],
                "measures": [measure.id for measure in measures],
            }
        ),
    )


def _sheet(
    programs: Sequence[ProgramShape],
    lines: tuple[CommitmentShape, ...],
    claims: tuple[ClaimShape, ...],
    checks: tuple[CheckShape, ...],
) -> FigureSheet:
    year = headline_year(lines)
    headlines = stage_headlines(lines, year)
    enrolment = _enrolment(programs)
    return FigureSheet(
        year=year,
        headlines=headlines,
        undated=undated_headlines(lines, year),
        funnel=stage_funnel(headlines),
        payers=payer_chart(lines, year),
        totals=list_totals(lines),
        commitments=lines,
        claims=claims,
        checks=tuple(sorted(checks, key=lambda check: ORDER[check.verdict])),
        counts=count_verdicts(checks),
        enrolment=enrolment,
        gaps=find_gaps(programs, lines, headlines, enrolment),
    )


def _known(lines: Collection[CommitmentShape], claims: Collection[ClaimShape]) -> dict[str, SourceShape]:
    """The sources already read, so that the checks need not read them again."""
    said = [statement.sources for line in lines for statement in line.statements]
    groups = [*said, *(claim.sources for claim in claims)]
    return {source.id: source for group in groups for source in group}


def _regulations(
    region_code: str,
) -> tuple[tuple[RegulationShape, ...], tuple[RegulationShape, ...]]:
    found = list_regulations(region_code)
    return (
        tuple(regulation for regulation in found if regulation.region_code),
        tuple(regulation for regulation in found if not regulation.region_code),
    )


def _enrolment(programs: Sequence[ProgramShape]) -> tuple[Enrolment, ...]:
    """What the published enrolment lists of these programmes come to, in the order of the programmes."""
    if not programs:
        return ()
    counts = list_counts([program.id for program in programs])
    today = this_month()
    return tuple(
        Enrolment(program.id, program.name, counts[program.id], counts[program.id].nearest(today))
        for program in programs
        if program.id in counts
    )
