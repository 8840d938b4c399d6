"""Contribution rates and rules of benefit as pages, checks and PDF use them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Who pays without a public budget: PP 50/2025 halves JKK and JKM for these alone.
PRIVATE_FUNDS = frozenset({"csr", "donation"})
UNKNOWN_FUNDS = frozenset({"mixed", "unknown"})


@dataclass(frozen=True, slots=True)
class Rate:
    """Rupiah for one person and month. `valid_from` None: since before the first report; `valid_to` None: open.

    `payer` is `any` or `private` (no public budget pays); `sector` is `any`, `transport` or `other`.
    """

    id: str
    payer: str
    sector: str
    valid_from: date | None
    valid_to: date | None
    jkk_idr: int
    jkm_idr: int
    legal_basis: str
    read_at: str
    read_on: date | None
    sure: str

    @property
    def total_idr(self) -> int:
        """JKK and JKM together."""
        return self.jkk_idr + self.jkm_idr

    def may_apply(self, funding_source: str, first: date, last: date) -> bool:
        """Whether this rate can hold for a line of that fund on any day from `first` to `last`."""
        possible = PRIVATE_FUNDS | UNKNOWN_FUNDS
        if self.payer == "private" and funding_source not in possible:
            return False
        return (self.valid_from or first) <= last and (self.valid_to or last) >= first


@dataclass(frozen=True, slots=True)
class Benefit:
    """One fact about the cover in the page's language.

    `topic`: `contribution`, `pays`, `claim`, `where` or `term`; `programme`: `JKK`, `JKM`, `JKK+JKM`, `JHT` or
    `general`; `sure`: `H` primary text or several official pages, `M-H`, `M` several independent pages, `L` one
    weak page, `unverified` not confirmed at all. `read_on` is None where the day of reading was not noted.
    """

    id: str
    programme: str
    topic: str
    amount_idr: int | None
    text: str
    valid_from: date | None
    valid_to: date | None
    legal_basis: str | None
    read_at: str
    read_on: date | None
    sure: str

    @property
    def is_verified(self) -> bool:
        """Whether any page states it."""
        return self.sure != "unverified"
