"""What a form says while it is typed: cross-checks against today's, hints, and what keeps a figure from review."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.formatting import rupiah
from portal.extensions import db
from portal.publishing.models import Draft, Item
from portal.publishing.outcomes import HasProblems
from portal.publishing.services.editing import start_item
from portal.publishing.services.review import submit
from tests.desk.records.looking import begin, cells_of, look, stored
from tests.support.pages import text_of
from tests.support.staff import BENGKAYANG, BERAU, Cast

LINE = "berau-2025-apbd"
WHOLE = {
    "form": "1",
    "commitment_id": LINE,
    "stage": "budgeted",
    "workers": "15.000",
    "workers_qualifier": "exact",
    "monthly_contribution_idr": "16.800",
    "months": "12",
    "amount_idr": "3.024.000.000",
    "amount_qualifier": "exact",
    "source_ids": "fokusborneo-berau-2025",
}


def counted(app: Flask) -> tuple[int, int]:
    """How many items and drafts there are."""
    with app.app_context():
        counts = [
            db.session.execute(select(func.count()).select_from(one)).scalar_one() for one in (Item, Draft)
        ]
        db.session.remove()
    return counts[0], counts[1]


def thinking(cast: Cast, kind: str = "statements", **typed: Any) -> str:
    """What the panel says of what is typed."""
    page = look(cast.berau_editor.client.post(f"/meja/{kind}/periksa", data={**WHOLE, **typed}))
    return text_of(page.by_id("thinking"))


def test_cross_checks_appear_before_anything_is_kept(content: Flask, cast: Cast) -> None:
    before = counted(content)
    said = thinking(cast)
    assert "15.000 × Rp16.800 × 12 = Rp3.024.000.000" in said
    assert "Uji ini akan menjadi baru" in said
    assert "4.465 atau 15.000" in said
    assert counted(content) == before


def test_a_wrong_amount_shows_as_differing_while_it_is_typed(content: Flask, cast: Cast) -> None:
    assert rupiah(2_429_520_000) in thinking(cast, amount_idr="Rp 2.429.520.000")


def test_a_changed_statement_shows_todays_check_beside_the_new_one(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    with content.app_context():
        query = select(Item.id).where(Item.record_id == "berau-2025-apbd-1", Item.kind == "statements")
        item_id = db.session.execute(query).scalar_one()
        db.session.remove()
    page = look(
        client.post(f"/meja/butir/{item_id}/periksa", data={"form": "1", "version": "0", "workers": "9.999"})
    )
    said = text_of(page.by_id("thinking"))
    assert "9.999" in said
    assert "Hari ini portal berkata" in said


def test_only_the_panel_and_the_echoes_answer_htmx(content: Flask, cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Target": "thinking"}
    answer = cast.berau_editor.client.post("/meja/statements/periksa", data=WHOLE, headers=headers)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<html" not in html
    assert 'id="isi-amount_idr-note" hx-swap-oob="innerHTML"' in html
    assert "tiga miliar dua puluh empat juta rupiah" in html


def test_sources_are_found_by_words(content: Flask, cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Target": "source-picker"}
    data = {**WHOLE, "cari-source_ids": "ulin borneo"}
    html = cast.berau_editor.client.post("/meja/statements/periksa", data=data, headers=headers).get_data(
        as_text=True
    )
    assert "Ulin Borneo" in html
    assert "Kaltim Today" not in html
    assert 'value="fokusborneo-berau-2025" checked' in html


def test_a_claim_shows_its_checks_too(content: Flask, cast: Cast) -> None:
    typed = {
        "form": "1",
        "program_id": "berau-perlindungan-pekerja-rentan",
        "metric": "coverage_percent",
        "value": "86,40",
        "unit": "percent",
        "source_ids": "fokusborneo-berau-2025",
    }
    with content.app_context():
        query = select(Item.record_id).where(Item.kind == "programs", Item.region_code == BERAU)
        typed["program_id"] = db.session.execute(query).scalars().first() or ""
        db.session.remove()
    page = look(cast.berau_editor.client.post("/meja/claims/periksa", data=typed))
    assert "86,40" in text_of(page.by_id("isi-value-note"))
    assert "Uji silang dengan angka ini" in page.text


def test_a_line_that_is_only_a_draft_is_checked_with_its_statement(content: Flask, cast: Cast) -> None:
    with content.app_context():
        query = select(Item.record_id).where(Item.kind == "programs", Item.region_code == BERAU)
        program = db.session.execute(query).scalars().first()
        db.session.remove()
    line = begin(
        content,
        cast.berau_editor,
        "commitments",
        program_id=program,
        funding_source="csr",
        fiscal_year="2027",
    )
    said = thinking(cast, commitment_id=line.record_id)
    assert "15.000 × Rp16.800 × 12 = Rp3.024.000.000" in said


def test_a_foreign_draft_shows_nothing_of_itself(content: Flask, cast: Cast) -> None:
    secret = begin(
        content,
        cast.bengkayang_editor,
        "sources",
        region_code="",
        publisher="Rahasia Bengkayang",
        kind="press",
    )
    assert secret.region_code == BENGKAYANG
    page = look(
        cast.berau_editor.client.post(
            "/meja/statements/periksa", data={**WHOLE, "source_ids": secret.record_id}
        )
    )
    assert "Rahasia" not in page.html
    found = look(
        cast.berau_editor.client.post(
            "/meja/statements/periksa", data={**WHOLE, "cari-source_ids": "Rahasia"}
        )
    )
    assert "Rahasia Bengkayang" not in found.html


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"source_ids": ""}, "source_ids"),
        (
            {
                "workers": "",
                "workers_qualifier": "",
                "monthly_contribution_idr": "",
                "months": "",
                "amount_idr": "",
                "amount_qualifier": "",
            },
            "workers",
        ),
        ({"workers": ""}, "workers_qualifier"),
    ],
    ids=["no source", "no figure", "a qualifier of nothing"],
)
def test_the_service_refuses_what_the_form_refuses(
    content: Flask, cast: Cast, changed: dict[str, str], column: str
) -> None:
    cells = {
        name: value.replace(".", "") if value[:1].isdigit() else value
        for name, value in WHOLE.items()
        if name != "form"
    }
    actor = cast.berau_editor.actor
    with content.app_context():
        item_id = start_item(db.session(), actor, "statements", BERAU, {**cells, **changed})
        with pytest.raises(HasProblems) as refused:
            submit(db.session(), actor, item_id, 1)
        db.session.remove()
    assert column in {problem.column for problem in refused.value.problems}


def test_parts_far_from_the_amount_are_told_and_do_not_block(content: Flask, cast: Cast) -> None:
    page = look(
        cast.berau_editor.client.post("/meja/statements/periksa", data={**WHOLE, "amount_idr": "9 miliar"})
    )
    assert "lihat sumbernya lagi" in text_of(page.by_id("isi-amount_idr-note"))
    item = begin(
        content, cast.berau_editor, "statements", lanjut="ajukan", **{**WHOLE, "amount_idr": "9 miliar"}
    )
    assert item.state == "in_review"


def test_a_paid_source_says_what_that_means(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    page = look(
        client.post(
            "/meja/sources/periksa",
            data={"form": "1", "publisher": "Koran", "kind": "advertorial", "read_as": "excerpt"},
        )
    )
    assert "dibayar" in text_of(page.by_id("isi-kind-note"))
    source = begin(
        content, cast.berau_editor, "sources", publisher="Koran", kind="advertorial", read_as="excerpt"
    )
    page = look(client.post("/meja/statements/periksa", data={**WHOLE, "source_ids": source.record_id}))
    assert "Semua sumbernya advertorial" in text_of(page.by_id("isi-source_ids-note"))


def test_a_second_line_for_the_same_money_is_told(content: Flask, cast: Cast) -> None:
    with content.app_context():
        from portal.funding.queries import get_commitment

        line = get_commitment(LINE)
    typed = {
        "form": "1",
        "program_id": line.program_id,
        "fiscal_year": str(line.fiscal_year),
        "funding_source": line.funding_source,
        "funder_name": line.funder_name or "",
    }
    page = look(cast.berau_editor.client.post("/meja/commitments/periksa", data=typed))
    assert LINE in text_of(page.by_id("isi-funding_source-note"))


def test_what_is_not_translated_is_marked(content: Flask, cast: Cast) -> None:
    typed = {"form": "1", "title_id": "Judul", "title_en": ""}
    page = look(cast.berau_editor.client.post("/meja/news/periksa", data=typed))
    assert "Belum diterjemahkan" in text_of(page.by_id("isi-title_en-note"))


def test_autosave_keeps_a_new_record_once_and_counts_its_versions(content: Flask, cast: Cast) -> None:
    client = cast.berau_editor.client
    address, data = (
        "/meja/awards/simpan-otomatis",
        {"form": "1", "nonce": "n", "version": "0", "region_code": BERAU},
    )
    assert (
        client.post("/meja/sources/simpan-otomatis", data={"form": "1", "nonce": "m"}).get_json()["version"]
        == 0
    )
    first = client.post(address, data={**data, "award": "Par"}).get_json()
    assert first["version"] == 1
    second = client.post(address, data={**data, "award": "Paritrana", "version": "1"}).get_json()
    assert (second["version"], second["url"]) == (2, first["url"])
    saved = client.post("/meja/awards/baru", data={**data, "award": "Paritrana Award", "version": "2"})
    assert saved.status_code == 303
    item = stored(content, int(first["url"].split("/")[3]))
    assert cells_of(item)["award"] == "Paritrana Award"


def test_a_stale_autosave_answers_409_and_overwrites_nothing(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor)
    address, client = f"/meja/butir/{item.id}/simpan-otomatis", cast.berau_editor.client
    base = {"form": "1", "region_code": BERAU, "version": "1"}
    assert client.post(address, data={**base, "award": "Satu"}).get_json()["version"] == 2
    late = client.post(address, data={**base, "award": "Dua"})
    assert (late.status_code, late.get_json()) == (
        409,
        {"stale": True, "url": f"/meja/butir/{item.id}/sunting"},
    )
    assert cells_of(stored(content, item.id))["award"] == "Satu"


def test_autosave_of_a_draft_in_review_changes_nothing(content: Flask, cast: Cast) -> None:
    item = begin(content, cast.berau_editor, "statements", lanjut="ajukan", **WHOLE)
    answer = cast.berau_editor.client.post(
        f"/meja/butir/{item.id}/simpan-otomatis", data={**WHOLE, "version": "2", "note": "terlambat"}
    )
    assert answer.status_code == 409
    assert cells_of(stored(content, item.id))["note"] == ""


def test_a_figure_bound_in_a_text_is_named_for_the_editor(content: Flask, cast: Cast) -> None:
    typed = {"form": "1", "body_id": "Ada [[statements:berau-2025-apbd-1:workers]] pekerja."}
    page = look(cast.berau_editor.client.post("/meja/news/periksa", data=typed))
    labels = json.loads(page.all("textarea", name="body_id")[0].get("data-figure-labels") or "")
    assert labels["statements:berau-2025-apbd-1:workers"].startswith("4.465")


def test_a_coverage_asks_for_its_unit(content: Flask, cast: Cast) -> None:
    typed = {"form": "1", "metric": "coverage_percent", "value": "86,40", "unit": ""}
    program = {"program_id": "berau-pekerja-rentan", "source_ids": "fokusborneo-berau-2025"}
    page = look(cast.berau_editor.client.post("/meja/claims/periksa", data={**program, **typed}))
    assert "Persen" in text_of(page.by_id("thinking"))
    assert "86,40" in text_of(page.by_id("isi-value-note"))
