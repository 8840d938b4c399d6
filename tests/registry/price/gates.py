"""Gates of one worker each, asked at a time of their own, and a visitor who pays."""

from __future__ import annotations

import json
import time

from altcha.v2 import Challenge, Payload, solve_challenge

from portal.registry.digests import IdentityHasher
from portal.registry.price.gate import Gate
from portal.registry.price.outcomes import PriceAsked
from portal.registry.price.shapes import Offer, Payment, Ticket
from portal.registry.price.stores import Store

# The beginning of an hour: no window ends in the middle of a test. It is tomorrow's, as ALTCHA's library also looks at the
# machine's own clock and would call a proof expired once that has passed it.
NOW = float((int(time.time()) // 3600 + 24) * 3600)
HASHER = IdentityHasher(b"k" * 32)
ADDRESS = "203.0.113.5"
NIK = b"d" * 16
# One round and four tries at most: a proof that costs a test nothing.
PRICE, ROUNDS = 4, 1


class Worker:
    """One worker's gate."""

    def __init__(self, store: Store, allowance: int = 8) -> None:
        self.store = store
        self.gate = Gate(store, HASHER, allowance, PRICE, ROUNDS, clock=lambda: self.now)
        self.now = NOW

    def ask(
        self,
        address: str = ADDRESS,
        nik: bytes = NIK,
        payment: Payment | None = None,
        *,
        miss: bool = False,
    ) -> Ticket | Offer:
        """One check: what lets it through, or what it costs."""
        try:
            ticket = self.gate.admit(address, nik, payment or Payment())
        except PriceAsked as asked:
            return asked.offer
        if miss:
            self.gate.miss(ticket)
        return ticket

    def admitted(self, times: int, address: str = ADDRESS) -> int:
        """How many of so many checks go through unpaid."""
        return sum(isinstance(self.ask(address, bytes([number]) * 16), Ticket) for number in range(times))

    def offer(self, address: str = ADDRESS) -> Offer:
        """Use up what is free, and see the price."""
        for _turn in range(1000):
            asked = self.ask(address)
            if isinstance(asked, Offer):
                return asked
        raise AssertionError("everything is free")

    def fault(self, payment: Payment, address: str = ADDRESS) -> str:
        """Why a payment isn't taken; "taken" when it is."""
        asked = self.ask(address, payment=payment)
        return asked.fault if isinstance(asked, Offer) else "taken"


def solve(offer: Offer) -> Payment:
    """What the widget does."""
    challenge = Challenge.from_dict(json.loads(offer.challenge))
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payment(proof=Payload(challenge, solution).to_base64())
