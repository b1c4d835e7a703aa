#!/bin/sh
# Builds the command line and prints the facts of pages, of the sample pages where none are named:
# try.sh [ARGUMENTS OF EXTRACT]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
sh "$root/Sources/Packaging/setup.sh"
[ $# -gt 0 ] || { cd "$root"; set -- seeds/ -f table; }
swift run --package-path "$root" -c release dukien extract "$@"
