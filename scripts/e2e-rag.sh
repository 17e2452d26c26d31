#!/usr/bin/env bash
# End to end, on loopback: the requests of LibreChat's file search, sent by the packages that LibreChat uses, to
# `llm-provider rag` over a fake embedding model.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
if ! npm ls --prefix e2e/rag --silent >/dev/null 2>&1; then
  npm ci --prefix e2e/rag --ignore-scripts --no-audit --no-fund --loglevel=error
fi
tsc -b
node --conditions=source e2e/rag/run.ts
