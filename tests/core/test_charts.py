"""Geometry of the charts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import charts
from portal.core.quantities import Quantity
from portal.core.vocabulary import FUNDING_SOURCES, STAGES

counts = st.none() | st.integers(0, 10**7).map(Quantity)


def test_the_funnel_keeps_the_four_stages_apart_and_in_order() -> None:
    drawn = charts.funnel(
        {"disbursed": Quantity(1616), "planned": Quantity(2250), "budgeted": Quantity(1800)}
    )
    assert [row.stage for row in drawn.rows] == list(STAGES)
    assert [row.width for row in drawn.rows] == [100.0, 80.0, 71.82, 0.0]


def test_a_stage_without_a_figure_is_unknown_and_not_zero() -> None:
    drawn = charts.funnel({"planned": Quantity(0)})
    assert [row.quantity for row in drawn.rows] == [Quantity(0), None, None, None]


def test_the_step_between_two_exact_figures_is_shown_across_a_gap() -> None:
    drawn = charts.funnel({"planned": Quantity(2250), "disbursed": Quantity(1616)})
    assert [row.change for row in drawn.rows] == [None, None, -634, None]


@pytest.mark.parametrize(
    "later",
    [Quantity(1800, "about"), Quantity(1800, None), Quantity(1800, "exact", "idr")],
    ids=["rounded", "unqualified", "another unit"],
)
def test_no_step_is_computed_from_figures_that_cannot_be_subtracted(later: Quantity) -> None:
    drawn = charts.funnel({"planned": Quantity(2250), "budgeted": later})
    assert drawn.rows[1].change is None


@given(st.dictionaries(st.sampled_from(STAGES), counts))
def test_every_funnel_fits_its_chart(figures: dict[str, Quantity | None]) -> None:
    drawn = charts.funnel(figures)
    assert all(0 <= row.width <= 100 for row in drawn.rows)
    assert len(drawn.rows) == len(STAGES)


def test_parts_of_a_bar_follow_each_other_in_the_fixed_order_of_funding_sources() -> None:
    stack = charts.Stack("Berau", (("dbh_sawit", Quantity(4500)), ("apbd_regency", Quantity(4465))))
    bar = charts.stacked_bars([stack]).bars[0]
    assert [part.source for part in bar.segments] == ["apbd_regency", "dbh_sawit"]
    assert bar.segments[1].x == bar.segments[0].width


def test_a_part_without_a_figure_is_listed_and_not_drawn() -> None:
    drawn = charts.stacked_bars([charts.Stack("Berau", (("csr", None),))])
    assert drawn.bars[0].missing == ("csr",)
    assert drawn.bars[0].segments == ()
    assert drawn.sources == ()


@given(st.lists(st.lists(st.tuples(st.sampled_from(FUNDING_SOURCES), counts), max_size=6), max_size=5))
def test_every_stacked_bar_fits_its_chart(rows: list[list[tuple[str, Quantity | None]]]) -> None:
    drawn = charts.stacked_bars(charts.Stack(str(n), parts) for n, parts in enumerate(rows))
    ends = [part.x + part.width for bar in drawn.bars for part in bar.segments]
    assert all(0 <= end < 100.1 for end in ends)
    assert len(drawn.bars) == len(rows)


def test_a_percentage_may_be_drawn_too() -> None:
    drawn = charts.funnel({"planned": Quantity(Decimal("150.9"), "exact", "percent")})
    assert drawn.rows[0].width == 100.0


def test_tiles_are_placed_from_the_first_used_column_and_row() -> None:
    tiles = [charts.Tile(12, 4, "Berau", None, 2, "2"), charts.Tile(11, 2, "Tana Tidung", None, 0, "–")]
    drawn = charts.tile_map(tiles)
    assert [(place.tile.label, place.x, place.y) for place in drawn.tiles] == [
        ("Tana Tidung", 0, 0),
        ("Berau", charts.TILE, 2 * charts.TILE),
    ]
    assert (drawn.width, drawn.height) == (2 * charts.TILE - charts.GAP, 3 * charts.TILE - charts.GAP)


def test_a_map_without_tiles_has_no_tiles() -> None:
    assert charts.tile_map([]).tiles == ()


def test_short_names_are_unique_on_one_map() -> None:
    names = [
        "Berau",
        "Kutai Timur",
        "Kutai Barat",
        "Kotawaringin Barat",
        "Penajam Paser Utara",
        "Kota Tarakan",
    ]
    assert charts.short_names(names) == ["Ber", "KTi", "KBa", "KoB", "PPU", "Tar"]


@given(st.lists(st.text("abc ", max_size=8), max_size=9))
def test_any_name_gets_a_short_one(names: list[str]) -> None:
    assert all(len(short) <= 3 for short in charts.short_names(names))
