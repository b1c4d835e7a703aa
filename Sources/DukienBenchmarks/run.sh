#!/bin/sh
# Measures both builds on the sample pages: run.sh [parse] [FOLDER [MEGABYTES]]
# The facts of pages as text, or with parse the articles of pages as HTML. First the ordinary build,
# then the shipped library; the digests must agree.
set -eu
cd "$(dirname "$0")/../.."
mode=
[ "${1:-}" != parse ] || { mode=parse; shift; }
folder=${1:-seeds}
megabytes=${2:-20}
swift build -c release --product DukienBenchmarks >&2
echo "ordinary build"
.build/release/DukienBenchmarks $mode "$folder" "$megabytes"
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
sh Sources/Packaging/make-library.sh "$prefix" >&2
gcc -O2 -I"$prefix/include" Sources/DukienBenchmarks/*.c -o "$prefix/benchmark" \
  -L"$prefix/lib" -ldukien -Wl,-rpath,"$prefix/lib"
echo
echo "shipped library"
"$prefix/benchmark" $mode "$folder" "$megabytes"
