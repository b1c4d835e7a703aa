#!/bin/sh
# Builds the examples and the code of the README against a made library and nothing else, runs them on
# pages, with the Python one, and compares what they print: run.sh PREFIX [PAGE…]
#
# By hand, by pkg-config and by find_package, each with the shared and the static library; the Rust
# example where rustc is.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh PREFIX [PAGE...]" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
examples=$root/Sources/Examples
[ $# -gt 0 ] || set -- "$root"/seeds/*.txt "$root"/seeds/*.html
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"

strict="-Wall -Wextra -pedantic -Werror"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
flags=$(pkg-config --cflags dukien)
shared="$(pkg-config --libs dukien) -Wl,-rpath,$prefix/lib"
static="$prefix/lib/libdukien.a -lm"
# shellcheck disable=SC2086
{
  ${CC:-gcc} -std=c99 $strict $flags "$examples/c/extract.c" -o "$work/bin/c" $shared
  ${CC:-gcc} -std=c99 $strict $flags "$examples/c/extract.c" -o "$work/bin/c-static" $static
  ${CXX:-g++} -std=c++11 $strict $flags "$examples/cpp/extract.cpp" -o "$work/bin/cpp" $shared
  ${CXX:-g++} -std=c++11 $strict $flags "$examples/cpp/extract.cpp" -o "$work/bin/cpp-static" $static
}
if command -v rustc > /dev/null; then
  rustc --edition 2021 -D warnings "$examples/rust/extract.rs" -o "$work/bin/rust" -L "$prefix/lib" \
    -C link-arg="-Wl,-rpath,$prefix/lib"
else
  echo "no rustc: the Rust example is not built"
fi

# CMake finds the library where it was moved to.
cp -a "$prefix" "$work/moved"
cmake -S "$examples" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$work/moved" > "$work/cmake.log" \
  && cmake --build "$work/cmake" >> "$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
for program in c c_static cpp cpp_static; do
  mv "$work/cmake/extract_$program" "$work/bin/cmake-$program"
done

facts=0
for page in "$@"; do
  PYTHONIOENCODING=utf-8 ${PYTHON:-python3} "$here/extract.py" "$prefix/lib/libdukien.so" "$page" \
    > "$work/python.out"
  for program in "$work"/bin/*; do
    "$program" "$page" > "$work/out"
    diff "$work/python.out" "$work/out" || { echo "$(basename "$program"), $page" >&2; exit 1; }
  done
  facts=$((facts + $(grep -c '^[^ ]' "$work/python.out" || true)))
done
[ "$facts" -gt 0 ] || { echo "the pages gave no facts" >&2; exit 1; }

# The README: its program prints what it says, and the other pieces of code run after it.
sh "$here/readme.sh" first "$root/README.md" > "$work/facts.c"
sh "$here/readme.sh" all "$root/README.md" > "$work/all.c"
# shellcheck disable=SC2086
for program in facts all; do
  ${CC:-gcc} -std=c99 $strict $flags "$work/$program.c" -o "$work/$program" $shared
  "$work/$program" > "$work/$program.out"
done
while read -r line; do
  grep -qxF "$line" "$root/README.md" || grep -qxF "  $line" "$root/README.md" \
    || { echo "the program of the README prints: $line" >&2; exit 1; }
done < "$work/facts.out"
[ -s "$work/facts.out" ]

echo "$(ls "$work/bin" | wc -l) programs and Python agree on $# pages, $facts facts"
