"""Regions as the official list of codes has them."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.areas.queries import (
    count_subdivisions,
    find_region,
    get_region,
    get_region_with_members,
    list_provinces,
    list_regions,
    list_tiles,
    list_villages,
)
from portal.core.errors import NotFound


def test_there_are_38_provinces_and_514_regencies_and_cities(app_context: Flask) -> None:
    regions = list_regions()
    assert len(regions) == 552
    assert len(list_provinces()) == 38
    assert len({region.slug for region in regions}) == 552


@pytest.mark.parametrize(
    ("slug", "districts", "desa", "kelurahan", "residents"),
    [
        ("berau", 13, 100, 10, 299_005),
        ("bengkayang", 17, 122, 2, 295_966),
        ("kutai-timur", 18, 139, 2, 448_850),
        ("kalimantan-utara", 55, 447, 35, 770_627),
    ],
)
def test_a_region_has_the_districts_villages_and_residents_of_the_official_lists(
    app_context: Flask, slug: str, districts: int, desa: int, kelurahan: int, residents: int
) -> None:
    region = get_region(slug)
    parts = count_subdivisions(region)
    assert (parts.districts, parts.desa, parts.kelurahan) == (districts, desa, kelurahan)
    assert parts.villages == desa + kelurahan
    assert region.population == residents


def test_a_region_knows_its_province_and_a_province_its_members(app_context: Flask) -> None:
    tarakan = get_region("kota-tarakan")
    assert (tarakan.level, tarakan.province_slug) == ("city", "kalimantan-utara")
    province, members, _counts = get_region_with_members(tarakan.province_slug)
    assert province.code == tarakan.province_code
    assert [region.slug for region in members] == [
        "bulungan",
        "malinau",
        "nunukan",
        "tana-tidung",
        "kota-tarakan",
    ]
    assert get_region_with_members("kota-tarakan") == (tarakan, (), count_subdivisions(tarakan))


@pytest.mark.parametrize("slug", ["atlantis", "", "berau\0", "BERAU", "' OR 1=1 --"])
def test_an_unknown_slug_is_not_found(app_context: Flask, slug: str) -> None:
    assert find_region(slug) is None
    with pytest.raises(NotFound):
        get_region(slug)


def test_every_regency_and_city_of_kalimantan_has_its_own_tile(app_context: Flask) -> None:
    tiles = list_tiles()
    assert len(tiles) == 56
    assert len({(tile.column, tile.row) for tile in tiles}) == 56


def test_villages_are_named_with_their_district_and_unknown_codes_are_left_out(app_context: Flask) -> None:
    assert list_villages([]) == {}
    found = list_villages(["64.03.01.2001", "99.99.99.9999"])
    assert list(found) == ["64.03.01.2001"]
    assert found["64.03.01.2001"].district
