"""Five hundred people who can be nobody, and every spelling in which something of one could lie about."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from portal.registry.names import match_tokens
from tests.registry.people import Somebody

COUNT = 500
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "tu")
_HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")
SHORTEST = 8


def _word(stem: str, number: int) -> str:
    """A word that no text holds by chance."""
    return (stem + "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}")).capitalize()


def canary(number: int) -> Somebody:
    """Person `number`: of a district that no regency has, with words of her own for name, place and work."""
    day, month = number % 28 + 1 + 40 * (number % 2), number // 28 % 12 + 1
    nik = f"649987{day:02}{month:02}{number % 100:02}{9000 + number:04}"
    name = f"{_word('zyqor', number)} {_word('wuxam', number)}"
    places = (_word("drenz", number), _word("kvizo", number))
    return Somebody(nik, name, *places, _word("jubiq", number))


PEOPLE = tuple(map(canary, range(COUNT)))


@dataclass(frozen=True, slots=True)
class Needle:
    """Bytes that must lie nowhere, and what they are; `folded` ones are looked for in any case."""

    label: str
    data: bytes
    folded: bool


def needles(person: Somebody) -> Iterator[Needle]:
    """Every way something of the person could be written down."""
    nik = person.nik
    pieces = [nik[at : at + 12] for at in range(5)] + [nik[6:], nik[::-1][:12]]
    pieces += [sign.join((nik[:4], nik[4:8], nik[8:12], nik[12:])) for sign in " -."]
    pieces += [sign.join((nik[:6], nik[6:12], nik[12:])) for sign in " -."]
    words = [*person.name.split(), person.district, person.village, person.work]
    tokens = [token for token in match_tokens(person.name) if len(token) >= SHORTEST]
    for text in (*pieces, *words, *tokens):
        yield from _written(text)
    for text in (nik, *person.name.split()):
        yield from _in_base64(text)
    for text in (nik, person.name, person.name.upper(), person.name.lower()):
        yield from _digests(text)
    for form in (">q", "<q", ">d", "<d"):
        yield Needle(f"{nik} as a number", struct.pack(form, int(nik)), folded=False)


def _written(text: str) -> Iterator[Needle]:
    low = text.lower()
    for coding in ("ascii", "utf-16-le", "utf-16-be"):
        yield Needle(text, low.encode(coding), folded=True)
    yield Needle(f"{text} in hexadecimal", low.encode().hex().encode(), folded=True)


def _in_base64(text: str) -> Iterator[Needle]:
    """The part of the text's base64 that is the same wherever in a longer text it stands."""
    for shift in range(3):
        data = b"\0" * shift + text.encode()
        whole = base64.b64encode(data)
        start, end = -(-shift * 8 // 6), len(data) * 8 // 6
        yield Needle(f"{text} in base64", whole[start:end], folded=False)


def _digests(text: str) -> Iterator[Needle]:
    for name in _HASHES:
        digest = hashlib.new(name, text.encode()).digest()
        yield Needle(f"{name} of {text}", digest, folded=False)
        yield Needle(f"{name} of {text} in hexadecimal", digest.hex().encode(), folded=True)
    for size in (16, 20, 32):
        short = hashlib.blake2b(text.encode(), digest_size=size).digest()
        yield Needle(f"blake2b of {text}", short, folded=False)
        yield Needle(f"blake2b of {text} in hexadecimal", short.hex().encode(), folded=True)
