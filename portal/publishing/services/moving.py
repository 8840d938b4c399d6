"""What all moves of a draft share: reading it for a change, setting the next state, keeping the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.areas.queries import region_exists
from portal.core.content_version import ContentVersion
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.id_numbers import holds_id_number, id_number_sentence
from portal.core.typed_text import one_line
from portal.publishing import queries
from portal.publishing.audit.services import record
from portal.publishing.models import Draft, Item, Revision
from portal.publishing.moves import Move, tell_move
from portal.publishing.outcomes import ReasonMissing, StaleDraft, WrongState
from portal.publishing.records import records
from portal.publishing.shapes import Cells, DraftShape, ItemShape, RevisionShape

LONGEST_REASON = 2000
SHORTEST_REASON = 10


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def lock_content(session: Session) -> None:
    """Wait for whoever else publishes, and have others wait: what is compared is then what is replaced."""
    session.execute(update(ContentVersion).values(number=ContentVersion.number))


def get_item(session: Session, item_id: int) -> ItemShape:
    """The item with its draft, as stored now; raises NotFound."""
    session.expire_all()
    item = queries.find_item(session, item_id)
    if item is None:
        raise NotFound(_("This item does not exist, or no longer."))
    return item


def get_draft(item: ItemShape, version: int | None, *states: str) -> DraftShape:
    """The item's draft in one of `states`; raises WrongState and, with another version, StaleDraft."""
    draft = item.draft
    if draft is None:
        raise WrongState(_("There is no draft of this any more; open the item to see what became of it."))
    if version is not None and draft.version != version:
        raise stale(draft.version)
    if draft.state not in states:
        raise WrongState(
            _("The draft has moved on since you opened it; open the item again to see where it stands.")
        )
    return draft


def stale(version: int) -> StaleDraft:
    """The outcome of a save from an older form."""
    return StaleDraft(
        _("Somebody else saved this while you were writing. Both versions are shown; nothing was lost."),
        version,
    )


def move(session: Session, draft: DraftShape, values: Mapping[str, Any]) -> int:
    """Change the draft if it is still the version given, and count the version; raises StaleDraft."""
    done = session.execute(
        update(Draft)
        .where(Draft.item_id == draft.item_id, Draft.version == draft.version)
        .values(**values, version=Draft.version + 1)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise stale(draft.version + 1)
    return draft.version + 1


def add_revision(
    session: Session, item_id: int, event: str, cells: Cells, actor: Actor | None, note: str | None = None
) -> int:
    """Keep the cells as they stand at this event; gives the revision's number."""
    last = session.execute(select(func.max(Revision.number)).where(Revision.item_id == item_id)).scalar()
    number = (last or 0) + 1
    session.execute(
        insert(Revision).values(
            item_id=item_id,
            number=number,
            event=event,
            cells=cells,
            made_at=now(),
            made_by_id=actor.id if actor else None,
            note=note,
        )
    )
    return number


def touch(session: Session, item: ItemShape, cells: Cells, **values: Any) -> None:
    """Bring the item's line in the lists up to its newest cells."""
    kept = records()
    session.execute(
        update(Item)
        .where(Item.id == item.id)
        .values(
            title=kept.title(item.kind, cells),
            marks=kept.marks(item.kind, cells),
            changed_at=now(),
            **values,
        )
        .execution_options(synchronize_session=False)
    )


def note_audit(session: Session, actor: Actor | None, action: str, item: ItemShape, **details: Any) -> None:
    """Enter the action in the audit trail (ids, numbers, names of columns, never what was typed) and tell of it."""
    known = {"kind": item.kind, "record": item.record_id, "region": item.region_code}
    actor_id = actor.id if actor else None
    record(session, actor_id, action, f"item:{item.id}", {**known, **details})
    tell_move(session, Move(action, item, actor_id))


def draft_region(session: Session, item: ItemShape, cells: Cells) -> str | None:
    """The region the record will belong to once these cells are published; raises NotFound for one that is none."""
    return known_region(records().region(session, item.kind, cells)) or item.region_code


def known_region(region_code: str | None) -> str | None:
    """The code again; raises NotFound where no region has it."""
    if region_code and not region_exists(region_code):
        raise NotFound(_("There is no region with this code."))
    return region_code


def writers_of(history: Sequence[RevisionShape], number: int) -> set[int]:
    """Who wrote the words of a revision, back to the last one that was public; `history` is newest first."""
    found: set[int] = set()
    for one in history:
        if one.number <= number and one.event in ("published", "withdrawn", "loaded"):
            break
        if one.number <= number and one.event in ("saved", "submitted") and one.made_by_id is not None:
            found.add(one.made_by_id)
    return found


def require_role(actor: Actor, item: ItemShape, *roles: str) -> None:
    """Raise NotAllowed unless the actor has one of the roles in the item's region."""
    require(actor, item.region_code, *roles)


def reason_of(text: str | None, sentence: str) -> str:
    """The reason without spaces around it; raises ReasonMissing with `sentence` where it says nothing."""
    reason = one_line(text)
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing(sentence)
    if len(reason) > LONGEST_REASON:
        raise ReasonMissing(
            _("The reason is too long: shorten it to %(most)s characters.", most=LONGEST_REASON)
        )
    if holds_id_number(reason):
        raise ReasonMissing(id_number_sentence())
    return reason


class whole:  # noqa: N801
    """One publication at a time, whole or not at all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        self._session.rollback()
        lock_content(self._session)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self._session.commit()
        else:
            self._session.rollback()
