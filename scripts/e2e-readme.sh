#!/usr/bin/env bash
# Runs the README's quick start as written, command by command, in a fresh clone with nothing installed. The scaffolder must report
# every file that it changes outside the new package, its own commands must undo all of it, and then the tests must pass again.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet --no-hardlinks . "$folder/clone"
cd "$folder/clone"
mapfile -t commands < <(sed -n '/^## Development quick start/,/^## /p' README.md | grep -E '^npx -y pnpm@12\.21\.0 ')
if [ "${#commands[@]}" -ne 2 ]; then
  echo "The README's quick start has ${#commands[@]} commands; this script knows two: scaffold and test."
  exit 1
fi

bash -ec "${commands[0]}" | tee "$folder/told"
[ -f packages/acme/src/acme.ts ]
while IFS= read -r path; do
  grep -qF "$path" "$folder/told" || { echo "The scaffolder changed $path and did not say so."; exit 1; }
done < <(git status --porcelain --untracked-files=all | cut -c4- | grep -v '^packages/acme/')

git status --porcelain --untracked-files=all >"$folder/before"
bash -ec "${commands[1]}"
git status --porcelain --untracked-files=all | diff "$folder/before" - || { echo "The tests changed files."; exit 1; }

undo=$(sed 's/\x1b\[[0-9;]*m//g' "$folder/told" | sed -n '/^To undo this$/,$p' | grep '^  ')
bash -exc "$undo"
[ -z "$(git status --porcelain)" ] || { git status --short && git diff; exit 1; }
bash -ec "${commands[1]}"
