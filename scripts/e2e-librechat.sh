#!/usr/bin/env bash
# End to end, on loopback: LibreChat's published schema and engine (500 MB, Node 24) accept what we export, and send what
# simulateRequest predicts. `--write --librechat <folder of its sources>` writes the golden requests.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
# The engine reports its installs to a third party unless both are switched off.
export REOVA_ANALYTICS=false
if ! npm ls --prefix e2e/librechat --silent >/dev/null 2>&1; then
  npm ci --prefix e2e/librechat --ignore-scripts --no-audit --no-fund --loglevel=error
fi
node e2e/librechat/make-schema.ts --check
exec node --conditions=source e2e/librechat/run.ts "$@"
