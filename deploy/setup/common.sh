# Sourced by the other set-up scripts: where things are, how they speak, and how they remember.
# shellcheck shell=bash disable=SC2034

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
VENV="$ROOT/.venv"
cd "$ROOT" || exit 1

say() { printf '%s\n' "$*"; }
heading() { printf '\n=== %s ===\n' "$*"; }
die() {
  printf 'set-up: %s\n' "$*" >&2
  exit 1
}

# A stamp holds the checksum of whatever a step was made from, and the folder it was made in: a step
# is repeated when its input changed or the checkout moved (console scripts hold absolute paths).
fingerprint() {
  { pwd; cat -- "$@"; } | sha256sum | cut -d' ' -f1
}
is_current() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# "root", "sudo" (without a password) or "none".
privilege() {
  if [ "$(id -u)" = 0 ]; then echo root
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then echo sudo
  else echo none
  fi
}

# A folder for what a run of the tests throws away: in memory where there is plenty, as making and dropping thousands of
# databases on a disk is most of what they would wait for.
passing_folder() { # passing_folder NAME
  local free
  free="$(df --output=avail --block-size=1M /dev/shm 2>/dev/null | tail -n 1 | tr -d ' ')"
  if [ -w /dev/shm ] && [ "${free:-0}" -ge 4096 ]; then mktemp -d "/dev/shm/$1.XXXXXX"; else mktemp -d "/tmp/$1.XXXXXX"; fi
}
