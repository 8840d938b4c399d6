"""The registry's keys, and the refusal to work with any but those the stored lists were made with.

A process may know more keys than the registry uses: a key is added first and rows are moved to it afterwards. One that
knows fewer reads the key file again, so that servers and workers need no restart.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, select, update

from portal.core.i18n import gettext as _
from portal.core.keyfiles import add_key, read_key_file
from portal.extensions import db
from portal.registry.digests import KeyRing, Versions, fingerprint
from portal.registry.errors import NoNewerKey, RegistryKeyDiffers
from portal.registry.models import registry_state
from portal.settings import REGISTRY_KEY, Settings, read_registry_keys

_CHECKED = "portal.registry.keys"
_STATE = select(
    registry_state.c.changes,
    registry_state.c.key_version,
    registry_state.c.rekeying_from,
    registry_state.c.rekeyed_to,
    registry_state.c.key_fingerprint,
)


@dataclass(frozen=True, slots=True)
class RegistryState:
    """The registry's one row of state; `fingerprint` is None while it has never held a list."""

    changes: int
    versions: Versions
    fingerprint: bytes | None


def registry_engine() -> Engine:
    """The engine of the registry's own database."""
    return db.engines["registry"]


def key_ring() -> KeyRing:
    """The keys of this process, compared once with those of the registry; raises RegistryKeyDiffers."""
    ring = current_app.extensions.get(_CHECKED)
    if not isinstance(ring, KeyRing):
        with registry_engine().connect() as connection:
            ring = require_same_key(connection, known_ring())
        current_app.extensions[_CHECKED] = ring
    return ring


def known_ring() -> KeyRing:
    """All keys the settings name at this moment, not compared with anything; raises SettingError."""
    app: Flask = current_app
    settings: Settings = app.config["PORTAL_SETTINGS"]
    return KeyRing(read_registry_keys(settings))


def read_state(connection: Connection) -> RegistryState:
    """How the registry stands."""
    row = connection.execute(_STATE).one()
    versions = Versions(row.key_version, row.rekeying_from, row.rekeyed_to)
    return RegistryState(row.changes, versions, row.key_fingerprint)


def require_same_key(connection: Connection, ring: KeyRing) -> KeyRing:
    """The ring that fits the stored lists: this one, or what the settings name by now. Raises RegistryKeyDiffers."""
    state = read_state(connection)
    if _fits(ring, state):
        return ring
    known = known_ring()
    if not _fits(known, state):
        raise _differs(known, state)
    if known.keys[0] != ring.keys[0]:
        # Digests already taken with the former first key would find nobody.
        raise RegistryKeyDiffers(
            _("PORTAL_REGISTRY_KEY: the keys were exchanged for others. Start the portal again.")
        )
    current_app.extensions[_CHECKED] = known
    return known


def bind_key(connection: Connection, ring: KeyRing) -> tuple[KeyRing, Versions]:
    """Queue behind other writers, count a change, and tie the registry to these keys.

    Gives the ring to work with and where rows stand, which holds until the transaction ends. Raises RegistryKeyDiffers.
    """
    connection.execute(update(registry_state).values(changes=registry_state.c.changes + 1))
    ring = require_same_key(connection, ring)
    state = read_state(connection)
    if state.fingerprint is None:
        tie = {"key_fingerprint": fingerprint(ring.keys), "key_version": ring.version}
        connection.execute(update(registry_state).values(tie))
        return ring, Versions(ring.version)
    return ring, state.versions


def provide_next_key() -> bool:
    """See to it that there is a key to move to, or that a move goes on; True when one was added to the key file.

    Raises NoNewerKey where the environment names the keys, RegistryKeyDiffers, and OSError when the file can't be written.
    """
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    file = settings.registry_key_file
    text = read_key_file(REGISTRY_KEY, file) if file else ""
    with registry_engine().connect() as connection:
        ring = require_same_key(connection, known_ring())
        versions = read_state(connection).versions
        # A rotation that was cut off goes on to the key it began with.
        if versions.former is not None or ring.version > versions.newest:
            return False
    if file is None:
        raise NoNewerKey(
            _(
                "PORTAL_REGISTRY_KEY is set in the environment, so the new key has to be set there: make one "
                "(openssl rand -hex 32), add it to the value behind a comma, start server and worker again, and "
                "run this command again."
            )
        )
    add_key(file, text)
    return True


def _fits(ring: KeyRing, state: RegistryState) -> bool:
    """Whether the registry is empty or its keys are the first ones of this ring."""
    return state.fingerprint is None or opens(ring, state.versions.newest, state.fingerprint)


def opens(ring: KeyRing, version: int, stored: bytes) -> bool:
    """Whether a registry with this key version and fingerprint has the first keys of this ring."""
    used = ring.keys[:version]
    return len(used) == version and hmac.compare_digest(stored, fingerprint(used))


def _differs(ring: KeyRing, state: RegistryState) -> RegistryKeyDiffers:
    if 1 <= ring.version < state.versions.newest:
        return RegistryKeyDiffers(
            _(
                "PORTAL_REGISTRY_KEY: the registry's lists were moved to key number %(used)s, and only %(known)s are "
                "known here. Give all keys, the oldest first, and start the portal again.",
                used=state.versions.newest,
                known=ring.version,
            )
        )
    return RegistryKeyDiffers(
        _(
            "PORTAL_REGISTRY_KEY: the registry holds lists made with another key. Put the original key back "
            "(the file registry.key in the instance folder); without it nobody in them can be found."
        )
    )
