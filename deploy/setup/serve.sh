#!/usr/bin/env bash
# `make run`: set-up, data, then server and worker on HOST and PORT (127.0.0.1:8000).
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$ROOT/deploy/setup/setup.sh" run
"$VENV/bin/portal" setup
exec "$VENV/bin/portal" serve --with-worker
