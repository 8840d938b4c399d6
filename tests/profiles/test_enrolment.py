"""Published enrolment lists on the pages of a region and a programme."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.registry.queries import list_places
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from tests.conftest import GetPage
from tests.registry.people import BERAU, HEADER, month, somebody
from tests.support.pages import text_of


def _publish(app: Flask, folder: Path, title: str, sizes: tuple[int, ...]) -> tuple[str, ...]:
    """A published list with so many people in each of Berau's first villages; returns their names."""
    with app.app_context():
        places = list_places("64.03")[: len(sizes)]
        people = [
            somebody(number, district=place.district, village=place.village)
            for number, place in enumerate(
                (place for place, size in zip(places, sizes, strict=True) for _ in range(size)), 1
            )
        ]
        path = folder / "list.csv"
        path.write_text("\n".join([title, HEADER, *(person.line for person in people)]), encoding="utf-8")
        cover = Cover(BERAU, "apbd_regency", month("2026-01"), month("2026-12"))
        publish_list(stage_list(path, cover, actor="test").list_id or 0, actor="test")
        return tuple(place.village for place in places)


def test_villages_are_counted_and_small_ones_are_not_shown(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    names = _publish(content, tmp_path, "Daftar peserta", (14, 8, 3, 2))
    page = get_page("/wilayah/berau")
    rows = {text_of(row.find("th")): text_of(row) for row in page.all("tr")}
    assert rows[names[0]].endswith(" 14")
    assert rows[names[1]].endswith(" 8")
    assert all(rows[name].endswith("terlalu sedikit untuk ditampilkan") for name in names[2:])
    assert "27 orang dalam daftar" in page.text
    assert "5 orang tinggal di desa/kelurahan yang pesertanya terlalu sedikit" in page.text
    assert "Daftar peserta yang diserahkan dinas" not in page.text


def test_made_up_people_are_called_so_and_stay_off_the_regions_villages(
    content: Flask, get_page: GetPage, tmp_path: Path
) -> None:
    names = _publish(content, tmp_path, "DATA SINTETIS", (14, 8))
    page = get_page("/en/wilayah/berau")
    assert "These are made-up people" in page.text
    assert names[0] not in [text_of(cell) for cell in page.all("th")]
    assert "A list of who is enrolled, handed to this portal by the office." in page.text
    own = get_page(f"/en/program/{BERAU}")
    assert names[0] in [text_of(cell) for cell in own.all("th")]
    assert "These are made-up people" in own.text
