#!/bin/sh
# Measures both builds on the sample pages: run.sh [FOLDER [MEGABYTES]]
# First the ordinary build, then the shipped library; the digests must agree.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-seeds}
megabytes=${2:-20}
swift build -c release --product DukienBenchmarks >&2
echo "ordinary build"
.build/release/DukienBenchmarks "$folder" "$megabytes"
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
sh Sources/Packaging/make-library.sh "$prefix" >&2
gcc -O2 -I"$prefix/include" Sources/DukienBenchmarks/*.c -o "$prefix/benchmark" \
  -L"$prefix/lib" -ldukien -Wl,-rpath,"$prefix/lib"
echo
echo "shipped library"
"$prefix/benchmark" "$folder" "$megabytes"
