#!/bin/sh
# Holds the library to its contract.
#
#   run.sh PREFIX    the header is the recorded one and clean in every language; the library exports
#                    what it declares; programs built with older headers run with the library
#   run.sh --record  takes the header over as the recorded one, after a change that was wanted. A
#                    change that would break older programs is refused, unless DUKIEN_ABI was raised
#
# recorded.h is the header as it was recorded last, first.h the oldest one whose programs still run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
header=$root/include/dukien.h
case ${1:-} in
  --record|/*|[!-]*) ;;
  *) echo "usage: run.sh PREFIX | run.sh --record" >&2; exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number() { sed -n 's/^#define DUKIEN_ABI \([0-9]*\).*/\1/p' "$1"; }

if [ "$1" = --record ]; then
  if [ "$(number "$header")" -gt "$(number "$here/recorded.h")" ]; then
    cp "$header" "$here/first.h"
  else
    for older in first recorded; do
      if ! sh "$here/compatible.sh" "$here/$older.h" "$header"; then
        echo "not recorded: programs built with $older.h would break; undo that, or raise DUKIEN_ABI" >&2
        exit 1
      fi
    done
  fi
  cp "$header" "$here/recorded.h"
  echo "recorded ABI $(number "$header")"
  exit 0
fi
prefix=$(cd "$1" && pwd)

# Comments apart, the header is what was recorded.
for which in "$here/recorded.h" "$header" "$prefix/include/dukien.h"; do
  { sh "$here/constants.sh" "$which"; number "$which"; sh "$here/statements.sh" "$which"; } \
    > "$work/contract.$(basename "$(dirname "$which")")"
  if ! diff "$work/contract.Abi" "$work/contract.$(basename "$(dirname "$which")")" >&2; then
    echo "$which is not what was recorded; if that is wanted: Tests/Abi/run.sh --record" >&2
    exit 1
  fi
done
sh "$here/compatible.sh" "$here/first.h" "$header"
sh "$here/changes.sh"

# The header alone, and twice, in every language.
printf '#include <dukien.h>\n#include <dukien.h>\nconst dukien_fact *f(dukien_view v);\nconst dukien_fact *f(dukien_view v) { return DUKIEN_AT(dukien_fact, v, 0); }\n' \
  > "$work/header.c"
cp "$work/header.c" "$work/header.cc"
for compiler in gcc clang; do
  for language in c99 c11 c17 c++11 c++17 c++20; do
    case $language in
      c++*) source=header.cc; more=-Wshadow ;;
      *) source=header.c; more="-Wstrict-prototypes -Wmissing-prototypes -Wc++-compat" ;;
    esac
    # shellcheck disable=SC2086
    "$compiler" -std=$language -Wall -Wextra -Wcast-align -Wcast-qual -Wundef -pedantic -Werror $more \
      -I"$prefix/include" -fsyntax-only "$work/$source"
  done
done
echo "the header is clean as C99 to C++20, gcc and clang"

sh "$root/Sources/Packaging/check-exports.sh" "$prefix"

# Programs built with older headers and linked when there was nothing newer.
page=$root/seeds/01-binh-duong-daejeon.txt
for older in first recorded; do
  mkdir "$work/$older"
  cp "$here/$older.h" "$work/$older/dukien.h"
  sh "$here/stub.sh" "$work/$older/dukien.h" "$work/$older/libdukien.so"
  gcc -std=c99 -Wall -Wextra -pedantic -Werror -I"$work/$older" "$here/client.c" \
    -o "$work/$older/client" -L"$work/$older" -ldukien
  LD_LIBRARY_PATH=$prefix/lib "$work/$older/client" "$page" > "$work/$older/said"
done
cmp "$work/first/said" "$work/recorded/said"
echo "older programs run: $(wc -l < "$work/first/said") lines, the same from both"
