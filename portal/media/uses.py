"""Which published texts show which pictures: what makes a picture public, told by the domains that hold texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sqlalchemy import delete, insert, select

from portal.core.database import AnySession
from portal.media.models import Picture, PictureUse

ADDRESS = re.compile(r"/gambar/([0-9a-f]{32})-[0-9]{1,5}\.webp")
# (kind, id of the record, a text of it)
PublishedText = tuple[str, str, str]
Texts = Callable[[AnySession], Iterable[PublishedText]]

_holders: list[Texts] = []


def look_for_pictures_in(texts: Texts) -> None:
    """Have the published texts of a domain looked through at each publication."""
    if texts not in _holders:
        _holders.append(texts)


def names_in(text: str) -> frozenset[str]:
    """The names of the pictures that a text refers to."""
    return frozenset(ADDRESS.findall(text))


def refresh_uses(session: AnySession) -> None:
    """Bring the table of uses in line with what is published; called within each publication."""
    wanted = _wanted(session)
    rows = session.execute(select(PictureUse.image_id, PictureUse.kind, PictureUse.record_id))
    present = {(row.image_id, row.kind, row.record_id) for row in rows}
    for image_id, kind, record_id in present - wanted:
        session.execute(
            delete(PictureUse).where(
                PictureUse.image_id == image_id, PictureUse.kind == kind, PictureUse.record_id == record_id
            )
        )
    if wanted - present:
        keys = ("image_id", "kind", "record_id")
        session.execute(insert(PictureUse), [dict(zip(keys, use, strict=True)) for use in wanted - present])


def _wanted(session: AnySession) -> set[tuple[int, str, str]]:
    named = {
        (name, kind, record_id)
        for texts in _holders
        for kind, record_id, text in texts(session)
        for name in names_in(text)
    }
    if not named:
        return set()
    rows = session.execute(select(Picture.name, Picture.id))
    ids = {row.name: row.id for row in rows}
    return {(ids[name], kind, record_id) for name, kind, record_id in named if name in ids}
