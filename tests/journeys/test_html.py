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


def test_the_nu_checker_finds_no_error(site: Flask, tmp_path: Path) -> None:
    visitor = site.test_client()
    for language in LANGUAGES:
        for path in (*PUBLIC, MISSING):
            address = in_language(language, path)
            file = tmp_path / (quote(address, safe="") + ".html")
            file.write_bytes(visitor.get(address).data)
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", "--filterpattern", HTMX]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, timeout=300)
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    faults = {f"{Path(m.get('url', '')).name}:{m.get('lastLine')}: {m['message']}" for m in messages}
    assert faults == set()
