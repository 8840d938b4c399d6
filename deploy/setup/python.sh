#!/usr/bin/env bash
# Makes .venv and installs the locked Python packages. Usage: python.sh run | test
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PURPOSE="${1:-run}"
LOCK=requirements/base.txt
[ "$PURPOSE" = test ] && LOCK=requirements/test.txt
WANTED="$(fingerprint "$LOCK" requirements/build.txt pyproject.toml)"

# test.txt holds all of base.txt at the same versions, so either stamp will do for `run`.
BASE_STAMP="$VENV/.installed-run"
STAMP="$VENV/.installed-$PURPOSE"
is_current "$STAMP" "$WANTED" && [ -x "$VENV/bin/portal" ] && exit 0

PYTHON="$("$ROOT/deploy/setup/find-python.sh")" || die "Python 3.11 or newer is needed, and none was found."
# A venv whose Python is gone, or that was made elsewhere, cannot be mended.
if ! "$VENV/bin/python" -c 'import pip' 2>/dev/null || ! grep -qs -- "$VENV" "$VENV/bin/pip"; then
  say "Making .venv with $("$PYTHON" --version)"
  rm -rf "$VENV"
  "$PYTHON" -m venv "$VENV" || die "could not make .venv with $PYTHON"
fi

say "Installing Python packages from $LOCK"
pip_install() { "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$@" </dev/null; }
pip_install --require-hashes -r requirements/build.txt || die "pip could not install the build tools; its message is above."
pip_install --require-hashes -r "$LOCK" || die "pip could not install the packages of $LOCK; its message is above."
# The portal itself, linked: its build tools are those just checked against their hashes.
pip_install --no-deps --no-index --no-build-isolation --editable . || die "pip could not install the portal itself."

printf '%s' "$WANTED" >"$STAMP"
if [ "$PURPOSE" = test ]; then
  fingerprint requirements/base.txt requirements/build.txt pyproject.toml | tr -d '\n' >"$BASE_STAMP"
fi
