#!/bin/sh
# Prints the statements of a header without comments and macros, one a line: statements.sh HEADER
set -eu
[ $# -eq 1 ] || { echo "usage: statements.sh HEADER" >&2; exit 2; }
${CC:-gcc} -E -P "$1" | tr '\n' ' ' | sed 's/}[^;]*;/&\n/g; s/) *;/&\n/g' | sed 's/  */ /g'
