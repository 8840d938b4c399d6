"""The official clocks of regions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from portal.areas.clocks import clock_of


@pytest.mark.parametrize(
    ("code", "name", "hour"),
    [
        ("61.07", "WIB", 7),
        ("62", "WIB", 7),
        ("63.01", "WITA", 8),
        ("64.03", "WITA", 8),
        ("65", "WITA", 8),
        ("81.01", "WIT", 9),
        (None, "WIB", 7),
    ],
)
def test_a_region_keeps_the_clock_of_its_province(code: str | None, name: str, hour: int) -> None:
    clock = clock_of(code)
    local = clock.local(datetime(2025, 12, 1, 0, 0, tzinfo=UTC))
    assert (clock.name, local.hour, local.tzname()) == (name, hour, name)


def test_a_moment_read_without_its_zone_is_utc() -> None:
    assert clock_of("64.03").local(datetime(2025, 11, 30, 23, 0)).isoformat() == "2025-12-01T07:00:00+08:00"  # noqa: DTZ001


def test_every_province_of_the_area_files_has_a_clock_of_its_own_zone(app_context: object) -> None:
    from portal.areas.queries import list_regions

    zones = {region.code[:2]: clock_of(region.code).name for region in list_regions()}
    assert {zones[code] for code in ("61", "62")} == {"WIB"}
    assert {zones[code] for code in ("63", "64", "65")} == {"WITA"}
