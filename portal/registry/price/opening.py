"""The gate of this worker, made of the settings at its first use."""

from __future__ import annotations

from flask import Flask, current_app

from portal.extensions import db
from portal.registry.digests import IdentityHasher
from portal.registry.price.gate import Gate
from portal.registry.price.stores import open_store
from portal.settings import Settings

_GATE = "portal.registry.gate"


def price_gate() -> Gate:
    """The worker's gate. Its key is the portal's own: it stays while the registry's keys are changed."""
    app: Flask = current_app
    gate = app.extensions.get(_GATE)
    if not isinstance(gate, Gate):
        settings: Settings = app.config["PORTAL_SETTINGS"]
        store = open_store(settings.redis_url, db.engines["registry"])
        hasher = IdentityHasher(settings.secret_key)
        gate = app.extensions[_GATE] = Gate(store, hasher, settings.check_allowance, settings.check_price)
    return gate
