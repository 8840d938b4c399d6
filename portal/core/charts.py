"""Geometry of the charts: pure functions from figures to places; the macros only draw what they return.

Lengths along a bar are percentages of the chart's width, so bars stretch while their text keeps its size.
Heights and tiles are in units of the SVG (pixels at 100 %). Nothing here rounds a figure that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.core.quantities import Quantity
from portal.core.vocabulary import FUNDING_SOURCES, STAGES

ROW = 56
BAR = 24
TILE = 40
GAP = 4
KINDS = ("Kabupaten", "Kota")  # left out of short names: nearly every region begins with one


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One stage; `quantity` None is drawn as not published, `change` is the step from the stage before."""

    stage: str
    quantity: Quantity | None
    y: int
    width: float
    change: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The four stages side by side, never merged."""

    rows: tuple[FunnelRow, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Stack:
    """What one bar shows: parts are (funding source, figure or None), `total` as the caller states it."""

    label: str
    parts: Sequence[tuple[str, Quantity | None]]
    total: Quantity | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar, from `x` and `width` wide, in percent of the chart's width."""

    source: str
    quantity: Quantity
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar with its parts in the fixed order of funding sources; `missing` parts gave no figure."""

    stack: Stack
    y: int
    segments: tuple[Segment, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Bars on one scale and the funding sources that the legend names."""

    bars: tuple[StackedBar, ...]
    sources: tuple[str, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Tile:
    """One region of the map: place in columns and rows from 1, level 0 (nothing published) to 2."""

    column: int
    row: int
    label: str
    href: str | None
    level: int
    value: str


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile with its corner and the short name that fits into it."""

    tile: Tile
    short: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """A schematic map: one square of `side` units per region."""

    tiles: tuple[PlacedTile, ...]
    width: int
    height: int
    side: int = TILE - GAP


def funnel(figures: Mapping[str, Quantity | None]) -> Funnel:
    """Bars per stage on one scale; a stage that is not a key counts as not published."""
    longest = max((float(q.value) for q in figures.values() if q is not None), default=0.0)
    rows: list[FunnelRow] = []
    before: Quantity | None = None
    for index, stage in enumerate(STAGES):
        found = figures.get(stage)
        width = _share(found, longest)
        rows.append(FunnelRow(stage, found, index * ROW, width, _change(before, found)))
        before = found or before
    return Funnel(tuple(rows), len(rows) * ROW)


def stacked_bars(stacks: Iterable[Stack]) -> StackedBars:
    """Stacked bars by funding source on one scale; parts without a figure are listed, never drawn as zero."""
    rows = tuple(stacks)
    longest = max((_length(stack) for stack in rows), default=0.0)
    bars = tuple(_bar(stack, index * ROW, longest) for index, stack in enumerate(rows))
    used = {segment.source for bar in bars for segment in bar.segments}
    return StackedBars(bars, tuple(s for s in FUNDING_SOURCES if s in used), len(bars) * ROW)


def tile_map(tiles: Iterable[Tile]) -> TileMap:
    """Squares in reading order (row by row), with short names that are unique on the map."""
    ordered = sorted(tiles, key=lambda tile: (tile.row, tile.column))
    names = short_names([tile.label for tile in ordered])
    left = min((tile.column for tile in ordered), default=1)
    top = min((tile.row for tile in ordered), default=1)
    placed = tuple(
        PlacedTile(tile, name, (tile.column - left) * TILE, (tile.row - top) * TILE)
        for tile, name in zip(ordered, names, strict=True)
    )
    width = max((tile.x for tile in placed), default=0) + TILE - GAP
    return TileMap(placed, width, max((tile.y for tile in placed), default=0) + TILE - GAP)


def short_names(names: Sequence[str]) -> list[str]:
    """Three letters for each name, unique as far as its letters allow: Berau → Ber, Kutai Timur → KTi."""
    taken: set[str] = set()
    result = []
    for name in names:
        options = _candidates(name.split())
        chosen = next((option for option in options if option not in taken), options[0])
        taken.add(chosen)
        result.append(chosen)
    return result


def _candidates(words: Sequence[str]) -> list[str]:
    if len(words) > 1 and words[0] in KINDS:
        words = words[1:]
    if not words:
        return [""]
    first, last = words[0], words[-1]
    if len(words) == 1:
        return [first[:3], *(first[:2] + letter for letter in first[3:])]
    initials = ["".join(word[0] for word in words)[:3]] if len(words) > 2 else []
    return [*initials, first[0] + last[:2], first[:2] + last[0], *(first[0] + last[0] + x for x in last[2:])]


def _share(quantity: Quantity | None, longest: float) -> float:
    if quantity is None or longest <= 0:
        return 0.0
    return round(max(0.0, float(quantity.value)) / longest * 100, 2)


def _change(before: Quantity | None, after: Quantity | None) -> int | None:
    """The difference of two exact figures; anything else is not a difference the sources state."""
    if before is None or after is None or not (before.is_exact and after.is_exact):
        return None
    return int(after.value - before.value) if before.unit == after.unit else None


def _length(stack: Stack) -> float:
    return sum(max(0.0, float(q.value)) for _, q in stack.parts if q is not None)


def _bar(stack: Stack, y: int, longest: float) -> StackedBar:
    order = {source: index for index, source in enumerate(FUNDING_SOURCES)}
    parts = sorted(stack.parts, key=lambda part: order.get(part[0], len(order)))
    segments: list[Segment] = []
    x = 0.0
    for source, found in parts:
        if found is not None:
            width = _share(found, longest)
            segments.append(Segment(source, found, round(x, 2), width))
            x += width
    missing = tuple(source for source, found in parts if found is None)
    return StackedBar(stack, y, tuple(segments), missing)
