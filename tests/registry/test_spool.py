"""The spool keeps a file so that nobody reads, changes, cuts or swaps it unnoticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.registry.uploads.spool import PIECE, SEALED, Spool, SpoolDamaged

KEY = b"k" * 40


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool", KEY)


def keep(spool: Spool, data: bytes, step: int = 65_536) -> str:
    writer = spool.create()
    for at in range(0, len(data), step):
        writer.write(data[at : at + step])
    return writer.keep()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_what_was_written_is_read_at_any_place(spool: Spool, size: int) -> None:
    data = os.urandom(size)
    source = spool.source(keep(spool, data))
    with source.open() as file:
        assert (source.size, file.read()) == (size, data)
        file.seek(size // 2)
        assert file.read(10) == data[size // 2 :][:10]


def test_nothing_of_it_stands_in_the_file(spool: Spool) -> None:
    name = keep(spool, b"6403991202859777,Xanthippe\n" * 40_000)
    raw = (spool.folder / name).read_bytes()
    assert b"6403991202859777" not in raw
    assert b"Xanthippe" not in raw
    assert (spool.folder / name).stat().st_mode & 0o777 == 0o600


def test_the_same_file_twice_looks_different(spool: Spool) -> None:
    one, other = (spool.folder / keep(spool, b"x" * 1000) for _time in range(2))
    assert one.read_bytes() != other.read_bytes()


@pytest.mark.parametrize("harm", ["a byte", "the end", "two pieces", "the salt"])
def test_a_changed_file_is_refused(spool: Spool, harm: str) -> None:
    path = spool.folder / keep(spool, os.urandom(3 * PIECE))
    raw = bytearray(path.read_bytes())
    if harm == "a byte":
        raw[PIECE // 2] ^= 1
    elif harm == "the end":
        raw = raw[: 16 + 2 * SEALED]
    elif harm == "two pieces":
        raw[16 : 16 + SEALED], raw[16 + SEALED : 16 + 2 * SEALED] = (
            raw[16 + SEALED : 16 + 2 * SEALED],
            raw[16 : 16 + SEALED],
        )
    else:
        raw[0] ^= 1
    path.write_bytes(raw)
    with pytest.raises(SpoolDamaged), spool.source(path.name).open() as file:
        file.read()


def test_another_key_opens_nothing(spool: Spool) -> None:
    name = keep(spool, b"x")
    with pytest.raises(SpoolDamaged), Spool(spool.folder, b"o" * 40).source(name).open() as file:
        file.read()


def test_a_file_that_is_not_kept_is_gone(spool: Spool) -> None:
    writer = spool.create()
    writer.write(b"x" * PIECE * 2)
    writer.close()
    assert list(spool.folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret.key", "a/b.list", "portal.sqlite3", ""])
def test_no_other_file_is_opened_by_its_name(spool: Spool, name: str) -> None:
    with pytest.raises(SpoolDamaged):
        spool.source(name)
