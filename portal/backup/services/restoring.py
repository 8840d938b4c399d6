"""Putting a backup into this portal's databases, or nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, NoResultFound
from sqlalchemy.orm import Session

from portal.backup.archive import Reader, damaged, read_archive
from portal.backup.outcomes import HalfRestored, RestoreRefused
from portal.backup.services.into_file import prepare_file
from portal.backup.services.saving import secret_print
from portal.backup.services.steps import Prepared
from portal.backup.services.targets import find_filled, first_number, prepare
from portal.backup.shapes import NAMES, Manifest
from portal.core.audit import record
from portal.core.content_version import ContentVersion, raise_content_version
from portal.core.i18n import gettext as _
from portal.core.revisions import known_revisions
from portal.extensions import db
from portal.opendata.services import adopt_published
from portal.publishing.services import publish_change
from portal.registry.digests import KeyRing
from portal.registry.models import registry_state, uploads
from portal.registry.services.keys import opens
from portal.registry.uploads.services.spooling import FOLDER
from portal.search.services import rebuild
from portal.settings import Settings

Progress = Callable[[int], None]
RESTORED: Final = "backup.restored"
CONTENT_NUMBER: Final = "SELECT number FROM content_version"
REGISTRY_NUMBER: Final = "SELECT changes FROM registry_state"


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that can be restored here; `same_secret` is False when it was made under another PORTAL_SECRET_KEY."""

    manifest: Manifest
    same_secret: bool


def check_backup(settings: Settings, path: Path, progress: Progress = lambda step: None) -> Checked:
    """Whether a restore would take a backup: checksums, versions and keys, and its rows in tables made for it.

    The tables are in files in the instance folder, which are gone afterwards; `progress` hears each table twice.
    Raises NotABackup, RestoreRefused, OSError.
    """
    with read_archive(path) as backup:
        checked = _check(settings, backup, progress)
        finishes = {
            "content": partial(_finish_content, 0),
            "registry": partial(_finish_registry, settings, 0),
        }
        for name in NAMES:
            file = settings.instance / f"{name}.rehearsal"
            with _rows_to_blame(), prepare_file(name, file, backup, finishes[name], progress):
                pass
        return checked


def restore_backup(
    settings: Settings, path: Path, *, force: bool, progress: Progress = lambda step: None
) -> Checked:
    """Put a backup in place of both databases and bring them to this version; `progress` hears each table twice.

    Nothing is changed before all of it is checked and filled in. Without `force` only empty databases are filled.
    Raises as `check_backup`, DatabaseError, and HalfRestored.
    """
    urls = {"content": settings.database_url, "registry": settings.registry_url}
    with read_archive(path) as backup, ExitStack() as stack:
        checked = _check(settings, backup, progress)
        if not force:
            _require_empty(urls)
        finishes = {
            "content": partial(_finish_content, first_number(urls["content"], CONTENT_NUMBER)),
            "registry": partial(_finish_registry, settings, first_number(urls["registry"], REGISTRY_NUMBER)),
        }
        with _rows_to_blame():
            prepared = [
                stack.enter_context(prepare(name, urls[name], backup, finishes[name], progress))
                for name in reversed(NAMES)
            ]
        _put(prepared)
    _bring_up_to_date(checked.manifest)
    return checked


@contextmanager
def _rows_to_blame() -> Iterator[None]:
    """Raise NotABackup for rows that can't be read, or that this version's tables or migrations don't take."""
    try:
        yield
    except (ValueError, KeyError, IntegrityError, DataError, NoResultFound) as error:
        raise damaged() from error


def _put(prepared: list[Prepared]) -> None:
    """Put the databases in place, the registry first: no two can change in one instant.

    Raises HalfRestored where only the second one can't be put; each of them is whole.
    """
    first, second = prepared
    first.put()
    try:
        second.put()
    except (RestoreRefused, OSError, DatabaseError) as error:
        raise HalfRestored(
            _(
                "The registry is restored, the rest of the portal not yet: %(reason)s Mend that and run the same "
                "command again, with --force.",
                reason=error if isinstance(error, RestoreRefused) else _("its database did not take it."),
            )
        ) from error


def _check(settings: Settings, backup: Reader, progress: Progress) -> Checked:
    manifest = backup.manifest
    for name in NAMES:
        if manifest.revisions[name] not in known_revisions(name):
            raise RestoreRefused(
                _("The backup was made with a newer version of the portal: update the portal first.")
            )
    ring = KeyRing(settings.registry_keys)
    if manifest.registry_keys and not opens(
        ring, manifest.key_version, bytes.fromhex(manifest.registry_keys)
    ):
        raise RestoreRefused(
            _(
                "The backup belongs to another registry key: nobody in its lists could be found. Put the keys that "
                "belong to it back first (PORTAL_REGISTRY_KEY, or the file registry.key in the instance folder)."
            )
        )
    for table in manifest.tables:
        if sum(piece.count(b"\n") for piece in backup.pieces(table)) != table.rows:
            raise damaged()
        progress(1)
    return Checked(manifest, manifest.secret == secret_print(settings.secret_key))


def _require_empty(urls: dict[str, str]) -> None:
    for name in NAMES:
        if find_filled(name, urls[name]):
            raise RestoreRefused(
                _(
                    "There is data in the databases already. To replace all of it with the backup, add --force."
                )
            )


def _finish_content(former_number: int, connection: Connection) -> None:
    """Make the search anew and kept pages outdated, whatever number the replaced content had."""
    session = Session(bind=connection, join_transaction_mode="create_savepoint")
    rebuild(session)
    number = session.execute(select(ContentVersion.number)).scalar_one()
    session.execute(update(ContentVersion).values(number=max(number, former_number)))
    raise_content_version(session)
    session.commit()
    session.close()


def _finish_registry(settings: Settings, former_number: int, connection: Connection) -> None:
    """Have every process look at the lists anew; uploads whose file is not here are over."""
    changes = connection.execute(select(registry_state.c.changes)).scalar_one()
    connection.execute(update(registry_state).values(changes=max(changes, former_number) + 1))
    waiting = connection.execute(
        select(uploads.c.id, uploads.c.spool).where(uploads.c.state.in_(("received", "reading")))
    ).all()
    lost = [one.id for one in waiting if not (settings.instance / FOLDER / str(one.spool)).is_file()]
    over = {"state": "expired", "spool": None, "changed_at": datetime.now(UTC)}
    connection.execute(update(uploads).where(uploads.c.id.in_(lost)).values(over))


def _bring_up_to_date(manifest: Manifest) -> None:
    """What is derived from both databases together, and a word in the audit trail."""
    session = db.session()
    adopt_published(session)
    publish_change(session)
    record(session, None, RESTORED, "portal", {"made_at": manifest.made_at})
    session.commit()
    db.session.remove()
