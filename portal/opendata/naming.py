"""How people and addresses name a record: its title in lists, and the id of a new one."""

from __future__ import annotations

from portal.areas.names import slug
from portal.core.i18n import gettext as _
from portal.publishing.shapes import Cells

# A record without a region of its own belongs to that of what it hangs on: column and kind.
PARENTS = {
    "commitments": ("program_id", "programs"),
    "statements": ("commitment_id", "commitments"),
    "lead_choices": ("commitment_id", "commitments"),
    "claims": ("program_id", "programs"),
    "measures": ("program_id", "programs"),
}
LONGEST_TITLE = 200
LONGEST_ID = 80


def title_of(kind: str, cells: Cells) -> str:
    """A line by which people know the record; never empty."""
    words = [cells.get(name, "").strip() for name in TITLES.get(kind, ("id",))]
    title = " · ".join(word for word in words if word) or _("untitled")
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def base_id(kind: str, cells: Cells, region_slug: str | None) -> str:
    """The start of a new record's id: what it hangs on or its region, then its own words."""
    first = cells.get(PARENTS[kind][0], "") if kind in PARENTS else region_slug or ""
    words = " ".join(cells.get(name, "") for name in IDS.get(kind, ()))
    whole = "-".join(part for part in (slug(first), slug(words)) if part)
    return whole[:LONGEST_ID].strip("-") or slug(kind)


TITLES = {
    "sources": ("publisher", "title"),
    "regulations": ("kind", "number", "year", "title"),
    "programs": ("name_id",),
    "commitments": ("program_id", "fiscal_year", "funding_source", "funder_name"),
    "statements": ("commitment_id", "stage", "workers", "amount_idr"),
    "lead_choices": ("commitment_id", "stage"),
    "claims": ("program_id", "metric", "value"),
    "measures": ("text_id",),
    "awards": ("award", "year", "recipient"),
    "news": ("title_id",),
    "offices": ("name_id",),
}
IDS = {
    "sources": ("publisher", "published_on"),
    "regulations": ("kind", "number", "year"),
    "programs": ("name_id",),
    "commitments": ("fiscal_year", "funding_source"),
    "statements": ("stage",),
    "lead_choices": ("stage",),
    "claims": ("metric",),
    "measures": (),
    "awards": ("award", "year"),
    "news": ("title_id",),
    "offices": ("name_id",),
}
