"""The Nu HTML checker finds no error on any kind of page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import quote

from flask import Flask

from tests.support.addresses import LANGUAGES, MISSING, PUBLIC, in_language
from tests.support.tree import ROOT

CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
# The checker does not know HTMX's attributes, which are meant.
HTMX = r"Attribute .hx-.*"


def _faults(folder: Path) -> set[str]:
    """What the checker says of every file in the folder, in one run of Java."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", "--filterpattern", HTMX]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    return {f"{Path(m.get('url', '')).name}:{m.get('lastLine')}: {m['message']}" for m in messages}


def test_the_checker_tells_an_error_from_an_attribute_of_htmx(tmp_path: Path) -> None:
    head = '<!doctype html><html lang="id"><head><title>Uji</title></head><body>'
    (tmp_path / "wrong.html").write_text(head + "<p id=a></p><p id=a></p></body></html>")
    (tmp_path / "meant.html").write_text(head + '<a href="/" hx-get="/">Ya</a></body></html>')
    assert {fault.partition(":")[0] for fault in _faults(tmp_path)} == {"wrong.html"}


def test_the_nu_checker_finds_no_error(sqlite_site: Flask, tmp_path: Path) -> None:
    visitor = sqlite_site.test_client()
    for language in LANGUAGES:
        for path in (*PUBLIC, MISSING):
            address = in_language(language, path)
            file = tmp_path / (quote(address, safe="") + ".html")
            answer = visitor.get(address)
            assert (answer.status_code == 404) == (path == MISSING), address
            file.write_bytes(answer.data)
    assert _faults(tmp_path) == set()
