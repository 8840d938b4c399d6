"""A publication from any process is seen by all workers of the server at once."""

from __future__ import annotations

import shutil
import urllib.request
from pathlib import Path

from tests.support.databases import ROOT, Databases, environment, run_portal
from tests.support.server import serving

PAGE = "/berita/berau-nominasi-paritrana-2025"
FORMER, NEW = "Berau masuk nominasi Paritrana", "Kabupaten Berau dinominasikan untuk Paritrana"
# More connections than workers, so that each worker answers several.
VISITS = 20


def _titles(address: str) -> set[bool]:
    """Whether each of several visits sees the new title."""
    bodies = (urllib.request.urlopen(address + PAGE, timeout=10).read().decode() for _ in range(VISITS))
    return {NEW in body for body in bodies}


def test_a_load_from_the_command_line_is_seen_by_every_worker_at_once(
    databases: Databases, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "data/starter", package)
    news = package / "news.csv"
    news.write_text(news.read_text(encoding="utf-8").replace(FORMER, NEW), encoding="utf-8")
    with databases.copy("starter") as urls:
        env = environment(tmp_path / "instance", urls)
        with serving(env, tmp_path / "server.log") as address:
            assert _titles(address) == {False}
            run_portal("data", "load", str(package), env=env)
            assert _titles(address) == {True}
