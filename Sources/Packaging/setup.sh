#!/bin/sh
# Installs what the build wants and this machine lacks, on Debian and its kin: setup.sh [PACKAGE...]
#
# A C compiler, libyaml, pkg-config and git; then the packages named. Does nothing where all of them,
# or commands of their names, are there. Swift itself must be there already.
set -eu
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
case ${version:-none} in
  6\ [3-9]|6\ [1-9][0-9]|[7-9]\ *) ;;
  none) echo "setup: no Swift; install Swift 6.3: https://www.swift.org/install/linux/" >&2; exit 1 ;;
  *) echo "setup: this is Swift $version; 6.3 or later is needed" >&2; exit 1 ;;
esac

packages=
has() { command -v "$1" > /dev/null 2>&1; }
has gcc || packages="$packages gcc libc6-dev"
has pkg-config || packages="$packages pkg-config"
has git || packages="$packages git ca-certificates"
{ has pkg-config && pkg-config --exists yaml-0.1; } || packages="$packages libyaml-dev"
for package in "$@"; do
  has "$package" || dpkg -s "$package" > /dev/null 2>&1 || packages="$packages $package"
done
[ -n "$packages" ] || exit 0

has apt-get || { echo "setup: missing, and there is no apt-get:$packages" >&2; exit 1; }
echo "setup: installing$packages" >&2
root=
[ "$(id -u)" -eq 0 ] || root=sudo
$root apt-get update >&2
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages >&2
