#!/bin/sh
# Makes a library from a header alone, with debugging information: every function, which must not be
# called, and a pointer to every struct: stub.sh HEADER LIBRARY
set -eu
[ $# -eq 2 ] || { echo "usage: stub.sh HEADER LIBRARY" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
abi=$(sed -n 's/^#define DUKIEN_ABI \([0-9]*\).*/\1/p' "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
  sh "$here/statements.sh" "$1" | sed 's/\(\bdukien_[a-z0-9_]*([^;{}]*)\) *;/\1 { __builtin_trap(); }/'
  sh "$here/statements.sh" "$1" | sed -n 's/.*typedef struct \(dukien_[a-z_]*\) {.*/\1 *abi_\1;/p'
} > "$work/stub.c"
echo "DUKIEN_$abi { *; };" > "$work/versions"
${CC:-gcc} -std=c11 -w -g -fPIC -shared "$work/stub.c" -o "$2" \
  -Wl,-soname,"libdukien.so.$abi" -Wl,--version-script="$work/versions"
