"""The area files: what is in them, how they are loaded, and what happens when one is damaged."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.areas.files import AreaFileDamaged
from portal.areas.models import AreaEdition, District, Population, Region, Tile, Village
from portal.areas.names import display_name, slugs
from portal.areas.services import load_areas
from portal.core.content_version import current_number
from portal.extensions import db
from tests.support.statements import statements
from tests.support.tree import ROOT

AREAS = ROOT / "data" / "areas"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the area files that a test may spoil."""
    return Path(shutil.copytree(AREAS, tmp_path / "areas"))


def _count(model: type, **equal: str) -> int:
    return int(db.session.execute(select(func.count()).select_from(model).filter_by(**equal)).scalar_one())


def _spoil(file: Path, old: bytes, new: bytes) -> None:
    data = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
    assert old in data
    data = data.replace(old, new, 1)
    file.write_bytes(lzma.compress(data) if file.suffix == ".xz" else data)


@pytest.mark.usefixtures("app_context")
def test_every_area_of_the_country_is_there() -> None:
    levels = {level: _count(Region, level=level) for level in ("province", "regency", "city")}
    assert levels == {"province": 38, "regency": 416, "city": 98}
    assert (_count(District), _count(Village)) == (7277, 83763)
    assert (_count(Population), _count(Tile)) == (552, 56)


@pytest.mark.usefixtures("app_context")
@pytest.mark.parametrize(
    ("code", "name", "slug"),
    [
        ("64.03", "Kabupaten Berau", "berau"),
        ("65.71", "Kota Tarakan", "kota-tarakan"),
        ("65", "Kalimantan Utara", "kalimantan-utara"),
        ("64.09", "Kabupaten Penajam Paser Utara", "penajam-paser-utara"),
        ("75", "Gorontalo", "gorontalo"),
        ("75.01", "Kabupaten Gorontalo", "kabupaten-gorontalo"),
        ("31", "DKI Jakarta", "dki-jakarta"),
        ("72.04", "Kabupaten Toli Toli", "toli-toli"),
        ("73.10", "Kabupaten Pangkajene dan Kepulauan", "pangkajene-dan-kepulauan"),
    ],
)
def test_a_region_has_its_everyday_name_and_its_address(code: str, name: str, slug: str) -> None:
    region = db.session.get_one(Region, code)
    assert (region.name.replace("-", " "), region.slug) == (name, slug)


@pytest.mark.usefixtures("app_context")
def test_quotes_in_names_are_letters() -> None:
    assert db.session.get_one(Village, "35.13.15.2017").name == 'Soka"an'
    assert db.session.get_one(Village, "52.06.11.2006").name == 'Doro O"o'


@pytest.mark.usefixtures("app_context")
def test_the_same_edition_again_is_one_question_and_changes_nothing() -> None:
    before = current_number(db.session)
    with statements() as made:
        assert not load_areas(db.session(), AREAS).changed
    assert len(made) == 1
    assert current_number(db.session) == before


@pytest.mark.blank
@pytest.mark.usefixtures("app_context")
def test_all_areas_are_loaded_in_at_most_a_hundred_statements() -> None:
    with statements() as made:
        assert load_areas(db.session(), AREAS).villages == 83763
    assert len(made) <= 100


def test_a_newer_edition_replaces_names_and_places_and_keeps_every_region(
    content: Flask, app_context: Flask, files: Path
) -> None:
    _spoil(files / "regencies.csv", b"64.03,64,KABUPATEN BERAU", b"64.03,64,KABUPATEN BERAU BARU")
    _spoil(files / "tiles-kalimantan.csv", b"64.03,12,4", b"64.03,1,1")
    before = current_number(db.session)
    assert load_areas(db.session(), files).changed
    assert db.session.get_one(Region, "64.03").slug == "berau-baru"
    assert db.session.get_one(Tile, "64.03").column == 1
    assert (_count(Village), _count(AreaEdition)) == (83763, 1)
    assert current_number(db.session) == before + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("provinces.csv", b"code,name", b"kode,nama", "1"),
        ("provinces.csv", b"12,SUMATERA UTARA", b"11,SUMATERA UTARA", "3"),
        ("regencies.csv", b"11.01,11,", b"11.01,12,", "2"),
        ("districts.csv.xz", b"11.01.02,11.01,", b"11.01.02,11.99,", "3"),
        ("villages.csv.xz", b"11.01.01.2002,", b"11.01.01.9002,", "3"),
        ("villages.csv.xz", b"11.01.01.2002,11.01.01,Ujong Mangki", b"11.01.01.2002,11.01.01,", "3"),
        ("population.csv", b"11,2815060", b"11,-2815060", "2"),
        ("population.csv", b"11,2815060", b"11,2815061", "2"),
        ("tiles-kalimantan.csv", b"61.01,", b"99.01,", "2"),
    ],
)
def test_a_damaged_file_is_told_with_its_line_and_loads_nothing(
    app_context: Flask, files: Path, name: str, old: bytes, new: bytes, line: str
) -> None:
    _spoil(files / name, old, new)
    with pytest.raises(AreaFileDamaged) as caught:
        load_areas(db.session(), files)
    assert name in str(caught.value)
    assert f" {line}:" in str(caught.value)
    assert _count(Village) == 83763


@pytest.mark.usefixtures("app_context")
@pytest.mark.parametrize("data", [b"", b"\xfd7zXZ broken", None], ids=["empty", "cut short", "missing"])
def test_an_unreadable_file_is_one_sentence(files: Path, data: bytes | None) -> None:
    file = files / "villages.csv.xz"
    file.unlink() if data is None else file.write_bytes(data)
    with pytest.raises(AreaFileDamaged) as caught:
        load_areas(db.session(), files)
    assert "villages.csv.xz" in str(caught.value)


def test_names_and_addresses_follow_the_rules() -> None:
    assert display_name("KABUPATEN TOLI-TOLI") == "Kabupaten Toli-Toli"
    assert slugs(["GORONTALO"], ["KABUPATEN GORONTALO", "KOTA GORONTALO"]) == {
        "GORONTALO": "gorontalo",
        "KABUPATEN GORONTALO": "kabupaten-gorontalo",
        "KOTA GORONTALO": "kota-gorontalo",
    }
