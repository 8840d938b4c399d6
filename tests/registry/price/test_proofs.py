"""Beyond the free checks: a proof of work, good for one check of this address, or a minute's wait."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from portal.registry.price.addresses import network
from portal.registry.price.shapes import Key, Offer, Payment, Ticket
from portal.registry.price.stores import Store
from tests.registry.price.gates import ADDRESS, PRICE, Worker, solve

NewStore = Callable[[], Store]


def test_a_proof_lets_one_check_through(worker: Worker) -> None:
    paid = solve(worker.offer())
    assert worker.fault(paid) == "taken"
    assert worker.fault(paid) == "used"


def test_a_proof_is_taken_once_by_all_workers(worker: Worker, new_store: NewStore) -> None:
    others = [Worker(new_store()) for _turn in range(3)]
    for other in others:
        other.offer()
    paid = solve(worker.offer())
    told = [one.fault(paid) for one in (*others, worker)]
    assert sorted(told) == ["taken", "used", "used", "used"]


def test_a_refused_proof_comes_with_a_fresh_challenge(worker: Worker) -> None:
    first = worker.offer()
    paid = solve(first)
    assert worker.fault(paid) == "taken"
    again = worker.ask(payment=paid)
    assert isinstance(again, Offer)
    assert again.challenge != first.challenge
    assert worker.fault(solve(again)) == "taken"


def test_a_free_check_does_not_use_up_a_proof(worker: Worker) -> None:
    paid = solve(worker.offer())
    worker.now += 200
    assert worker.fault(paid) == "taken"


def test_a_proof_expires_after_five_minutes(worker: Worker) -> None:
    paid = solve(worker.offer())
    worker.now += 301
    assert worker.fault(paid) == "expired"


def test_a_proof_is_worth_nothing_at_another_address(worker: Worker) -> None:
    paid = solve(worker.offer())
    worker.offer("192.0.2.9")
    assert worker.fault(paid, "192.0.2.9") == "wrong"
    assert worker.fault(paid, ADDRESS) == "taken"


def test_a_proof_of_another_portal_is_worth_nothing(worker: Worker, new_store: NewStore) -> None:
    from portal.registry.digests import IdentityHasher
    from portal.registry.price.gate import Gate

    stranger = Worker(new_store())
    stranger.gate = Gate(stranger.store, IdentityHasher(b"x" * 32), 8, PRICE, 1, lambda: stranger.now)
    worker.offer()
    assert worker.fault(solve(stranger.offer())) == "wrong"


def changed(paid: Payment, change: Callable[[dict[str, dict[str, dict[str, object]]]], object]) -> Payment:
    payload = json.loads(base64.b64decode(paid.proof))
    change(payload)
    return replace(paid, proof=base64.b64encode(json.dumps(payload).encode()).decode())


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["challenge"]["parameters"].update(expiresAt=9_999_999_999),
        lambda one: one["challenge"]["parameters"].update(keyPrefix="0"),
        lambda one: one["challenge"]["parameters"]["data"].update(doublings=4),
        lambda one: one["challenge"]["parameters"]["data"].update(mark="00" * 16),
        lambda one: one["challenge"].update(signature="00" * 32),
        lambda one: one["challenge"].pop("signature"),
        lambda one: one["solution"].update(derivedKey="00" * 32),
        lambda one: one["solution"].update(derivedKey=None),
        lambda one: one.pop("solution"),
    ],
)
def test_a_proof_that_was_tampered_with_is_refused_and_the_true_one_still_taken(
    worker: Worker, change: Callable[[dict[str, dict[str, dict[str, object]]]], object]
) -> None:
    paid = solve(worker.offer())
    assert worker.fault(changed(paid, change)) == "wrong"
    assert worker.fault(paid) == "taken"


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "{}",
        "e30=",
        "W10=",
        "bnVsbA==",
        "\ud800",
        "é",
        "A" * 5000,
        base64.b64encode(b"[" * 2900).decode(),
    ],
)
def test_what_is_no_proof_is_told_kindly(worker: Worker, text: str) -> None:
    worker.offer()
    assert worker.fault(Payment(proof=text)) == "wrong"


@pytest.mark.parametrize(
    ("used", "price"), [(8, 1), (63, 1), (64, 2), (127, 2), (128, 4), (256, 8), (512, 16), (100_000, 16)]
)
def test_the_price_doubles_with_use_up_to_a_ceiling(worker: Worker, used: int, price: int) -> None:
    use(worker, used)
    assert worker.offer().most_tries == PRICE * price


def use(worker: Worker, times: int) -> None:
    """Somebody else behind the address made so many checks."""
    worker.gate._counters.learn((address_key(worker),))
    worker.gate._counters._unshared[address_key(worker)] = times


def address_key(worker: Worker) -> Key:
    return worker.gate._key(b"address", network(ADDRESS), 600, worker.now)


def test_challenges_hoarded_while_cheap_are_worth_nothing_later(worker: Worker) -> None:
    hoard = [worker.offer() for _turn in range(3)]
    use(worker, 100)
    assert worker.fault(solve(hoard[0])) == "taken"
    use(worker, 100)
    assert worker.fault(solve(hoard[1])) == "dearer"
    asked = worker.ask(payment=solve(hoard[2]))
    assert isinstance(asked, Offer)
    assert worker.fault(solve(asked)) == "taken"


def test_without_a_proof_a_minute_of_waiting_lets_a_check_through(worker: Worker) -> None:
    asked = worker.offer()
    assert (asked.wait, bool(asked.ticket)) == (60, True)
    waited = Payment(ticket=asked.ticket)
    assert worker.fault(waited) == "early"
    worker.now += 60
    assert worker.fault(waited) == "taken"


def test_who_comes_back_early_keeps_the_place_in_the_line(worker: Worker) -> None:
    asked = worker.offer()
    worker.now += 25
    early = worker.ask(payment=Payment(ticket=asked.ticket))
    assert isinstance(early, Offer)
    assert (early.ticket, early.wait) == (asked.ticket, 35)


def test_a_ticket_is_good_once_and_for_its_address_alone(worker: Worker, new_store: NewStore) -> None:
    other = Worker(new_store(), 60)
    other.offer()
    ticket = Payment(ticket=other.offer().ticket)
    other.offer("192.0.2.9")
    other.now += 60
    assert other.fault(ticket, "192.0.2.9") == "expired"
    assert [other.fault(ticket), other.fault(ticket)] == ["taken", "used"]


def test_waiting_lets_few_checks_through_and_the_next_window_is_free_again(worker: Worker) -> None:
    tickets = [worker.offer().ticket for _turn in range(5)]
    worker.now += 100
    told = [worker.fault(Payment(ticket=ticket)) for ticket in tickets]
    assert told == ["taken", "", "", "", ""]
    asked = worker.offer()
    assert (asked.ticket, asked.wait) == ("", 500)
    worker.now += 500
    assert isinstance(worker.ask(), Ticket)


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "9" * 400, "1." + "a" * 24 + "." + "b" * 32, "\ud800"])
def test_a_made_up_ticket_opens_nothing(worker: Worker, text: str) -> None:
    worker.offer()
    assert worker.fault(Payment(ticket=text)) == ("expired" if text else "")
