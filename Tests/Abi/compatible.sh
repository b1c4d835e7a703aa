#!/bin/sh
# Tells whether a program that was built with one header runs with the library of another:
# compatible.sh OLD.h NEW.h
#
# What OLD has must be the same in NEW: constants, types, signatures, members at their places. NEW
# may have more: functions, constants, members at the end of a struct; the structs that are handed
# over by value (strings, spans, views) may not grow.
set -eu
[ $# -eq 2 ] || { echo "usage: compatible.sh OLD.h NEW.h" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
old=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
new=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc=${CC:-gcc}

# The members of all structs, one a line: struct, member, type.
members() {
  sh "$here/statements.sh" "$1" | grep -oE 'typedef struct dukien_[a-z_]+ \{[^}]*' | awk '{
    name = $3
    sub(/^[^{]*\{/, "")
    count = split($0, lines, ";") - 1
    for (i = 1; i <= count; i++) {
      width = split(lines[i], names, ",")
      match(names[1], /[a-z0-9_]+ *$/)
      type = substr(names[1], 1, RSTART - 1)
      names[1] = substr(names[1], RSTART)
      for (j = 1; j <= width; j++) { gsub(/ /, "", names[j]); print name, names[j], type }
    }
  }'
}

sh "$here/constants.sh" "$old" > "$work/old.constants"
sh "$here/constants.sh" "$new" > "$work/new.constants"
LC_ALL=C comm -23 "$work/old.constants" "$work/new.constants" > "$work/lost"
if [ -s "$work/lost" ]; then
  echo "constants that are gone or changed:" >&2
  cat "$work/lost" >&2
  exit 1
fi

# A program that knows OLD writes down where its members stand; a compiler that knows NEW judges.
members "$old" > "$work/old.members"
members "$new" > "$work/new.members"
[ -s "$work/old.members" ] || { echo "$old: no structs found" >&2; exit 1; }
{
  printf '#include "%s"\n#include <stdio.h>\n' "$old"
  cat << 'C'
#define MUST(condition, why) "_Static_assert(" condition ", \"" why "\");\n"
#define STAYS(s, m) printf(MUST("offsetof(" #s ", " #m ") == %zu", #s "." #m " moved"), offsetof(s, m));
#define BEHIND(s, m) printf(MUST("offsetof(" #s ", " #m ") >= %zu", #s "." #m " is in the middle"), sizeof(s));
#define FIXED(s) printf(MUST("sizeof(" #s ") == %zu", #s " grew"), sizeof(s));
int main(void) {
C
  awk '
    NR == FNR { known[$1]; place[$1, $2]; print "  STAYS(" $1 ", " $2 ")"; next }
    $1 in known && !(($1, $2) in place) { print "  BEHIND(" $1 ", " $2 ")" }
  ' "$work/old.members" "$work/new.members"
  printf '  FIXED(dukien_str)\n  FIXED(dukien_span)\n  FIXED(dukien_view)\n  return 0;\n}\n'
} > "$work/places.c"
"$cc" -std=c11 "$work/places.c" -o "$work/places"
{
  printf '#include "%s"\n' "$new"
  "$work/places"
  while read -r name member type; do
    printf '_Static_assert(__builtin_types_compatible_p(__typeof__(((%s *)0)->%s), %s), "%s.%s has another type");\n' \
      "$name" "$member" "$type" "$name" "$member"
  done < "$work/old.members"
  # Declared twice, a function or type must be the same twice.
  sh "$here/statements.sh" "$old" | sed 's/typedef struct dukien_[a-z_]* {[^}]*} *dukien_[a-z_]* *;//' | grep dukien_
} > "$work/judge.c"
"$cc" -std=c11 -Wall -Werror -fsyntax-only "$work/judge.c"

# Another judge, libabigail.
sh "$here/stub.sh" "$old" "$work/old.so"
sh "$here/stub.sh" "$new" "$work/new.so"
abidiff --no-added-syms --suppressions "$here/growth.suppr" "$work/old.so" "$work/new.so" \
  > "$work/abidiff" || { cat "$work/abidiff" >&2; exit 1; }
