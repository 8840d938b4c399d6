"""The list of prices: how many checks are free, how dear the next one is. Nothing here knows whom a check is about."""

from __future__ import annotations

from typing import Final

ADDRESS_WINDOW: Final = 600
DAY: Final = 86_400
MINUTE: Final = 60
HOUR: Final = 3600
# For a NIK: from one address and all around it, and from everywhere. Nobody with one address closes a NIK for others.
WRONG_NAMES_HERE, WRONG_NAMES_A_DAY = 5, 50
# So many whole allowances of misses in a minute, or in an hour, brake the portal; each time that doubles, harder.
BRAKE_MINUTE, BRAKE_HOUR = 2, 10
MOST_BRAKE: Final = 3
# The price doubles when an address has used so many allowances in ten minutes, or in a day, and each time that doubles.
CHEAP_WINDOW, CHEAP_DAY = 8, 20
MOST_DOUBLINGS: Final = 4
# Without a proof: one check for six free ones, each after a minute.
SLOW_SHARE: Final = 6
SLOW_SECONDS: Final = 60
# All of an IPv6 /48 together have as much free, and as many waits, as so many addresses.
ADDRESSES_TOGETHER: Final = 16


def brake_of(minute: int, hour: int, allowance: int) -> int:
    """How hard misses of the last minute and hour brake the portal: 0 (not) to 3."""
    steps = (_step(minute, BRAKE_MINUTE * allowance), _step(hour, BRAKE_HOUR * allowance))
    return min(max(steps), MOST_BRAKE)


def free_checks(allowance: int, brake: int) -> int:
    """Checks an address has free in ten minutes: a third for each step of the brake, at the last step none.

    One for each address would be as many as an attacker has addresses.
    """
    return 0 if brake >= MOST_BRAKE else int(max(1, allowance // 3**brake))


def may_be_found(wrong_here: int, wrong_everywhere: int) -> bool:
    """Whether a NIK with so many wrong names today is still answered to an address with so many of them."""
    return wrong_here < WRONG_NAMES_HERE and wrong_everywhere < WRONG_NAMES_A_DAY


def slow_checks(allowance: int, brake: int) -> int:
    """Checks an address may make in ten minutes by waiting, on top of the free ones."""
    return max(1, free_checks(allowance, brake) // SLOW_SHARE)


def doublings(window: int, day: int, allowance: int) -> int:
    """How often the first price has doubled for an address with so many checks in these ten minutes and this day."""
    steps = (_step(window, CHEAP_WINDOW * allowance), _step(day, CHEAP_DAY * allowance))
    return min(max(steps), MOST_DOUBLINGS)


def braked_doublings(own: int, brake: int) -> int:
    """The doublings that are asked of an address while the portal is braked."""
    return min(own + brake, MOST_DOUBLINGS)


def _step(count: int, unit: int) -> int:
    """0 below one unit, 1 below two, 2 below four, 3 below eight …"""
    return (count // unit).bit_length()
