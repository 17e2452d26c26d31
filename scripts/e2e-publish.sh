#!/usr/bin/env bash
# End to end, on loopback: version and publish every package with changesets to a registry of our own, inspect each tarball,
# then use the packages from empty folders: npm, TypeScript in both resolutions, CommonJS, the command line with an adapter from outside.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
if ! npm ls --prefix e2e --silent >/dev/null 2>&1; then
  npm ci --prefix e2e --ignore-scripts --no-audit --no-fund --loglevel=error
fi
exec node scripts/publish-e2e/run.ts
