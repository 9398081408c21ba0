#!/bin/sh
# Builds the library from sources that were changed on purpose, for tests of the tests: a library that leaks, that scrubs
# nothing, that can panic. The checkout stays as it is; what is changed is a copy of it.
#
# usage: tests/variant.sh NAME FILE SED_SCRIPT [FILE SED_SCRIPT ...]
# The library is in build/variants/NAME afterwards, as tools/link.sh makes it. Every script must change its file. PROFILE,
# FEATURES, SUITES, PORTABLE and TARGET (by default host) are those of tools/library.sh.
set -eu
name=$1
shift
[ $# -ge 2 ] || {
    echo 'usage: tests/variant.sh NAME FILE SED_SCRIPT [FILE SED_SCRIPT ...]' >&2
    exit 2
}
here=$(pwd)
sources=$here/build/variants/$name/sources
rm -rf "$sources"
mkdir -p "$sources"
cp -R .cargo Cargo.toml Cargo.lock src keccak abi tools "$sources"
cd "$sources"
while [ $# -gt 0 ]; do
    sed -i.before -e "$2" "$1"
    ! cmp -s "$1" "$1.before" || {
        echo "variant: $name: nothing in $1 was changed by $2" >&2
        exit 1
    }
    rm "$1.before"
    shift 2
done
# One at a time: cargo puts every variant's archive in the same place.
CARGO_FOLDER=$here/build/variants/target flock "$here/build/variants" sh tools/library.sh "${TARGET:-host}" "$here/build/variants/$name"
