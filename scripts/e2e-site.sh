#!/usr/bin/env bash
# Builds the documentation as a site into .tmp/site, and checks every link of it. The site has its own lockfile.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
npm ci --prefix site --no-audit --no-fund --loglevel=error
npm run --prefix site --silent build
node site/check-site.ts
# The entry page for language models, and the search index.
[ "$(grep -c '^- \[' .tmp/site/llms.txt)" -gt 30 ]
grep -q '"title":"Groq 400: ' .tmp/site/assets/chunks/@localSearchIndex*.js
