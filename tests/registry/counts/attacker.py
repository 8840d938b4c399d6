"""An attacker who has every number that is published and a solver of linear programmes, and nothing of the portal's.

Unknown are people of each village by the set of lists they are in. Whatever is published is an equation over them.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

Row = dict[int, Fraction]
FAR = 10**7


class Simplex:
    """Maximise over { x ≥ 0 : equations }, exactly, by Bland's rule; None where there is no end."""

    def __init__(self, size: int, equations: list[tuple[dict[int, int], int]]) -> None:
        self._size = size
        self._rows: list[Row] = []
        self._right: list[Fraction] = []
        self._basis: list[int] = []
        made = size
        for terms, right in equations:
            sign = 1 if right >= 0 else -1
            row = {place: Fraction(factor * sign) for place, factor in terms.items() if factor}
            row[made] = Fraction(1)
            self._rows.append(row)
            self._right.append(Fraction(right * sign))
            self._basis.append(made)
            made += 1
        whole = self._optimise({place: Fraction(-1) for place in range(size, made)})
        assert whole == 0, "what is published contradicts itself"
        self._drop_made(made)

    def _drop_made(self, made: int) -> None:
        for number in range(len(self._rows) - 1, -1, -1):
            if self._basis[number] >= self._size:
                places = [
                    place for place, factor in self._rows[number].items() if place < self._size and factor
                ]
                if places:
                    self._pivot(number, min(places))
                else:
                    del self._rows[number], self._right[number], self._basis[number]
        for row in self._rows:
            for place in range(self._size, made):
                row.pop(place, None)

    def _pivot(self, number: int, place: int) -> None:
        row, factor = self._rows[number], self._rows[number][place]
        self._rows[number] = row = {key: value / factor for key, value in row.items()}
        self._right[number] /= factor
        for other, values in enumerate(self._rows):
            share = values.get(place)
            if other != number and share:
                for key, value in row.items():
                    left = values.get(key, Fraction(0)) - share * value
                    if left:
                        values[key] = left
                    else:
                        values.pop(key, None)
                self._right[other] -= share * self._right[number]
        self._basis[number] = place

    def _optimise(self, goal: Row) -> Fraction | None:
        while True:
            reduced = dict(goal)
            value = Fraction(0)
            for number, place in enumerate(self._basis):
                share = goal.get(place, Fraction(0))
                if share:
                    value += share * self._right[number]
                    for key, factor in self._rows[number].items():
                        reduced[key] = reduced.get(key, Fraction(0)) - share * factor
            entering = min((key for key, gain in reduced.items() if gain > 0), default=None)
            if entering is None:
                return value
            ratios = [
                (self._right[number] / row[entering], self._basis[number], number)
                for number, row in enumerate(self._rows)
                if row.get(entering, 0) > 0
            ]
            if not ratios:
                return None
            self._pivot(min(ratios)[2], entering)

    def range_of(self, terms: dict[int, int]) -> tuple[int, int]:
        """The least and the most whole number that these terms can come to."""
        most = self._optimise({place: Fraction(factor) for place, factor in terms.items()})
        least = self._optimise({place: Fraction(-factor) for place, factor in terms.items()})
        return (ceil(-least) if least is not None else -FAR, floor(most) if most is not None else FAR)


class Attacker:
    """Reads cells of the columns told by village: people by (set of lists, village), None where hidden, and totals."""

    def __init__(
        self,
        lists: int,
        villages: list[str],
        told: set[int],
        cells: dict[tuple[int, str], int | None],
        totals: dict[int, int],
    ) -> None:
        self._masks = range(1, 1 << lists)
        self._place = {
            (village, mask): number
            for number, (village, mask) in enumerate((v, m) for v in villages for m in self._masks)
        }
        slack = len(self._place)
        equations = []
        for village in villages:
            hidden = 0
            for members in told:
                people = cells.get((members, village), 0)
                if people is None:
                    hidden |= members
                else:
                    equations.append((self.people(village, members), people))
            if hidden:
                # A village is listed because somebody lives there: at least one.
                equations.append((self.people(village, hidden) | {slack: -1}, 1))
                slack += 1
        for members, total in totals.items():
            whole: dict[int, int] = {}
            for village in villages:
                whole |= self.people(village, members)
            equations.append((whole, total))
        self._solver = Simplex(slack, equations)

    def people(self, village: str, members: int) -> dict[int, int]:
        """The terms of the people of a village who are in one of these lists."""
        return {self._place[village, mask]: 1 for mask in self._masks if mask & members}

    def range_of(self, village: str, members: int) -> tuple[int, int]:
        """What the attacker knows of a cell."""
        return self._solver.range_of(self.people(village, members))

    def range_of_terms(self, terms: dict[int, int]) -> tuple[int, int]:
        """What the attacker knows of any group of people."""
        return self._solver.range_of(terms)
