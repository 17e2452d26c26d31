#!/usr/bin/env bash
# Runs the built core on Node, Bun, Deno and Cloudflare's workerd, against an endpoint on loopback. If the last three (350 MB)
# cannot be installed, it says so and tries Node alone.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
runtimes="bun@1.4.5 deno@2.9.6 workerd@1.20261117.1"
if [ ! -x .tmp/runtimes/node_modules/.bin/workerd ]; then
  # No lockfile, because a registry may lack the binaries of other platforms.
  # shellcheck disable=SC2086
  npm install --prefix .tmp/runtimes --no-save --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error $runtimes ||
    echo "Bun, Deno and workerd cannot be installed here."
fi
npx -y pnpm@12.21.0 exec tsc -b packages/core
exec node scripts/runtimes-e2e/run.ts
