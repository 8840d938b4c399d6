"""The cross-checks as they would be with what is typed: computed in memory, against those of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from portal.accounts.shapes import Actor
from portal.areas.queries import list_regions
from portal.core.errors import NotFound
from portal.core.quantities import Quantity, stated
from portal.desk.records.queries import find_cells
from portal.desk.records.shapes import CheckChange, CheckReport
from portal.evidence.queries import list_claims, list_sources
from portal.evidence.shapes import CheckShape, ClaimShape, SourceShape
from portal.funding.candidates import put_statements
from portal.funding.leads import pick_leads
from portal.funding.queries import get_commitment, list_commitments
from portal.funding.services import preview_checks
from portal.funding.shapes import CommitmentShape, StatementShape
from portal.opendata.tables import BY_NAME
from portal.opendata.values import Unfit, convert
from portal.programs.queries import get_program
from portal.programs.shapes import ProgramShape
from portal.publishing.shapes import Cells

Row = dict[str, Any]
CHECKED = ("statements", "claims", "commitments", "programs")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that is being written."""

    kind: str
    record_id: str
    cells: Cells


def preview(actor: Actor, candidates: Sequence[Candidate]) -> CheckReport | None:
    """What would change in the checks of the programmes the candidates (of one kind) belong to; None without one."""
    sources = _Sources(actor)
    lines = {one.id: one for one in _lines(actor, candidates)}
    statements = [_statement(one, sources) for one in candidates if one.kind == "statements"]
    claims = [found for one in candidates if one.kind == "claims" and (found := _claim(one, sources))]
    programs = _programs(actor, candidates, lines.values())
    now: list[CheckShape] = []
    then: list[CheckShape] = []
    for program, is_published in programs:
        lines_now = list_commitments(program=program.id)
        claims_now = list_claims([program.id])
        before = get_program(program.id) if is_published else program
        now += preview_checks(before, lines_now, claims_now) if is_published else ()
        then += preview_checks(
            program,
            put_statements(_put(lines_now, lines.values(), program), [one for one in statements if one]),
            _put(claims_now, claims, program),
        )
    about = {one.record_id for one in candidates} | {one.commitment_id for one in statements if one}
    return compare(now, then, about) if programs else None


def compare(now: Sequence[CheckShape], then: Sequence[CheckShape], about: set[str]) -> CheckReport:
    """What is new, what is gone, and what stays of the checks on the records `about`."""
    old = {_key(one): one for one in now}
    new = {_key(one) for one in then}
    gone = [one for key, one in old.items() if key not in new]
    changed = []
    for one in then:
        if _key(one) in old:
            continue
        former = next((item for item in gone if _place(item) == _place(one)), None)
        if former:
            gone.remove(former)
        changed.append(CheckChange(one, former))
    same = [one for one in then if _key(one) in old and ({one.subject_id, one.commitment_id} & about)]
    return CheckReport(tuple(changed), tuple(gone), tuple(same))


def _place(check: CheckShape) -> tuple[str, str, str]:
    return check.kind, check.subject_kind, check.subject_id


def _key(check: CheckShape) -> tuple[str, ...]:
    return (*_place(check), check.verdict, check.stored_formula, check.stored_result, check.sentence_en)


def _put(known: Iterable[Any], added: Iterable[Any], program: ProgramShape) -> tuple[Any, ...]:
    """The known ones, each replaced by the one of the same id, and the new ones of this programme."""
    new = {one.id: one for one in added}
    kept = [new.pop(one.id, one) for one in known]
    return tuple(one for one in (*kept, *new.values()) if one.program_id == program.id)


def _lines(actor: Actor, candidates: Sequence[Candidate]) -> Iterable[CommitmentShape]:
    """Lines that aren't published as they are here: those being written, and drafts that statements hang on."""
    for one in candidates:
        if one.kind == "commitments" and (found := _line(actor, one.record_id, one.cells)):
            yield found
    for line_id in dict.fromkeys(
        one.cells.get("commitment_id", "") for one in candidates if one.kind == "statements"
    ):
        cells = find_cells(actor, "commitments", line_id) if line_id else None
        if cells and (found := _line(actor, line_id, cells)):
            yield found


def _line(actor: Actor, line_id: str, cells: Cells) -> CommitmentShape | None:
    row = _row("commitments", cells)
    found = _program(actor, row["program_id"] or "")
    if found is None or not row["funding_source"]:
        return None
    program = found[0]
    try:
        said = get_commitment(line_id).statements
    except NotFound:
        said = ()
    return CommitmentShape(
        id=line_id,
        program_id=program.id,
        program_name_id=program.name_id,
        program_name_en=program.name_en,
        region_code=program.region_code,
        region_name=program.region_name,
        region_slug=program.region_slug,
        fiscal_year=row["fiscal_year"],
        funding_source=row["funding_source"],
        funder_name=row["funder_name"],
        note=row["note"],
        statements=said,
        stages=pick_leads(said),
    )


