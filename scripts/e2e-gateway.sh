#!/usr/bin/env bash
# End to end, on loopback: three instances of the gateway over a real Redis, behind a plain load balancer, under load, kill -9
# and restarts of Redis. Needs what `tsc -b` builds; Redis is this machine's or Debian's, unpacked under .tmp.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
REDIS_SERVER=$(bash scripts/get-redis.sh)
export REDIS_SERVER
exec node --conditions=source e2e/gateway/run.ts
