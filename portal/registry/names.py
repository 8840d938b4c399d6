"""Match tokens of an Indonesian name: for comparing two spellings of one person, never for showing.

Case, accents, punctuation, titles and `bin/binti` go; spelling families fold into one. Two names match when one
token agrees.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MIN_TOKEN_LETTERS: Final = 3
MAX_TOKENS: Final = 16
# As hardly anybody's identity card has more; whoever types twice as many is guessing.
ASKED_WORDS: Final = 6

_TITLES: Final = frozenset(
    # Hajj, noble and religious forms of address that come and go between an ID card and a list
    """h hi hj hjh haji hajah hajjah kh kyai kiai ky ust ustad ustadz ustaz ustadzah ustazah habib tgk tn ny nn
    sdr sdri bpk bapak ibu alm almh almarhum almarhumah bin binti bt bte bn b alias als dkk
    dr drs dra drg drh ir prof ns apt pdt pdm rm rr se sh st sip skom sag spd spdi spdsd sthi shi sei ssi ssos ssosi skm
    skep skepns sked sfarm sgz stp sp spt spi shut spsi smn sab sap sakt sstp str strkes strkeb stkes mm mh mpd mpdi mag msi mt mp mkom
    mkes mhum mse mba mph phd amd amdkeb amdkep amdkom amapd bsc msc lc sst spn mkn ssn stpd sds spog spa spb spm
    """.split()
)
# A short form or spelling of one name. Bare `m` is Muhammad only where another name follows.
_FAMILIES: Final = {
    **dict.fromkeys(
        """muhammad muhamad mohammad mohamad mochammad mochamad muchammad muchamad mohammed mohamed muhammed muhamed
        mokhammad mokhamad mukhamad mukhammad mokhamat muhamat mohamat mochamat muhammat muh moh moch much mohd muhd mhd
        mhmd muhmd mohammat md""".split(),
        "muhamad",
    ),
    **dict.fromkeys("ahmad achmad akhmad ahmat achmat akhmat ahmed achmed ach ahm".split(), "ahmad"),
    **dict.fromkeys("abdul abdoel abd abdl abdu".split(), "abdul"),
    **dict.fromkeys("nur noor noer nor".split(), "nur"),
    "chandra": "candra",
    **dict.fromkeys("yusuf jusuf yusup jusup joesoef yoesoef".split(), "yusup"),
}
_FOLDS: Final = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"oe", "u"),  # Soeharto, Suharto
        (r"dj", "j"),  # Djoko, Joko
        (r"tj", "c"),  # Tjokro, Cokro
        (r"nj", "ny"),  # Njoman, Nyoman
        (r"s[jy]|sh", "s"),  # Sjarif, Syarif, Sarif
        (r"[ck]h", "h"),  # Chairul, Khairul, Hairul
        (
            r"d[hz]|z",
            lambda found: "d" if found[0] == "dh" else "s",
        ),  # Ridho, Rido; Dzikri, Zikri; Rizki, Riski
        (r"th", "t"),  # Fathur, Fatur
        (r"gh", "g"),
        (r"bh", "b"),
        (r"ph|[fv]", "p"),  # Fitri, Pitri; Novi, Nofi
        (r"x", "ks"),
        (r"q", "k"),  # Rizqi, Rizki
        (r"y(?![aeou])|iy", "i"),  # Rizky, Rizki
        (r"ie", "i"),
        (r"(.)\1+", r"\1"),  # doubled letters
        (r"(?<=[aeiou])h$", ""),  # Aisyah, Aisya
        (r"^abdul(?=[dnrst])", "abdu"),  # Abdulrahman, Abdurrahman; Abdul Salam, Abdussalam
    )
)
_SPLIT: Final = re.compile(r"[^\w.'’‘`´]+|_+")
_QUOTES: Final = re.compile(r"['’‘`´]")


def match_tokens(name: str, folded: dict[str, str] | None = None) -> tuple[str, ...]:
    """Distinct match tokens of a name, none for a name without letters.

    Two neighbouring words also count as one, because `Nur Hayati` is `Nurhayati` on the next list. `folded` keeps
    foldings between calls of one import; without it nothing of the name stays in memory.
    """
    keep = {} if folded is None else folded
    words = _words(name)
    tokens: dict[str, None] = {}
    pairs: list[str] = []
    before = ""
    for word in words:
        token = keep.get(word) or _fold(word, keep)
        if len(word) >= MIN_TOKEN_LETTERS or word in _FAMILIES:
            tokens[token] = None
        if len(word) == 1:
            before = ""
            continue
        if before and before != "muhamad":
            pairs.append(_join(before, token))
        before = token
    tokens.update(dict.fromkeys(pairs))
    if not tokens and words:
        tokens[_fold("".join(words), keep)] = None
    return tuple(tokens)[:MAX_TOKENS]


def asked_tokens(name: str) -> tuple[str, ...]:
    """Match tokens of a name that somebody asks for: of its first six words without titles, or one check tries out many."""
    return match_tokens(" ".join(_words(name)[:ASKED_WORDS]))


def has_letters(name: str) -> bool:
    """Whether there is a letter in it: the least a name needs."""
    return any(char.isalpha() for char in name)


def _words(name: str) -> Sequence[str]:
    """Lower-case words of the name without titles; the titles themselves where nothing else is left."""
    plain = name.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    every = plain.split()
    if not all(map(str.isalpha, every)):
        every = [word for part in _SPLIT.split(_QUOTES.sub("", plain)) for word in _split_dots(part)]
    words = every if _TITLES.isdisjoint(every) else [word for word in every if word not in _TITLES]
    if len(words) > 1 and words[0] == "m":
        words = ["muhamad", *words[1:]]
    return words or every


def _split_dots(part: str) -> list[str]:
    """`s.pd` is one title, `m.rizki` two words; digits are no part of a name."""
    joined = "".join(char for char in part if char.isalpha())
    if joined in _TITLES:
        return [joined]
    letters = "".join(char if char.isalpha() else " " for char in part)
    return letters.split()


def _fold(word: str, keep: dict[str, str]) -> str:
    """The word in its family's spelling, kept for the next time."""
    folded = _FAMILIES.get(word, "")
    if not folded:
        folded = word
        for pattern, to in _FOLDS:
            folded = pattern.sub(to, folded)
        folded = _FAMILIES.get(folded, folded) or word
    keep[word] = folded
    return folded


def _join(left: str, right: str) -> str:
    """Two folded words as one, folded where they meet."""
    if left == "abdul" and right[:1] in ("d", "n", "r", "s", "t"):
        return "abdu" + right
    return left + right[1:] if left[-1:] == right[:1] else left + right
