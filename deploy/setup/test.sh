#!/usr/bin/env bash
# `make test`: set-up with PostgreSQL and the browser, the checks, then every test on both databases.
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

heading "Set-up"
"$ROOT/deploy/setup/setup.sh" test
say "ready: $("$VENV/bin/python" --version), $("${PORTAL_TEST_CHROMIUM:-/usr/bin/chromium}" --version 2>/dev/null | head -n 1)"

FAILED=0
# The rules are among the tests below, so they need not run twice.
"$ROOT/deploy/setup/check.sh" --without-rules || FAILED=1

heading "Tests on SQLite and PostgreSQL, with the browser"
FOLDER="$(passing_folder portal-tests)"
trap 'rm -rf "$FOLDER"' EXIT
"$ROOT/deploy/setup/postgres.sh" "$VENV/bin/pytest" --basetemp "$FOLDER/run" -n 2 --dist loadfile --durations=12 "$@" || FAILED=1
exit "$FAILED"
