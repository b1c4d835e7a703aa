#!/bin/sh
# Runs the thread test under ThreadSanitizer, over the library as ordinary Swift: threads.sh
#
# The first build takes some minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swift build -c release --sanitize=thread --scratch-path .build-thread --product DukienCore >&2
clang -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -pedantic -Werror -g -fsanitize=thread \
  -Iinclude -c "$here/threads.c" -o "$work/threads.o"
swiftc -sanitize=thread "$work/threads.o" .build-thread/release/libDukienCore.a -lyaml \
  -o "$work/threads"
# Swift's run time sees to it that a global is initialised once; the sanitizer cannot look into it,
# and sees one thread write it and another read it.
echo 'race:_WZ$' > "$work/suppressions"
TSAN_OPTIONS="suppressions=$work/suppressions" "$work/threads"
