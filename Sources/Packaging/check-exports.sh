#!/bin/sh
# Compares the names that a libdukien.so exports with those of the header, all of them under the
# version of the ABI, and what it needs with libc and libm: check-exports.sh PREFIX
set -eu
[ $# -eq 1 ] || { echo "usage: check-exports.sh PREFIX" >&2; exit 2; }
library=$1/lib/libdukien.so
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$(dirname "$0")
version=DUKIEN_$(sed -n 's/^#define DUKIEN_ABI \([0-9]*\).*/\1/p' "$here/../../include/dukien.h")
"$here/header-names.sh" | sed "s/\$/@@$version/" > "$work/header"
nm -D --defined-only "$library" | awk -v version="$version" '$NF != version { print $NF }' \
  | LC_ALL=C sort -u > "$work/exports"
if ! diff "$work/header" "$work/exports"; then
  echo "$library: < declared in dukien.h only, > exported only" >&2
  exit 1
fi
needs=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p')
for need in $needs; do
  case $need in
    libc.so.*|libm.so.*) ;;
    *) echo "$library: needs $need" >&2; exit 1 ;;
  esac
done
glibc=$(nm -D --undefined-only "$library" | sed -n 's/.*@GLIBC_//p' | sort -V | tail -n 1)
echo "$(wc -l < "$work/header") functions exported as declared, all of $version; needs" $needs "of glibc $glibc or later"
