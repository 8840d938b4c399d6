#!/usr/bin/env bash
# Fetches the npm packages and builds or copies what the portal serves to static/vendor/. Usage: frontend.sh run | test
set -euo pipefail
# shellcheck source=deploy/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

PURPOSE="${1:-run}"
WANTED="$(fingerprint package.json package-lock.json deploy/setup/frontend.sh frontend/editor/*.js frontend/price/*.js)"
VENDOR="$ROOT/static/vendor"
STAMP="node_modules/.installed-$PURPOSE"
is_current "$STAMP" "$WANTED" && [ -f "$VENDOR/.complete" ] && exit 0

say "Installing front-end files"
OMIT=(--omit=dev)
[ "$PURPOSE" = test ] && OMIT=()
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "${OMIT[@]}" </dev/null >/dev/null \
  || die "npm could not install the packages of package-lock.json; its message is above."

rm -rf "$VENDOR"
mkdir -p "$VENDOR/htmx" "$VENDOR/public-sans"
cp node_modules/htmx.org/dist/htmx.min.js node_modules/htmx.org/LICENSE "$VENDOR/htmx/"

# The desk's editor: our sources and the packages they use, in one file.
mkdir -p "$VENDOR/editor"
node_modules/.bin/esbuild frontend/editor/main.js --bundle --format=esm --minify --target=es2022 \
  --legal-comments=eof --log-level=warning --outfile="$VENDOR/editor/editor.js" \
  || die "could not build the editor; the message is above."
for notice in node_modules/{@tiptap/*,prosemirror-*,orderedmap,rope-sequence,w3c-keyname,linkifyjs,markdown-it,linkify-it,mdurl,uc.micro,entities,punycode.js}/LICENSE*; do
  printf '== %s\n\n' "$(dirname "$notice")" | sed 's|node_modules/||'
  cat "$notice"
done >"$VENDOR/editor/LICENSES.txt"

# The proof of work of the check: ALTCHA's widget with the element around it, and the worker that solves challenges; for old phones too.
mkdir -p "$VENDOR/altcha"
for part in main worker; do
  node_modules/.bin/esbuild "frontend/price/$part.js" --bundle --format=esm --minify --target=es2019 \
    --legal-comments=eof --log-level=warning --outfile="$VENDOR/altcha/$part.js" \
    || die "could not build the proof of work ($part); the message is above."
done
cp node_modules/altcha/LICENSE.txt "$VENDOR/altcha/LICENSES.txt"

# Public Sans is for the PDFs only; unpacked once here, so that rendering need not do it each time.
cp node_modules/@fontsource/public-sans/LICENSE "$VENDOR/public-sans/"
for face in 400-normal 400-italic 600-normal 700-normal; do
  "$VENV/bin/python" -W error -m fontTools.ttLib.woff2 decompress \
    -o "$VENDOR/public-sans/public-sans-$face.ttf" \
    "node_modules/@fontsource/public-sans/files/public-sans-latin-$face.woff2" 2>/dev/null \
    || die "could not unpack the font Public Sans ($face)"
done
touch "$VENDOR/.complete"

printf '%s' "$WANTED" >"$STAMP"
# An installation for tests holds everything that running needs.
[ "$PURPOSE" = test ] && printf '%s' "$WANTED" >node_modules/.installed-run
exit 0
