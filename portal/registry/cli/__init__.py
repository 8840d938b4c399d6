"""`portal registry`: synthetic lists, and enrolment lists in, published and withdrawn."""

from __future__ import annotations

from portal.registry.cli import importing, moving
from portal.registry.cli.group import registry

__all__ = ["importing", "moving", "registry"]
