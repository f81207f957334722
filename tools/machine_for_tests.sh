#!/bin/bash
# Sees that the machine has what the tests use beside Python: Chromium, and Pango for PDF. Root gets them by apt.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
for name in libpango-1.0 libpangoft2-1.0; do
    /sbin/ldconfig -p | grep -F "$name.so.0" >/dev/null || missing+=("$name-0")
done
if [ "${#missing[@]}" -eq 0 ]; then exit 0; fi
if [ "$(id -u)" -ne 0 ]; then
    echo "Testerna behöver fler program på datorn. Installera dem med: sudo apt install ${missing[*]}" >&2
    exit 1
fi
echo "Installerar ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
