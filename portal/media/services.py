"""Writes of pictures: upload, alternative texts, deletion; each checks the account's role in the picture's region."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.areas.queries import region_exists
from portal.core.audit import record
from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.media.models import Picture, PictureFile
from portal.media.outcomes import PictureInUse, PictureRefused, PictureThere
from portal.media.queries import get_picture, is_public, list_uses
from portal.media.shapes import PictureCard
from portal.publishing.services import publish_change

if TYPE_CHECKING:
    from portal.media.encoding import EncodedPicture

ROLES = ("editor", "reviewer")
PUBLIC_ROLES = ("reviewer",)


def add_picture(actor: Actor, region_code: str, data: bytes, alt_id: str, alt_en: str) -> int:
    """Keep an uploaded picture, written anew in every width, and give its id.

    Raises NotAllowed, PictureRefused, and PictureThere where the region has it already.
    """
    # Pillow comes with the first upload, not with every worker.
    from portal.media.encoding import encode_picture

    require(actor, region_code, *ROLES)
    if not region_exists(region_code):
        raise PictureRefused(_("Choose a region of the list."))
    encoded = encode_picture(data)
    name = encoded.name(region_code)
    _refuse_twice(name)
    try:
        picture_id = _insert(actor, region_code, encoded, alt_id, alt_en)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        _refuse_twice(name)
        raise
    except BaseException:
        db.session.rollback()
        raise
    return picture_id


def describe_picture(actor: Actor, picture_id: int, alt_id: str, alt_en: str) -> None:
    """Change the alternative texts; published pages show them at once. Raises NotFound, NotAllowed."""
    picture = get_picture(actor, picture_id)
    require(actor, picture.region_code, *_describers(picture_id))
    db.session.execute(update(Picture).where(Picture.id == picture_id).values(alt_id=alt_id, alt_en=alt_en))
    _note(actor, "picture.described", picture_id, picture.region_code)
    publish_change(db.session)
    db.session.commit()


def may_describe(actor: Actor, picture: PictureCard) -> bool:
    """Whether the account may change the alternative texts."""
    return actor.may_any(_describers(picture.id), picture.region_code)


def _describers(picture_id: int) -> tuple[str, ...]:
    """What the public reads already is changed by those who may publish."""
    return PUBLIC_ROLES if is_public(picture_id) else ROLES


def delete_picture(actor: Actor, picture_id: int) -> None:
    """Delete a picture that no published text and no draft shows. Raises NotFound, NotAllowed, PictureInUse."""
    picture = get_picture(actor, picture_id)
    require(actor, picture.region_code, *ROLES)
    if list_uses(picture):
        raise PictureInUse(_("A text shows this picture. Take it out of the text first."))
    db.session.execute(delete(Picture).where(Picture.id == picture_id))
    _note(actor, "picture.deleted", picture_id, picture.region_code)
    try:
        db.session.commit()
    except IntegrityError:
        # Published in this very moment.
        db.session.rollback()
        raise PictureInUse(_("A text shows this picture. Take it out of the text first.")) from None


def _insert(actor: Actor, region_code: str, encoded: EncodedPicture, alt_id: str, alt_en: str) -> int:
    picture_id = db.session.execute(
        insert(Picture)
        .values(
            name=encoded.name(region_code),
            region_code=region_code,
            alt_id=alt_id,
            alt_en=alt_en,
            width=encoded.largest.width,
            height=encoded.largest.height,
            uploaded_at=datetime.now(UTC),
            uploaded_by_id=actor.id,
        )
        .returning(Picture.id)
    ).scalar_one()
    files = [
        {"image_id": picture_id, "width": file.width, "height": file.height, "body": file.body}
        for file in encoded.files
    ]
    db.session.execute(insert(PictureFile), files)
    _note(actor, "picture.added", picture_id, region_code)
    return picture_id


def _refuse_twice(name: str) -> None:
    present = db.session.execute(select(Picture.id).where(Picture.name == name)).scalar_one_or_none()
    if present is not None:
        raise PictureThere(_("Your region has this picture already. Here it is."), present)


def _note(actor: Actor, action: str, picture_id: int, region_code: str) -> None:
    record(db.session, actor.id, action, f"picture:{picture_id}", {"region": region_code})
