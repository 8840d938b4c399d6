"""What in a text looks like a number and is no figure: dates, times, regulations, addresses, list numbering.

`masked` blanks it out and keeps the length, so that places in the masked text are places in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember|"
    "january|february|march|may|june|july|august|october|december|"
    "jan|feb|mar|apr|jun|jul|agu|agt|ags|aug|sept|sep|okt|oct|nov|des|dec"
)
DAYS = r"\d{1,2}(?:\s?[-–—/]\s?\d{1,2})?(?:st|nd|rd|th)?"
# Abbreviations of regulations; in capitals only, since "se" and "sk" are words too.
RULES = (
    r"UUD|UU|PERPU|Perpu|PP|Perpres|PERPRES|Inpres|INPRES|Keppres|KEPPRES|Permen\w*|PERMEN\w*|Kepmen\w*|PMK|Perda|"
    r"PERDA|Perbup|PERBUP|Perwali|PERWALI|Pergub|PERGUB|Kepbup|Kepgub|Perdes|SE|SK|Pasal|Ayat|Bab|BAB|Lampiran|"
    r"Article|Chapter|Annex|Law|Regulation|Decree|Instruction|Undang-Undang"
)
COUNTED = (
    "pekerja|orang|peserta|jiwa|warga|nelayan|petani|buruh|keluarga|desa|kampung|rumah|persen|ribu|juta|miliar|milyar|"
    "workers?|people|persons?|participants?|members?|fishers?|farmers?|residents?|villages?|families|percent|"
    "thousand|million|billion"
)
YEAR = r"(?:19|20)\d{2}"

_MASKS = [
    # Code, links' addresses, web and mail addresses, bound figures.
    r"```.*?(?:```|\Z)",
    r"`[^`\n]*`",
    r"\\?\[\\?\[[^\]\n]{0,300}\]\\?\]",
    r"(?<=\])\([^)\n]{0,2000}\)",
    r"(?:https?://|www\.)\S+",
    r"(?<!\S)\S+@\S+",
    # Numbering at the beginning of a line, and (1) within one.
    r"^[ \t>]*\d{1,3}[.)](?=\s)",
    r"\(\d{1,2}\)",
    # Days and times.
    rf"\b{DAYS}\s+(?:{MONTHS})\b\.?(?:,?\s+{YEAR})?",
    rf"\b(?:{MONTHS})\b\.?\s+(?:{DAYS}\b(?:,?\s+{YEAR}\b)?|{YEAR}\b)",
    r"(?<![\d.,])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d]|[.,]\d)",
    r"\b(?:tanggal|tgl\.?)\s+\d{1,2}\b",
    r"(?<![\d.,])\d{1,2}(?:[.:]\d{2})?(?:\s?(?:[-–—]|sampai|hingga|to)\s?\d{1,2}(?:[.:]\d{2})?)?\s?(?:WIB|WITA|WIT|a\.m|p\.m|am|pm)\b",
    r"\b(?:pukul|jam)\s+\d{1,2}(?:[.:]\d{2})?(?:\s?[-–—]\s?\d{1,2}(?:[.:]\d{2})?)?(?!\s*(?:persen|%))\b",
    r"(?<![\d.,])\d{1,2}:\d{2}\b",
    # Regulations and other numbers of documents.
    rf"(?-i:\b(?:{RULES}))(?:\s+\(\w+\))?(?:\s+(?:nomor|number|no)\b\.?)?\s*\(?\d[\w./-]*\)?(?:\s+(?:tahun|of)\s+{YEAR})?",
    rf"\b(?:nomor|number|no|nr)\b\.?\s*:?\s*\d[\w./-]*(?:\s+(?:tahun|of)\s+{YEAR})?",
    r"\b(?:pasal|ayat|huruf|angka)\s+\(?\d{1,3}\)?",
    rf"(?<![\d.,])\d{{1,4}}/{YEAR}\b",
    # Telephones, identity numbers, house numbers.
    r"\b(?:call cent(?:er|re)|telepon|telp|tel|hotline|whatsapp|wa|phone|hubungi)\b\.?\s*:?\s*\+?\d[\d\s()-]*",
    r"\+\d[\d\s()-]{7,}\d",
    r"(?<![\d.,])0\d(?:[\s()-]?\d){6,12}(?!\d)",
    r"(?<!\d)\d{16}(?!\d)",
    r"\b(?:RT|RW|km|kode pos|blok)\b\.?\s*\d+",
    # Years and how long something lasts.
    rf"\b(?:tahun|thn|year|anggaran|sejak|since|pada|in|dalam|TA|FY|APBD|APBN|award)\s+{YEAR}\b(?:\s?[-–—/]\s?{YEAR}\b)?(?![.,]\d)",
    rf"(?<!rp)(?<!rp\s)(?<![\d.,]){YEAR}(?:\s?[-–—/]\s?(?:{YEAR}|\d{{2}}))?(?![\d%]|[.,]\d)(?!\s+(?:{COUNTED})\b)",
    r"(?<![\d.,])\d{1,4}(?:[.,]\d+)?(?:\s?[-–—]\s?\d{1,4})?\s?-?(?:tahun|hari|minggu|jam|menit|detik|years?|days?|weeks?|hours?|minutes?)\b",
]
_COMPILED = tuple(re.compile(mask, re.IGNORECASE | re.MULTILINE | re.DOTALL) for mask in _MASKS)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text with what is no figure blanked out; `names` (of programmes) are no figures either."""
    for name in sorted((name for name in names if any(map(str.isdigit, name))), key=len, reverse=True):
        text = re.sub(re.escape(name), _blank, text, flags=re.IGNORECASE)
    for mask in _COMPILED:
        text = mask.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    return "".join(letter if letter == "\n" else "\x00" for letter in found[0])
