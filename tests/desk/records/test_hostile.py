"""Texts that would run in a browser, quotes, and texts beyond all measure, in every field of every kind."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.desk.records.description import columns
from portal.opendata.tables import BY_NAME
from tests.desk.records.looking import cells_of, item_of, look, stored
from tests.support.staff import BERAU, Cast

PAYLOAD = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>{{7*7}}</textarea><svg onload=alert(3)>"
SAFE = {"region_code": BERAU}


@pytest.mark.parametrize("kind", list(BY_NAME))
def test_hostile_text_in_every_field_stays_text(content: Flask, cast: Cast, kind: str) -> None:
    client = cast.berau_editor.client
    typed = {name: SAFE.get(name, PAYLOAD) for name in columns(kind)}
    extra = {
        "form": "1",
        "cari-source_ids": PAYLOAD,
        "nonce": PAYLOAD[:40],
        "reason": PAYLOAD,
    }
    # What a record hangs on decides its region, and this text names none.
    item = item_of(content, client.post(f"/meja/{kind}/baru", data={**typed, **extra}))
    pages = [
        look(client.get(f"/meja/butir/{item.id}/sunting")),
        look(
            client.post(
                f"/meja/butir/{item.id}/simpan",
                data={**typed, **extra, "version": "1", "baru-publisher": PAYLOAD},
            ),
            status=422,
        ),
        look(client.post(f"/meja/butir/{item.id}/periksa", data={**typed, **extra})),
        look(
            client.post(f"/meja/butir/{item.id}/ajukan", data={**typed, **extra, "version": "1"}), status=422
        ),
        look(
            client.post(
                f"/meja/butir/{item.id}/simpan", data={**typed, **extra, "version": "9", "reason": "<b>"}
            ),
            status=409,
        ),
        look(client.post(f"/meja/{kind}/sumber-baru", data={**typed, **extra}), status=422),
    ]
    for page in pages:
        assert "<script>alert" not in page.html
        assert "<img src=x" not in page.html
        assert "<svg onload" not in page.html


@pytest.mark.parametrize("kind", ["news", "programs", "sources"])
def test_very_long_texts_are_kept_whole(content: Flask, cast: Cast, kind: str) -> None:
    client = cast.berau_editor.client
    long = "Kata “panjang” " * 700
    texts = [name for name, column in columns(kind).items() if column.kind == "text" and not column.choices]
    typed = {"form": "1", **SAFE, **dict.fromkeys(texts, long)}
    item = item_of(content, client.post(f"/meja/{kind}/baru", data=typed))
    assert len(item.title) <= 200
    assert len(item.record_id) <= 90
    cells = cells_of(stored(content, item.id))
    assert {cells[name].strip() for name in texts} == {long.strip()}
    assert look(client.get(f"/meja/butir/{item.id}/sunting")).status == 200


def test_a_character_that_no_database_takes_is_left_out(content: Flask, cast: Cast) -> None:
    data = {"form": "1", **SAFE, "award": "Pari\0trana", "nonce": "a\0b"}
    item = item_of(content, cast.berau_editor.client.post("/meja/awards/baru", data=data))
    assert cells_of(item)["award"] == "Paritrana"


@pytest.mark.parametrize("version", ["", "-1", "1e9", "9" * 30, "١", "abc"])
def test_a_version_that_is_none_never_overwrites(content: Flask, cast: Cast, version: str) -> None:
    client = cast.berau_editor.client
    item = item_of(content, client.post("/meja/awards/baru", data={"form": "1", **SAFE, "award": "Satu"}))
    client.post(f"/meja/butir/{item.id}/simpan", data={"form": "1", **SAFE, "version": "1", "award": "Dua"})
    late = client.post(
        f"/meja/butir/{item.id}/simpan", data={"form": "1", **SAFE, "version": version, "award": "Tiga"}
    )
    assert late.status_code == 409
    assert cells_of(stored(content, item.id))["award"] == "Dua"
