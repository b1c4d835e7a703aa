#!/bin/sh
# Tests the test: changes a copy of the recorded header in one place after another and looks that
# compatible.sh tells what breaks older programs from what does not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

# One change: breaks|keeps, what it is, the sed script that makes it.
change() {
  sed "$3" "$here/recorded.h" > "$work/changed.h"
  if cmp -s "$here/recorded.h" "$work/changed.h"; then
    echo "$2: the header has no such place any more" >&2
    exit 1
  fi
  if sh "$here/compatible.sh" "$here/recorded.h" "$work/changed.h" 2> "$work/said"; then
    found=keeps
  else
    found=breaks
  fi
  if [ "$found" != "$1" ] || { [ "$1" = breaks ] && [ ! -s "$work/said" ]; }; then
    echo "$2: $found older programs, says compatible.sh" >&2
    cat "$work/said" >&2
    exit 1
  fi
  count=$((count + 1))
}

change breaks "a function is gone" '/^void dukien_bytes_release/d'
change breaks "a function returns another type" 's/^int32_t dukien_has(/int64_t dukien_has(/'
change breaks "a function has one argument more" 's/^void dukien_cancel_set(dukien_cancel \*c/&, int32_t how/'
change breaks "an argument has another sign" 's/ uint32_t threads, const dukien_run_options \*o, dukien_sink/ int32_t threads, const dukien_run_options *o, dukien_sink/'
change breaks "an argument is no longer const" 's/^dukien_view dukien_result_facts(const /dukien_view dukien_result_facts(/'
change breaks "two arguments change places" 's/^\(void dukien_cancel_set\)(.*)/\1(dukien_error *c)/'
change breaks "a callback has another argument" 's/(void \*user, size_t index,/(void *user, uint32_t index,/'
change breaks "a status has another number" 's/^\(#define DUKIEN_E_BUSY *\)(-7)/\1(-9)/'
change breaks "a constant is gone" '/^#define DUKIEN_ROLE_FLAG/d'
change breaks "a span grows" 's/^  uint64_t begin, end;/  uint64_t begin, end, line;/'
change breaks "the members of a string change places" '/^  const char \*ptr;/d; s/^  size_t len; .*/  size_t len; const char *ptr;/'
change breaks "members of a record change places" 's/^  dukien_str type, rule, polarity,/  dukien_str rule, type, polarity,/'
change breaks "a member has another width" 's/^  uint32_t heading;/  uint64_t heading;/'
change breaks "a member has another sign" 's/^  int32_t until; /  uint32_t until; /'
change breaks "a member points to something else" 's/^  dukien_trace trace; /  dukien_log trace; /'
change breaks "a member has another name" 's/^  dukien_str path;/  dukien_str tags;/'
change breaks "a member is gone" 's/^  dukien_str url; /  /'
change breaks "a record grows in its middle" 's/^  dukien_str role, text,/  dukien_str role, kind, text,/'
change breaks "a record grows at its end, and its members change places" \
  's/^  dukien_str type, rule, polarity,/  dukien_str rule, type, polarity,/; s/^} dukien_fact;/  uint64_t more;\n&/'
change breaks "options grow into the padding of an older program" 's/^} dukien_value;/  uint32_t more;\n&/'
change keeps "a record grows at its end" 's/^} dukien_role;/  uint64_t more;\n&/'
change keeps "options grow at their end" 's/^} dukien_run_options;/  uint64_t more;\n&/'
change keeps "a function is new" 's/^void dukien_bytes_release/void dukien_more(void);\n&/'
change keeps "a constant is new" 's/^#define DUKIEN_OK/#define DUKIEN_MORE 7\n&/'
change keeps "an argument has another name" 's/^void dukien_bytes_release(void \*p)/void dukien_bytes_release(void *q)/'
echo "$count changes of the header told apart"
