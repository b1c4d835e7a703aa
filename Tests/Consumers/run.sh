#!/bin/sh
# Builds the C consumer against a made library, runs it and the Python one on pages, and compares
# what they print: run.sh PREFIX [PAGE…]
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh PREFIX [PAGE...]" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- "$here"/../../seeds/*.txt "$here"/../../seeds/*.html
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

strict="-std=c99 -Wall -Wextra -pedantic -Werror"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
# The three ways in: the shared library, the static one, and the header from C++.
${CC:-gcc} $strict $(pkg-config --cflags dukien) "$here/extract.c" -o "$work/shared" \
  $(pkg-config --libs dukien) -Wl,-rpath,"$prefix/lib"
${CC:-gcc} $strict $(pkg-config --cflags dukien) "$here/extract.c" -o "$work/static" \
  "$prefix/lib/libdukien.a" -lm
echo '#include <dukien.h>' > "$work/header.cc"
${CXX:-g++} -std=c++11 -Wall -Wextra -pedantic -Werror $(pkg-config --cflags dukien) \
  -fsyntax-only "$work/header.cc"

facts=0
for page in "$@"; do
  "$work/shared" "$page" > "$work/c.out"
  "$work/static" "$page" > "$work/static.out"
  PYTHONIOENCODING=utf-8 ${PYTHON:-python3} "$here/extract.py" "$prefix/lib/libdukien.so" "$page" \
    > "$work/python.out"
  cmp "$work/c.out" "$work/static.out"
  diff "$work/c.out" "$work/python.out"
  facts=$((facts + $(grep -c '^[^ ]' "$work/c.out" || true)))
done
[ "$facts" -gt 0 ] || { echo "the pages gave no facts" >&2; exit 1; }
echo "C and Python agree on $# pages, $facts facts"
