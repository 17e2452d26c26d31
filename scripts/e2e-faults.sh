#!/usr/bin/env bash
# The suite against every planted fault, all checks each, compared with packages/testing/FAULTS.md; and the suite in a
# package outside this repository, in every pool of vitest. Needs what `tsc -b` builds.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
OUTSIDE=1 vitest run packages/testing/test/outside.test.ts
FAULTS=all vitest run packages/testing/test/faults.test.ts
