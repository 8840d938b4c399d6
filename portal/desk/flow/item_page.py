"""Everything the page of an item shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.accounts.shapes import Actor
from portal.areas.clocks import clock_of
from portal.areas.queries import list_region_names
from portal.desk.flow import steps
from portal.desk.flow.fields import list_fields, references_of
from portal.desk.flow.queries import items, people
from portal.desk.flow.words import KINDS
from portal.desk.settings.queries import list_link_days, settings_of
from portal.publishing.shapes import Cells, ItemShape

# Where the public reads a record of each kind, without the language; {id} and columns are filled in.
PUBLIC = {
    "news": "/berita/{id}",
    "awards": "/penghargaan#{id}",
    "programs": "/program/{id}",
    "measures": "/program/{program_id}",
    "claims": "/program/{program_id}",
    "commitments": "/pendanaan/{id}",
    "statements": "/pendanaan/{commitment_id}",
    "sources": "/sumber/{id}",
}


def item_context(actor: Actor, item: ItemShape, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The names the template of the page uses; `typed` is what a refused form held."""
    live = items.find_live(item)
    cells = items.newest_cells(item, live)
    comments, links = items.list_talk(item), items.list_links(item)
    others = items.list_others(actor, item.id)
    labels = people.list_labels(_people(item, comments, links, others))
    problems = items.list_problems(item)
    return {
        "item": item,
        "fields": _fields(item, cells, live),
        "kind_name": KINDS.get(item.kind, item.kind),
        "region_name": next(iter(list_region_names([item.region_code or ""]).values()), ""),
        "clock": clock_of(item.region_code).name,
        "open_steps": steps.steps_open_to(actor, item),
        "wrote_in": steps.wrote_in(actor, item.draft),
        "may_edit": actor.may("editor", item.region_code),
        "may_review": actor.may("reviewer", item.region_code),
        "stands": steps.stands(item, labels),
        "next_step": steps.next_step(item),
        "who": _who(item),
        "blocking": [one for one in problems if one.blocking],
        "hints": [one for one in problems if not one.blocking],
        "is_outdated": _is_outdated(item),
        "comments": comments,
        "links": links,
        "link_days": list_link_days(item.region_code),
        "usual_days": settings_of(item.region_code).preview_days,
        "others": [(labels.get(one.account_id, ""), one.is_writing) for one in others],
        "labels": labels,
        "public_address": public_address(item, live),
        "typed": typed or {},
        "actor_id": actor.id,
    }


def public_address(item: ItemShape, live: Cells | None) -> str:
    """Where the public reads the record, without the language; "" where it is not published."""
    pattern = PUBLIC.get(item.kind)
    return pattern.format(**live) if pattern and live else ""


def present_others(actor: Actor, item_id: int) -> list[tuple[str, bool]]:
    """Colleagues who have the item open now: their label and whether they write in it."""
    others = items.list_others(actor, item_id)
    labels = people.list_labels(one.account_id for one in others)
    return [(labels.get(one.account_id, ""), one.is_writing) for one in others]


def _fields(item: ItemShape, cells: Cells, live: Cells | None) -> Any:
    compared = live if item.draft else None
    names = items.list_names(references_of(item.kind, cells, compared), item.region_code)
    return list_fields(item.kind, cells, compared, names)


def _is_outdated(item: ItemShape) -> bool:
    """Whether what is published changed after the draft was begun."""
    return bool(item.draft and item.live == "yes" and item.draft.base_number != item.live_number)


def _who(item: ItemShape) -> str:
    role = steps.who_next(item)
    if role is None or item.draft is None:
        return ""
    holders = people.list_holders(role, item.region_code)
    wrote = {*item.draft.authors, item.draft.submitted_by_id} if item.state == "in_review" else set()
    able = [label for account, label in holders.items() if account not in wrote]
    return steps.who_can(able, role, bool(holders) and not able)


def _people(item: ItemShape, *talk: Any) -> set[int | None]:
    comments, links, others = talk
    found: set[int | None] = {one.made_by_id for one in (*comments, *links)}
    found |= {one.resolved_by_id for one in comments} | {one.account_id for one in others}
    if item.draft:
        found |= {item.draft.saved_by_id, item.draft.submitted_by_id, item.draft.decided_by_id}
    return found
