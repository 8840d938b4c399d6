#!/usr/bin/env bash
# Installs the Debian packages that are missing. Usage: system.sh run | test | bench
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PURPOSE="${1:-run}"
MISSING=()

need() { # need PACKAGE COMMAND...: the package is missing when the command fails
  local package="$1"
  shift
  "$@" >/dev/null 2>&1 || MISSING+=("$package")
}

LIBRARIES="$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null || true)"
has_library() { grep -q -- "$1" <<<"$LIBRARIES"; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' || command -v initdb; }
has_browser() { [ -x "${PORTAL_TEST_CHROMIUM:-/usr/bin/chromium}" ]; }

PYTHON="$("$ROOT/deploy/setup/find-python.sh" || true)"
if [ -z "$PYTHON" ]; then
  MISSING+=(python3 python3-venv)
else
  need python3-venv "$PYTHON" -c 'import ensurepip, venv'
fi
need libpango-1.0-0 has_library 'libpango-1\.0\.so\.0'
need libpangoft2-1.0-0 has_library 'libpangoft2-1\.0\.so\.0'
need libharfbuzz0b has_library 'libharfbuzz\.so\.0'
need libharfbuzz-subset0 has_library 'libharfbuzz-subset\.so\.0'
need libfontconfig1 has_library 'libfontconfig\.so\.1'
need nodejs command -v node
need npm command -v npm
if [ "$PURPOSE" = test ]; then
  need postgresql has_postgres
  need chromium has_browser
  need default-jre-headless command -v java
  need poppler-utils command -v pdftotext
  need redis-server command -v redis-server
fi
if [ "$PURPOSE" = bench ]; then
  need wrk command -v wrk
fi

[ "${#MISSING[@]}" -gt 0 ] || exit 0

INSTALL="apt-get install -y --no-install-recommends ${MISSING[*]}"
command -v apt-get >/dev/null || die "these Debian packages, or what your system calls them, are needed first: ${MISSING[*]}"
case "$(privilege)" in
  root) AS=(env) ;;
  sudo) AS=(sudo -n env) ;;
  *) die "some system packages are missing and this user may not install them. Please run
  sudo apt-get update && sudo $INSTALL
and then the same make command again." ;;
esac

say "Installing system packages: ${MISSING[*]}"
"${AS[@]}" DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null \
  || say "set-up: apt-get update failed; trying with the package lists that are here" >&2
# shellcheck disable=SC2086  # the command is a list of plain words
"${AS[@]}" DEBIAN_FRONTEND=noninteractive $INSTALL -qq </dev/null >/dev/null \
  || die "apt-get could not install them. Its message is above; the command was: $INSTALL"
