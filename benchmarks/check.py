"""One check in the process against the bare look-up of its digest on the same file."""

from __future__ import annotations

import sqlite3
from itertools import count

from flask import Flask

from benchmarks.measure import Row, median_seconds
from portal.registry.services.checking import check_cover
from portal.registry.services.keys import key_ring
from portal.settings import Settings

LOOKUPS = 2000


def rows(app: Flask) -> list[Row]:
    """Look-ups per second, each of another number from another address."""
    settings: Settings = app.config["PORTAL_SETTINGS"]
    file = settings.registry_url.removeprefix("sqlite:///")
    numbers = count()

    def check() -> None:
        for number in (next(numbers) for _ in range(LOOKUPS)):
            nik = f"640399{100150 + number % 600000:06}{9000 + number % 1000}"
            check_cover(nik, "Aminah", f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")

    with app.app_context(), sqlite3.connect(file) as connection:
        ring = key_ring()
        find = "SELECT list_id, name_digests FROM enrolments WHERE bucket = ? AND nik_digest = ?"

        def look_up() -> None:
            for number in range(LOOKUPS):
                digest = ring.hasher.nik(f"640399{100150 + number:06}9000".encode())
                connection.execute(find, (digest[0], digest)).fetchall()

        checked, raw = median_seconds(check), median_seconds(look_up)
    return [
        Row("check in the process", LOOKUPS / checked, "raw keyed look-up", LOOKUPS / raw, "a second", None)
    ]
