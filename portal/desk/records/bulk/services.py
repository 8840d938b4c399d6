"""Keeps all statements of a sheet as drafts in one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.desk.records.bulk.header import KIND
from portal.extensions import db
from portal.opendata.naming import base_id
from portal.opendata.values import IDENTIFIER
from portal.publishing import queries
from portal.publishing.models import Item
from portal.publishing.outcomes import IdTaken
from portal.publishing.services.editing import add_item
from portal.publishing.shapes import Cells


def taken_ids() -> set[str]:
    """The ids statements have, published or not."""
    return set(db.session().execute(select(Item.record_id).where(Item.kind == KIND)).scalars())


def is_id(text: str) -> bool:
    """Whether a sheet may give a statement this id."""
    return bool(IDENTIFIER.fullmatch(text))


def keep_all(actor: Actor, statements: Iterable[Cells], nonce: str) -> int:
    """Begin a draft for each, all or none; tells how many. The same form once more keeps nothing twice.

    Raises NotAllowed, IdTaken.
    """
    session, statements = db.session(), list(statements)
    if queries.find_item_by_nonce(session, _nonce(actor, nonce, 0)) is not None:
        return len(statements)
    taken = taken_ids()
    try:
        for number, cells in enumerate(statements):
            whole = {**cells, "id": cells.get("id") or _new_id(cells, taken)}
            taken.add(whole["id"])
            add_item(session, actor, KIND, None, whole, nonce=_nonce(actor, nonce, number))
        session.commit()
    except IntegrityError:
        session.rollback()
        if queries.find_item_by_nonce(session, _nonce(actor, nonce, 0)) is not None:
            return len(statements)
        raise IdTaken(
            _("Somebody began a record with one of these ids at this moment: send the sheet again.")
        ) from None
    except BaseException:
        session.rollback()
        raise
    return len(statements)


def _nonce(actor: Actor, nonce: str, number: int) -> str:
    return f"{actor.id}:{nonce[:64]}:{number}"


def _new_id(cells: Cells, taken: set[str]) -> str:
    base = base_id(KIND, cells, None)
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found
