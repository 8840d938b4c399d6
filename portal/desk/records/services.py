"""What the forms do: begin, save, hand in and discard, in the session of the request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Text, cast, select

from portal.accounts.permissions import require
from portal.accounts.shapes import EVERYWHERE, Actor
from portal.areas.models import Region
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.opendata.naming import base_id
from portal.opendata.tables import BY_NAME
from portal.publishing import queries
from portal.publishing.models import Draft
from portal.publishing.outcomes import StaleDraft
from portal.publishing.records import Problem, find_problems, records
from portal.publishing.services import editing, review
from portal.publishing.shapes import Cells, DraftShape, ItemShape

LONGEST_NONCE = 64


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item as its form shows it: the draft's cells or, without a draft (version 0), those last known."""

    item: ItemShape
    cells: Cells
    version: int

    @property
    def draft(self) -> DraftShape | None:
        """The open working copy."""
        return self.item.draft

    @property
    def may_be_written(self) -> bool:
        """Whether its cells may be changed now."""
        return self.draft is None or self.draft.is_open


def require_kind(kind: str) -> None:
    """Raise NotFound for a kind the data package doesn't have."""
    if kind not in records().kinds:
        raise NotFound(_("There is no such kind of record."))


def open_item(actor: Actor, item_id: int) -> OpenItem:
    """An item to write in; raises NotFound, NotAllowed. Writes nothing."""
    session = db.session()
    item = queries.find_item(session, item_id)
    if item is None:
        raise NotFound(_("This item does not exist, or no longer."))
    require(actor, item.region_code, "editor")
    if item.draft is not None:
        return OpenItem(item, item.draft.cells, item.draft.version)
    cells = records().cells(session, item.kind, item.record_id)
    if cells is None:
        history = queries.list_revisions(session, item_id)
        cells = dict(history[0].cells) if history else {"id": item.record_id}
    return OpenItem(item, cells, 0)


def team_of(actor: Actor, wanted: str = "") -> str | None:
    """The region whose team keeps a record that names none: the wanted one where the account writes there."""
    own = actor.regions("editor")
    if wanted and actor.may("editor", wanted):
        return wanted
    return None if not own or EVERYWHERE in own else own[0]


def begin(actor: Actor, kind: str, cells: Cells, nonce: str, team: str | None) -> int:
    """A new record as a draft; the same form once more gives the same item. Raises NotAllowed, NotFound, IdTaken."""
    region = team or None
    cells = _settled(actor, kind, cells, region)
    return editing.start_item(db.session(), actor, kind, region, cells, nonce=_nonce(actor, nonce))


def find_begun(actor: Actor, nonce: str) -> int | None:
    """The item that this very form of this account has begun already."""
    own = _nonce(actor, nonce)
    return queries.find_item_by_nonce(db.session(), own) if own else None


def save(
    actor: Actor,
    item_id: int,
    version: int,
    cells: Cells,
    reason: str | None,
    *,
    is_autosave: bool = False,
) -> int:
    """Save over `version` (0: what is published, as no draft was open) and give the new version.

    What was saved just so already is no stale save. Raises StaleDraft, WrongState, NotAllowed, IdTaken.
    """
    session = db.session()
    if version == 0:
        begun = editing.open_draft(session, actor, item_id)
        version = 1 if begun.authors in ((), (actor.id,)) else 0
    opened = open_item(actor, item_id)
    draft = opened.draft
    cells = _settled(actor, opened.item.kind, cells, opened.item.region_code)
    known = draft is not None and (version == draft.version or draft.saved_by_id == actor.id)
    if draft and known and draft.is_open and _says_the_same(draft, cells, reason):
        return draft.version
    if not is_autosave:
        cells = _renamed(opened.item, cells)
    return editing.save_draft(session, actor, item_id, version, cells, reason=reason, is_autosave=is_autosave)


def hand_in(actor: Actor, item_id: int, version: int) -> int:
    """Submit the draft for review; raises HasProblems, ReasonMissing, StaleDraft, WrongState, NotAllowed."""
    return review.submit(db.session(), actor, item_id, version)


def discard(actor: Actor, item_id: int, version: int) -> bool:
    """Give the draft up; True where nothing was published. Raises StaleDraft, WrongState, NotAllowed."""
    return editing.discard_draft(db.session(), actor, item_id, version)


def problems_of(kind: str, record_id: str, cells: Cells) -> list[Problem]:
    """What keeps a record from review, and the hints; the id is given when it is begun."""
    known = {**cells, "id": record_id or "baru"}
    return [one for one in find_problems(db.session(), kind, record_id, known) if one.column != "id"]


def region_of(kind: str, cells: Cells) -> str | None:
    """The region a record belongs to by what it says; None where it says none."""
    return records().region(db.session(), kind, cells)


def stored_of(stale: StaleDraft, actor: Actor, item_id: int) -> OpenItem:
    """What somebody else saved in the meantime."""
    db.session.rollback()
    return open_item(actor, item_id)


def _says_the_same(draft: DraftShape, cells: Mapping[str, str], reason: str | None) -> bool:
    kept = reason is None or (reason.strip() or None) == draft.reason
    return kept and all(draft.cells.get(name, "") == cell for name, cell in cells.items())


def _settled(actor: Actor, kind: str, cells: Cells, region: str | None) -> Cells:
    """Only who writes for the whole country makes a record of it: others' belong to their region."""
    has_region = "region_code" in BY_NAME[kind].names
    if has_region and not cells.get("region_code") and not actor.may("editor", None) and region:
        return {**cells, "region_code": region}
    return cells


def _renamed(item: ItemShape, cells: Cells) -> Cells:
    """A draft that was begun with half a title gets the id of the whole one, as long as nobody can have noted it."""
    session = db.session()
    if item.live != "no":
        return cells
    known = {**(item.draft.cells if item.draft else {}), **cells}
    slug = session.execute(select(Region.slug).where(Region.code == item.region_code)).scalar_one_or_none()
    base = base_id(item.kind, known, slug)
    if re.fullmatch(rf"{re.escape(base)}(-\d+)?", item.record_id) or _is_named(item):
        return cells
    return {**cells, "id": records().new_id(session, item.kind, known, item.region_code)}


def _is_named(item: ItemShape) -> bool:
    """Whether another draft may point at it."""
    query = select(Draft.item_id).where(
        Draft.item_id != item.id, cast(Draft.cells, Text).contains(item.record_id, autoescape=True)
    )
    return db.session.execute(query).first() is not None


def _nonce(actor: Actor, nonce: str) -> str | None:
    return f"{actor.id}:{nonce[:LONGEST_NONCE]}" if nonce else None
