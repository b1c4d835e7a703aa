#!/bin/sh
# Makes the shipped library: make-library.sh PREFIX
#
#   PREFIX/lib/libdukien.so    the library, for libc and libm alone, stripped; a link to the file
#                              that is named by ABI and version
#   PREFIX/lib/libdukien.a     the same as one object, for linking into a program (add -lm)
#   PREFIX/lib/pkgconfig       for pkg-config
#   PREFIX/lib/cmake/dukien    for find_package(dukien) of CMake
#   PREFIX/include/dukien.h    the contract
#   PREFIX/share/dukien/rules  the rule sets as files, to be read and copied; the library has
#                              them inside
#
# PREFIX may be moved: nothing in it names itself. The build wants Swift 6.3; setup.sh installs the
# rest where it is missing.
set -eu
[ $# -eq 1 ] || { echo "usage: make-library.sh PREFIX" >&2; exit 2; }
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
here=Sources/Packaging
abi=$(sed -n 's/^#define DUKIEN_ABI \([0-9]*\).*/\1/p' include/dukien.h)
version=$(grep -oE '[0-9]+\.[0-9]+\.[0-9]+' Sources/Dukien/Version.swift | head -n 1)

sh "$here/setup.sh"

# An archive keeps the objects of sources that are gone: begin with none.
core=.build-embedded/release/libDukienCore.a
rm -f "$core"
DUKIEN_EMBEDDED=1 swift build -c release --scratch-path .build-embedded --product DukienCore >&2

target() { swiftc -print-target-info | sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }
unicode=$(target runtimeResourcePath)/embedded/$(target unversionedTriple)/libswiftUnicodeDataTables.a
yaml=$(gcc -print-file-name=libyaml.a)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/header-names.sh" > "$work/names"

mkdir -p "$prefix/lib/pkgconfig" "$prefix/lib/cmake/dukien" "$prefix/include" "$prefix/share/dukien"

# The shared library exports the names of the header, under a version, and nothing else.
{ echo "DUKIEN_$abi { global:"; sed 's/$/;/' "$work/names"; echo 'local: *; };'; } > "$work/exports.map"
soname=libdukien.so.$abi
rm -f "$prefix/lib/libdukien.so"*
gcc -shared -s -o "$prefix/lib/$soname.$version" \
  -Wl,-soname,"$soname" -Wl,--version-script="$work/exports.map" \
  -Wl,--gc-sections -Wl,-z,defs -Wl,-z,relro -Wl,-z,now -Wl,--as-needed \
  -Wl,--whole-archive "$core" -Wl,--no-whole-archive "$unicode" "$yaml" -lm
ln -s "$soname.$version" "$prefix/lib/$soname"
ln -s "$soname" "$prefix/lib/libdukien.so"

# The static one is a single object whose other symbols are local, so that it meets neither a
# host's libyaml nor its Swift run time.
# shellcheck disable=SC2046
ld -r --gc-sections --force-group-allocation $(sed 's/^/-u /' "$work/names") \
  -o "$work/dukien.o" --start-group "$core" "$unicode" "$yaml" --end-group
objcopy --strip-unneeded --keep-global-symbols="$work/names" "$work/dukien.o"
rm -f "$prefix/lib/libdukien.a"
ar rcsD "$prefix/lib/libdukien.a" "$work/dukien.o"

cat > "$prefix/lib/pkgconfig/dukien.pc" <<PC
prefix=\${pcfiledir}/../..
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: dukien
Description: Facts from news pages, by rule sets
Version: $version
Libs: -L\${libdir} -ldukien
Libs.private: -lm
Cflags: -I\${includedir}
PC

cp "$here/dukien-config.cmake" "$prefix/lib/cmake/dukien/"
cat > "$prefix/lib/cmake/dukien/dukien-config-version.cmake" <<CMAKE
set(PACKAGE_VERSION $version)
if(NOT PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION
   AND PACKAGE_FIND_VERSION_MAJOR EQUAL ${version%%.*}
   AND CMAKE_SIZEOF_VOID_P EQUAL $(($(getconf LONG_BIT) / 8)))
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
  if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
  endif()
endif()
CMAKE

cp include/dukien.h "$prefix/include/"
rm -rf "$prefix/share/dukien/rules"
cp -R rules "$prefix/share/dukien/rules"
echo "$prefix: libdukien $version, $(stat -c %s "$prefix/lib/$soname.$version") bytes"
