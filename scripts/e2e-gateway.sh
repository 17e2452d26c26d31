#!/usr/bin/env bash
# End to end, on loopback: published clients of OpenAI's API (openai, AI SDK, LangChain, curl) through the gateway over the
# twins of all providers: a stream, tools, two turns, errors.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
if ! npm ls --prefix e2e/gateway --silent >/dev/null 2>&1; then
  npm ci --prefix e2e/gateway --ignore-scripts --no-audit --no-fund --loglevel=error
fi
# Built, since a dependency of the clients has sources of its own under the condition that ours have.
tsc -b
exec node e2e/gateway/run.ts
