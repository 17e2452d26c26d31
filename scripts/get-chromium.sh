#!/usr/bin/env bash
# Prints the path of a Chromium: the one that CHROMIUM_PATH names, an installed one, or Debian's, which apt installs (needs root).
set -euo pipefail
for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name"; then exit 0; fi
done
command -v apt-get >/dev/null || { echo "Found neither Chromium nor apt-get to install it. Set CHROMIUM_PATH to a Chromium." >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "Found no Chromium. Run \`sudo apt-get install chromium\`, or set CHROMIUM_PATH to a Chromium." >&2; exit 1; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; }
{ install || { apt-get update -q && install; }; } >&2
command -v chromium
