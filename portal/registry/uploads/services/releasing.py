"""A list is published, published again or taken back from the desk: who may, and with which words."""

from __future__ import annotations

import re
from typing import Final

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.i18n import gettext as _
from portal.registry.errors import ListCannotMove, UnknownList
from portal.registry.queries import find_list, find_program_region
from portal.registry.services.keys import registry_engine
from portal.registry.services.publication import publish_list, restore_list, withdraw_list
from portal.registry.shapes import EnrolmentList
from portal.registry.uploads.queries import ROLE

LONGEST_REASON: Final = 500
# A reason is read by colleagues and kept: no number of a person belongs in it.
PERSONAL_NUMBER: Final = re.compile(r"(?:\d[\s.\-]?){12,}")


def publish(actor: Actor, list_id: int, seen: frozenset[int]) -> EnrolmentList:
    """Publish a list, or publish one again; `seen` are the lists that the page said it replaces.

    Raises UnknownList, NotAllowed, ListCannotMove, ReplacesOthers (the page was outdated).
    """
    found = _may_move(actor, list_id)
    if found.state == "published":
        return found
    step = publish_list if found.state == "staged" else restore_list
    return step(list_id, actor=f"staff:{actor.id}", replaces=seen)


def withdraw(actor: Actor, list_id: int, reason: str) -> EnrolmentList:
    """Take a list back, or throw away one that was never published; a published one needs a reason.

    Raises UnknownList, NotAllowed, ListCannotMove.
    """
    found = _may_move(actor, list_id)
    if found.state != "staged" and not reason:
        raise ListCannotMove(_("Say why the list is withdrawn."))
    if PERSONAL_NUMBER.search(reason):
        raise ListCannotMove(_("The reason holds a long number. Leave numbers of persons out of it."))
    return withdraw_list(list_id, actor=f"staff:{actor.id}", reason=reason[:LONGEST_REASON])


def _may_move(actor: Actor, list_id: int) -> EnrolmentList:
    with registry_engine().connect() as connection:
        found = find_list(connection, list_id)
    if found is None:
        raise UnknownList(_("There is no list %(id)s in your regions.", id=list_id))
    require(actor, find_program_region(found.cover.program), ROLE)
    return found
