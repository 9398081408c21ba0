#!/bin/sh
# Installs the library as a user would, and builds programs against what is installed, never against the build tree.
#
#   files.sh       what is installed, upgraded and removed; what is said when that fails
#   consumers.sh   pkg-config, make, Meson, C++, musl, OpenSSL, dlopen; the oldest glibc
#   rust.sh        other Rust libraries in the same program
#   sizes.sh       a program carries what it uses; a library with fewer suites
#
# usage: tests/installed/run.sh      (after `make build`; CARGO, RUSTC, CC, CXX, MAKE from the environment; README says
#                                     where the text is whose listing and snippets are tested, by default README.md)
set -eu
export LC_ALL=C
unset DESTDIR PREFIX LIBDIR INCLUDEDIR SUITES
cc=${CC:-cc}
cxx=${CXX:-c++}
readme=${README:-README.md}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
major=${version%%.*}
checks=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

. tests/installed/common.sh
while read -r tool package; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it (on Debian: $package)"
done <<END
$cc gcc
$cxx g++
pkg-config pkgconf
meson meson
ninja ninja-build
musl-gcc musl-tools
objdump binutils
END

. tests/installed/files.sh
. tests/installed/consumers.sh
. tests/installed/rust.sh
. tests/installed/sizes.sh
echo "installed: $checks checks"
