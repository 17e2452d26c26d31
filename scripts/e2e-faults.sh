#!/usr/bin/env bash
# Runs all checks of the suite against every planted fault and compares the result with packages/testing/FAULTS.md, then runs the
# suite in a package outside this repository, in every pool of vitest. Run `tsc -b` first.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
OUTSIDE=1 vitest run packages/testing/test/outside.test.ts
FAULTS=all vitest run packages/testing/test/faults.test.ts
