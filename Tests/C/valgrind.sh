#!/bin/sh
# Runs the C tests over the shipped library under valgrind: no read or write where nothing is, nothing
# lost: valgrind.sh PREFIX [NAME...]
#
# Without allocation, which replaces malloc as valgrind does, and hostile, whose pages are too long.
set -eu
[ $# -ge 1 ] || { echo "usage: valgrind.sh PREFIX [NAME...]" >&2; exit 2; }
prefix=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sh "$here/build.sh" "$prefix" "$work" "$@"
rm -f "$work/shared/allocation" "$work/shared/hostile"
failed=0
for test in "$work"/shared/*; do
  printf '%s: ' "$(basename "$test")"
  # Threads make fewer rounds here, where one at a time runs.
  set --
  [ "$(basename "$test")" != threads ] || set -- 4
  valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect \
    --fair-sched=yes "$test" "$@" || failed=1
done
exit $failed
