"""Manifests that were made to hurt are refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.backup.archive import read_archive
from portal.backup.outcomes import NotABackup
from tests.backup.spoiling import Files, pack

PLAIN = {
    "format": 1,
    "made_at": "2026-11-01T08:00:00+00:00",
    "revisions": {"content": "1", "registry": "1"},
    "registry_keys": "00ff",
    "key_version": 1,
    "secret": "ab",
    "tables": [],
}


def _of(text: str, target: Path) -> Path:
    files: Files = {"manifest.json": text.encode()}
    return pack(files, target)


def test_a_plain_manifest_is_read(tmp_path: Path) -> None:
    with read_archive(_of(json.dumps(PLAIN), tmp_path / "plain")) as backup:
        assert (backup.manifest.made_at, backup.manifest.registry_keys) == (PLAIN["made_at"], "00ff")


@pytest.mark.parametrize(
    "change",
    [
        {"made_at": "\x1b]0;shown on the terminal\x07"},
        {"made_at": 5},
        {"registry_keys": "zz"},
        {"registry_keys": 5},
        {"key_version": float("inf")},
        {"revisions": {"content": "1"}},
        {"tables": "abc"},
        {"tables": [5]},
    ],
    ids=str,
)
def test_a_manifest_with_a_wrong_value_is_no_backup(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(NotABackup), read_archive(_of(json.dumps({**PLAIN, **change}), tmp_path / "wrong")):
        pass


@pytest.mark.parametrize("text", ["[" * 200_000, "[]", "5", "", '{"format": ' + "1" * 6000 + "}"], ids=len)
def test_a_manifest_of_another_form_is_no_backup(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotABackup), read_archive(_of(text, tmp_path / "form")):
        pass


def _encrypted(data: bytearray) -> None:
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    data[data.rfind(b"PK\x03\x04") + 6] |= 1


def _packed_in_another_way(data: bytearray) -> None:
    data[data.rfind(b"PK\x01\x02") + 10] = 99


@pytest.mark.parametrize("spoil", [_encrypted, _packed_in_another_way])
def test_an_archive_that_cannot_be_unpacked_is_no_backup(
    tmp_path: Path, spoil: Callable[[bytearray], None]
) -> None:
    file = _of(json.dumps(PLAIN), tmp_path / "spoilt")
    data = bytearray(file.read_bytes())
    spoil(data)
    file.write_bytes(data)
    with pytest.raises(NotABackup), read_archive(file):
        pass
