"""Every kind of record has words and a page in the ledger, in one query, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.i18n import use_language
from portal.extensions import db
from portal.funding.models import LeadChoice
from portal.ledger.shapes import Key
from portal.ledger.subjects import name_records
from portal.opendata.tables import BY_NAME
from tests.offices.builders import add_office

LINE, SAID = "berau-2025-apbd", "berau-2025-apbd-1"


def add_choice() -> None:
    """An editor's choice of a lead."""
    words = {"reason_id": "Alasan.", "reason_en": "Reason."}
    db.session.add(
        LeadChoice(id="pilihan", sequence=1, commitment_id=LINE, stage="budgeted", statement_id=SAID, **words)
    )
    db.session.commit()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_record_of_any_kind_is_named_in_words_and_linked_to_its_page(
    content: Flask, app_context: Flask, language: str
) -> None:
    add_office("dinas-contoh")
    add_choice()
    keys = [
        Key(kind, db.session.execute(select(table.stored.c.id).limit(1)).scalar_one())
        for kind, table in BY_NAME.items()
    ]
    with use_language(language):
        named = name_records(keys)
    assert set(named) == set(keys)
    client = content.test_client()
    for key, subject in named.items():
        assert subject.words
        assert subject.words != key.record_id
        if subject.path:
            assert client.get(subject.path).status_code == 200, (key, subject.path)
    assert all(named[key].path for key in keys if key.kind != "regulations")


def test_what_nobody_knows_any_more_is_named_by_its_id(content: Flask, app_context: Flask) -> None:
    key = Key("news", "never-was")
    assert name_records([key])[key].words == "never-was"
    assert name_records([]) == {}