def _programs(
    actor: Actor, candidates: Sequence[Candidate], lines: Iterable[CommitmentShape]
) -> list[tuple[ProgramShape, bool]]:
    """The programmes concerned, each once, with whether it is published."""
    ids = [line.program_id for line in lines]
    for one in candidates:
        if one.kind == "statements":
            ids += _program_of_line(one.cells.get("commitment_id", ""))
        elif one.kind in ("claims", "commitments"):
            ids.append(one.cells.get("program_id", ""))
    found = [_program(actor, one) for one in dict.fromkeys(ids) if one]
    found += [_typed_program(one) for one in candidates if one.kind == "programs"]
    return [one for one in found if one]


def _program_of_line(line_id: str) -> list[str]:
    try:
        return [get_commitment(line_id).program_id] if line_id else []
    except NotFound:
        return []


def _program(actor: Actor, program_id: str) -> tuple[ProgramShape, bool] | None:
    try:
        return (get_program(program_id), True) if program_id else None
    except NotFound:
        cells = find_cells(actor, "programs", program_id)
        shape = _shape_of_program(program_id, cells) if cells else None
        return (shape, False) if shape else None


def _typed_program(one: Candidate) -> tuple[ProgramShape, bool] | None:
    shape = _shape_of_program(one.record_id, one.cells)
    if shape is None:
        return None
    try:
        return shape, bool(get_program(one.record_id))
    except NotFound:
        return shape, False


def _shape_of_program(program_id: str, cells: Cells) -> ProgramShape | None:
    row = _row("programs", cells)
    region = next((one for one in list_regions() if one.code == row["region_code"]), None)
    if region is None:
        return None
    return ProgramShape(
        id=program_id,
        region_code=region.code,
        region_name=region.name,
        region_slug=region.slug,
        province_code=region.province_code,
        name_id=row["name_id"] or "",
        name_en=row["name_en"] or "",
        started_year=row["started_year"],
        status=row["status"] or "unknown",
        benefits=row["benefits"] or (),
        target_groups=row["target_groups"] or (),
        summary_id=row["summary_id"],
        summary_en=row["summary_en"],
        sources=(),
    )


class _Sources:
    """Sources by id, published or drafts the account sees, looked up once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._known: dict[str, SourceShape | None] = {}

    def list(self, ids: Iterable[str]) -> tuple[SourceShape, ...]:
        """Those that are there, in order."""
        return tuple(found for one in ids if (found := self._find(one)))

    def _find(self, source_id: str) -> SourceShape | None:
        if source_id not in self._known:
            published = list_sources([source_id]) if "\0" not in source_id else ()
            cells = None if published else find_cells(self._actor, "sources", source_id)
            self._known[source_id] = published[0] if published else _source(source_id, cells)
        return self._known[source_id]


def _source(source_id: str, cells: Cells | None) -> SourceShape | None:
    if not cells:
        return None
    row = _row("sources", cells)
    return SourceShape(
        id=source_id,
        publisher=row["publisher"] or source_id,
        title=row["title"],
        url=row["url"],
        published_on=row["published_on"],
        kind=row["kind"] or "other",
        read_as=row["read_as"] or "excerpt",
        note=row["note"],
    )


def _statement(one: Candidate, sources: _Sources) -> StatementShape | None:
    row = _row("statements", one.cells)
    if not row["stage"] or not row["commitment_id"]:
        return None
    return StatementShape(
        one.record_id,
        row["commitment_id"],
        row["stage"],
        stated(row["workers"], row["workers_qualifier"], "person"),
        row["monthly_contribution_idr"],
        row["months"],
        stated(row["amount_idr"], row["amount_qualifier"], "idr"),
        row["as_of"],
        row["note"],
        sources.list(row["source_ids"] or ()),
    )


def _claim(one: Candidate, sources: _Sources) -> ClaimShape | None:
    row = _row("claims", one.cells)
    value = row["value"]
    if not value or not row["metric"]:
        return None
    number = int(value) if value.isascii() and value.isdigit() else Decimal(value)
    figure = Quantity(number, row["qualifier"], row["unit"] or "person")
    shape = ClaimShape(
        one.record_id, row["program_id"] or "", row["metric"], figure, row["as_of"], row["note"], ()
    )
    return replace(shape, sources=sources.list(row["source_ids"] or ()))


def _row(kind: str, cells: Cells) -> Row:
    """Values of the cells that can be stored; what can't be yet is as if it weren't there."""
    row: Row = {}
    for column in BY_NAME[kind].columns:
        try:
            row[column.name] = convert(column, cells.get(column.name, ""))
        except Unfit:
            row[column.name] = None
    return row
