"""The summaries of a region and of a programme: the same shapes as their pages, set for paper."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app, render_template, url_for

from portal.core.content_version import content_date
from portal.core.i18n import gettext as _
from portal.documents.figures import figures_csv
from portal.documents.renderer import AttachedFile
from portal.documents.shapes import Summary
from portal.evidence.shapes import SourceShape
from portal.extensions import db
from portal.profiles.queries import get_program_profile, get_region_profile
from portal.profiles.shapes import ProgramProfile, RegionProfile

# More than these would push a council's summary past four pages; the page has them all.
MOST_DIFFERING, MOST_OTHER = 12, 6


def region_summary(slug: str) -> Summary:
    """The summary of a region; raises NotFound for an unknown slug."""
    profile = get_region_profile(slug)
    lines = (*profile.sheet.commitments, *profile.province_lines)
    address = url_for("profiles.region", slug=slug)
    html = _render("documents/region.html", profile, address, profile.region.full_name)
    return Summary(html, (_figures(slug, figures_csv(lines)),))


def program_summary(program_id: str) -> Summary:
    """The summary of a programme; raises NotFound for an unknown id."""
    profile = get_program_profile(program_id)
    address = url_for("profiles.program", slug=program_id)
    html = _render("documents/program.html", profile, address, profile.program.name)
    figures = _figures(program_id, figures_csv(profile.sheet.commitments))
    return Summary(html, (figures,))


def _render(template: str, profile: RegionProfile | ProgramProfile, address: str, subject: str) -> str:
    region = profile.region.code if isinstance(profile, RegionProfile) else profile.program.region_code
    return render_template(
        template,
        profile=profile,
        sheet=profile.sheet,
        sheet_region=region,
        subject=subject,
        address=current_app.config["PORTAL_SETTINGS"].base_url + address,
        numbers=number_sources(profile.sources),
        as_of=content_date(db.session),
        most_differing=MOST_DIFFERING,
        most_other=MOST_OTHER,
    )


def number_sources(sources: Iterable[SourceShape]) -> dict[str, int]:
    """The number under which each source stands in the list at the end, from 1."""
    return {source.id: number for number, source in enumerate(sources, start=1)}


def _figures(name: str, body: bytes) -> AttachedFile:
    description = _("Every statement behind the figures of this document, as a table")
    return AttachedFile(f"{name}.csv", description, body)
