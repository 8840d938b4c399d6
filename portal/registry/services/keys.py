"""The registry's keys, and the refusal to work with any but those the stored lists were made with."""

from __future__ import annotations

import hmac

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, select, update

from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.registry.digests import KeyRing, fingerprint
from portal.registry.errors import RegistryKeyDiffers
from portal.registry.models import registry_state
from portal.settings import Settings

_CHECKED = "portal.registry.keys"


def registry_engine() -> Engine:
    """The engine of the registry's own database."""
    return db.engines["registry"]


def key_ring() -> KeyRing:
    """The keys from the settings, compared once per process; raises RegistryKeyDiffers."""
    app: Flask = current_app
    ring = app.extensions.get(_CHECKED)
    if not isinstance(ring, KeyRing):
        ring = _ring(app)
        with registry_engine().connect() as connection:
            require_same_key(connection, ring)
        app.extensions[_CHECKED] = ring
    return ring


def require_same_key(connection: Connection, ring: KeyRing) -> None:
    """Raise RegistryKeyDiffers when lists are stored that were made with another key."""
    stored = connection.execute(select(registry_state.c.key_fingerprint)).scalar_one()
    if stored is not None and not hmac.compare_digest(stored, fingerprint(ring.keys)):
        raise RegistryKeyDiffers(
            _(
                "PORTAL_REGISTRY_KEY: the registry holds lists made with another key. Put the original key back "
                "(the file registry.key in the instance folder); without it nobody in them can be found."
            )
        )


def bind_key(connection: Connection, ring: KeyRing) -> None:
    """Queue behind other writers, count a change, and tie the registry to these keys."""
    connection.execute(update(registry_state).values(changes=registry_state.c.changes + 1))
    require_same_key(connection, ring)
    connection.execute(
        update(registry_state).values(key_fingerprint=fingerprint(ring.keys), key_version=ring.version)
    )


def _ring(app: Flask) -> KeyRing:
    settings: Settings = app.config["PORTAL_SETTINGS"]
    return KeyRing((settings.registry_key,))
