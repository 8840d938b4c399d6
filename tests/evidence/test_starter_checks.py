"""The checks on the starter data against truths worked out by hand from its files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core.i18n import use_language
from portal.core.vocabulary import CHECK_KINDS
from portal.evidence.queries import count_checks, list_checks
from portal.evidence.shapes import CheckShape

Truth = tuple[str, str, str, str, str]

TRUTHS: list[Truth] = [
    # kind, subject, what the formula starts with, result, verdict
    ("contribution", "penajam-paser-utara-2025-apbd", "15000 × Rp16800 × 12", "Rp3024000000", "agrees"),
    ("contribution", "penajam-paser-utara-2025-apbd", "10000 × Rp16800 × 12", "Rp2016000000", "differs"),
    ("contribution", "penajam-paser-utara-2026-apbd", "20000 × Rp16800 × 12", "Rp4032000000", "agrees"),
    ("contribution", "bengkayang-2024-apbd", "12000 × Rp16800 × 12", "Rp2419200000", "differs"),
    ("contribution", "ketapang-2024-campuran", "34400 × Rp16800 × 12", "Rp6935040000", "differs"),
    ("contribution", "sintang-2024-dbh-sawit", "2000 × Rp16800 × 12", "Rp403200000", "agrees"),
    ("contribution", "landak-2025-dbh-sawit", "3000 × Rp16800 × 12", "Rp604800000", "agrees"),
    ("contribution", "landak-2025-apbd", "837 × Rp16800 × 12", "Rp168739200", "agrees"),
    ("contribution", "tabalong-2025-apbd", "24800 × Rp16800 × 12", "Rp4999680000", "agrees"),
    ("contribution", "paser-2023-apbd", "32268 × Rp16800 × 12", "Rp6505228800", "agrees"),
    ("contribution", "paser-2022-apbd", "32268 × Rp16800 × 12", "Rp6505228800", "cannot_tell"),
    ("contribution", "kotawaringin-timur-2024-dbh-sawit", "4400 × Rp16800 × 9", "Rp665280000", "differs"),
    ("contribution", "kota-bontang-2025-apbd", "35777 × Rp16800 × 12", "Rp7212643200", "differs"),
    ("contribution", "kalimantan-utara-2025-apbd", "22121 × Rp16800 × 12", "Rp4459593600", "differs"),
    ("duration", "ketapang-2024-campuran", "Rp4300000000 ÷ (34400 × Rp16800)", "7.4 months", "differs"),
    ("duration", "kalimantan-utara-2025-apbd", "Rp2000000000 ÷ (22121", "5.4 months", "differs"),
    ("duration", "kotawaringin-timur-2024-dbh-sawit", "Rp739122000 ÷ (4400", "10.0 months", "differs"),
    ("duration", "paser-2022-apbd", "Rp1600000000 ÷ (32268", "3.0 months", "differs"),
    ("product", "bengkayang-satu-desa-100-pekerja-rentan", "122 × 100", "12200", "agrees"),
    ("product", "bengkayang-satu-desa-100-pekerja-rentan", "122 − 122", "0", "agrees"),
    ("product", "nunukan-satu-desa-100-pekerja-rentan", "232 × 100", "23200", "cannot_tell"),
    ("product", "nunukan-satu-desa-100-pekerja-rentan", "232 − 232", "0", "agrees"),
    ("product", "tanah-bumbu-pekerja-rentan", "71 × Rp42000000", "Rp2982000000", "agrees"),
    ("sum", "penajam-paser-utara-pekerja-rentan", "15000 + 5614", "20614", "agrees"),
    ("sum", "penajam-paser-utara-pekerja-rentan", "15000 + 5084", "20084", "agrees"),
    ("sum", "sekadau-pekerja-rentan", "679 + 697 + 247 + 1386 + 326 + 1255 + 254", "4844", "differs"),
    ("sum", "mahakam-ulu-pekerja-rentan", "2000 + 3294", "5294", "differs"),
    ("sum", "bengkayang-satu-desa-100-pekerja-rentan", "2116 + 2484", "4600", "agrees"),
    ("rivals", "penajam-paser-utara-2025-apbd", "15000 − 10000", "5000", "differs"),
    ("rivals", "penajam-paser-utara-2025-provinsi", "5614 − 5000", "614", "differs"),
    ("rivals", "bengkayang-2025-dbh-sawit", "2116 − 2100", "16", "differs"),
    ("rivals", "berau-pekerja-rentan", "67000 − 30000", "37000", "differs"),
    ("rivals", "kutai-kartanegara-pekerja-rentan", "56000 − 6000", "50000", "differs"),
    ("rivals", "kutai-timur-pekerja-rentan", "85000 − 77074", "7926", "differs"),
    ("rivals", "kalimantan-tengah-pekerja-rentan", "46.2 − 37", "9.2", "cannot_tell"),
    ("stage", "berau-2025-apbd", "4465 − 4465", "0", "cannot_tell"),
    ("stage", "ketapang-2024-campuran", "34400 − 34400", "0", "cannot_tell"),
    ("stage", "tabalong-2025-apbd", "20976 − 24800", "−3824", "agrees"),
    ("stage", "kapuas-2025-apbd", "9960 − 10000", "−40", "agrees"),
    ("ratio", "kutai-timur-pekerja-rentan", "77074 ÷ 51086", "150.9%", "differs"),
    ("ratio", "k-kutim-4", "77074 ÷ 51086", "150.87%", "agrees"),
    ("ratio", "k-berau-4", "15000 ÷ 67000", "22.39%", "differs"),
    ("ratio", "k-singkawang-1", "16684 ÷ (16684 + 73236)", "18.55%", "differs"),
    ("ratio", "k-batola-1", "5001 ÷ 59315", "8.43%", "agrees"),
    ("ratio", "k-kapuas-hulu-1", "37500 ÷ 95000", "39.47%", "agrees"),
    ("ratio", "sekadau-pekerja-rentan", "4538 ÷ 8000", "56.7%", "cannot_tell"),
    ("ratio", "berau-pekerja-rentan", "15000 ÷ 30000", "50.0%", "cannot_tell"),
    ("ratio", "berau-pekerja-rentan", "15000 ÷ 299005", "5.0%", "cannot_tell"),
    ("ratio", "sukamara-pekerja-rentan", "(921 + 1408 + 742 + 1482) ÷ 67234", "6.8%", "cannot_tell"),
]


@pytest.fixture
def starter(site: Flask) -> Iterator[Flask]:
    with site.app_context():
        yield site


def _checks(kind: str, subject: str) -> list[CheckShape]:
    return [check for check in list_checks(kinds=[kind]) if check.subject_id == subject]


@pytest.mark.parametrize("truth", TRUTHS, ids=[f"{t[0]} {t[1]} {t[2]}" for t in TRUTHS])
def test_the_checks_find_what_the_files_say(starter: Flask, truth: Truth) -> None:
    kind, subject, formula, result, verdict = truth
    outcomes = {
        (check.stored_result, check.verdict)
        for check in _checks(kind, subject)
        if check.stored_formula.startswith(formula)
    }
    assert outcomes == {(result, verdict)}


def test_every_kind_of_check_is_there(starter: Flask) -> None:
    assert {check.kind for check in list_checks()} == set(CHECK_KINDS)


def test_the_printed_amount_in_bengkayang_is_one_digit_from_that_of_another_figure(starter: Flask) -> None:
    (check,) = _checks("contribution", "bengkayang-2024-apbd")
    for amount in (
        "Rp2.419.200.000",
        "Rp2.429.520.000",
        "12.200",
        "Rp2.459.520.000",
        "hanya berbeda satu angka (digit)",
    ):
        assert amount in check.sentence_id
    assert "Rp2,459,520,000, one digit apart from what is printed" in check.sentence_en


def test_the_rivals_of_penajam_paser_utara_are_both_named(starter: Flask) -> None:
    workers, amounts = _checks("rivals", "penajam-paser-utara-2025-apbd")
    assert "15.000 atau ± 10.000" in workers.sentence_id
    assert "± Rp3,000,000,000 or ± Rp3,400,000,000" in amounts.sentence_en


def test_the_stages_in_berau_are_both_named_with_all_their_sources(starter: Flask) -> None:
    (check,) = _checks("stage", "berau-2025-apbd")
    assert "dianggarkan dan terdaftar" in check.sentence_id
    assert {source for entry in check.inputs for source in entry.source_ids} == {
        "fokusborneo-berau-2025",
        "prokopim-berau-2025",
        "newscakrawala-berau-2025",
    }


def test_a_figure_that_only_paid_texts_carry_is_flagged(starter: Flask) -> None:
    flagged = {
        check.subject_id for check in list_checks(kinds=["sources"]) if "paid texts" in check.sentence_en
    }
    assert {"k-kutim-1", "k-kukar-1", "k-ppu-3", "k-ppu-seed-total"} <= flagged
    assert "k-ppu-1" not in flagged


def test_without_a_list_the_registry_check_says_so(starter: Flask) -> None:
    (check,) = _checks("registry", "bengkayang-satu-desa-100-pekerja-rentan")
    assert check.verdict == "cannot_tell"
    assert "12.200" in check.sentence_id


def test_checks_of_a_region_a_programme_and_a_line_are_parts_of_all(starter: Flask) -> None:
    everything = list_checks()
    assert list_checks(region="64.03") == tuple(c for c in everything if c.region_code == "64.03")
    program = "ketapang-pekerja-rentan"
    assert list_checks(program=program) == tuple(c for c in everything if c.program_id == program)
    line = "landak-2025-apbd"
    assert list_checks(commitment=line) == tuple(c for c in everything if c.commitment_id == line)
    assert count_checks().total == len(everything)


def test_formula_inputs_and_result_speak_the_language_of_the_page(starter: Flask) -> None:
    (check,) = _checks("duration", "ketapang-2024-campuran")
    with use_language("id"):
        assert (check.formula, check.result) == ("Rp4.300.000.000 ÷ (34.400 × Rp16.800)", "7,4 bulan")
        assert (check.inputs[1].label, check.inputs[1].value) == ("Pekerja", "34.400")
    with use_language("en"):
        assert (check.formula, check.result) == ("Rp4,300,000,000 ÷ (34,400 × Rp16,800)", "7.4 months")
        assert check.inputs[0].value == "± Rp4,300,000,000"
    assert check.inputs[0].sources[0].publisher == "Ketapang Media"


def test_a_figure_of_another_year_that_would_fit_is_told_with_its_year(starter: Flask) -> None:
    sentences = [check.sentence_en for check in _checks("contribution", "penajam-paser-utara-2025-apbd")]
    assert any("16,895 workers, also published for fiscal year 2023, would need" in one for one in sentences)
