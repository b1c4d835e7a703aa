#!/bin/sh
# Builds the wheel, installs it where nothing else is, and tests it there: run.sh PREFIX [OUT]
#
# PREFIX is an installed library, as Sources/Packaging/make-library.sh makes it. The wheel is left in
# the folder OUT. Wants what build-wheel.sh wants; the tests run without a compiler or Swift on PATH.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh PREFIX [OUT]" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=${2:-$work/wheel}
wheel=$(sh "$root/Sources/Python/build-wheel.sh" "$prefix" "$out")

# Alone: the wheel is all that is there, and PATH has the environment's programs only.
${PYTHON:-python3} -m venv "$work/alone"
"$work/alone/bin/pip" --quiet install --no-index "$wheel"
alone() { (cd "$work" && env -i PATH="$work/alone/bin" LC_ALL=C.UTF-8 "$@"); }
if alone /bin/sh -c 'command -v swift || command -v gcc'; then
  echo "Swift or gcc is on the PATH of the tests" >&2
  exit 1
fi
alone python -c '
import dukien
rules = dukien.Rules.load("vi-news")
facts = dukien.Extractor(rules).run("Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.").facts
assert facts[0].get("value") == "90000000 USD", facts
print("alone:", dukien.__version__, rules, facts)'
native=$(find "$work/alone" -name '_native*.so')
[ "$(printf '%s\n' "$native" | wc -l)" -eq 1 ]
for need in $(readelf -d "$native" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p'); do
  case $need in
    libc.so.*|libm.so.*|libpthread.so.*) ;;
    *) echo "$native: needs $need" >&2; exit 1 ;;
  esac
done

# With the tools of tests, and what takes tables.
${PYTHON:-python3} -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install "$wheel" pytest mypy pyarrow pandas polars duckdb numpy
tested() { (cd "$here" && env -i HOME="$work" PATH="$work/venv/bin" LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 "$@"); }
tested python -m pytest -q -p no:cacheprovider .
tested python -m pytest -q -p no:cacheprovider --doctest-modules -o doctest_optionflags=ELLIPSIS \
  --pyargs dukien
tested mypy --config-file mypy.ini --cache-dir "$work/mypy" -p dukien
tested mypy --config-file mypy.ini --cache-dir "$work/mypy" typed_use.py \
  ../../Sources/Python/examples/folder_to_table.py ../../Sources/Python/benchmark/speed.py
tested stubtest --mypy-config-file mypy.ini dukien
