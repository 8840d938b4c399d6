"""The metadata of both databases with every table declared, for migrations and tests."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from portal.core.database import ContentBase, registry_metadata

DOMAINS = (
    "core.content_version",
    "core.jobs",
    "areas",
    "accounts",
    "publishing",
    "publishing.audit.models",
    "publishing.talk.models",
    "media",
    "evidence",
    "offices",
    "programs",
    "funding",
    "news",
    "news.figures.models",
    "registry",
    "registry.counts.models",
    "search",
    "opendata",
    "desk.settings.models",
    "work",
)

for _domain in DOMAINS:
    _name = f"portal.{_domain}" if "." in _domain else f"portal.{_domain}.models"
    if find_spec(_name):
        importlib.import_module(_name)

content = ContentBase.metadata
registry = registry_metadata
