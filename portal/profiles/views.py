"""Pages of regions and programmes, and their lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from portal.areas.queries import list_provinces
from portal.core.charts import tile_map
from portal.core.pages import kept, page
from portal.core.paging import PageBeyondEnd, Pages, address, paginate
from portal.corrections.withdrawals import tells_withdrawal
from portal.profiles.forms import (
    Reading,
    group_options,
    payer_options,
    province_options,
    read_program_filters,
    read_region_filters,
)
from portal.profiles.overview import (
    choose_programs,
    choose_regions,
    enrolled_words,
    list_program_rows,
    list_region_rows,
    map_tiles,
    provinces,
)
from portal.profiles.queries import get_program_profile, get_region_profile

profiles_bp = Blueprint("profiles", __name__)
REGIONS_PER_PAGE = 60
PROGRAMS_PER_PAGE = 24


@profiles_bp.get("/wilayah")
@kept
def regions() -> Response:
    """Regions with reports, or all that the filters leave; 400 for what isn't understood, 404 beyond the end."""
    rows = list_region_rows()
    known = provinces(rows)
    reading = read_region_filters(request.args, [region.slug for region in known])
    chosen = choose_regions(rows, reading.filters)
    reported = {row.region.province_slug for row in rows if row.is_published}
    return _list(
        "profiles/regions.html",
        reading,
        chosen,
        REGIONS_PER_PAGE,
        map=tile_map(map_tiles(rows, lambda slug: url_for("profiles.region", slug=slug))),
        words=enrolled_words,
        options=province_options(known),
        silent=[region for region in known if region.slug not in reported],
    )


@profiles_bp.get("/program")
@kept
def programs() -> Response:
    """Programmes that the filters leave; 400 for what isn't understood, 404 beyond the end."""
    rows, known = list_program_rows(), list_provinces()
    groups = group_options(rows)
    reading = read_program_filters(
        request.args, [region.slug for region in known], [code for code, _words in groups if code]
    )
    here = [region for region in known if any(row.program.province_code == region.code for row in rows)]
    return _list(
        "profiles/programs.html",
        reading,
        choose_programs(rows, reading.filters, known),
        PROGRAMS_PER_PAGE,
        options=province_options(here),
        payers=payer_options(rows),
        groups=groups,
    )


def _list(
    template: str, reading: Reading[Any], chosen: tuple[Any, ...], size: int, **context: Any
) -> Response:
    path, parameters = request.script_root + request.path, reading.filters.parameters()
    status, sentences = 400 if reading.sentences else 200, reading.sentences
    pages: Pages | None = None
    if not sentences:
        try:
            pages = paginate(reading.page, len(chosen), path, parameters, size=size)
        except PageBeyondEnd as end:
            status, sentences = 404, (str(end),)
    return page(
        template,
        status=status,
        filters=reading.filters,
        sentences=sentences,
        path=path,
        understood=address(path, parameters),
        pages=pages,
        shown=chosen[pages.offset : pages.offset + pages.size] if pages else (),
        **context,
    )


@profiles_bp.get("/wilayah/<slug>")
@kept
def region(slug: str) -> Response:
    """One region; 404 for an unknown slug, a page that says so for a region without reports."""
    return page("profiles/region.html", profile=get_region_profile(slug))


@profiles_bp.get("/program/<slug>")
@kept
@tells_withdrawal("programs")
def program(slug: str) -> Response:
    """One programme; 404 for an unknown slug."""
    return page("profiles/program.html", profile=get_program_profile(slug))
