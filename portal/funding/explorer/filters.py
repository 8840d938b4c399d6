"""What the explorer's address can ask for."""

from __future__ import annotations

from dataclasses import dataclass

YEAR_NOT_STATED = "tidak-disebut"
WHOLE_PROVINCE = "provinsi"
NEWEST = "terbaru"
# Each sort with its opposite, which a second press of the table's heading asks for.
SORTS = {
    NEWEST: "terlama",
    "wilayah": "wilayah-turun",
    "program": "program-turun",
    "sumber": "sumber-turun",
    "pekerja": "pekerja-naik",
    "jumlah": "jumlah-naik",
}
ALL_SORTS = tuple(sort for pair in SORTS.items() for sort in pair)
ASCENDING = ("terlama", "wilayah", "program", "sumber", "pekerja-naik", "jumlah-naik")


@dataclass(frozen=True, slots=True)
class Filters:
    """One state of the explorer; empty text means no filter.

    `region` is a slug: a province means the lines of its own government, with `whole_province` those of its
    regencies and cities too. `year` is four digits or `tidak-disebut`. `stage` keeps the lines with a statement
    at that stage, and shows and adds up that stage alone.
    """

    region: str = ""
    whole_province: bool = False
    year: str = ""
    payer: str = ""
    stage: str = ""
    words: str = ""
    sort: str = NEWEST

    @property
    def is_empty(self) -> bool:
        """Whether every line is wanted."""
        return not (self.region or self.year or self.payer or self.stage or self.words)

    @property
    def direction(self) -> str:
        """The direction of the order, as aria-sort says it."""
        return "ascending" if self.sort in ASCENDING else "descending"

    def sorted_by(self, heading: str) -> bool:
        """Whether the list is in the order of a table's heading, either way."""
        return self.sort in (heading, SORTS[heading])

    def sort_after(self, heading: str) -> str:
        """The order that pressing a heading asks for: its own, or the opposite where it is in that already."""
        return SORTS[heading] if self.sort == heading else heading

    def parameters(self) -> dict[str, str]:
        """The address's parameters, in their usual order, without those that are empty or the default."""
        named = {
            "wilayah": self.region,
            "cakupan": WHOLE_PROVINCE if self.region and self.whole_province else "",
            "tahun": self.year,
            "sumber": self.payer,
            "tahap": self.stage,
            "q": self.words,
            "urut": "" if self.sort == NEWEST else self.sort,
        }
        return {name: value for name, value in named.items() if value}
