#!/bin/sh
# Runs the tests: run.sh [ARGUMENTS OF SWIFT TEST]
set -eu
cd "$(dirname "$0")/.."
sh Sources/Packaging/setup.sh
swift test "$@"
