#!/bin/sh
# Prints the macros of a header, but for its guard and the number of the ABI: constants.sh HEADER
set -eu
[ $# -eq 1 ] || { echo "usage: constants.sh HEADER" >&2; exit 2; }
${CC:-gcc} -E -dM "$1" | grep '^#define DUKIEN_' | grep -vE '^#define DUKIEN_(H|ABI)\b' | LC_ALL=C sort
