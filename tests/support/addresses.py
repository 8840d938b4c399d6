"""One address of each kind of public page, for the tests that look at every page there is."""

from __future__ import annotations

PUBLIC = (
    "/",
    "/wilayah",
    "/wilayah/berau",
    "/wilayah/kalimantan-utara",
    "/wilayah/penajam-paser-utara",
    "/program",
    "/program/bengkayang-satu-desa-100-pekerja-rentan",
    "/pendanaan",
    "/pendanaan?wilayah=berau&tahun=2025",
    "/pendanaan?q=tidak-ada-yang-cocok",
    "/pendanaan/berau-2025-apbd",
    "/berita",
    "/berita/berau-nominasi-paritrana-2025",
    "/penghargaan",
    "/sumber",
    "/sumber/aksaraloka-kalbar-2025",
    "/cek",
    "/cek/bukti",
    "/cari",
    "/cari?q=sawit",
    "/metode",
    "/privasi",
    "/aksesibilitas",
    "/perubahan",
    "/tentang",
    "/bantuan",
)
MISSING = "/tidak-ada"
LANGUAGES = {"id": "", "en": "/en"}


def in_language(code: str, path: str) -> str:
    """The address of the same page in one language."""
    return LANGUAGES[code] + path if code == "id" or path != "/" else "/en/"
