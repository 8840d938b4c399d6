"""Synthetic people for trying the portal: their NIKs look right and can belong to nobody.

A NIK is PPKKCC DDMMYY SSSS. These have district 99 (no regency has more than a few dozen) and a sequence number of
9000 or more (numbers count the registrations of one district and birth date), so no office can have issued them.
Everything follows from the row's number: the same region and row give the same person on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from portal.registry.nik import region_digits
from portal.registry.shapes import Place, SamplePerson

TITLE: Final = "DATA SINTETIS – bukan orang sebenarnya / SYNTHETIC DATA – not real people"
HEADER: Final = ("No", "NIK", "Nama Lengkap", "Kecamatan", "Desa/Kelurahan", "Pekerjaan")
DISTRICT: Final = 99
FIRST_SEQUENCE: Final = 9000
SEQUENCES: Final = 1000
# Days that every month has, without the first, which stands for an unknown date in many registers.
DAYS, MONTHS, YEARS, FIRST_YEAR = 27, 12, 50, 50
MOST_ROWS: Final = 2 * DAYS * MONTHS * YEARS * SEQUENCES
# A prime that shares no factor with MOST_ROWS: stepping by it visits every NIK once, in no visible order.
STEP: Final = 15_485_863

MEN: Final = """Agus Ahmad Aldi Andi Arif Bahrul Bambang Budi Darwis Deni Edi Eko Fadli Fajar Hasan Hendra Herman Idris Imam
Irfan Jamal Joko Kurnia Lukman Mahmud Marten Muhammad Nasir Nurdin Petrus Rahmat Rizki Rudi Rusdi Samsul Sugeng Supri
Syahrul Taufik Tono Usman Wahyu Yakub Yohanes Yusuf Zainal""".split()
WOMEN: Final = """Aisyah Aminah Ani Asih Dewi Dian Eka Endang Fatimah Fitri Halimah Hasnah Ida Indah Jumiati Kartini Lestari Lina
Mariana Maya Megawati Murni Ningsih Norhayati Nurul Puji Rahayu Ratna Rina Rohani Rosita Rusmini Sari Siti Sri Suriani
Tini Umi Wahyuni Yanti Yulia Yuliana Zahra Zubaidah Elisabet Kristina""".split()
SECOND: Final = """Abdullah Anwar Arifin Basri Darmawan Efendi Gunawan Hakim Halim Hamid Hidayat Ibrahim Ismail Jaya Junaidi Kadir
Kusuma Latif Mansyur Maulana Nugroho Pratama Purnomo Putra Rahman Ramadhan Saputra Setiawan Siregar Subekti Sulaiman
Suryadi Susanto Syarif Tanjung Utomo Wibowo Wijaya Winata Yunus""".split()
THIRD: Final = ("", "", "", " Bahari", " Mandiri", " Rimba", " Sejati", " Sungai", " Wana")
WORK: Final = (
    "Petani",
    "Nelayan",
    "Pekebun sawit",
    "Pedagang kecil",
    "Ojek",
    "Buruh harian lepas",
    "Guru ngaji",
    "",
)


def sample_person(region_code: str, row: int) -> SamplePerson:
    """The made-up person of a row, counted from 0; rows repeat from MOST_ROWS on."""
    number = row * STEP % MOST_ROWS
    rest, sequence = divmod(number, SEQUENCES)
    rest, day = divmod(rest, DAYS)
    rest, month = divmod(rest, MONTHS)
    woman, year = divmod(rest, YEARS)
    born = f"{day + 2 + 40 * woman:02}{month + 1:02}{FIRST_YEAR + year:02}"
    start = region_digits(region_code).ljust(4, "1")[:4]
    nik = f"{start}{DISTRICT}{born}{FIRST_SEQUENCE + sequence}"
    return SamplePerson(nik, _name(row, woman=bool(woman)))


def sample_rows(region_code: str, rows: int, places: Sequence[Place]) -> Iterator[tuple[str, ...]]:
    """The cells of a synthetic list, header apart."""
    for row in range(rows):
        person = sample_person(region_code, row)
        place = places[row * 7919 % len(places)] if places else Place("", "")
        yield str(row + 1), person.nik, person.name, place.district, place.village, WORK[row % len(WORK)]


def _name(row: int, *, woman: bool) -> str:
    firsts = WOMEN if woman else MEN
    # Different primes keep the three parts from going round together.
    first, second, third = (
        firsts[row * 31 % len(firsts)],
        SECOND[row * 17 % len(SECOND)],
        THIRD[row * 13 % len(THIRD)],
    )
    return f"{first} {second}{third}"
