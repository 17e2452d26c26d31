#!/usr/bin/env bash
# End to end, on loopback: publish every package to a registry of our own, then make a provider and a tool from an empty
# folder with an empty cache, with npm and with pnpm; lint, type-check, test, build, pack. `--measure` times it beside create-vite.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
if ! npm ls --prefix e2e --silent >/dev/null 2>&1; then
  npm ci --prefix e2e --ignore-scripts --no-audit --no-fund --loglevel=error
fi
npx -y pnpm@12.21.0 exec tsc -b
exec node scripts/scaffold-e2e/run.ts "$@"
