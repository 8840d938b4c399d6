"""Whether a check may go ahead, and what it costs. It looks at address and time alone, never at what was found."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from portal.registry.digests import IdentityHasher
from portal.registry.price import challenges, tariff, waiting
from portal.registry.price.addresses import network
from portal.registry.price.claims import Claims
from portal.registry.price.counters import Counters
from portal.registry.price.outcomes import PriceAsked
from portal.registry.price.shapes import Key, Offer, Payment, Ticket
from portal.registry.price.stores import Store

NOTHING: Final = Payment()
log = logging.getLogger(__name__)


class Gate:
    """The gate of one worker; `price` is the mean work of a first proof in thousands of PBKDF2 rounds."""

    def __init__(
        self,
        store: Store,
        hasher: IdentityHasher,
        allowance: int,
        price: int,
        rounds: int = challenges.ROUNDS,
    ) -> None:
        self._store, self._hasher = store, hasher
        self._allowance, self._price, self._rounds = allowance, price, rounds
        self._secret = hasher.allowance(b"price", b"challenge") + hasher.allowance(b"price", b"solution")
        self._counters, self._claims = Counters(store), Claims(store)
        self._lock = threading.RLock()
        self._told_of: Key | None = None

    def admit(
        self, address: str, nik_digest: bytes, payment: Payment = NOTHING, now: float | None = None
    ) -> Ticket:
        """Count a check by this address; raises PriceAsked when it is neither free nor paid for."""
        now = time.time() if now is None else now
        place = network(address)
        with self._lock:
            key = self._key(b"address", place, tariff.ADDRESS_WINDOW, now)
            nik_key = self._key(b"nik", nik_digest, tariff.NIK_WINDOW, now)
            this, last = self._misses_key(now), self._misses_key(now - tariff.MISSES_WINDOW)
            wrong_names = self._counters.learn((key, this, last), nik_key)
            brake = self._brake(this, last, now)
            remaining = tariff.free_checks(self._allowance, brake) - self._counters.used(key)
            fault = None if remaining > 0 else self._pay(payment, place, key, now)
            if fault is None:
                self._counters.add(key)
            self._counters.share_if_due(key, remaining, now)
            if fault is not None:
                raise PriceAsked(self._offer(payment, place, key, brake, fault, now))
            return Ticket(nik_key, wrong_names < tariff.WRONG_NAMES_A_DAY)

    def miss(self, ticket: Ticket, now: float | None = None) -> None:
        """Count a check that found nothing, for its NIK and for the portal as a whole."""
        now = time.time() if now is None else now
        with self._lock:
            self._counters.add(ticket.nik_key)
            self._counters.add(self._misses_key(now))

    def share(self, now: float | None = None) -> None:
        """Pass all counts on now."""
        with self._lock:
            self._counters.share(time.time() if now is None else now)

    def brake(self, now: float | None = None) -> int:
        """How hard the portal is braked, as all workers have told: 0 (not) to 3. Raises StoreUnavailable."""
        now = time.time() if now is None else now
        told = self._store.read((self._misses_key(now), self._misses_key(now - tariff.MISSES_WINDOW)))
        return tariff.brake_of(max(told.values(), default=0), self._allowance)

    def is_first(self, use: bytes, window: int, now: float) -> bool:
        """Whether no other worker did this in the window yet."""
        return self._claims.take(self._key(use, b"", window, now), now)

    def _brake(self, this: Key, last: Key, now: float) -> int:
        misses = max(self._counters.used(this), self._counters.used(last))
        brake = tariff.brake_of(misses, self._allowance)
        if brake and self._told_of != this:
            self._told_of = this
            if self.is_first(b"brake", tariff.MISSES_WINDOW, now):
                log.warning(
                    "checks: misses spike; brake %s of %s: fewer checks are free and proofs of work cost more",
                    brake,
                    tariff.MOST_BRAKE,
                )
        return brake

    def _pay(self, payment: Payment, place: bytes, key: Key, now: float) -> str | None:
        """None when the check is paid for; else why not, "" when nothing was offered."""
        fault = self._pay_by_proof(payment.proof, place, key, now) if payment.proof else ""
        if fault is None or not payment.ticket:
            return fault
        return self._pay_by_waiting(payment.ticket, place, now, fault)

    def _pay_by_proof(self, text: str, place: bytes, key: Key, now: float) -> str | None:
        proof = challenges.read_proof(self._secret, text, place, now)
        if isinstance(proof, str):
            return proof
        # The price may double once while somebody's phone works; a store of cheap challenges is worth nothing.
        if proof.doublings < tariff.doublings(self._counters.used(key), self._allowance) - 1:
            return "dearer"
        spent = self._hasher.allowance(b"spent", proof.mark), proof.expires
        return None if self._claims.take(spent, now) else "used"

    def _pay_by_waiting(self, text: str, place: bytes, now: float, fault: str) -> str | None:
        ticket = waiting.read_ticket(self._secret, text, place, now)
        if ticket is None:
            return fault or "expired"
        if now < ticket.ready:
            return fault or "early"
        slow = self._slow_key(place, now)
        self._counters.learn((slow,), slow)
        if self._counters.used(slow) >= tariff.slow_checks(self._allowance):
            return fault
        if not self._claims.take((self._hasher.allowance(b"waited", ticket.mark), ticket.expires), now):
            return fault or "used"
        self._counters.add(slow)
        return None

    def _offer(self, payment: Payment, place: bytes, key: Key, brake: int, fault: str, now: float) -> Offer:
        own = tariff.doublings(self._counters.used(key), self._allowance)
        doublings = tariff.braked_doublings(own, brake)
        tries = challenges.most_tries(self._price, doublings)
        made = challenges.make_challenge(self._secret, place, tries, doublings, now, self._rounds)
        window = max(1, key[1] - int(now))
        slow = self._slow_key(place, now)
        self._counters.learn((slow,), slow)
        if self._counters.used(slow) >= tariff.slow_checks(self._allowance):
            return Offer(made, tries, "", window, fault)
        held = None
        if payment.ticket and fault != "used":
            held = waiting.read_ticket(self._secret, payment.ticket, place, now)
        ticket = held or waiting.make_ticket(self._secret, place, now)
        return Offer(made, tries, ticket.text, max(1, min(window, ticket.ready - int(now))), fault)

    def _slow_key(self, place: bytes, now: float) -> Key:
        return self._key(b"slow", place, tariff.ADDRESS_WINDOW, now)

    def _misses_key(self, now: float) -> Key:
        return self._key(b"misses", b"", tariff.MISSES_WINDOW, now)

    def _key(self, use: bytes, value: bytes, window: int, now: float) -> Key:
        """Digest and end of a window; the same address has another digest in the next one."""
        end = (int(now) // window + 1) * window
        return self._hasher.allowance(use, end.to_bytes(8, "big") + value), end
