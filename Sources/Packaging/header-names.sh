#!/bin/sh
# Prints the functions that include/dukien.h declares, one a line, sorted.
set -eu
cd "$(dirname "$0")/../.."
${CC:-gcc} -E -P include/dukien.h | grep -oE '\bdukien_[a-z0-9_]+ ?\(' | tr -d ' (' | LC_ALL=C sort -u
