#!/usr/bin/env bash
# Everything between a checkout and a working .venv. Usage: setup.sh run | test
# Each step looks first whether it is needed, so that a second call takes a fraction of a second.
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Two terminals may start at the same moment; the second waits for the first.
exec 9>"$ROOT/.setup.lock"
flock 9

for step in system python frontend; do
  "$ROOT/deploy/setup/$step.sh" "${1:-run}"
done
