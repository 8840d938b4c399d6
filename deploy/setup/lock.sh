#!/usr/bin/env bash
# `make lock`: the hashed lock files, from pyproject.toml, requirements/build.in and package.json.
# No address of an index or a registry may get into them; a machine's own settings say where to fetch.
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ -x "$VENV/bin/uv" ] || "$ROOT/deploy/setup/setup.sh" test

compile() {
  "$VENV/bin/uv" pip compile --quiet --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header "$@"
}
compile pyproject.toml -o requirements/base.txt
compile pyproject.toml --extra test -c requirements/base.txt -o requirements/test.txt
compile requirements/build.in -o requirements/build.txt

npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
"$VENV/bin/python" - <<'PYTHON'
import json, pathlib

lock = pathlib.Path("package-lock.json")
content = json.loads(lock.read_text())
for package in content["packages"].values():
    package.pop("funding", None)
    package.pop("resolved", None)
lock.write_text(json.dumps(content, indent=2) + "\n")
PYTHON
say "Lock files written; have a look at the difference before committing."
