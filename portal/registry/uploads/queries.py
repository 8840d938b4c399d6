"""Reads of uploads and lists for the desk, each limited to the regions the account may read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Row, select

from portal.accounts.shapes import Actor
from portal.areas.models import Region
from portal.core.i18n import gettext as _
from portal.core.i18n import language
from portal.core.jobs import Job, JobState, find_job
from portal.extensions import db
from portal.programs.models import Program
from portal.registry.errors import UnknownList, UnknownUpload
from portal.registry.models import uploads
from portal.registry.queries import find_list, list_lists
from portal.registry.shapes import Cover, EnrolmentList
from portal.registry.uploads.records import read_report
from portal.registry.uploads.shapes import ListRow, ProgramChoice, Upload, UploadReport, UploadRow

ROLE = "registrar"
READ_JOB = "registry.read_list"
OPEN_STATES = ("received", "reading", "held")
_UPLOADS = select(
    uploads.c.id,
    uploads.c.account_id,
    uploads.c.state,
    uploads.c.created_at,
    uploads.c.program,
    uploads.c.funding_source,
    uploads.c.first_month,
    uploads.c.last_month,
    uploads.c.spool,
    uploads.c.file_size,
    uploads.c.file_format,
    uploads.c.sha256,
    uploads.c.list_id,
)


def may_read(actor: Actor, region_code: str) -> bool:
    """Whether the account's role of registrar reaches this region: a province's registrar reads its regencies."""
    return Actor(actor.id, "", tuple(g for g in actor.grants if g.role == ROLE)).sees(region_code)


def list_programs(actor: Actor, *, to_write: bool) -> list[ProgramChoice]:
    """The programmes whose lists the account may read, or bring and publish."""
    name = Program.name_en if language() == "en" else Program.name_id
    query = select(Program.id, name.label("name"), Region.code, Region.name.label("region")).join(
        Region, Region.code == Program.region_code
    )
    rows = db.session.execute(query.order_by(Region.name, name))
    allowed: Callable[[str], bool] = (
        (lambda code: actor.may(ROLE, code)) if to_write else (lambda code: may_read(actor, code))
    )
    return [
        ProgramChoice(row.id, row.name or row.id, row.code, row.region) for row in rows if allowed(row.code)
    ]


def list_rows(actor: Actor) -> list[ListRow]:
    """The lists of the regions the account may read, newest first."""
    programs = {program.slug: program for program in list_programs(actor, to_write=False)}
    with db.engines["registry"].connect() as connection:
        found = list_lists(connection)
    return [_list_row(one, programs[one.cover.program]) for one in found if one.cover.program in programs]


def get_list_row(actor: Actor, list_id: int) -> ListRow:
    """One list; raises UnknownList where there is none or it is another region's."""
    programs = {program.slug: program for program in list_programs(actor, to_write=False)}
    with db.engines["registry"].connect() as connection:
        found = find_list(connection, list_id)
    if found is None or found.cover.program not in programs:
        raise UnknownList(_("There is no list %(id)s in your regions.", id=list_id))
    return _list_row(found, programs[found.cover.program])


def list_open_uploads(actor: Actor) -> list[UploadRow]:
    """Uploads that wait for somebody or for the worker, in the regions the account may read, newest first."""
    programs = {program.slug: program for program in list_programs(actor, to_write=False)}
    query = _UPLOADS.where(uploads.c.state.in_(OPEN_STATES), uploads.c.program.in_(list(programs)))
    with db.engines["registry"].connect() as connection:
        found = [_upload(row) for row in connection.execute(query.order_by(uploads.c.id.desc()))]
    return [_upload_row(one, programs[one.cover.program]) for one in found]


def get_upload_row(actor: Actor, upload_id: int) -> UploadRow:
    """One upload; raises UnknownUpload where there is none or it is another region's."""
    programs = {program.slug: program for program in list_programs(actor, to_write=False)}
    found = find_upload(upload_id)
    if found is None or found.cover.program not in programs:
        raise UnknownUpload(_("There is no such upload in your regions."))
    return _upload_row(found, programs[found.cover.program])


def find_upload(upload_id: int) -> Upload | None:
    """An upload by its number, whoever's."""
    return _find(uploads.c.id == upload_id)


def find_upload_of_form(form_token: str) -> Upload | None:
    """The upload that a form has made already."""
    return _find(uploads.c.form_token == form_token)


def find_choice(upload_id: int) -> str | None:
    """The confirmed columns of an upload, as JSON."""
    with db.engines["registry"].connect() as connection:
        return connection.execute(
            select(uploads.c.choice).where(uploads.c.id == upload_id)
        ).scalar_one_or_none()


def find_report(upload_id: int) -> UploadReport | None:
    """What became of an upload's file, once it is read."""
    with db.engines["registry"].connect() as connection:
        text = connection.execute(
            select(uploads.c.report).where(uploads.c.id == upload_id)
        ).scalar_one_or_none()
    return read_report(text) if text else None


def find_upload_of_list(list_id: int) -> int | None:
    """The upload that a list came from; None for one brought by command."""
    query = select(uploads.c.id).where(uploads.c.list_id == list_id).order_by(uploads.c.id).limit(1)
    with db.engines["registry"].connect() as connection:
        return connection.execute(query).scalar_one_or_none()


def find_open_copy(sha256: str, cover: Cover) -> int | None:
    """An upload of the very same file for the same cover that is still on its way."""
    query = select(uploads.c.id).where(
        uploads.c.sha256 == sha256,
        uploads.c.program == cover.program,
        uploads.c.funding_source == cover.funding_source,
        uploads.c.first_month == cover.first_month,
        uploads.c.last_month == cover.last_month,
        uploads.c.state.in_(("received", "reading")),
    )
    with db.engines["registry"].connect() as connection:
        return connection.execute(query.order_by(uploads.c.id).limit(1)).scalar_one_or_none()


def find_reading_job(upload_id: int) -> JobState | None:
    """The worker's latest job for this upload; None where it was lost before it was handed over."""
    mine = (Job.name == READ_JOB, Job.arguments == json.dumps({"upload_id": upload_id}))
    number = db.session.scalar(select(Job.id).where(*mine).order_by(Job.id.desc()).limit(1))
    return None if number is None else find_job(db.session, number)


def _find(condition: Any) -> Upload | None:
    with db.engines["registry"].connect() as connection:
        row = connection.execute(_UPLOADS.where(condition)).one_or_none()
    return None if row is None else _upload(row)


def _upload(row: Row[*tuple[Any, ...]]) -> Upload:
    return Upload(
        id=row.id,
        account_id=row.account_id,
        state=row.state,
        created_at=row.created_at,
        cover=Cover(row.program, row.funding_source, row.first_month, row.last_month),
        spool=row.spool or "",
        size=row.file_size,
        file_format=row.file_format,
        sha256=row.sha256,
        list_id=row.list_id,
    )


def _list_row(found: EnrolmentList, program: ProgramChoice) -> ListRow:
    return ListRow(found, program.name, program.region_code, program.region)


def _upload_row(found: Upload, program: ProgramChoice) -> UploadRow:
    return UploadRow(found, program.name, program.region_code, program.region)
