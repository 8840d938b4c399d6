"""`python -m benchmarks`: every benchmark, as a table and in benchmarks/results.json."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import check, desk, http, load, pdf, registry_check, registry_lists
from benchmarks.measure import table
from benchmarks.server import prepare
from portal import create_app
from portal.settings import read_settings

RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Run all; exit status 1 when a ratio to reach was missed, 2 when a tool is missing."""
    if shutil.which("wrk") is None:
        print("The benchmarks need wrk: apt-get install wrk", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        env = prepare(Path(folder))
        # Thousands of checks of unknown numbers would brake the portal, which then asks a price of everybody.
        app = create_app(read_settings({**env, "PORTAL_CHECK_ALLOWANCE": "99999"}))
        rows = [*http.rows(env), *check.rows(app), *load.rows(), *desk.rows(), *pdf.rows(app)]
    rows += [*registry_lists.rows(), *registry_check.rows()]
    print(table(rows))
    RESULTS.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", encoding="utf-8")
    return 1 if any(row.reached is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
