"""Whether a check may go ahead, and what it costs. It looks at address and time alone, never at what was found."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portal.registry.digests import IdentityHasher
from portal.registry.price import challenges, tariff, waiting
from portal.registry.price.addresses import network, surroundings
from portal.registry.price.claims import Claims
from portal.registry.price.counters import Counters
from portal.registry.price.outcomes import PriceAsked
from portal.registry.price.shapes import Key, Offer, Payment, Ticket
from portal.registry.price.stores import Store

NOTHING: Final = Payment()
MISSES: Final = (tariff.MINUTE, tariff.HOUR)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """One check of one address at one moment, and what it is counted under."""

    place: bytes
    now: float
    window: Key
    day: Key
    # The window of all around it; its own where there is nothing around.
    all_windows: Key


class Gate:
    """The gate of one worker; `price` is the mean work of a first proof in thousands of PBKDF2 rounds."""

    def __init__(
        self,
        store: Store,
        hasher: IdentityHasher,
        allowance: int,
        price: int,
        rounds: int = challenges.ROUNDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._hasher, self._clock = hasher, clock
        self._allowance, self._price, self._rounds = allowance, price, rounds
        self._secret = hasher.allowance(b"price", b"challenge") + hasher.allowance(b"price", b"solution")
        self._counters, self._claims = Counters(store), Claims(store)
        self._lock = threading.RLock()
        self._told_of = self._minute = 0
        self._misses: tuple[Key, ...] = ()

    def admit(self, address: str, nik_digest: bytes, payment: Payment = NOTHING) -> Ticket:
        """Count a check by this address; raises PriceAsked when it is neither free nor paid for."""
        now = self._clock()
        with self._lock:
            visit = self._visit(address, now)
            misses = self._misses_keys(now)
            names = self._names(visit, nik_digest)
            wrong = self._counters.learn({visit.window, visit.day, visit.all_windows, *misses}, names)
            brake = self._brake(misses, now)
            free = tariff.free_checks(self._allowance, brake)
            remaining = self._left(free, visit.window, visit.all_windows)
            fault = None if remaining > 0 else self._pay(payment, visit, brake)
            if fault is None:
                for key in {visit.window, visit.day, visit.all_windows}:
                    self._counters.add(key)
            self._counters.share_if_due(visit.window, remaining, now)
            if fault is not None:
                raise PriceAsked(self._offer(payment, visit, brake, fault))
            return Ticket(names, tariff.may_be_found(*wrong))

    def miss(self, ticket: Ticket) -> None:
        """Count a check that found nothing, for its NIK and for the portal as a whole."""
        now = self._clock()
        with self._lock:
            this_minute, _last_minute, this_hour, _last_hour = self._misses_keys(now)
            for key in (*ticket.names, this_minute, this_hour):
                self._counters.add(key)

    def share(self) -> None:
        """Pass all counts on now."""
        with self._lock:
            self._counters.share(self._clock())

    def brake(self) -> int:
        """How hard the portal is braked at this moment: 0 (not) to 3."""
        now = self._clock()
        with self._lock:
            misses = self._misses_keys(now)
            self._counters.learn_anew(misses)
            return self._brake(misses, now)

    def is_first(self, use: bytes, window: int) -> bool:
        """Whether no other worker did this in the window yet."""
        now = self._clock()
        return self._claims.take(self._key(use, b"", window, now), now)

    def _visit(self, address: str, now: float) -> Visit:
        place = network(address)
        own = self._key(b"address", place, tariff.ADDRESS_WINDOW, now)
        day = self._key(b"day", place, tariff.DAY, now)
        around = surroundings(place)
        shared = own if around == place else self._key(b"address", around, tariff.ADDRESS_WINDOW, now)
        return Visit(place, now, own, day, shared)

    def _names(self, visit: Visit, nik_digest: bytes) -> tuple[Key, Key]:
        """What wrong names for a NIK are counted under: those of the address and its surroundings, and all."""
        own = nik_digest + surroundings(visit.place)
        here = self._key(b"nik here", own, tariff.DAY, visit.now)
        return here, self._key(b"nik", nik_digest, tariff.DAY, visit.now)

    def _slow(self, visit: Visit) -> tuple[Key, Key]:
        """What waits of the address are counted under, and those of all around it."""
        places = visit.place, surroundings(visit.place)
        own, shared = (self._key(b"slow", place, tariff.ADDRESS_WINDOW, visit.now) for place in places)
        return own, shared

    def _brake(self, misses: tuple[Key, ...], now: float) -> int:
        """From the misses of this and the last minute, and of this and the last hour, in this order."""
        used = [self._counters.used(key) for key in misses]
        # Of the window before, as much as reaches into the last sixty seconds or minutes.
        minute, hour = (
            this + int(last * (1 - now % window / window))
            for this, last, window in zip(used[::2], used[1::2], MISSES, strict=True)
        )
        brake = tariff.brake_of(minute, hour, self._allowance)
        if brake and self._told_of != int(now) // tariff.MINUTE:
            self._told_of = int(now) // tariff.MINUTE
            if self.is_first(b"brake", tariff.MINUTE):
                log.warning(
                    "checks: misses spike (%s in a minute, %s in an hour); brake %s of %s",
                    minute,
                    hour,
                    brake,
                    tariff.MOST_BRAKE,
                )
        return brake

    def _doublings(self, visit: Visit) -> int:
        used = self._counters.used
        return tariff.doublings(used(visit.window), used(visit.day), self._allowance)

    def _pay(self, payment: Payment, visit: Visit, brake: int) -> str | None:
        """None when the check is paid for; else why not, "" when nothing was offered."""
        fault = self._pay_by_proof(payment.proof, visit) if payment.proof else ""
        if fault is None or not payment.ticket:
            return fault
        return self._pay_by_waiting(payment.ticket, visit, brake, fault)

    def _pay_by_proof(self, text: str, visit: Visit) -> str | None:
        proof = challenges.read_proof(self._secret, text, visit.place, visit.now)
        if isinstance(proof, str):
            return proof
        # The price may double once while somebody's phone works; a store of cheap challenges is worth nothing.
        if proof.doublings < self._doublings(visit) - 1:
            return "dearer"
        spent = self._hasher.allowance(b"spent", proof.mark), proof.expires
        return None if self._claims.take(spent, visit.now) else "used"

    def _pay_by_waiting(self, text: str, visit: Visit, brake: int, fault: str) -> str | None:
        ticket = waiting.read_ticket(self._secret, text, visit.place, visit.now)
        if ticket is None:
            return fault or "expired"
        if visit.now < ticket.ready:
            return fault or "early"
        if not self._may_wait(visit, brake):
            return fault
        waited = self._hasher.allowance(b"waited", ticket.mark), ticket.expires
        if not self._claims.take(waited, visit.now):
            return fault or "used"
        for key in set(self._slow(visit)):
            self._counters.add(key)
        return None

    def _may_wait(self, visit: Visit, brake: int) -> bool:
        own, shared = self._slow(visit)
        self._counters.learn({own, shared})
        return self._left(tariff.slow_checks(self._allowance, brake), own, shared) > 0

    def _left(self, allowance: int, own: Key, all_around: Key) -> int:
        """What is left of an allowance to an address, and to all around it together."""
        used = self._counters.used
        return min(allowance - used(own), allowance * tariff.ADDRESSES_TOGETHER - used(all_around))

    def _offer(self, payment: Payment, visit: Visit, brake: int, fault: str) -> Offer:
        now = visit.now
        doublings = tariff.braked_doublings(self._doublings(visit), brake)
        tries = challenges.most_tries(self._price, doublings)
        made = challenges.make_challenge(self._secret, visit.place, tries, doublings, now, self._rounds)
        until_free = max(1, visit.window[1] - int(now))
        if not self._may_wait(visit, brake):
            return Offer(made, tries, "", until_free, fault)
        held = None
        if payment.ticket and fault != "used":
            held = waiting.read_ticket(self._secret, payment.ticket, visit.place, now)
        ticket = held or waiting.make_ticket(self._secret, visit.place, now)
        return Offer(made, tries, ticket.text, max(1, min(until_free, ticket.ready - int(now))), fault)

    def _misses_keys(self, now: float) -> tuple[Key, ...]:
        """Of this and the last minute, and of this and the last hour; made once a minute."""
        if self._minute != int(now) // tariff.MINUTE:
            self._minute = int(now) // tariff.MINUTE
            self._misses = tuple(
                self._key(b"misses", b"", window, now - ago) for window in MISSES for ago in (0, window)
            )
        return self._misses

    def _key(self, use: bytes, value: bytes, window: int, now: float) -> Key:
        """Digest and end of a window; the same address has another digest in the next one."""
        end = (int(now) // window + 1) * window
        named = window.to_bytes(4, "big") + end.to_bytes(8, "big") + value
        return self._hasher.allowance(use, named), end
