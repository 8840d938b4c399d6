"""Conditions on items: what an account sees, and where it holds a role; nothing is counted beyond them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from portal.accounts.shapes import EVERYWHERE, Actor
from portal.publishing.models import Item


def in_sight(actor: Actor, region: str = "", column: Any = Item.region_code) -> ColumnElement[bool]:
    """What the account may read, narrowed to one region (a province with its regencies) where one is given."""
    codes = actor.regions()
    seen = true() if EVERYWHERE in codes else or_(false(), *(_within(code, column) for code in codes))
    return seen & _within(region, column) if region else seen


def where_holds(actor: Actor, role: str, region: str = "") -> ColumnElement[bool]:
    """Where the account holds the role, narrowed to one region where one is given."""
    codes = actor.regions(role)
    if EVERYWHERE in codes:
        held: ColumnElement[bool] = true()
    else:
        held = Item.region_code.in_(codes) if codes else false()
    return held & _within(region, Item.region_code) if region else held


def _within(code: str, column: Any) -> ColumnElement[bool]:
    """The region itself and, of a province, its regencies."""
    found: ColumnElement[bool] = column == code
    return found if "." in code else found | column.startswith(f"{code}.")
