"""A registry whose keys stand in a file, as on a portal that made them itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from portal.registry.models import enrolments
from portal.registry.names import match_tokens
from portal.registry.services.finding import Finder
from portal.registry.services.keys import key_ring, registry_engine
from portal.settings import Settings
from tests.registry.conftest import Stage as Stage
from tests.registry.conftest import registry as registry
from tests.registry.conftest import stage as stage
from tests.registry.people import Somebody
from tests.support.databases import Urls, environment

FINDER = "tests.finder"


@pytest.fixture
def key_file(registry: Flask) -> Path:
    """The file of keys; at first the one key that the application has."""
    settings: Settings = registry.config["PORTAL_SETTINGS"]
    file = settings.instance / "registry.key"
    file.write_bytes(settings.registry_keys[0] + b"\n")
    file.chmod(0o600)
    registry.config["PORTAL_SETTINGS"] = replace(settings, registry_key_file=file)
    return file


@pytest.fixture
def shell(registry: Flask, urls: Urls, key_file: Path) -> dict[str, str]:
    """The environment of a command on the same registry, which reads its keys from the file."""
    env = environment(key_file.parent, urls)
    del env["PORTAL_REGISTRY_KEY"]
    return env


def is_found(person: Somebody) -> bool:
    """Whether a look-up finds this person, however many were made before; one look-up per process remembers the keys."""
    finder = current_app.extensions.setdefault(FINDER, None) or Finder(key_ring())
    current_app.extensions[FINDER] = finder
    nik, hasher = person.nik.encode(), finder.ring.hasher
    with registry_engine().connect() as connection:
        return bool(finder.find(connection, hasher.nik(nik), hasher.names(nik, match_tokens(person.name))))


def versions() -> set[int]:
    """The key versions of all rows."""
    with registry_engine().connect() as connection:
        return set(connection.execute(select(enrolments.c.key_version)).scalars())
