"""Free checks by address and wrong names by NIK, shared by all workers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.registry.price.shapes import Offer, Payment, Ticket
from portal.registry.price.stores import Store
from portal.registry.price.tariff import WRONG_NAMES_A_DAY, WRONG_NAMES_HERE
from tests.registry.price.gates import NOW, Worker, solve

NewStore = Callable[[], Store]


def test_an_address_has_its_free_checks_and_has_them_again_in_the_next_window(worker: Worker) -> None:
    assert worker.admitted(20) == 8
    worker.now += 600
    assert worker.admitted(20) == 8


def test_addresses_do_not_share_their_free_checks(worker: Worker) -> None:
    assert worker.admitted(20) == worker.admitted(20, "203.0.113.6") == 8


def test_an_ipv6_network_is_one_address(worker: Worker) -> None:
    taken = worker.admitted(5, "2001:db8:1:2::1") + worker.admitted(20, "2001:db8:1:2:ffff::9")
    assert (taken, worker.admitted(20, "2001:db8:1:3::1")) == (8, 8)


def test_all_of_an_ipv6_subscriber_together_has_as_much_free_as_sixteen_addresses(worker: Worker) -> None:
    assert sum(worker.admitted(8, f"2001:db8:1:{number:x}::1") for number in range(40)) == 16 * 8
    assert worker.admitted(8, "2001:db8:2:1::1") == 8


def test_it_waits_no_more_often_than_sixteen_addresses(new_store: NewStore) -> None:
    one, places = Worker(new_store()), [f"2001:db8:1:{number:x}::1" for number in range(40)]
    for place in places:
        one.admitted(9, place)
    asked = [one.ask(place) for place in places]
    one.now += 61
    tickets = [Payment(ticket=offer.ticket) for offer in asked if isinstance(offer, Offer)]
    paid = [one.ask(place, payment=ticket) for place, ticket in zip(places, tickets, strict=True)]
    assert sum(isinstance(answer, Ticket) for answer in paid) == 16


def test_an_ipv4_address_in_ipv6_clothes_is_the_same(worker: Worker) -> None:
    assert worker.admitted(8) + worker.admitted(8, "::ffff:203.0.113.5") == 8


def test_what_is_no_address_counts_as_one(worker: Worker) -> None:
    assert worker.admitted(5, "unix:") + worker.admitted(20, "") == 8


def test_workers_share_what_they_counted(worker: Worker, new_store: NewStore) -> None:
    other = Worker(new_store())
    assert worker.admitted(8) == 8
    assert other.admitted(8) == 0


def test_workers_in_turns_admit_hardly_more_than_one_allowance(worker: Worker, new_store: NewStore) -> None:
    both = (Worker(new_store(), 40), Worker(new_store(), 40))
    taken = 0
    for step in range(80):
        for one in both:
            one.now = NOW + step * 0.3
            taken += isinstance(one.ask(), Ticket)
    assert 40 <= taken <= 44


def found(worker: Worker, address: str) -> bool:
    """Whether the right name would be answered to this address."""
    asked = worker.ask(address)
    assert isinstance(asked, Ticket)
    return asked.may_be_found


def guess(worker: Worker, times: int, address: str) -> None:
    """So many wrong names for the one NIK."""
    for _turn in range(times):
        assert isinstance(worker.ask(address, miss=True), Ticket)


def test_wrong_names_close_a_nik_to_their_address_for_the_day_and_no_longer(worker: Worker) -> None:
    guess(worker, WRONG_NAMES_HERE - 1, "203.0.113.77")
    assert found(worker, "203.0.113.77")
    guess(worker, 1, "203.0.113.77")
    assert not found(worker, "203.0.113.77")
    worker.now += 86_400
    assert found(worker, "203.0.113.77")


def test_wrong_names_of_somebody_elsewhere_do_not_close_a_nik(worker: Worker) -> None:
    guess(worker, 8, "203.0.113.77")
    assert found(worker, "203.0.113.78")


def test_wrong_names_of_an_ipv6_subscriber_are_counted_together(worker: Worker) -> None:
    for number in range(WRONG_NAMES_HERE):
        guess(worker, 1, f"2001:db8:1:{number:x}::1")
    assert not found(worker, "2001:db8:1:ffff::1")
    assert found(worker, "2001:db8:2:1::1")


def test_wrong_names_from_many_places_close_a_nik_to_all(new_store: NewStore) -> None:
    # So many free checks that nothing is braked meanwhile.
    worker = Worker(new_store(), 1000)
    places = WRONG_NAMES_A_DAY // WRONG_NAMES_HERE
    for number in range(places):
        assert found(worker, "192.0.2.1" if number % 2 else "192.0.2.2")
        guess(worker, WRONG_NAMES_HERE, f"203.0.113.{number}")
    assert not found(worker, "192.0.2.3")
    worker.now += 86_400
    assert found(worker, "192.0.2.3")


def test_wrong_names_are_counted_together_by_all_workers(worker: Worker, new_store: NewStore) -> None:
    guess(worker, WRONG_NAMES_HERE, "203.0.113.77")
    worker.gate.share()
    other = Worker(new_store())
    assert not found(other, "203.0.113.77")
    assert found(other, "203.0.113.78")


@pytest.mark.parametrize(("misses", "free"), [(17, 9), (18, 3), (36, 1), (72, 0), (500, 0)])
def test_a_spike_of_misses_leaves_fewer_free_checks_and_at_last_none(
    new_store: NewStore, misses: int, free: int
) -> None:
    worker = Worker(new_store(), 9)
    spike(worker, misses)
    assert worker.admitted(20) == free
    worker.now += 7200
    assert worker.admitted(20) == 9


def test_misses_that_drip_for_an_hour_brake_too(new_store: NewStore) -> None:
    worker = Worker(new_store(), 9)
    for turn in range(11):
        worker.now = NOW + turn * 180
        spike(worker, 11, f"198.{turn}")
    assert worker.admitted(20) == 3


def test_a_spike_of_misses_doubles_the_price_for_all(new_store: NewStore) -> None:
    worker = Worker(new_store(), 9)
    calm = worker.offer("192.0.2.1")
    spike(worker, 20)
    braked = worker.offer("192.0.2.2")
    spike(worker, 60, "203.0")
    harder = worker.offer("192.0.2.3")
    prices = [calm.most_tries, braked.most_tries, harder.most_tries]
    assert prices == [calm.most_tries, calm.most_tries * 2, calm.most_tries * 8]


def test_where_nothing_is_free_a_first_check_is_paid_by_work_or_by_waiting(new_store: NewStore) -> None:
    worker = Worker(new_store(), 9)
    spike(worker, 100)
    asked = worker.ask("192.0.2.1")
    other = worker.ask("192.0.2.2")
    assert isinstance(asked, Offer)
    assert isinstance(other, Offer)
    assert isinstance(worker.ask("192.0.2.1", payment=solve(asked)), Ticket)
    worker.now += 61
    assert isinstance(worker.ask("192.0.2.2", payment=Payment(ticket=other.ticket)), Ticket)


def test_many_addresses_are_told_nothing_for_nothing_where_nothing_is_free(new_store: NewStore) -> None:
    worker = Worker(new_store(), 9)
    spike(worker, 100)
    assert sum(worker.admitted(1, f"192.0.{number // 200}.{number % 200}") for number in range(1000)) == 0


def spike(worker: Worker, misses: int, network: str = "198.51") -> None:
    """So many misses at once, each from another address."""
    asked = [
        worker.ask(f"{network}.{number // 200}.{number % 200}", number.to_bytes(16, "big"))
        for number in range(misses)
    ]
    for ticket in asked:
        assert isinstance(ticket, Ticket)
        worker.gate.miss(ticket)
