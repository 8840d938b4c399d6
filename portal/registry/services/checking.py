"""The check: is this person, by NIK and name, in a published list?

Whoever is asked for, the same work is done: the digests are taken, the same number of rows is read and compared, and
a miss is counted. What differs between an unknown NIK, a wrong name and an impossible number is lost in that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from flask import Flask, current_app

from portal.registry import nik as niks
from portal.registry.digests import IdentityHasher
from portal.registry.names import asked_tokens
from portal.registry.price.gate import NOTHING, Gate
from portal.registry.price.opening import price_gate
from portal.registry.price.shapes import Payment
from portal.registry.services.finding import Finder
from portal.registry.services.keys import key_ring, registry_engine
from portal.registry.shapes import EnrolmentList, FoundCover

_CHECKER = "portal.registry.checker"


def check_cover(nik: str, name: str, address: str, payment: Payment = NOTHING) -> tuple[FoundCover, ...]:
    """Covers of this person by published lists, empty for anybody who isn't found.

    Raises PriceAsked when the check is neither free nor paid for, and RegistryKeyDiffers.
    """
    return _checker().check(niks.read_digits(nik).encode(), name, address, payment)


def _checker() -> Checker:
    app: Flask = current_app
    checker = app.extensions.get(_CHECKER)
    if not isinstance(checker, Checker):
        ring = key_ring()
        checker = Checker(ring.hasher, price_gate(), Finder(ring))
        app.extensions[_CHECKER] = checker
    return checker


@dataclass(slots=True)
class Checker:
    """One worker's way to answer checks: the first key, what checks cost, and how people are found."""

    hasher: IdentityHasher
    gate: Gate
    finder: Finder

    def check(self, nik: bytes, name: str, address: str, payment: Payment) -> tuple[FoundCover, ...]:
        """See check_cover."""
        digest = self.hasher.nik(nik)
        names = self.hasher.names(nik, asked_tokens(name))
        ticket = self.gate.admit(address, digest, payment)
        with registry_engine().connect() as connection:
            found = self.finder.find(connection, digest, names)
        if not (found and ticket.may_be_found):
            self.gate.miss(ticket)
            return ()
        return join_months(found)


def join_months(lists: list[EnrolmentList]) -> tuple[FoundCover, ...]:
    """Covers by programme and payer, with months that follow one another joined to one span."""
    months: dict[tuple[str, str, bool], set[int]] = defaultdict(set)
    for one in lists:
        cover = one.cover
        key = (cover.program, cover.funding_source, one.synthetic)
        months[key].update(range(cover.first_month, cover.last_month + 1))
    return tuple(FoundCover(*key[:2], _spans(found), key[2]) for key, found in sorted(months.items()))


def _spans(months: set[int]) -> tuple[tuple[int, int], ...]:
    firsts = sorted(month for month in months if month - 1 not in months)
    lasts = sorted(month for month in months if month + 1 not in months)
    return tuple(zip(firsts, lasts, strict=True))
