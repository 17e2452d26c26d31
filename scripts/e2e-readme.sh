#!/usr/bin/env bash
# The README's first command as it is written, in a fresh clone with nothing installed. The second is CI's own test step.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet --no-hardlinks . "$folder/clone"
cd "$folder/clone"
bash -ec "$(grep -E '^npx -y pnpm@12\.21\.0 scaffold ' README.md)"
[ -f packages/acme/src/acme.ts ]
