"""Pages of regions and programmes."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.core.pages import kept, page
from portal.profiles.queries import get_program_profile, get_region_profile

profiles_bp = Blueprint("profiles", __name__)


@profiles_bp.get("/wilayah/<slug>")
@kept
def region(slug: str) -> Response:
    """One region; 404 for an unknown slug, a page that says so for a region without reports."""
    return page("profiles/region.html", profile=get_region_profile(slug))


@profiles_bp.get("/program/<slug>")
@kept
def program(slug: str) -> Response:
    """One programme; 404 for an unknown slug."""
    return page("profiles/program.html", profile=get_program_profile(slug))


@profiles_bp.get("/wilayah")
@kept
def regions() -> Response:
    """Regions, filtered."""
    return page("profiles/regions.html")


@profiles_bp.get("/program")
@kept
def programs() -> Response:
    """Programmes, filtered."""
    return page("profiles/programs.html")
