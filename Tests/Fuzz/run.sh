#!/bin/sh
# Reads random pages until a promise is broken: run.sh [SECONDS [LONGEST_PAGE]]
# Needs lld. A page that breaks a promise is left in .build/fuzz, new ones that reach more of the
# reader in .build/fuzz/found. The corpus is the best of them, few enough to be replayed as tests:
# .build/fuzz/fuzz -set_cover_merge=1 -use_counters=0 NEW_CORPUS .build/fuzz/found
set -eu
cd "$(dirname "$0")/../.."
out=.build/fuzz
mkdir -p "$out/found"
# One module, so that the tests of the package and this program share their files.
find Sources/DukienText Tests/Fuzz -name '*.swift' ! -name CorpusTests.swift | sort >"$out/files"
swiftc -O -gline-tables-only -wmo -parse-as-library -module-name DukienText -package-name dukien \
  -suppress-warnings -sanitize=fuzzer,address -use-ld=lld @"$out/files" -o "$out/fuzz"
export ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no
exec "$out/fuzz" -max_total_time="${1:-600}" -max_len="${2:-4096}" -timeout=10 -rss_limit_mb=2000 \
  -dict=Tests/Fuzz/html.dict -artifact_prefix="$out/" "$out/found" Tests/Fuzz/corpus
