"""Words for roles and for the regions an administrator may give them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from portal.accounts.shapes import Actor
from portal.accounts.vocabulary import EVERYWHERE, ROLES
from portal.areas.clocks import clock_of
from portal.areas.queries import list_regions
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext

Pairs = tuple[tuple[str, str], ...]
EVERYWHERE_CODE = "semua"
WORDS = {
    "editor": lazy_gettext("Editor: writes drafts"),
    "reviewer": lazy_gettext("Reviewer: approves, schedules, publishes, withdraws"),
    "registrar": lazy_gettext("Registrar: uploads and publishes enrolment lists"),
    "administrator": lazy_gettext("Administrator: people, regions, settings"),
}


def role_words() -> Pairs:
    """Every role with what it may do."""
    return tuple((role, str(WORDS[role])) for role in ROLES)


def list_places(by: Actor) -> Pairs:
    """The regions the administrator may give roles in, the whole portal first for one of everything."""
    if by.may("administrator", None):
        found = tuple((region.code, region.full_name) for region in list_regions())
        return (("", _("Choose …")), (EVERYWHERE_CODE, _("The whole portal")), *found)
    own = set(by.regions("administrator"))
    return tuple((region.code, region.full_name) for region in list_regions() if region.code in own)


def local_clock(actor: Actor) -> Callable[[datetime], datetime]:
    """Turns a stored moment into the clock of the account's region (of several: the first)."""
    codes = [code for code in actor.regions() if code != EVERYWHERE]
    return clock_of(codes[0] if codes else None).local
