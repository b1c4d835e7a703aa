#!/bin/sh
# Runs the C tests, linked with the shared and with the static library: run.sh PREFIX [NAME...]
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh PREFIX [NAME...]" >&2; exit 2; }
prefix=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every function of the header is misused by null.c.
for name in $(sh "$here/../../Sources/Packaging/header-names.sh"); do
  grep -q "\b$name\b" "$here/null.c" || { echo "null.c: $name is missing" >&2; exit 1; }
done

sh "$here/build.sh" "$prefix" "$work" "$@"
failed=0
for kind in shared static; do
  for test in "$work/$kind"/*; do
    name=$(basename "$test")
    printf '%s, %s: ' "$name" "$kind"
    set --
    [ "$name" != budget ] || set -- "$here"/../../seeds/05-*.txt "$here"/../../seeds/06-*.html
    "$test" "$@" || failed=1
  done
done
exit $failed
