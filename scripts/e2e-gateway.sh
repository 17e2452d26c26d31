#!/usr/bin/env bash
# End to end, on loopback: published clients of OpenAI's API (openai, AI SDK, LangChain, curl) through the gateway over the
# twins of all providers: a stream, tools, two turns, errors. Then three instances over a real Redis, behind a plain load
# balancer, under load, kill -9 and restarts of Redis. Takes the installed Redis, or unpacks Debian's under .tmp.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
REDIS_SERVER=$(bash scripts/get-redis.sh)
export REDIS_SERVER
if ! npm ls --prefix e2e/gateway --silent >/dev/null 2>&1; then
  npm ci --prefix e2e/gateway --ignore-scripts --no-audit --no-fund --loglevel=error
fi
# Runs the built files: a dependency of the clients also has a `source` condition, which Node cannot run.
tsc -b
node e2e/gateway/run.ts
node --conditions=source e2e/gateway-cluster/run.ts
