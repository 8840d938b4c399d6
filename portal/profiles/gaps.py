"""What no source publishes of a region or programme, each as one sentence: pure functions over shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.core.i18n import gettext as _
from portal.core.labels import label
from portal.funding.shapes import CommitmentShape
from portal.profiles.shapes import Enrolment, Gap, StageHeadline
from portal.programs.shapes import ProgramShape

Lines = Sequence[CommitmentShape]


def find_gaps(
    programs: Sequence[ProgramShape],
    lines: Lines,
    headlines: Sequence[StageHeadline],
    enrolment: Sequence[Enrolment],
) -> tuple[Gap, ...]:
    """What is missing, in the order a reader would ask: money, people, time, proof; not published is not zero."""
    if not programs:
        return ()
    found = (*_lines(lines), *_stages(headlines), *_programs(programs), *_lists(enrolment))
    return found if lines else (Gap("no_line", _("Who pays, for how many and in which year.")), *found)


def _stages(headlines: Sequence[StageHeadline]) -> Iterator[Gap]:
    for headline in headlines:
        if all(at.quantity is None for at in headline.lines):
            stage = label("stage", headline.stage)
            if headline.year is None:
                sentence = _("Any figure for the stage “%(stage)s”.", stage=stage)
            else:
                sentence = _(
                    "Any figure for the stage “%(stage)s” in %(year)s.", stage=stage, year=headline.year
                )
            yield Gap(f"stage_{headline.stage}", sentence)


def _lines(lines: Lines) -> Iterator[Gap]:
    lacking = (
        ("amount", _no_amount, _("How much money is set aside.")),
        ("workers", _no_workers, _("For how many workers.")),
        ("months", _no_months, _("For how many months the contribution is paid.")),
        ("year", _no_year, _("The fiscal year.")),
        ("fund", _no_fund, _("The fund that pays.")),
        (
            "advertorial",
            _only_advertorial,
            _("A source that was not paid for: these lines rest on advertorials."),
        ),
    )
    for code, lacks, sentence in lacking:
        concerned = tuple(line for line in lines if lacks(line))
        if concerned:
            yield Gap(code, sentence, concerned)


def _no_amount(line: CommitmentShape) -> bool:
    return all(statement.amount is None for statement in line.statements)


def _no_workers(line: CommitmentShape) -> bool:
    return all(statement.workers is None for statement in line.statements)


def _no_months(line: CommitmentShape) -> bool:
    return not any(statement.months for statement in line.statements)


def _no_year(line: CommitmentShape) -> bool:
    return line.fiscal_year is None


def _no_fund(line: CommitmentShape) -> bool:
    return line.funding_source == "unknown"


def _only_advertorial(line: CommitmentShape) -> bool:
    sources = [source for statement in line.statements for source in statement.sources]
    return bool(sources) and all(source.is_advertorial for source in sources)


def _programs(programs: Sequence[ProgramShape]) -> Iterator[Gap]:
    if all(program.started_year is None for program in programs):
        yield Gap("started", _("In which year the programme began."))
    if all(not program.target_groups for program in programs):
        yield Gap("groups", _("Which groups of workers it is for."))
    if all(not program.benefits for program in programs):
        yield Gap("benefits", _("Which kinds of cover it pays."))


def _lists(enrolment: Sequence[Enrolment]) -> Iterator[Gap]:
    real = [one for one in enrolment if one.month]
    if not real:
        yield Gap("enrolment_list", _("A list of who is enrolled, handed to this portal by the office."))
    if not any(one.counts.villages for one in real):
        yield Gap("villages", _("How many are enrolled in each village."))
