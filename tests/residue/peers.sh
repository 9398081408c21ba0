#!/bin/sh
# What other libraries leave on the stack, in registers and on the heap, measured as this library is: libsodium, the
# crate x-wing, OpenSSL. They come as packages of crates.io and are built here, which takes some minutes the first
# time; nothing of them is part of the library. Prints figures, which docs/residue.md has, and fails only where an
# operation does.
#
# usage: tests/residue/peers.sh
set -eu
work=$PWD/build/residue
built=$work/peers
mkdir -p "$work"

fail() {
    echo "residue: the peers cannot be built: $*" >&2
    exit 1
}

[ -e build/lib/libpqhybrid.a ] || fail "build/lib/libpqhybrid.a is missing: run 'make build'"
command -v perl >/dev/null || fail "OpenSSL's build needs perl: install it"
command -v make >/dev/null || fail 'libsodium needs make: install it'
${CARGO:-cargo} build -q --release --locked --manifest-path tests/residue/peers/Cargo.toml --target-dir "$built" ||
    fail 'crates.io must be reachable, and Rust 1.85 or newer installed'
archive=$built/release/libresidue_peers.a
openssl=$(cat "$built/release/openssl-include")
sodium=$(find "$built/release/build" -path '*/installed/include/sodium.h' | head -n 1)
[ -n "$sodium" ] || fail 'the headers of libsodium are not where its crate puts them'
# shellcheck disable=SC2086 # lists
${CC:-cc} -std=c11 ${CFLAGS:--O2 -g} -Wall -Wextra -Werror -Iinclude -Itests/c -Itests/residue -isystem "$openssl" \
    -isystem "${sodium%/*}" tests/residue/peers.c build/lib/libpqhybrid.a "$archive" -ldl -lpthread -lm -Wl,-z,now \
    -o "$work/peers-program"
"$work/peers-program"
