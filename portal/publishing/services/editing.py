"""Writing: a new item, a draft of a published one, saves that never overwrite, and a former state restored."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.id_numbers import refuse_id_numbers
from portal.core.vocabulary import OPEN_STATES
from portal.publishing import queries
from portal.publishing.models import Draft, DraftAuthor, Item
from portal.publishing.outcomes import IdTaken, WrongState
from portal.publishing.records import records
from portal.publishing.services.moving import (
    add_revision,
    draft_region,
    get_draft,
    get_item,
    known_region,
    move,
    note_audit,
    now,
    require_role,
    touch,
    writers_of,
)
from portal.publishing.shapes import Cells, DraftShape, ItemShape

TRIES = 4


def start_item(
    session: Session,
    actor: Actor,
    kind: str,
    region_code: str | None,
    cells: Cells,
    *,
    nonce: str | None = None,
) -> int:
    """Begin a new record as a draft; commits and gives the item's id.

    A form posted twice, known by its `nonce`, makes one item. Raises NotAllowed, IdNumberTyped, NotFound for an
    unknown kind.
    """
    for _attempt in range(TRIES):
        made = queries.find_item_by_nonce(session, nonce) if nonce else None
        if made is not None:
            return made
        try:
            item_id = add_item(session, actor, kind, region_code, cells, nonce=nonce)
            session.commit()
            return item_id
        except IntegrityError:
            # This very form, or a record of the same name, was begun at this moment.
            session.rollback()
        except BaseException:
            session.rollback()
            raise
    raise IdTaken(_("Another record has this address already: choose another one."))


def add_item(
    session: Session,
    actor: Actor,
    kind: str,
    region_code: str | None,
    cells: Cells,
    *,
    nonce: str | None = None,
) -> int:
    """The same without the commit, for those who begin many at once."""
    kept = records()
    if kind not in kept.kinds:
        raise NotFound(_("There is no such kind of record."))
    region = known_region(kept.region(session, kind, cells) or region_code)
    require(actor, region, "editor")
    refuse_id_numbers(cells.values())
    cells = dict(cells)
    cells["id"] = record_id = cells.get("id", "").strip() or kept.new_id(session, kind, cells, region)
    moment = now()
    inserted = session.execute(
        insert(Item).values(
            kind=kind,
            record_id=record_id,
            region_code=region,
            title=kept.title(kind, cells),
            marks=kept.marks(kind, cells),
            live="no",
            nonce=nonce,
            created_at=moment,
            created_by_id=actor.id,
            changed_at=moment,
        )
    )
    item_id = int(inserted.inserted_primary_key[0])  # type: ignore[attr-defined]
    _begin(session, actor, item_id, cells, base_number=None, authors={actor.id})
    add_revision(session, item_id, "saved", cells, actor)
    note_audit(session, actor, "item.started", get_item(session, item_id))
    return item_id


def open_draft(session: Session, actor: Actor, item_id: int) -> DraftShape:
    """The item's draft, begun from what is published (or was, if withdrawn) where there is none yet; commits."""
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    if item.draft is None:
        base = _live_number(session, item)
        cells = _live_cells(session, item)
        history = () if item.live == "yes" else queries.list_revisions(session, item_id)
        authors = writers_of(history, history[0].number) if history else set()
        try:
            _begin(session, actor, item_id, cells, base_number=base, authors=authors)
            note_audit(session, actor, "draft.opened", item)
            session.commit()
        except IntegrityError:
            # Somebody opened it at this very moment: theirs is the draft.
            session.rollback()
    found = get_item(session, item_id).draft
    assert found is not None
    return found


def save_draft(
    session: Session,
    actor: Actor,
    item_id: int,
    version: int,
    cells: Cells,
    *,
    reason: str | None = None,
    is_autosave: bool = False,
) -> int:
    """Put what was typed in the draft's place; commits and gives the new version.

    `reason` is the note the public will read with a change (None leaves it). An autosave leaves no revision, but for the first of each author.
    Raises StaleDraft where somebody saved since, WrongState, NotAllowed, IdTaken, IdNumberTyped.
    """
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    draft = get_draft(item, version, *OPEN_STATES)
    refuse_id_numbers([*cells.values(), reason or ""])
    cells = {**draft.cells, **cells}
    region = draft_region(session, item, cells)
    require(actor, region, "editor")
    record_id = _record_id(item, cells)
    is_told = not is_autosave or actor.id not in draft.authors
    try:
        new = _save(session, actor, item, draft, cells, reason)
        if is_told:
            add_revision(session, item_id, "saved", cells, actor)
            note_audit(session, actor, "draft.saved", item, version=new)
        # What is published stays its own team's until the new region's reviewer takes it over.
        team = region if item.live == "no" else item.region_code
        touch(session, item, cells, region_code=team, record_id=record_id)
        session.commit()
    except IntegrityError:
        session.rollback()
        raise IdTaken(_("Another record has this address already: choose another one.")) from None
    except BaseException:
        session.rollback()
        raise
    return new


