"""What one person costs for the period of a line: the contribution as stated, or the rate valid at the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date
from itertools import groupby

from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts
from portal.evidence.crosschecks.priced import Priced
from portal.evidence.rules.shapes import PRIVATE_FUNDS, UNKNOWN_FUNDS, Rate

YEAR = 12
# Ten years: a longer "period" is no number of months.
LONGEST = 120
# The occupations of the data package that PP 50/2025 counts as transport.
TRANSPORT = frozenset({"ojek_drivers", "drivers", "transport_drivers", "boat_operators"})
# The rates cover JKK and JKM; where old-age savings are included the contribution is another one.
COVERED = frozenset({"JKK", "JKM"})


@dataclass(frozen=True, slots=True)
class Cost:
    """Rupiah for one person: `monthly` for each month of the period.

    `months_stated` and `rate_stated` tell what a source says; otherwise a full year and the legal rate are assumed.
    """

    monthly: tuple[int, ...]
    months_stated: bool
    rate_stated: bool

    @property
    def total(self) -> int:
        """For the whole period."""
        return sum(self.monthly)

    @property
    def months(self) -> int:
        """The length of the period."""
        return len(self.monthly)

    @property
    def rate(self) -> int | None:
        """What one month costs, None where it changes within the period or there is no month."""
        return self.monthly[0] if len(set(self.monthly)) == 1 else None

    @property
    def formula(self) -> str:
        """`Rp16800 × 12`, or `(Rp16800 × 3 + Rp8400 × 9)` where the rate changes."""
        spells = [f"Rp{rate} × {len(list(months))}" for rate, months in groupby(self.monthly)]
        return spells[0] if len(spells) == 1 else f"({' + '.join(spells) or 'Rp0'})"


def possible_costs(facts: ProgrammeFacts, line: LineFacts, pair: Priced) -> tuple[Cost, ...]:
    """Every cost the sources and the law allow; several where payer or sector are not known, none without a rate."""
    months = YEAR if pair.months is None else pair.months
    if months > LONGEST:
        return ()
    stated = pair.contribution
    if stated is not None:
        return (Cost((stated,) * months, pair.months is not None, rate_stated=True),)
    if not set(facts.benefits) <= COVERED:
        return ()
    year = line.fiscal_year or (pair.as_of.year if pair.as_of else None)
    found: list[Cost] = []
    for private in _private(line.funding_source):
        for sector in _sectors(facts.target_groups):
            by_month = _year_of_rates(facts.rates, year, sector, private=private)
            for monthly in _periods(by_month, months):
                found.append(Cost(monthly, pair.months is not None, rate_stated=False))
    return tuple(dict.fromkeys(found))


def _private(funding_source: str) -> tuple[bool, ...]:
    if funding_source in UNKNOWN_FUNDS:
        return (False, True)
    return (funding_source in PRIVATE_FUNDS,)


def _sectors(groups: Iterable[str]) -> tuple[str, ...]:
    """`transport`, `other`, or both where the programme is for both or does not say."""
    found = {"transport" if group in TRANSPORT else "other" for group in groups}
    return tuple(sorted(found)) or ("other", "transport")


def _year_of_rates(
    rates: tuple[Rate, ...], year: int | None, sector: str, *, private: bool
) -> tuple[int, ...]:
    """The rate of each month of the year, or of an unstated time; empty where some month has none."""
    days = [date(year, month, 1) if year and year <= MAXYEAR else None for month in range(1, YEAR + 1)]
    found = [_rate(rates, day, sector, private=private) for day in days]
    return tuple(rate for rate in found if rate is not None) if None not in found else ()


def _rate(rates: tuple[Rate, ...], day: date | None, sector: str, *, private: bool) -> int | None:
    valid = [
        rate
        for rate in rates
        if rate.payer in (("any", "private") if private else ("any",))
        and rate.sector in ("any", sector)
        and _holds(rate, day)
    ]
    # The rule made for this payer and sector goes before the general one.
    valid.sort(key=lambda rate: (rate.payer == "any", rate.sector == "any", rate.id))
    return valid[0].total_idr if valid else None


def _holds(rate: Rate, day: date | None) -> bool:
    if day is None:
        return rate.valid_from is None and rate.valid_to is None
    return (rate.valid_from or day) <= day <= (rate.valid_to or day)


def _periods(by_month: tuple[int, ...], months: int) -> Iterable[tuple[int, ...]]:
    """What a period of `months` may cost: any stretch of the year; a longer one repeats the year's last rate."""
    if not by_month:
        return ()
    if months >= YEAR:
        return (by_month + by_month[-1:] * (months - YEAR),)
    return dict.fromkeys(by_month[start : start + months] for start in range(YEAR - months + 1))
