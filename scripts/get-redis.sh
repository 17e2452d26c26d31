#!/usr/bin/env bash
# Prints the path of a redis-server: the installed one, or Debian's, unpacked under .tmp without root and without a service.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${REDIS_SERVER:-}" ]; then exec printf '%s\n' "$REDIS_SERVER"; fi
if command -v redis-server; then exit 0; fi
folder="$PWD/.tmp/redis"
if [ ! -x "$folder/redis-server" ]; then
  command -v apt-get >/dev/null || { echo "Found neither redis-server nor apt-get to fetch it. Install Redis, or set REDIS_SERVER to its path." >&2; exit 1; }
  mkdir -p "$folder"
  (
    cd "$folder"
    packages=(redis-server redis-tools liblzf1 libjemalloc2 liblua5.1-0 libhiredis0.14)
    apt-get download -q "${packages[@]}" || { apt-get update -q && apt-get download -q "${packages[@]}"; }
    for deb in *.deb; do dpkg-deb -x "$deb" .; done
    # Debian's redis-server is a link to another program of its packages.
    printf '#!/bin/sh\nLD_LIBRARY_PATH=$(echo %s/usr/lib/*-linux-gnu) exec %s "$@"\n' "$folder" "$folder/usr/bin/redis-server" > redis-server
    chmod +x redis-server
  ) >&2
fi
"$folder/redis-server" --version >&2
printf '%s\n' "$folder/redis-server"
