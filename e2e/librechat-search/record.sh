#!/usr/bin/env bash
# Opt-in, not part of CI (540 MB, two minutes): records what LibreChat's own web search asks a SearXNG server, and checks
# that it finds our results. Writes packages/serpapi/test/librechat-queries.json.
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/../../node_modules/.bin:$PATH"
# The package reports installs to a third party unless both are said.
REOVA_ANALYTICS=false npm ci --ignore-scripts --no-audit --no-fund
tsc -b ../../packages/serpapi
node record-queries.ts
