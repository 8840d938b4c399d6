"""Numbers in a text: which are found, what they are worth, and what is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.core.formatting import integer
from portal.core.i18n import use_language
from portal.news.figures.masks import masked
from portal.news.figures.numerals import numerals

# The machine that runs the tests may be busy.
UNHURRIED = settings(deadline=None)

FOUND = [
    # Indonesian
    ("bagi 4.465 pekerja rentan", [("4.465", 4465, "")]),
    ("sekitar 12 ribu orang", [("12 ribu", 12_000, "")]),
    ("lebih dari Rp3 miliar per tahun", [("Rp3 miliar", 3_000_000_000, "idr")]),
    (
        "Rp3.024.000.000 atau Rp3,02 miliar",
        [("Rp3.024.000.000", 3_024_000_000, "idr"), ("Rp3,02 miliar", 3_020_000_000, "idr")],
    ),
    ("iuran Rp 16.800,00 per bulan", [("Rp 16.800,00", 16_800, "idr")]),
    ("iuran 16.800 rupiah", [("16.800 rupiah", 16_800, "idr")]),
    ("Rp2,9 T dan Rp 403 jt", [("Rp2,9 T", 2_900_000_000_000, "idr"), ("Rp 403 jt", 403_000_000, "idr")]),
    ("cakupan 86,40 persen", [("86,40 persen", Decimal("86.4"), "percent")]),
    ("cakupan 8,43%.", [("8,43%", Decimal("8.43"), "percent")]),
    ("selama 9 bulan", [("9 bulan", 9, "month")]),
    ("10–15 ribu pekerja", [("10", 10_000, ""), ("15 ribu", 15_000, "")]),
    ("Rp3–4 miliar", [("Rp3", 3_000_000_000, "idr"), ("4 miliar", 4_000_000_000, "idr")]),
    ("4 sampai 5 bulan", [("4", 4, "month"), ("5 bulan", 5, "month")]),
    ("antara 22 dan 25 persen", [("22", 22, "percent"), ("25 persen", 25, "percent")]),
    ("15ribu peserta", [("15ribu", 15_000, "")]),
    ("sebanyak 2024 pekerja", [("2024", 2024, "")]),
    ("2100 pekerja kebun", [("2100", 2100, "")]),
    ("lima belas ribu pekerja", [("lima belas ribu", 15_000, "")]),
    ("dua ratus juta rupiah", [("dua ratus juta rupiah", 200_000_000, "idr")]),
    ("seribu dua ratus orang", [("seribu dua ratus", 1200, "")]),
    # English
    ("for 4,465 vulnerable workers", [("4,465", 4465, "")]),
    ("about 20 thousand people", [("20 thousand", 20_000, "")]),
    ("Rp3.02 billion a year", [("Rp3.02 billion", 3_020_000_000, "idr")]),
    ("3,024 million", [("3,024 million", 3_024_000_000, "")]),
    (
        "150.9 percent and 70.86%",
        [("150.9 percent", Decimal("150.9"), "percent"), ("70.86%", Decimal("70.86"), "percent")],
    ),
    ("15,000 to 20,000 workers", [("15,000", 15_000, ""), ("20,000", 20_000, "")]),
    ("for 12 months", [("12 months", 12, "month")]),
    ("fifteen thousand two hundred workers", [("fifteen thousand two hundred", 15_200, "")]),
    ("one hundred and twenty villages", [("one hundred and twenty", 120, "")]),
]

LEFT_ALONE = [
    "Peraturan Bupati Nomor 5 Tahun 2025",
    "PP 50/2025 dan UU No. 24 Tahun 2011, Pasal 3 ayat (2)",
    "Regulation No. 12 of 2024, Article 15",
    "Keputusan nomor 100.3.3.2/12/2025",
    "pada 5 Agustus 2025 di Samarinda",
    "on August 15, 2025, and 24 September",
    "6-7 Februari 2024, 25/03/2025, 2025-03-25",
    "pukul 08.30 WITA, jam 10, 14:45, 09.00–11.30 WIB, 8.30 a.m.",
    "tahun anggaran 2025, sejak 2024, 2023–2025, APBD 2024",
    "In 2025 workers asked. Tahun 2025 pekerja rentan didaftarkan.",
    "1. Pendataan\n2. Pembayaran\n12) Laporan",
    "hubungi 0812-3456-7890, +62 811 555 1234 atau call center 175",
    "NIK 6403011234567890",
    "https://contoh.id/2025/12345 dan [tautan](/berita/12345-orang), surel a12345@contoh.id",
    "`12.345` dan ```\n45.678\n```",
    "[[statements:berau-2025-apbd-1:workers]] dan \\[\\[claims:k-1:value\\]\\]",
    "COVID-19, ke-80, A4, 3T, G20",
    "selama 30 hari, 17 tahun, 24 jam, 10 years",
    "3 langkah dan (4) pilar",
    "RT 05 RW 012, km 38, kode pos 77311",
    "puluhan ribu, ribuan, beberapa juta, dua orang, tiga tahun",
    "versi 1.2.3 dan 10.20.30.40",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_a_figure_is_found_with_its_value_and_unit(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(one.text, one.value, one.unit) for one in numerals(text)] == expected


@pytest.mark.parametrize("text", LEFT_ALONE, ids=[text[:40] for text in LEFT_ALONE])
def test_what_only_looks_like_a_figure_is_left_alone(text: str) -> None:
    assert numerals(text) == ()


def test_the_name_of_a_programme_states_no_figure() -> None:
    text = "Program Satu Desa 100 Pekerja Rentan melindungi 12.200 orang"
    assert [one.text for one in numerals(text, ["Satu Desa 100 Pekerja Rentan"])] == ["12.200"]


@pytest.mark.parametrize(
    ("text", "figure", "fits"),
    [
        ("12 ribu", 12_200, True),
        ("12 ribu", 12_500, False),
        ("12.000", 12_200, False),
        ("Rp3 miliar", 3_024_000_000, True),
        ("Rp3,02 miliar", 3_024_000_000, True),
        ("Rp3,01 miliar", 3_024_000_000, False),
        ("71 persen", Decimal("70.86"), True),
        ("70,9 persen", Decimal("70.86"), True),
        ("70,8 persen", Decimal("70.86"), False),
        ("lima belas ribu", 15_084, True),
    ],
)
def test_a_number_covers_what_rounds_to_it_as_far_as_it_gives_digits(
    text: str, figure: Decimal, fits: bool
) -> None:
    (one,) = numerals(text)
    assert one.covers(figure) is fits


@UNHURRIED
@given(
    value=st.integers(min_value=10, max_value=10**15),
    language=st.sampled_from(("id", "en")),
    before=st.sampled_from(("Sebanyak ", "for (", "ada\n", "“", "± ")),
    after=st.sampled_from((" pekerja", " workers.", ", lalu", ")", "\n")),
)
@example(value=2025, language="id", before="Sebanyak ", after=" pekerja")
def test_every_whole_number_in_either_language_is_found_where_it_stands(
    value: int, language: str, before: str, after: str
) -> None:
    with use_language(language):
        written = integer(value)
    (one,) = numerals(f"{before}{written}{after}")
    assert (one.value, one.position, one.text) == (value, len(before), written)


@UNHURRIED
@given(amount=st.integers(min_value=0, max_value=10**13), language=st.sampled_from(("id", "en")))
def test_every_rupiah_amount_is_found_as_one(amount: int, language: str) -> None:
    with use_language(language):
        written = f"Rp{integer(amount)}"
    (one,) = numerals(f"anggaran {written} per tahun")
    assert (one.value, one.unit, one.text) == (amount, "idr", written)


@UNHURRIED
@given(
    tenths=st.integers(min_value=11, max_value=9_999),
    scale=st.sampled_from(
        [
            ("ribu", ",", 10**3),
            ("juta", ",", 10**6),
            ("miliar", ",", 10**9),
            ("million", ".", 10**6),
            ("billion", ".", 10**9),
        ]
    ),
)
def test_a_scaled_number_is_worth_its_digits_times_the_scale(
    tenths: int, scale: tuple[str, str, int]
) -> None:
    word, mark, factor = scale
    text = f"{tenths // 10}{mark}{tenths % 10} {word}"
    (one,) = numerals(f"sekitar {text}.")
    assert one.value == Decimal(tenths) / 10 * factor
    assert one.low < one.value < one.high
    assert one.text == text


@UNHURRIED
@given(st.text(alphabet=st.sampled_from("0123456789.,-–%()[]:/ \nRpribujtamlesx`@+dnoy"), max_size=120))
@example("1" * 4_000)
@example("`" * 4_000)
@example("](" * 4_000)
@example("a@" * 4_000)
def test_any_text_gives_numbers_in_order_each_where_it_says(text: str) -> None:
    found = numerals(text)
    assert all(text[one.position : one.position + len(one.text)] == one.text for one in found)
    assert [one.position for one in found] == sorted({one.position for one in found})
    assert all(one.low <= one.value <= one.high for one in found)


@UNHURRIED
@given(st.text(max_size=200))
def test_masking_keeps_every_place(text: str) -> None:
    assert len(masked(text)) == len(text)
