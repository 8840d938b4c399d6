"""Ten thousand NIKs in a row, from one address and from two hundred, with everybody else being served meanwhile.

What an attacker pays is counted in PBKDF2 rounds at the default price (a million on average for a first proof); one
core of a 2024 machine does about five million a second. The proofs of the test are real ones at a toy price.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from flask import Flask

from portal.registry.price.gate import Gate
from portal.registry.price.outcomes import PriceAsked
from portal.registry.price.shapes import Offer, Payment
from portal.registry.price.stores import open_store
from portal.registry.services.checking import Checker
from portal.registry.services.finding import Finder
from portal.registry.services.keys import key_ring, registry_engine
from tests.registry.conftest import Stage
from tests.registry.people import Somebody
from tests.registry.price.gates import HASHER, NOW, PRICE, ROUNDS, solve

ALLOWANCE = 30
NIKS = [f"640399{day:02}0585{number:04}" for day in (5, 6) for number in range(1, 5001)]
# Every hundredth is on the list, and one in eight of those has the commonest name.
MEMBERS = [
    Somebody(nik, f"{'Muhammad' if place % 8 == 0 else 'Rahmat'} Zainuri")
    for place, nik in enumerate(NIKS[50::100])
]
ORDINARY = [Somebody(f"640399{day:02}0790{9001 + day}", f"Warga Nomor{day}") for day in range(1, 29)]
GUESS = "Muhammad"
MEAN_ROUNDS = 1_000_000
HOUR_OF_A_CORE = 3600 * 5_000_000


@dataclass
class Portal:
    """The service layer of one worker with a clock of the test's, and what was spent on it."""

    now: float = NOW
    checker: Checker = field(init=False)

    def __post_init__(self) -> None:
        gate = Gate(open_store("", registry_engine()), HASHER, ALLOWANCE, PRICE, ROUNDS, lambda: self.now)
        ring = key_ring()
        self.checker = Checker(ring.hasher, gate, Finder(ring))

    def ask(self, person: Somebody, address: str, payment: Payment | None = None) -> bool | Offer:
        """Whether the person is found, or what it costs to be told."""
        try:
            found = self.checker.check(person.nik.encode(), person.name, address, payment or Payment())
        except PriceAsked as asked:
            return asked.offer
        return bool(found)


@dataclass
class Visitor:
    """Somebody who pays what is asked, up to a limit, and remembers what it cost."""

    portal: Portal
    address: str
    rounds_left: float = float("inf")
    rounds: float = 0
    told: int = 0
    found: int = 0
    dearest: float = 0
    ticket: tuple[str, float] | None = None
    history: list[tuple[float, int]] = field(default_factory=list)

    def check(self, person: Somebody) -> bool:
        """Ask, pay if need be; whether an answer came."""
        asked = self.portal.ask(person, self.address)
        if isinstance(asked, Offer):
            price = asked.most_tries / PRICE * MEAN_ROUNDS
            if price > self.rounds_left:
                return self._wait(person, asked)
            self.rounds += price
            self.rounds_left -= price
            self.dearest = max(self.dearest, price)
            asked = self.portal.ask(person, self.address, solve(asked))
        return self._hear(asked)

    def _wait(self, person: Somebody, offer: Offer) -> bool:
        """Without work to spend there is the slower way."""
        if self.ticket is None and offer.ticket:
            self.ticket = offer.ticket, self.portal.now + offer.wait
        if self.ticket is None or self.portal.now < self.ticket[1]:
            return False
        paid = Payment(ticket=self.ticket[0])
        self.ticket = None
        return self._hear(self.portal.ask(person, self.address, paid))

    def _hear(self, answer: bool | Offer) -> bool:
        if isinstance(answer, Offer):
            return False
        self.told += 1
        self.found += answer
        self.history.append((self.rounds, self.found))
        return True


@pytest.fixture
def portal(stage: Stage, registry: Flask) -> Portal:
    stage([*MEMBERS, *ORDINARY], publish=True)
    return Portal()


