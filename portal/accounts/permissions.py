"""What every service of the desk asks before it writes."""

from __future__ import annotations

from portal.accounts.shapes import Actor
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _


class NotAllowed(PortalError):
    """The account may not do this in this region; pages answer 403."""


def require(actor: Actor, region_code: str | None, *roles: str) -> None:
    """Raise NotAllowed unless the account holds one of the roles in the region."""
    if not actor.may_any(roles, region_code):
        raise NotAllowed(
            _("Your account has no role for this in this region. Ask an administrator of the region for it.")
        )


def require_sight(actor: Actor, region_code: str | None) -> None:
    """Raise NotAllowed unless the account may read the region's desk."""
    if not actor.sees(region_code):
        raise NotAllowed(_("This belongs to another region. Open your own region's items from the desk."))
