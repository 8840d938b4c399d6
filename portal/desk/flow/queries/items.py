"""Reads of one item for its page, its history and its preview."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import select

from portal.accounts.permissions import require_sight
from portal.accounts.shapes import Actor
from portal.areas.queries import list_region_names
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.desk.flow.queries.titles import learn_titles, told_title
from portal.extensions import db, read
from portal.opendata.records import PackageRecords
from portal.publishing import queries
from portal.publishing.models import Item
from portal.publishing.records import Problem, Reference, find_problems, records
from portal.publishing.shapes import Cells, ItemShape, RevisionShape
from portal.publishing.talk.queries import (
    find_previewed,
    list_comments,
    list_present,
    list_preview_links,
)
from portal.publishing.talk.shapes import CommentShape, PresenceShape, PreviewLinkShape

_LARGEST_ID = 2**31 - 1


def get_item(actor: Actor, item_id: int) -> ItemShape:
    """The item with its draft; raises NotFound, and NotAllowed where the account may not read it."""
    item = queries.find_item(db.session, item_id) if item_id <= _LARGEST_ID else None
    if item is None:
        raise NotFound(_("This item does not exist, or no longer."))
    require_sight(actor, item.region_code)
    return item


def find_live(item: ItemShape) -> Cells | None:
    """What the public reads of it, or None."""
    return records().cells(db.session, item.kind, item.record_id) if item.live == "yes" else None


def newest_cells(item: ItemShape, live: Cells | None) -> Cells:
    """What the page is about: the draft, else what is published, else the last words there were."""
    if item.draft:
        return item.draft.cells
    if live is not None:
        return live
    history = queries.list_revisions(db.session, item.id)
    return history[0].cells if history else {"id": item.record_id}


def list_problems(item: ItemShape) -> Sequence[Problem]:
    """What keeps the draft from review, and hints."""
    if item.draft is None:
        return ()
    return find_problems(db.session, item.kind, item.record_id, item.draft.cells)


def list_names(
    references: Collection[tuple[str, str]], region_code: str | None = ""
) -> dict[tuple[str, str], str]:
    """The titles of records and regions by kind and id; of drafts only those of the region given ("": none)."""
    ordered = sorted(references)
    found = {
        ("regions", code): name
        for code, name in list_region_names(one for kind, one in ordered if kind == "regions").items()
    }
    for kind, group in groupby((one for one in ordered if one[0] != "regions"), key=lambda one: one[0]):
        ids = [record_id for _kind, record_id in group]
        shown = (Item.live != "no") | Item.region_code.is_not_distinct_from(region_code)
        query = select(Item.record_id, Item.title).where(Item.kind == kind, Item.record_id.in_(ids), shown)
        rows = list(read(query))
        learn_titles((kind, row.title) for row in rows)
        found.update(((kind, row.record_id), told_title(row.title, kind)) for row in rows)
    return found


def list_citing(item: ItemShape) -> tuple[Reference, ...]:
    """The published records that point at it, and that keep it from being withdrawn."""
    return tuple(PackageRecords().cited_by(db.session, item.kind, item.record_id))


def list_history(item: ItemShape) -> tuple[RevisionShape, ...]:
    """Every revision, newest first."""
    return queries.list_revisions(db.session, item.id)


def list_talk(item: ItemShape) -> tuple[CommentShape, ...]:
    """Every comment, oldest first."""
    return list_comments(db.session, item.id)


def list_links(item: ItemShape) -> tuple[PreviewLinkShape, ...]:
    """The preview links that are good."""
    return list_preview_links(db.session, item.id, datetime.now(UTC))


def list_others(actor: Actor, item_id: int) -> tuple[PresenceShape, ...]:
    """Who else has it open."""
    return list_present(db.session, item_id, actor.id, datetime.now(UTC))


def find_preview(digest: str) -> ItemShape | None:
    """The item a good preview link leads to, or None; a draft begun after the link was made is not shown by it."""
    found = find_previewed(db.session, digest, datetime.now(UTC))
    item = queries.find_item(db.session, found[0]) if found else None
    if item and found and item.draft and item.draft.started_at > found[1]:
        return replace(item, draft=None)
    return item
