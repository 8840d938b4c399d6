"""Who wants to hear of every step of a draft, such as the notices that go out by mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.database import AnySession
from portal.publishing.shapes import ItemShape


@dataclass(frozen=True, slots=True)
class Move:
    """One step, told within its transaction: the action's name in the audit trail, the item before it, who took it."""

    action: str
    item: ItemShape
    actor_id: int | None


Listener = Callable[[AnySession, Move], None]
_listeners: list[Listener] = []


def on_move(listener: Listener) -> None:
    """Have `listener(session, move)` called at every step of every draft."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_move(session: AnySession, move: Move) -> None:
    """Call every listener."""
    for listener in _listeners:
        listener(session, move)
