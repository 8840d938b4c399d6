"""The list of prices: how many checks are free, how dear the next one is. Nothing here knows whom a check is about."""

from __future__ import annotations

from typing import Final

ADDRESS_WINDOW: Final = 600
MISSES_WINDOW: Final = 60
NIK_WINDOW: Final = 86_400
WRONG_NAMES_A_DAY: Final = 5
# A minute with more misses than this many whole allowances brakes the portal; twice as many brake it harder.
BRAKE_ALLOWANCES: Final = 10
MOST_BRAKE: Final = 3
# The price doubles when an address has used this many allowances, and each time that doubles.
CHEAP_ALLOWANCES: Final = 8
MOST_DOUBLINGS: Final = 4
BRAKE_DOUBLINGS: Final = 2
# Without a proof: one check for six free ones, each after a minute.
SLOW_SHARE: Final = 6
SLOW_SECONDS: Final = 60


def brake_of(misses: int, allowance: int) -> int:
    """How hard misses in one minute brake the portal: 0 (not) to 3."""
    over = misses // (BRAKE_ALLOWANCES * allowance)
    return min(over.bit_length(), MOST_BRAKE)


def free_checks(allowance: int, brake: int) -> int:
    """Checks an address has free in ten minutes: a third for each step of the brake, and never nothing."""
    return int(max(1, allowance // 3**brake))


def slow_checks(allowance: int) -> int:
    """Checks an address may make in ten minutes by waiting, on top of the free ones."""
    return max(1, allowance // SLOW_SHARE)


def doublings(used: int, allowance: int) -> int:
    """How often the first price has doubled for an address that made `used` checks in these ten minutes."""
    return min((used // (CHEAP_ALLOWANCES * allowance)).bit_length(), MOST_DOUBLINGS)


def braked_doublings(own: int, brake: int) -> int:
    """The doublings that are asked of an address while the portal is braked."""
    return min(own + min(brake, BRAKE_DOUBLINGS), MOST_DOUBLINGS)
