#!/bin/sh
# Runs the tests with threads under ThreadSanitizer, over the library as it ships, Embedded Swift, whose run
# time is instrumented with it: threads.sh
#
# The first build takes some minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DUKIEN_EMBEDDED=1 swift build -c release --sanitize=thread --scratch-path .build-thread \
  --product DukienCore >&2
swift=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath" *: *"\([^"]*\)".*/\1/p')
target=$(swiftc -print-target-info | sed -n 's/.*"unversionedTriple" *: *"\([^"]*\)".*/\1/p' | head -n 1)
# The sanitizer of Swift's clang asks for libdispatch; the library does not.
for test in threads arrow; do
  clang -std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -pedantic -Werror -pthread -g \
    -fsanitize=thread -Iinclude "$here/$test.c" .build-thread/release/libDukienCore.a \
    "$swift/embedded/$target/libswiftUnicodeDataTables.a" -lyaml -lm \
    -L"$swift/linux" -ldispatch -lBlocksRuntime -Wl,-rpath,"$swift/linux" -o "$work/$test"
done

# A race that the test makes itself must be seen, or nothing would be. Which thread comes second, and so whether
# the report begins with the write or with the read, is left to chance.
if "$work/threads" race > "$work/race" 2>&1 || ! grep -q 'data race' "$work/race" \
  || ! grep -A 1 -i 'write of size' "$work/race" | grep -q ' dukien_result_json '; then
  cat "$work/race" >&2
  echo "the sanitizer does not see a race in the library" >&2
  exit 1
fi
"$work/threads"
echo "streams of pages on threads:"
"$work/arrow"
