"""The script that keeps pages already seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.settings import ROOT, read_settings


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application without data."""
    folder: Path = tmp_path_factory.mktemp("offline")
    return create_app(read_settings({"PORTAL_INSTANCE": str(folder)}))


def test_the_service_worker_is_served_from_the_root_and_asked_for_anew(bare: Flask) -> None:
    answer = bare.test_client().get("/sw.js")
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/cek", False),
        ("/en/cek", False),
        ("/cari", False),
        ("/meja/masuk", False),
        ("/unduh/wilayah/berau.pdf", False),
        ("/wilayah/berau", True),
        ("/en/", True),
        ("/cekungan", True),
    ],
)
def test_the_check_and_what_is_private_or_large_are_never_kept(path: str, is_kept: bool) -> None:
    script = (ROOT / "static/js/sw.js").read_text()
    found = re.search(r"const NEVER = /(.+)/;", script)
    assert found is not None
    never = found.group(1).replace("\\/", "/")
    assert (re.match(never, path) is None) is is_kept