def enumerate_all(portal: Portal, attackers: list[Visitor], a_second: float) -> None:
    """Each NIK once, in order, the addresses in turn."""
    for place, nik in enumerate(NIKS):
        portal.now += 1 / a_second
        attackers[place % len(attackers)].check(Somebody(nik, GUESS))


def told(attackers: list[Visitor]) -> tuple[int, int]:
    return sum(one.told for one in attackers), sum(one.found for one in attackers)


def test_one_address_that_pays_nothing_is_told_of_a_few_dozen_of_ten_thousand(portal: Portal) -> None:
    attacker = [Visitor(portal, "203.0.113.5", rounds_left=0)]
    enumerate_all(portal, attacker, a_second=20)
    answers, members = told(attacker)
    assert answers <= ALLOWANCE + ALLOWANCE // 6
    assert members <= 1


def test_two_hundred_addresses_that_pay_nothing_are_told_of_a_few_hundred_and_know_one_or_two(
    portal: Portal,
) -> None:
    attackers = [Visitor(portal, f"198.51.{number}.7", rounds_left=0) for number in range(200)]
    enumerate_all(portal, attackers, a_second=20)
    answers, members = told(attackers)
    assert answers <= 800
    assert members <= 2


def test_ten_thousand_that_are_paid_for_cost_hours_of_a_core_from_one_address_and_from_two_hundred(
    portal: Portal,
) -> None:
    one = [Visitor(portal, "203.0.113.5")]
    enumerate_all(portal, one, a_second=20)
    portal.now = NOW + 86_400 * 2
    many = [Visitor(portal, f"198.51.{number}.7") for number in range(200)]
    enumerate_all(portal, many, a_second=20)
    for attackers, least_hours in ((one, 6), (many, 3)):
        answers, members = told(attackers)
        assert answers == len(NIKS)
        assert members <= len(MEMBERS) // 8 + 1
        assert sum(visitor.rounds for visitor in attackers) > least_hours * HOUR_OF_A_CORE
    after_an_hour = [found for rounds, found in one[0].history if rounds <= HOUR_OF_A_CORE]
    assert len(after_an_hour) <= 2000
    assert after_an_hour[-1] <= 3


def test_everybody_else_is_answered_meanwhile(portal: Portal) -> None:
    attackers = [Visitor(portal, f"198.51.{number}.7", rounds_left=0) for number in range(199)]
    carrier = "198.51.200.7"
    attackers.append(Visitor(portal, carrier, rounds_left=0))
    others = [Visitor(portal, f"192.0.2.{number % 50}") for number in range(100)]
    neighbours = [Visitor(portal, carrier) for _turn in range(20)]
    waiting = [*others, *neighbours]
    for place, nik in enumerate(NIKS):
        portal.now += 1 / 20
        attackers[place % len(attackers)].check(Somebody(nik, GUESS))
        if place % 80 == 79 and waiting:
            visitor = waiting.pop(0 if place % 160 == 79 else -1)
            assert visitor.check(ORDINARY[place // 80 % len(ORDINARY)])
    assert waiting == []
    assert all((one.told, one.found) == (1, 1) for one in (*others, *neighbours))
    # At the very most sixteen first prices, half a minute of a weak phone; mostly nothing.
    assert max(one.dearest for one in (*others, *neighbours)) <= 16 * MEAN_ROUNDS
    assert sorted(one.rounds for one in others)[50] <= 8 * MEAN_ROUNDS


def test_a_hundred_phones_behind_one_address_all_get_their_answers_for_little(portal: Portal) -> None:
    phones = [Visitor(portal, "203.0.113.9") for _turn in range(100)]
    for turn, phone in enumerate(phones * 2):
        portal.now += 2
        assert phone.check(ORDINARY[turn % len(ORDINARY)])
    assert all(phone.found == 2 for phone in phones)
    assert max(phone.dearest for phone in phones) <= MEAN_ROUNDS
