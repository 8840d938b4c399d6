#!/usr/bin/env bash
# Prints the Python to use (3.11 or newer); prints nothing and fails when there is none.
set -euo pipefail
for name in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
  if path="$(command -v "$name")" \
    && "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "$path"
    exit 0
  fi
done
exit 1
