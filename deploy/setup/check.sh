#!/usr/bin/env bash
# `make check`: format, lint, types, floors and the rules about the code itself. Says everything
# that is wrong before it fails, and needs neither a browser nor PostgreSQL.
set -uo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

FAILED=()
step() { # step TITLE COMMAND...
  local title="$1"
  shift
  heading "$title"
  "$@" || FAILED+=("$title")
}

step "Format (ruff)" "$VENV/bin/ruff" format --check .
step "Lint (ruff)" "$VENV/bin/ruff" check .
step "Template lint (djlint)" "$VENV/bin/djlint" --quiet --lint templates
step "Types (mypy --strict)" "$VENV/bin/mypy"
step "Floors (import-linter)" "$VENV/bin/lint-imports" --no-logo
[ "${1:-}" = --without-rules ] || step "Rules (pytest)" "$VENV/bin/pytest" -q tests/rules

heading "Checks"
if [ "${#FAILED[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${FAILED[@]}"
  exit 1
fi
say "all passed"
