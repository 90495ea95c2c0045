#!/usr/bin/env bash
# The hook of .pre-commit-hooks.yaml. pre-commit's own way of installing packages of Node builds nothing where install scripts are off, as they are
# here, so the first run installs and builds; it stands in pre-commit's copy of this repository, which is made anew for each revision.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
if [ ! -e "$here/dist/complete" ]; then
  (cd "$here" && npm ci --silent && npm run --silent build && touch dist/complete) >&2
fi
exec node "$here/dist/src/cli/main.js" notes -- "$@"
