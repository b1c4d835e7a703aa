#!/bin/sh
# Prints the C code of the README, section "From C", as a program: readme.sh first|all README.md
#
# The first block is a program. Of the others, one that begins at the margin stands beside its
# functions; one that is indented stands in a function, and all of them go one after the other.
set -eu
[ $# -eq 2 ] || { echo "usage: readme.sh first|all README.md" >&2; exit 2; }
awk -v wanted="$1" '
  /^## / { inside = $0 == "## From C" }
  !inside { next }
  /^```/ {
    if (body != "") {
      if (++blocks == 1) program = body
      else if (body ~ /^ /) parts[++count] = body
      else beside = beside body
    }
    body = ""
    copies = $0 == "```c"
    next
  }
  copies { body = body $0 "\n" }
  END {
    if (count == 0) { print "no code found" > "/dev/stderr"; exit 1 }
    if (wanted == "first") { printf "%s", program; exit }
    end = index(program, "  dukien_result_release(result);")
    start = index(program, "int main(void) {")
    print substr(program, 1, start - 1) beside
    print "static int parts(dukien_loader *loader, dukien_rules *rules, dukien_extractor *extractor,"
    print "                 dukien_input page) {\n  dukien_error *error = NULL;\n  dukien_result *result;"
    for (i = 1; i <= count; i++) print "  {\n" parts[i] "  }"
    print "  (void)error;\n  dukien_extractor_release(extractor);\n  dukien_rules_release(rules);"
    print "  dukien_loader_release(loader);\n  return 0;\n}\n"
    print substr(program, start, end - start) "  dukien_result_release(result);"
    print "  return parts(loader, rules, extractor, page);\n}"
  }' "$2"
