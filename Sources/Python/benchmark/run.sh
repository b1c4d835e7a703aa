#!/bin/sh
# Measures the package against C: run.sh PREFIX [WHEEL]
#
# PREFIX is an installed library; the wheel is built from it where none is given.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh PREFIX [WHEEL]" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wheel=${2:-$(sh "$here/../build-wheel.sh" "$prefix" "$work")}
${PYTHON:-python3} -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install "$wheel"
${CC:-gcc} -O2 -I"$prefix/include" "$here/call.c" -o "$work/call" "$prefix/lib/libdukien.a" -lm
"$work/venv/bin/python" "$here/speed.py" "$work/call" "$here"/../../../seeds/*.txt \
  "$here"/../../../seeds/*.html
