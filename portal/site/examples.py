"""Examples for `/komponen`, copied by hand from the starter data; no page of the portal reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core import charts
from portal.core.i18n import gettext as _
from portal.core.quantities import Quantity


@dataclass(frozen=True, slots=True)
class ExampleSource:
    """What the source macros expect."""

    id: str
    publisher: str
    kind: str
    published_on: date | None
    title: str


@dataclass(frozen=True, slots=True)
class ExampleStatement:
    """What the statements macro expects."""

    stage: str
    workers: Quantity | None
    amount: Quantity | None
    as_of: date | None
    sources: tuple[ExampleSource, ...]
    note: str | None = None
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class ExampleInput:
    """One input of a check."""

    label: str
    value: str
    sources: tuple[ExampleSource, ...]


@dataclass(frozen=True, slots=True)
class ExampleCheck:
    """What the check card expects."""

    kind: str
    verdict: str
    sentence: str
    formula: str
    result: str
    inputs: tuple[ExampleInput, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Everything the page shows."""

    sources: tuple[ExampleSource, ...]
    statements: tuple[ExampleStatement, ...]
    workers: Quantity
    rounded: Quantity
    money: Quantity
    checks: tuple[ExampleCheck, ...]
    funnel: charts.Funnel
    bars: charts.StackedBars
    map: charts.TileMap


FOKUS = ExampleSource(
    "fokusborneo-berau-2025",
    "Fokus Borneo",
    "press",
    date(2025, 8, 6),
    "Paritrana award 2025 bukti nyata komitmen berau untuk pekerja rentan",
)
PROKOPIM = ExampleSource(
    "prokopim-berau-2025",
    "Prokopim Setda Kabupaten Berau",
    "government",
    None,
    "Bupati Sri Juniarsih komitmen beri perlindungan bagi pekerja rentan",
)
PAID = ExampleSource("contoh-advertorial", "Media Contoh", "advertorial", date(2025, 8, 7), "")


def build() -> Examples:
    """The examples, in the visitor's language where they hold sentences."""
    berau = Quantity(4465)
    return Examples(
        sources=(FOKUS, PROKOPIM, PAID),
        statements=(
            ExampleStatement("budgeted", berau, None, date(2025, 8, 5), (FOKUS,), is_lead=True),
            ExampleStatement("enrolled", berau, None, date(2025, 8, 5), (PROKOPIM, PAID)),
            ExampleStatement("disbursed", None, None, None, (PAID,)),
        ),
        workers=berau,
        rounded=Quantity(20000, "more_than"),
        money=Quantity(2429520000, "exact", "idr"),
        checks=_checks(),
        funnel=charts.funnel(
            {"planned": Quantity(2250), "budgeted": Quantity(1800), "disbursed": Quantity(1616)}
        ),
        bars=_bars(),
        map=_map(),
    )


def _checks() -> tuple[ExampleCheck, ...]:
    workers = ExampleInput(_("Workers"), "12.000", (FOKUS,))
    rate = ExampleInput(_("Contribution per month"), "Rp16.800", ())
    return (
        ExampleCheck(
            "contribution",
            "differs",
            _("12,000 workers for a year cost Rp2,419,200,000, but Rp2,429,520,000 was published."),
            "12.000 × Rp16.800 × 12",
            "Rp2.419.200.000",
            (workers, rate),
        ),
        ExampleCheck(
            "sum",
            "agrees",
            _("15,000 and 5,614 make 20,614, which fits “more than 20 thousand”."),
            "15.000 + 5.614",
            "20.614",
            (),
        ),
        ExampleCheck("sources", "cannot_tell", _("Only an advertorial carries this figure."), "", "", ()),
    )


def _bars() -> charts.StackedBars:
    return charts.stacked_bars(
        (
            charts.Stack(
                "Berau 2025", (("apbd_regency", Quantity(4465)), ("dbh_sawit", Quantity(4500)), ("csr", None))
            ),
            charts.Stack(
                "Penajam Paser Utara 2025",
                (("apbd_regency", Quantity(15000)), ("apbd_province", Quantity(5614))),
                Quantity(20614),
            ),
            charts.Stack("Malinau 2025", (("unknown", None),)),
            charts.Stack(
                _("Every pattern"),
                tuple(
                    (source, Quantity(2000))
                    for source in ("apbdes", "dbhcht", "csr", "donation", "apbn", "mixed", "unknown")
                ),
            ),
        )
    )


def _map() -> charts.TileMap:
    places = (
        (10, 1, "Nunukan", 1),
        (12, 2, "Kota Tarakan", 2),
        (11, 2, "Tana Tidung", 0),
        (9, 3, "Malinau", 1),
        (11, 3, "Bulungan", 2),
        (11, 4, "Kutai Timur", 2),
        (12, 4, "Berau", 2),
        (9, 5, "Mahakam Ulu", 0),
        (11, 5, "Kutai Kartanegara", 1),
        (12, 5, "Kota Bontang", 1),
        (10, 6, "Kutai Barat", 1),
        (12, 6, "Kota Samarinda", 1),
        (11, 7, "Penajam Paser Utara", 2),
        (12, 7, "Kota Balikpapan", 0),
        (11, 8, "Paser", 1),
    )
    words = (_("no figure published"), _("one figure published"), _("several figures published"))
    return charts.tile_map(
        charts.Tile(column, row, name, "#map-title", level, words[level])
        for column, row, name, level in places
    )
