#!/bin/sh
# Builds the C tests against an installed library and nothing else: build.sh PREFIX FOLDER [NAME...]
# FOLDER/shared and FOLDER/static get one program a test; all tests where none is named.
set -eu
[ $# -ge 2 ] || { echo "usage: build.sh PREFIX FOLDER [NAME...]" >&2; exit 2; }
prefix=$(cd "$1" && pwd)
folder=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
strict="-std=c99 -D_POSIX_C_SOURCE=200809L -g -Wall -Wextra -pedantic -Werror -pthread"
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.c | sed 's|^\./||; s|\.c$||')
mkdir -p "$folder/shared" "$folder/static"
for name in "$@"; do
  # shellcheck disable=SC2046,SC2086
  ${CC:-gcc} $strict $(pkg-config --cflags dukien) "$here/$name.c" -o "$folder/shared/$name" \
    $(pkg-config --libs dukien) -Wl,-rpath,"$prefix/lib"
  # shellcheck disable=SC2046,SC2086
  ${CC:-gcc} $strict $(pkg-config --cflags dukien) "$here/$name.c" -o "$folder/static/$name" \
    "$prefix/lib/libdukien.a" -lm
done
