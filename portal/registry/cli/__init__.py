"""`portal registry`: synthetic lists, and enrolment lists in, published, withdrawn, restored and purged."""

from __future__ import annotations

from portal.registry.cli import importing, keys, moving, purging
from portal.registry.cli.group import registry

__all__ = ["importing", "keys", "moving", "purging", "registry"]
