"""A file comes in: who may bring it, whether it is known already, and its confirmed columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.permissions import require
from portal.accounts.shapes import Actor
from portal.core.audit import Detail, record
from portal.core.i18n import gettext as _
from portal.core.jobs import enqueue
from portal.extensions import db
from portal.registry.errors import SameFile, UnknownProgram, UnknownUpload, UploadCannotMove
from portal.registry.lists import FileHeld, open_list
from portal.registry.lists.header import Choice
from portal.registry.lists.sources import Source
from portal.registry.models import uploads
from portal.registry.queries import find_program_region, find_same_file, place_key, read_villages
from portal.registry.services.keys import registry_engine
from portal.registry.services.storing import patient_step
from portal.registry.shapes import Cover
from portal.registry.uploads.preview import make_preview
from portal.registry.uploads.queries import (
    READ_JOB,
    ROLE,
    find_open_copy,
    find_reading_job,
    find_upload,
    find_upload_of_form,
)
from portal.registry.uploads.records import write_choice
from portal.registry.uploads.services.spooling import ArrivingList, open_spool, refuse
from portal.registry.uploads.shapes import Preview, Upload


def receive(actor: Actor, cover: Cover, file: ArrivingList, form_token: str) -> int:
    """Keep an arrived file for its confirmation and give the upload's number; the same form gives the same one.

    Raises NotAllowed, UnknownProgram, UploadRefused, SameFile (it is a list already).
    """
    region = find_program_region(cover.program)
    if region is None:
        raise UnknownProgram(_("Choose one of the programmes of your region."))
    require(actor, region, ROLE)
    if file.refused or not file.size:
        raise refuse(file.refused or "no_rows")
    token = hashlib.sha256(f"{actor.id}|{form_token}|{file.sha256}|{cover}".encode()).hexdigest()
    known = find_upload_of_form(token)
    if known is not None:
        return known.id
    _refuse_copy(file.sha256, cover)
    spool, name = open_spool(), file.keep()
    try:
        file_format = _look(spool.source(name), region)[0]
        number = _insert(actor, cover, file, token, file_format)
    except IntegrityError:
        # The same form came twice at once, and the other one was first.
        spool.delete(name)
        return _get(find_upload_of_form(token)).id
    except BaseException:
        spool.delete(name)
        raise
    details: dict[str, Detail] = {"bytes": file.size, "format": file_format}
    _note(actor, "list.uploaded", number, cover.program, details)
    return number


def preview(upload: Upload) -> Preview:
    """The masked top of a kept file; raises UploadRefused where it turns out to be no table."""
    region = find_program_region(upload.cover.program) or ""
    return _look(open_spool().source(upload.spool), region)[1]


def confirm(actor: Actor, upload_id: int, choice: Choice) -> None:
    """Take the confirmed columns and hand the file to the worker.

    Raises UnknownUpload, NotAllowed, UploadCannotMove (it is being read already, or discarded).
    """
    upload = _may_touch(actor, upload_id)
    if not _move(upload_id, "received", state="reading", choice=write_choice(choice)):
        raise UploadCannotMove(_("This file is no longer waiting for its columns. See how far it is."))
    # A crash between the two is mended with `read_again`.
    enqueue(db.session, READ_JOB, upload_id=upload_id)
    _note(actor, "list.columns_confirmed", upload_id, upload.cover.program, {})


def read_again(actor: Actor, upload_id: int) -> None:
    """Hand a file to the worker once more, where the work was lost or given up.

    Raises UnknownUpload, NotAllowed, UploadCannotMove.
    """
    upload = _may_touch(actor, upload_id)
    job = find_reading_job(upload_id)
    if upload.state != "reading" or (job is not None and job.state in ("queued", "running")):
        raise UploadCannotMove(_("The file is being read or was read. See how far it is."))
    enqueue(db.session, READ_JOB, upload_id=upload_id)
    _note(actor, "list.read_again", upload_id, upload.cover.program, {})


def discard(actor: Actor, upload_id: int) -> None:
    """Throw a file away, before or while it is read, or after it was held back.

    Raises UnknownUpload, NotAllowed, UploadCannotMove (it is a list by now).
    """
    upload = _may_touch(actor, upload_id)
    if not _move(upload_id, "received", "reading", "held", state="discarded", spool=None):
        raise UploadCannotMove(_("This file is a list by now, or was thrown away already."))
    if upload.spool:
        open_spool().delete(upload.spool)
    _note(actor, "list.upload_discarded", upload_id, upload.cover.program, {})


def _refuse_copy(sha256: str, cover: Cover) -> None:
    with registry_engine().connect() as connection:
        same = find_same_file(connection, sha256, cover)
    if same is not None:
        raise SameFile(
            _("This very file is list %(id)s already; nothing was added.", id=same.id), list_id=same.id
        )
    copy = find_open_copy(sha256, cover)
    if copy is not None:
        raise SameFile(_("This very file was uploaded before and waits here."), upload_id=copy)


def _look(source: Source, region: str) -> tuple[str, Preview]:
    places = {place_key(part) for key in read_villages(region) for part in key if part}
    try:
        file = open_list(source)
        return file.file_format, make_preview(file.table, places)
    except FileHeld as held:
        raise refuse(held.reason) from None


def _insert(actor: Actor, cover: Cover, file: ArrivingList, token: str, file_format: str) -> int:
    now = datetime.now(UTC)
    values = {
        "form_token": token,
        "account_id": actor.id,
        "state": "received",
        "created_at": now,
        "changed_at": now,
        "program": cover.program,
        "funding_source": cover.funding_source,
        "first_month": cover.first_month,
        "last_month": cover.last_month,
        "spool": file.name,
        "file_size": file.size,
        "file_format": file_format,
        "sha256": file.sha256,
    }
    with patient_step(registry_engine()) as connection:
        return int(connection.execute(insert(uploads).values(values).returning(uploads.c.id)).scalar_one())


def _may_touch(actor: Actor, upload_id: int) -> Upload:
    upload = _get(find_upload(upload_id))
    require(actor, find_program_region(upload.cover.program), ROLE)
    return upload


def _get(found: Upload | None) -> Upload:
    if found is None:
        raise UnknownUpload(_("There is no such upload in your regions."))
    return found


def _move(upload_id: int, *states: str, **values: object) -> bool:
    """Change an upload that is in one of these states; False where it is in none of them."""
    change = update(uploads).where(uploads.c.id == upload_id, uploads.c.state.in_(states))
    with patient_step(registry_engine()) as connection:
        return connection.execute(change.values(changed_at=datetime.now(UTC), **values)).rowcount == 1


def _note(actor: Actor, action: str, upload_id: int, program: str, details: Mapping[str, Detail]) -> None:
    """With the region, by which its administrators find the entry."""
    known = {"program": program, "region": find_program_region(program)}
    record(db.session, actor.id, action, f"upload:{upload_id}", {**known, **details})
    db.session.commit()
