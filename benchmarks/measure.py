"""A measured row and small timing tools."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One comparison: `value` beside `limit`, their ratio, and the ratio to reach (None: just a reading)."""

    name: str
    value: float
    limit_name: str
    limit: float
    unit: str
    target: float | None
    at_least: bool = True

    @property
    def ratio(self) -> float:
        """value ÷ limit."""
        return self.value / self.limit if self.limit else float("nan")

    @property
    def reached(self) -> bool | None:
        """Whether the ratio is on the right side of the target."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target

    def as_json(self) -> dict[str, object]:
        """What is written to results.json."""
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}


def median_seconds(action: Callable[[], object], runs: int = 5, warm: int = 1) -> float:
    """Median seconds of `action`, after `warm` runs that don't count."""
    for _ in range(warm):
        action()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def paired_seconds(
    first: Callable[[], object], second: Callable[[], object], runs: int = 7
) -> tuple[float, float]:
    """Median seconds of two actions run in turn, so that the machine's drift meets both."""
    first(), second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for action, kept in ((first, times[0]), (second, times[1])):
            # Else one pays for the garbage of the other.
            gc.collect()
            begun = time.perf_counter()
            action()
            kept.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def table(rows: list[Row]) -> str:
    """The rows as an aligned text table."""
    lines = [f"{'what':46} {'value':>12} {'limit':>12} {'ratio':>8} {'to reach':>10}  beside"]
    for row in rows:
        sign = "≥" if row.at_least else "≤"
        goal = f"{sign} {row.target:.0%}" if row.target is not None else "–"
        mark = {True: "✓", False: "✗", None: " "}[row.reached]
        lines.append(
            f"{row.name:46} {row.value:12,.4g} {row.limit:12,.4g} {row.ratio:8.0%} {goal:>10} {mark} "
            f"{row.limit_name} ({row.unit})"
        )
    return "\n".join(lines)
