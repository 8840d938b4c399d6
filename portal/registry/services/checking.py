"""The check: is this person, by NIK and name, in a published list?

Whoever is asked for, the same work is done: the digests are taken, the same number of rows is read and compared, and
a miss is counted. What differs between an unknown NIK, a wrong name and an impossible number is lost in that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from flask import Flask, current_app
from sqlalchemy import Connection

from portal.registry import nik as niks
from portal.registry.digests import IdentityHasher, KeyRing, share_one
from portal.registry.errors import CheckRefused
from portal.registry.lookup import read_from_digest
from portal.registry.names import match_tokens
from portal.registry.queries import list_published
from portal.registry.services.allowances import Allowances
from portal.registry.services.keys import key_ring, registry_engine
from portal.registry.shapes import EnrolmentList, FoundCover
from portal.settings import Settings

MOST_LISTS_OF_ONE = 500
_CHECKER = "portal.registry.checker"


def check_cover(nik: str, name: str, address: str) -> tuple[FoundCover, ...]:
    """Covers of this person by published lists, empty for anybody who isn't found.

    Raises CheckRefused when the address has had its share for now, and RegistryKeyDiffers.
    """
    return _checker().check(niks.read_digits(nik).encode(), name, address)


def _checker() -> Checker:
    app: Flask = current_app
    checker = app.extensions.get(_CHECKER)
    if not isinstance(checker, Checker):
        settings: Settings = app.config["PORTAL_SETTINGS"]
        ring = key_ring()
        hasher = ring.hasher
        checker = Checker(ring, hasher, Allowances(registry_engine(), hasher, settings.check_allowance))
        app.extensions[_CHECKER] = checker
    return checker


@dataclass(slots=True)
class Checker:
    """One worker's way to answer checks: keys, allowances and the published lists as last seen."""

    ring: KeyRing
    hasher: IdentityHasher
    allowances: Allowances
    _seen: int = -1
    _lists: dict[int, EnrolmentList] = field(default_factory=dict)

    def check(self, nik: bytes, name: str, address: str) -> tuple[FoundCover, ...]:
        """See check_cover."""
        digest = self.hasher.nik(nik)
        names = self.hasher.names(nik, match_tokens(name))
        version = self.ring.version
        if version > 1:
            digest, names = (
                self.ring.nik_forward(digest, 1, version),
                self.ring.names_forward(names, 1, version),
            )
        with registry_engine().connect() as connection:
            ticket = self.allowances.admit(connection, address, digest)
            if isinstance(ticket, int):
                raise CheckRefused(ticket)
            found = self._find(connection, digest, names)
        if not (found and ticket.may_be_found):
            self.allowances.miss(ticket)
            return ()
        return join_months(found)

    def _find(self, connection: Connection, digest: bytes, names: bytes) -> list[EnrolmentList]:
        """Published lists with this NIK and a name that agrees."""
        rows = read_from_digest(connection, digest)
        if rows[-1].nik_digest == digest:
            # Somebody in more lists than one look-up reads; rare, and a hit or a much listed person either way.
            rows = read_from_digest(connection, digest, MOST_LISTS_OF_ONE)
        if rows[0].changes != self._seen:
            self._lists, self._seen = list_published(connection), rows[0].changes
        agree = [(row.nik_digest == digest, share_one(row.name_digests, names), row.list_id) for row in rows]
        return [
            self._lists[list_id]
            for same_nik, same_name, list_id in agree
            if same_nik and same_name and list_id in self._lists
        ]


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
