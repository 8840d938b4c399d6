"""Made-up people of the tests; their NIKs have the district 99 and sequence of the synthetic lists."""

from __future__ import annotations

from dataclasses import dataclass

BERAU = "berau-pekerja-rentan"
HEADER = "No,NIK,Nama Lengkap,Kecamatan,Desa/Kelurahan,Pekerjaan"


@dataclass(frozen=True)
class Somebody:
    """One row of a list."""

    nik: str
    name: str
    district: str = ""
    village: str = ""
    work: str = "Petani"

    @property
    def line(self) -> str:
        """The row as CSV below HEADER."""
        return f"1,{self.nik},{self.name},{self.district},{self.village},{self.work}"


def somebody(number: int = 1, name: str = "Rahmat Hidayat", **more: str) -> Somebody:
    """A person whose NIK follows from the number."""
    day, rest = number % 27 + 2, number // 27
    return Somebody(f"640399{day:02}0585{9001 + rest}", name, **more)


def month(text: str) -> int:
    """A month as the registry numbers it."""
    return int(text[:4]) * 12 + int(text[5:]) - 1


RUSDI = somebody(1, "RUSDI SAPUTRA")
AMINAH = somebody(2, "Siti Aminah")
STRANGER = somebody(3, "Budi Santoso")
