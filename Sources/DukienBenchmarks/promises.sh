#!/bin/sh
# Measures what the library promises of its speed: promises.sh [shipped]
# The ordinary release build, or the shipped library. Takes minutes; fails where a promise is broken.
set -eu
cd "$(dirname "$0")/../.."
if [ "${1:-}" = shipped ]; then
  prefix=$(mktemp -d)
  trap 'rm -rf "$prefix"' EXIT
  sh Sources/Packaging/make-library.sh "$prefix" >&2
  gcc -O2 -I"$prefix/include" Sources/DukienBenchmarks/*.c -o "$prefix/benchmark" \
    -L"$prefix/lib" -ldukien -Wl,-rpath,"$prefix/lib"
  "$prefix/benchmark" promises .
else
  swift build -c release --product DukienBenchmarks >&2
  .build/release/DukienBenchmarks promises .
fi
