#!/usr/bin/env bash
# Prints the path of a Chromium: the one that CHROMIUM_PATH names, this machine's, or Debian's, installed by apt (which needs root).
set -euo pipefail
for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name"; then exit 0; fi
done
command -v apt-get >/dev/null || { echo "There is no Chromium here, and no apt-get to fetch one. Set CHROMIUM_PATH to one." >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "There is no Chromium here. Run \`sudo apt-get install chromium\`, or set CHROMIUM_PATH to one." >&2; exit 1; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; }
{ install || { apt-get update -q && install; }; } >&2
command -v chromium
