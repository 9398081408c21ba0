#!/bin/sh
# An example links the static library and the shared one with nothing but the names of the folder and the library.
#
# usage: tests/examples/link.sh      (CC from the environment; run from the folder of the library)
set -eu
mkdir -p build/link
${CC:-cc} examples-c/kem.c -Iinclude libpqhybrid.a -o build/link/kem-static
${CC:-cc} examples-c/kem.c -Iinclude -L. -lpqhybrid -o build/link/kem-shared
build/link/kem-static >/dev/null
LD_LIBRARY_PATH=. build/link/kem-shared >/dev/null
if readelf -d build/link/kem-static | grep -q pqhybrid; then
    echo 'link: the static program needs the shared library' >&2
    exit 1
fi
readelf -d build/link/kem-shared | grep -q 'NEEDED.*libpqhybrid.so' || {
    echo 'link: the shared program does not need the shared library' >&2
    exit 1
}
echo 'link: 4 checks'
