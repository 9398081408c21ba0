#!/bin/sh
# Installs the library as a user would, and builds programs against what is installed, never against the build tree.
#
#   files.sh       what is installed, upgraded and removed
#   refused.sh     what is said when that cannot be, and what is left then
#   contents.sh    what the installed files hold; the oldest glibc
#   make.sh        make install and make uninstall, with the README's commands
#   consumers.sh   pkg-config, make, Meson, C++, musl, OpenSSL, dlopen
#   rust.sh        other Rust libraries in the same program
#   sizes.sh       a program carries what it uses; a library with fewer suites
#
# usage: tests/installed/run.sh [PART ...]      (after `make build` and `make demo`; CARGO, RUSTC, CC, CXX, MAKE from the
#                                     environment; README says where the text is whose listing and snippets are tested,
#                                     by default README.md; a PART is files, refused and so on, by default all)
set -eu
export LC_ALL=C
unset DESTDIR PREFIX LIBDIR INCLUDEDIR SUITES EXAMPLES
cc=${CC:-cc}
cxx=${CXX:-c++}
readme=${README:-README.md}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
major=${version%%.*}
suites='mlkem768_x25519;mlkem1024_x448;mldsa65_ed25519;mldsa87_ed448'
strict='-Wall -Wextra -Wpedantic -Werror'
checks=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

. tests/installed/common.sh
while read -r tool package; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it (on Debian: $package)"
done <<END
$cc gcc
$cxx g++
${MAKE:-make} make
pkg-config pkgconf
meson meson
ninja ninja-build
musl-gcc musl-tools
readelf binutils
END

# What several parts build against: an installed tree, in a folder without a space, and the README's program.
simple=$scratch/simple
installer install PREFIX="$simple" >/dev/null
programs=$scratch/consumers
mkdir "$programs"
block c 1 >"$programs/example.c"
cp tests/installed/*.c "$programs"

[ $# -gt 0 ] || set -- files refused contents make consumers rust sizes
for part in "$@"; do
    [ -f "tests/installed/$part.sh" ] || fail "there is no part $part"
    before=$checks
    . "tests/installed/$part.sh"
    echo "  $part: $((checks - before)) checks"
    [ "$checks" -gt "$before" ] || fail "the part $part checked nothing"
done
echo "installed: $checks checks"
