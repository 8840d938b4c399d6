"""Reads of pictures."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, exists, func, or_, select

from portal.accounts.permissions import require_sight
from portal.accounts.shapes import Actor
from portal.areas.models import Region
from portal.areas.queries import list_regions
from portal.core.errors import NotFound
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.extensions import db, read
from portal.media.models import Picture, PictureFile, PictureUse
from portal.media.permits import PARAMETER, permit
from portal.media.shapes import Choices, PictureCard, PictureFilter, PictureUseShape, TextPicture
from portal.publishing.models import Draft, Item

_CARDS = select(
    Picture.id,
    Picture.name,
    Picture.region_code,
    Region.name.label("region_name"),
    Picture.alt_id,
    Picture.alt_en,
    Picture.width,
    Picture.height,
    Picture.uploaded_at,
).join(Region, Region.code == Picture.region_code)
_FILE = (
    select(Picture.region_code, PictureFile.body, exists().where(PictureUse.image_id == Picture.id))
    .join(PictureFile, PictureFile.image_id == Picture.id)
    .where(Picture.name == bindparam("name"), PictureFile.width == bindparam("width"))
)
_SIZES = (
    select(Picture.name, Picture.alt_id, Picture.alt_en, PictureFile.width, PictureFile.height)
    .join(PictureFile, PictureFile.image_id == Picture.id)
    .where(Picture.name.in_(bindparam("names", expanding=True)))
    .order_by(Picture.name, PictureFile.width)
)


def count_pictures(actor: Actor, wanted: PictureFilter) -> int:
    """How many pictures the filter leaves."""
    query = select(func.count()).select_from(Picture).where(*_conditions(wanted))
    return db.session.execute(query).scalar_one() if _may_see(actor, wanted) else 0


def list_pictures(
    actor: Actor, wanted: PictureFilter, *, limit: int, offset: int = 0
) -> tuple[PictureCard, ...]:
    """Pictures of regions that the account sees, newest first."""
    if not _may_see(actor, wanted):
        return ()
    query = _CARDS.where(*_conditions(wanted)).order_by(Picture.uploaded_at.desc(), Picture.id.desc())
    return tuple(PictureCard(*row) for row in db.session.execute(query.limit(limit).offset(offset)))


def get_picture(actor: Actor, picture_id: int) -> PictureCard:
    """One picture; raises NotFound, NotAllowed for another region's."""
    row = db.session.execute(_CARDS.where(Picture.id == picture_id)).one_or_none()
    if row is None:
        raise NotFound(_("This picture is not here any more."))
    require_sight(actor, row.region_code)
    return PictureCard(*row)


def is_public(picture_id: int) -> bool:
    """Whether something published shows the picture."""
    query = select(PictureUse.image_id).where(PictureUse.image_id == picture_id).limit(1)
    return db.session.execute(query).first() is not None


def list_uses(picture: PictureCard) -> tuple[PictureUseShape, ...]:
    """The published records and the drafts that show a picture, published ones first.

    Drafts of other regions are there without their words: they keep the picture from being deleted all the same.
    """
    published = (
        select(PictureUse.record_id, Item.id, Item.title)
        .outerjoin(Item, (Item.kind == PictureUse.kind) & (Item.record_id == PictureUse.record_id))
        .where(PictureUse.image_id == picture.id)
        .order_by(PictureUse.record_id)
    )
    drafts = (
        select(Item.record_id, Item.id, Item.title)
        .join(Draft, Draft.item_id == Item.id)
        .where(_in_draft(picture.name))
        .order_by(Item.id)
    )
    own = Item.region_code == picture.region_code
    foreign = db.session.execute(drafts.where(~own | Item.region_code.is_(None))).all()
    hidden = [PictureUseShape(_("a draft of another region"), None, False) for _row in foreign]
    return (*_uses(published, is_public=True), *_uses(drafts.where(own), is_public=False), *hidden)


def find_file(name: str, width: int) -> tuple[str, bytes, bool] | None:
    """Region code, bytes and whether something published shows it, or None; `name` is 32 hexadecimal digits."""
    row = read(_FILE, {"name": name, "width": width}).one_or_none()
    return (row[0], bytes(row[1]), bool(row[2])) if row else None


def find_text_pictures(names: Collection[str], *, permitted: bool = False) -> tuple[TextPicture, ...]:
    """Pictures as a text shows them, by name; `permitted` adds a permit for previews without an account."""
    if not names:
        return ()
    found: dict[str, list[Any]] = {}
    for row in read(_SIZES, {"names": sorted(names)}):
        found.setdefault(row.name, []).append(row)
    english = language() == "en"
    return tuple(
        TextPicture(
            name,
            rows[0].alt_en if english else rows[0].alt_id,
            tuple((row.width, row.height) for row in rows),
            f"?{PARAMETER}={permit(name)}" if permitted else "",
        )
        for name, rows in sorted(found.items())
    )


def seen_regions(actor: Actor) -> Choices:
    """The regions whose pictures the account sees, as (code, name)."""
    return tuple((region.code, region.name) for region in list_regions() if actor.sees(region.code))


def own_regions(actor: Actor, *roles: str) -> Choices:
    """The regions where the account has one of the roles, as (code, name)."""
    return tuple((region.code, region.name) for region in list_regions() if actor.may_any(roles, region.code))


def _may_see(actor: Actor, wanted: PictureFilter) -> bool:
    regions = wanted.regions
    return actor.sees(None) if regions is None else all(actor.sees(code) for code in regions)


def _conditions(wanted: PictureFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.regions is not None:
        conditions.append(Picture.region_code.in_(wanted.regions))
    if wanted.words:
        words = wanted.words.lower()
        conditions.append(
            or_(
                func.lower(Picture.alt_id).contains(words, autoescape=True),
                func.lower(Picture.alt_en).contains(words, autoescape=True),
            )
        )
    return conditions


def _in_draft(name: str) -> ColumnElement[bool]:
    """The name is hexadecimal, so it stands in the cells' JSON as it is."""
    return cast(Draft.cells, Text).contains(name)


def _uses(query: Select[str, int, str], *, is_public: bool) -> tuple[PictureUseShape, ...]:
    rows = db.session.execute(query)
    return tuple(
        PictureUseShape(title or record_id, item_id, is_public) for record_id, item_id, title in rows
    )
