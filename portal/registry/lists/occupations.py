"""The occupation group a list's own words stand for; the words themselves are never stored."""

from __future__ import annotations

# First match wins: a palm-oil farmer is counted with palm oil.
GROUPS = (
    ("palm_oil_workers", ("sawit",)),
    ("fishers", ("nelayan", "tambak", "budidaya ikan", "perikanan")),
    ("livestock_keepers", ("ternak",)),
    ("farmers", ("tani", "kebun", "sawah", "ladang")),
    ("ojek_drivers", ("ojek", "ojol")),
    ("transport_drivers", ("sopir", "supir", "pengemudi", "angkutan", "motoris")),
    (
        "clergy",
        ("ngaji", "ustad", "marbot", "marbut", "imam", "pendeta", "gereja", "rohani", "keagamaan", "agama"),
    ),
    ("traders", ("dagang", "penjual", "jualan", "warung", "pasar", "kaki lima")),
    ("micro_business", ("usaha", "umkm", "wira", "penjahit", "pengrajin", "perajin", "bengkel", "tukang")),
    ("construction_labourers", ("bangunan", "konstruksi")),
    ("daily_labourers", ("buruh", "harian", "serabutan", "lepas")),
    ("parking_attendants", ("parkir",)),
    ("neighbourhood_heads", ("ketua rt", "ketua rw", "rukun")),
)


def occupation_group(words: str) -> str | None:
    """The group's code, `other` for what is in none, None for nothing written."""
    plain = words.strip().lower()
    if not plain or plain == "-":
        return None
    return next((group for group, stems in GROUPS if any(stem in plain for stem in stems)), "other")
