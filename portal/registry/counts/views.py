"""People on published lists by village, and the tables to download."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

import portal.registry.counts.services  # noqa: F401  (registers the worker's chore)
from portal.areas.queries import get_region
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.pages import kept, page
from portal.core.paging import PageBeyondEnd, Pages, address, paginate
from portal.corrections.withdrawals import tells_withdrawal
from portal.programs.queries import get_program, list_programs
from portal.programs.shapes import ProgramShape
from portal.registry.counts.export import counts_csv
from portal.registry.counts.forms import VillagesForm, month_options, read_villages_form
from portal.registry.counts.queries import get_counts
from portal.registry.counts.shapes import ProgramCounts, iso_month, this_month
from portal.registry.counts.villages import VillageTable, village_table

counts_bp = Blueprint("counts", __name__)
VILLAGES_PER_PAGE = 100


@counts_bp.get("/program/<slug>/peserta")
@kept
@tells_withdrawal("programs")
def villages(slug: str) -> Response:
    """People by village in one month; 404 without a published list, 400 for what is not understood."""
    program, counts = get_program(slug), get_counts(slug)
    if not counts.totals:
        raise NotFound(_("No enrolment list of this programme has been published."))
    form = read_villages_form(request.args, list(counts.months()))
    chosen = counts.nearest(this_month() if form.month is None else form.month)
    if form.sentences or chosen is None:
        return _page(program, counts, form, status=400)
    table = village_table(slug, chosen)
    path = url_for("counts.villages", slug=slug)
    try:
        pages = paginate(form.page, len(table.rows), path, form.parameters(), size=VILLAGES_PER_PAGE)
    except PageBeyondEnd as end:
        return _page(program, counts, form, status=404, sentences=(str(end),))
    return _page(program, counts, form, table=table, pages=pages)


def _page(
    program: ProgramShape,
    counts: ProgramCounts,
    form: VillagesForm,
    *,
    status: int = 200,
    sentences: tuple[str, ...] = (),
    table: VillageTable | None = None,
    pages: Pages | None = None,
) -> Response:
    path = url_for("counts.villages", slug=program.id)
    return page(
        "registry/counts/villages.html",
        status=status,
        program=program,
        counts=counts,
        sentences=form.sentences + sentences,
        path=path,
        chosen=iso_month(table.month.month) if table else "",
        understood=address(path, form.parameters()),
        options=month_options(set(counts.months())),
        table=table,
        pages=pages,
        shown=table.rows[pages.offset : pages.offset + pages.size] if table and pages else (),
    )


@counts_bp.get("/program/<slug>/peserta.csv")
@kept
@tells_withdrawal("programs")
def program_table(slug: str) -> Response:
    """Every number of a programme's published lists; 404 for an unknown programme."""
    program = get_program(slug)
    return _download(f"peserta-{program.id}", counts_csv((program.id,)))


@counts_bp.get("/wilayah/<slug>/peserta.csv")
@kept
def region_table(slug: str) -> Response:
    """Every number of the published lists of a region's programmes; 404 for an unknown region."""
    region = get_region(slug)
    programs = [program.id for program in list_programs(region.code)]
    return _download(f"peserta-{region.slug}", counts_csv(programs))


def _download(name: str, body: bytes) -> Response:
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
