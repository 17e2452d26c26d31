#!/usr/bin/env bash
# End to end, on loopback: published clients of OpenAI's API (openai, AI SDK, LangChain, curl) through the gateway over the
# twins of all providers: a stream, tools, two turns, errors. Then three instances over a real Redis, behind a plain load
# balancer, under load, kill -9 and restarts of Redis; Redis is this machine's or Debian's, unpacked under .tmp.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
REDIS_SERVER=$(bash scripts/get-redis.sh)
export REDIS_SERVER
if ! npm ls --prefix e2e/gateway --silent >/dev/null 2>&1; then
  npm ci --prefix e2e/gateway --ignore-scripts --no-audit --no-fund --loglevel=error
fi
# Built, since a dependency of the clients has sources of its own under the condition that ours have.
tsc -b
node e2e/gateway/run.ts
node --conditions=source e2e/gateway-cluster/run.ts