def rebase_draft(session: Session, actor: Actor, item_id: int, version: int) -> int:
    """Say that the draft takes into account what was published since it was begun; commits."""
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    draft = get_draft(item, version, *OPEN_STATES)
    new = move(session, draft, {"base_number": _live_number(session, item)})
    note_audit(session, actor, "draft.rebased", item, version=new)
    session.commit()
    return new


def discard_draft(session: Session, actor: Actor, item_id: int, version: int) -> bool:
    """Give the draft up; its last words stay in the history. Commits; True where the whole item is gone.

    An item that was never published and has only this draft stays as `new`, so that it can be restored.
    """
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    draft = get_draft(item, version, *OPEN_STATES)
    move(session, draft, {})
    add_revision(session, item_id, "discarded", draft.cells, actor)
    session.execute(delete(Draft).where(Draft.item_id == item_id))
    if item.live == "yes":
        touch(session, item, _live_cells(session, item))
    note_audit(session, actor, "draft.discarded", item)
    session.commit()
    return item.live == "no"


def restore_revision(session: Session, actor: Actor, item_id: int, number: int) -> DraftShape:
    """Begin a new draft with the cells of a former revision; commits. Raises WrongState where a draft is open."""
    item = get_item(session, item_id)
    require_role(actor, item, "editor")
    if item.draft is not None:
        raise WrongState(_("A draft of this is open: finish or discard it first, then restore."))
    revision = queries.find_revision(session, item_id, number)
    if revision is None:
        raise NotFound(_("This item has no such revision."))
    cells = {**revision.cells, "id": item.record_id}
    region = draft_region(session, item, cells)
    require(actor, region, "editor")
    authors = writers_of(queries.list_revisions(session, item_id), number) | {actor.id}
    _begin(session, actor, item_id, cells, base_number=_live_number(session, item), authors=authors)
    add_revision(session, item_id, "saved", cells, actor)
    touch(session, item, cells, region_code=region if item.live == "no" else item.region_code)
    note_audit(session, actor, "draft.restored", item, revision=number)
    session.commit()
    found = get_item(session, item_id).draft
    assert found is not None
    return found


def _begin(
    session: Session,
    actor: Actor,
    item_id: int,
    cells: Cells,
    *,
    base_number: int | None,
    authors: set[int],
) -> None:
    moment = now()
    session.execute(
        insert(Draft).values(
            item_id=item_id,
            state="draft",
            version=1,
            cells=cells,
            base_number=base_number,
            started_at=moment,
            saved_at=moment,
            saved_by_id=actor.id,
        )
    )
    for account_id in sorted(authors):
        session.execute(insert(DraftAuthor).values(item_id=item_id, account_id=account_id))


def _save(
    session: Session, actor: Actor, item: ItemShape, draft: DraftShape, cells: Cells, reason: str | None
) -> int:
    said = draft.reason if reason is None else reason.strip() or None
    new = move(session, draft, {"cells": cells, "saved_at": now(), "saved_by_id": actor.id, "reason": said})
    _add_author(session, actor, item.id)
    return new


def _add_author(session: Session, actor: Actor, item_id: int) -> None:
    known = select(DraftAuthor.account_id).where(
        DraftAuthor.item_id == item_id, DraftAuthor.account_id == actor.id
    )
    if session.execute(known).first() is None:
        session.execute(insert(DraftAuthor).values(item_id=item_id, account_id=actor.id))


def _record_id(item: ItemShape, cells: Cells) -> str:
    """An id may be changed until it is an address that others may have noted."""
    if item.live == "no" and cells.get("id", "").strip():
        return cells["id"].strip()
    cells["id"] = item.record_id
    return item.record_id


def _live_cells(session: Session, item: ItemShape) -> Cells:
    """What is published; for a withdrawn or new item its last words."""
    cells = records().cells(session, item.kind, item.record_id)
    if cells is not None:
        return cells
    history = queries.list_revisions(session, item.id)
    return dict(history[0].cells) if history else {"id": item.record_id}


def _live_number(session: Session, item: ItemShape) -> int | None:
    """The published revision's number; a record that only a data package knows gets its first revision now."""
    if item.live != "yes" or item.live_number is not None:
        return item.live_number
    number = add_revision(session, item.id, "loaded", _live_cells(session, item), None)
    session.execute(
        update(Item)
        .where(Item.id == item.id)
        .values(live_number=number)
        .execution_options(synchronize_session=False)
    )
    return number
