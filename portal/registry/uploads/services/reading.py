"""The worker reads a confirmed file: into a list, or into a report that says why not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from portal.core.audit import record
from portal.core.database import AnySession
from portal.core.full_disk import is_full
from portal.core.i18n import gettext as _
from portal.core.jobs import Running, chore, job
from portal.extensions import db
from portal.registry.errors import ReadingStopped, UploadCannotMove
from portal.registry.lists.header import Choice
from portal.registry.models import uploads
from portal.registry.queries import find_program_region
from portal.registry.services.keys import registry_engine
from portal.registry.services.staging import stage_list
from portal.registry.services.storing import patient_step
from portal.registry.shapes import ImportReport
from portal.registry.uploads.queries import READ_JOB, find_choice, find_upload, find_upload_of_list
from portal.registry.uploads.records import read_choice, write_report
from portal.registry.uploads.services.spooling import open_spool
from portal.registry.uploads.shapes import Upload

WAITS_FOR_COLUMNS: Final = timedelta(days=7)
# A file without an upload: its web process died between the two. The longest upload is well below this.
ORPHAN_SECONDS: Final = 24 * 3600.0

Tell = Callable[[int], None]
log = logging.getLogger("portal.registry")


@job(READ_JOB)
def read_list(running: Running, upload_id: int) -> str:
    """Read one upload as the worker's job; done twice, it comes out the same. Raises ReadingStopped."""
    upload = find_upload(upload_id)
    size = max(upload.size if upload else 0, 1)
    try:
        stage_upload(
            upload_id,
            lambda done: running.tell(done * 100 // size, _("%(share)s%% read", share=done * 100 // size)),
        )
    except (DBAPIError, OSError) as error:
        # Without the message: it may quote what was to be stored.
        log.error("upload %s: reading stopped: %s", upload_id, type(error).__name__)
        raise ReadingStopped(_why(error)) from None
    return _("The file is read.")


def _why(error: DBAPIError | OSError) -> str:
    """What stopped the reading and what to do, for the registrar who waits."""
    if is_full(error):
        return _(
            "The disk was full while the file was read. No list was made and the file is kept: have room made, "
            "then read it again."
        )
    if isinstance(error, DBAPIError):
        return _(
            "The registry's database did not answer while the file was read. No list was made and the file is kept: "
            "read it again."
        )
    return _("The file cannot be read any more. Throw it away and bring it again.")


def stage_upload(upload_id: int, progress: Tell = lambda done: None) -> None:
    """Read a confirmed file into a staged list; `progress` hears the bytes read so far. Nothing for one that is over.

    A crash leaves no list and the upload as it was, to be read again.
    """
    upload = find_upload(upload_id)
    if upload is None or upload.state != "reading":
        return
    choice, spool = read_choice(find_choice(upload_id) or ""), open_spool()
    source, actor = spool.source(upload.spool), f"staff:{upload.account_id}"
    finish = partial(_finish, upload)
    progress(0)
    report = stage_list(source, upload.cover, actor=actor, progress=progress, choice=choice, then=finish)
    if report.is_known:
        report = _explain_known(upload, report, choice)
    if report.list_id is None or report.is_known:
        with patient_step(registry_engine()) as connection:
            finish(connection, report)
    spool.delete(upload.spool)
    details = {
        "region": find_program_region(upload.cover.program),
        "list": report.list_id,
        "rows": report.rows,
        "accepted": report.accepted,
        "held": report.reason,
    }
    record(db.session, upload.account_id, "list.read", f"upload:{upload.id}", details)
    db.session.commit()


def _explain_known(upload: Upload, report: ImportReport, choice: Choice) -> ImportReport:
    """A list that another upload or a command made of the same file: its report, made anew."""
    if report.list_id is None or find_upload_of_list(report.list_id) is not None:
        return report
    source = open_spool().source(upload.spool)
    told = stage_list(source, upload.cover, actor="", check_only=True, choice=choice)
    told.list_id, told.is_known = report.list_id, True
    return told


def _finish(upload: Upload, connection: Connection, report: ImportReport) -> None:
    """Write down what became of the file; raises UploadCannotMove where it was discarded in the meantime."""
    change = update(uploads).where(uploads.c.id == upload.id, uploads.c.state == "reading")
    done = connection.execute(
        change.values(
            state="staged" if report.list_id is not None else "held",
            list_id=report.list_id,
            report=write_report(report),
            spool=None,
            changed_at=datetime.now(UTC),
        )
    )
    if done.rowcount != 1:
        raise UploadCannotMove(_("The file was thrown away while it was read; no list was made."))


@chore("registry.clean_uploads", timedelta(hours=1))
def clean_uploads(session: AnySession, now: datetime) -> None:
    """Expire what nobody confirmed for a week, and remove files that belong to no upload."""
    with registry_engine().connect() as connection:
        old = connection.execute(
            select(uploads.c.id, uploads.c.spool).where(
                uploads.c.state == "received", uploads.c.changed_at < now - WAITS_FOR_COLUMNS
            )
        ).all()
    spool = open_spool()
    for upload_id, name in old:
        change = update(uploads).where(uploads.c.id == upload_id, uploads.c.state == "received")
        with patient_step(registry_engine()) as connection:
            if connection.execute(change.values(state="expired", spool=None, changed_at=now)).rowcount:
                spool.delete(name)
    with registry_engine().connect() as connection:
        kept = set(connection.execute(select(uploads.c.spool).where(uploads.c.spool.is_not(None))).scalars())
    for name in spool.names(older_than=ORPHAN_SECONDS):
        if name not in kept:
            spool.delete(name)
