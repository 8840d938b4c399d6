"""Moving the registry to a newer key in place, in small steps that may be cut off anywhere and taken up again.

A step is one transaction: it takes the next people in the order of their former digests, all rows of each, and notes
how far it came. Imports, steps of lists and purges queue on the same row, so none sees half a person; look-ups read
both versions meanwhile (see `finding`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from portal.core.i18n import gettext as _
from portal.registry.digests import KeyRing, Versions, bucket_of, fingerprint
from portal.registry.errors import NoNewerKey
from portal.registry.models import enrolments, registry_state
from portal.registry.services.erasing import leave_nothing_behind, overwrite_deleted
from portal.registry.services.keys import read_state, registry_engine, require_same_key
from portal.registry.services.storing import LOAD_WAITS_MS, EnrolmentRow, patient_step, store_rows

BATCH: Final = 20_000
BUCKETS: Final = 256
LAST_DIGEST: Final = b"\xff" * 16
# After each step, this share of its own time is left to others who wait for SQLite's one writer.
REST, LONGEST_REST = 0.25, 0.1
# How far the rotation is, out of so many: digests are spread evenly.
PARTS: Final = 1 << 16

_ROW = enrolments.c
_COLUMNS = (
    _ROW.bucket,
    _ROW.nik_digest,
    _ROW.list_id,
    _ROW.name_digests,
    _ROW.village_code,
    _ROW.occupation,
    _ROW.key_version,
)
_FORMER = (_ROW.bucket == bindparam("in_bucket"), _ROW.key_version == bindparam("former"))
_NEXT = (
    select(*_COLUMNS)
    .where(*_FORMER, _ROW.nik_digest > bindparam("after"))
    .order_by(_ROW.nik_digest, _ROW.list_id)
    .limit(bindparam("most"))
)
_REST_OF_ONE = select(*_COLUMNS).where(
    *_FORMER, _ROW.nik_digest == bindparam("of"), _ROW.list_id > bindparam("after_list")
)
_REMOVE = delete(enrolments).where(
    *_FORMER, _ROW.nik_digest > bindparam("after"), _ROW.nik_digest <= bindparam("through")
)

Progress = Callable[[int], None]


def rotate(ring: KeyRing, *, batch: int = BATCH, progress: Progress = lambda done: None) -> None:
    """Move every row to the next key of the ring, going on with what was begun; `progress` hears parts out of PARTS.

    Raises NoNewerKey, RegistryKeyDiffers. What is done stays done when it's cut off.
    """
    with patient_step(registry_engine(), LOAD_WAITS_MS) as connection:
        ring, versions = _begin(connection, ring)
    while versions.former is not None:
        started = time.monotonic()
        with patient_step(registry_engine(), LOAD_WAITS_MS) as connection:
            versions = _step(connection, ring, batch)
        if versions.moved == LAST_DIGEST:
            versions = _finish()
        elif registry_engine().dialect.name == "sqlite":
            time.sleep(min((time.monotonic() - started) * REST, LONGEST_REST))
        progress(PARTS if versions.former is None else _part(versions))
    leave_nothing_behind()


def _begin(connection: Connection, ring: KeyRing) -> tuple[KeyRing, Versions]:
    """Say that rows of two versions live together from now on; every look-up learns it by the number of changes."""
    ring, versions = _wait(connection, ring)
    if versions.former is not None:
        return ring, versions
    if ring.version <= versions.newest:
        raise NoNewerKey(_("There is no newer key than the one the registry uses."))
    newest = versions.newest + 1
    connection.execute(
        update(registry_state).values(
            changes=registry_state.c.changes + 1,
            key_version=newest,
            key_fingerprint=fingerprint(ring.keys[:newest]),
            rekeying_from=versions.newest,
            rekeyed_to=None,
        )
    )
    return ring, Versions(newest, versions.newest)


def _wait(connection: Connection, ring: KeyRing) -> tuple[KeyRing, Versions]:
    """How far the rotation is, once every other writer is done."""
    connection.execute(update(registry_state).values(id=registry_state.c.id))
    ring = require_same_key(connection, ring)
    return ring, read_state(connection).versions


def _step(connection: Connection, ring: KeyRing, most: int) -> Versions:
    """Move the next people; somebody else's step may have been first, and the rotation may even be over."""
    ring, versions = _wait(connection, ring)
    if versions.former is None:
        return versions
    overwrite_deleted(connection)
    moved = versions.moved or b""
    rows: list[EnrolmentRow] = []
    while moved != LAST_DIGEST and len(rows) < most:
        part, moved = _take(connection, versions.former, moved, most - len(rows))
        rows += part
    former, newest = versions.former, versions.newest
    store_rows(connection, sorted(_forward(ring, row, former, newest) for row in rows))
    connection.execute(update(registry_state).values(rekeyed_to=moved))
    return Versions(newest, former, moved)


def _take(
    connection: Connection, former: int, after: bytes, most: int
) -> tuple[Sequence[EnrolmentRow], bytes]:
    """Take the next rows of one bucket out, all rows of a person together; gives the last digest that is done."""
    bucket = _next_bucket(after)
    where: dict[str, Any] = {"in_bucket": bucket, "former": former, "after": after}
    rows = [tuple(row) for row in connection.execute(_NEXT, {**where, "most": most})]
    if len(rows) < most:
        through = bytes([bucket]) + LAST_DIGEST[1:]
    else:
        through, last_list = rows[-1][1], rows[-1][2]
        one = {"in_bucket": bucket, "former": former, "of": through, "after_list": last_list}
        rows += [tuple(row) for row in connection.execute(_REST_OF_ONE, one)]
    if rows:
        connection.execute(_REMOVE, {**where, "through": through})
    return rows, through


def _next_bucket(after: bytes) -> int:
    """The bucket to go on with: the next one where this one's last digest is done."""
    return 0 if not after else bucket_of(after) + (after[1:] == LAST_DIGEST[1:])


def _forward(ring: KeyRing, row: EnrolmentRow, former: int, newest: int) -> EnrolmentRow:
    _bucket, digest, list_id, names, village, occupation, _version = row
    digest = ring.nik_forward(digest, former, newest)
    return (
        bucket_of(digest),
        digest,
        list_id,
        ring.names_forward(names, former, newest),
        village,
        occupation,
        newest,
    )


def _finish() -> Versions:
    """End the rotation when no row is left behind; begin at the first digest again should there be one."""
    with registry_engine().connect() as connection:
        newest = read_state(connection).versions.newest
        # Outside the step: nobody writes rows of the former version any more, and others need not wait for this.
        left = connection.execute(select(exists().where(_ROW.key_version < newest))).scalar_one()
    with patient_step(registry_engine(), LOAD_WAITS_MS) as connection:
        connection.execute(update(registry_state).values(id=registry_state.c.id))
        versions = read_state(connection).versions
        if versions.moved != LAST_DIGEST or versions.newest != newest:
            return versions
        end = {"rekeyed_to": None} if left else {"rekeyed_to": None, "rekeying_from": None}
        connection.execute(update(registry_state).values(changes=registry_state.c.changes + 1, **end))
        return read_state(connection).versions


def _part(versions: Versions) -> int:
    return int.from_bytes((versions.moved or b"\0\0")[:2], "big")
