"""From the register's capitals to the names people read, and to addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

REGENCY, CITY = "KABUPATEN ", "KOTA "
AS_WRITTEN = {"DKI": "DKI", "DAN": "dan"}


def display_name(official: str) -> str:
    """`KABUPATEN TOLI-TOLI` → `Kabupaten Toli-Toli`; DKI stays as it is."""
    return re.sub(r"[^\W\d_]+", _word, official)


def _word(match: re.Match[str]) -> str:
    word = match[0]
    return AS_WRITTEN.get(word, word.capitalize())


def slugs(provinces: Iterable[str], regencies: Iterable[str]) -> dict[str, str]:
    """The address of each official name: a regency drops its kind, unless a province has that name."""
    taken = {name: slug(name) for name in provinces}
    result = dict(taken)
    for name in regencies:
        short = name.removeprefix(REGENCY)
        result[name] = slug(name if short in taken else short)
    return result


def slug(text: str) -> str:
    """Lower case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
