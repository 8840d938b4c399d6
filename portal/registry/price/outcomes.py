"""What the gate tells instead of letting a check through."""

from __future__ import annotations

from portal.core.errors import PortalError
from portal.registry.price.shapes import Offer


class PriceAsked(PortalError):
    """The check is neither free nor paid for; `offer` says what it costs."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("")
        self.offer = offer
