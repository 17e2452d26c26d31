#!/usr/bin/env bash
# Builds the documentation as a site, into .tmp/site, and follows every link of it. The site has a lockfile of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
npm ci --prefix site --no-audit --no-fund --loglevel=error
npm run --prefix site --silent build
node site/check-site.ts
# What a language model reads first, and the index of the search.
[ "$(grep -c '^- \[' .tmp/site/llms.txt)" -gt 30 ]
grep -q '"title":"Groq 400: ' .tmp/site/assets/chunks/@localSearchIndex*.js
