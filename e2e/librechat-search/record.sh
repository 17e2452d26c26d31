#!/usr/bin/env bash
# Opt-in, not part of CI (540 MB, two minutes): records the requests of LibreChat's own web search to a SearXNG server, and checks
# that it finds our results. Writes packages/serpapi/test/librechat-queries.json.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../node_modules/.bin:$PATH"
# The package reports installs to a third party unless both are set.
REOVA_ANALYTICS=false npm ci --ignore-scripts --no-audit --no-fund
tsc -b ../../packages/serpapi
node record-queries.ts
