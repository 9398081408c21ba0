#!/bin/sh
# `make targets` builds the library for every machine, says so in a line each, and says in one sentence what is missing
# where it cannot.
#
# usage: tests/targets.sh      (MAKE from the environment)
set -eu
make=${MAKE:-make}
checks=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    echo "targets: $*" >&2
    exit 1
}

"$make" --no-print-directory targets | tee "$scratch/said" | sed 's/^/  /'
for target in x86_64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-gnu aarch64-unknown-linux-musl \
    thumbv8m.main-none-eabi thumbv8m.main-none-eabihf wasm32-unknown-unknown wasm32-unknown-unknown+simd128 wasm32-wasip1; do
    # The sign before simd128 is itself.
    grep -qE "^$(echo "$target" | sed 's/+/[+]/')  .*[.](a|wasm) [0-9]+" "$scratch/said" || fail "no line says how large $target is"
    checks=$((checks + 1))
done
grep -q '^targets: 9 built' "$scratch/said" || fail 'make targets does not build 9'

# What the shared and static libraries for Linux are, on each machine.
for target in x86_64-unknown-linux-musl aarch64-unknown-linux-gnu aarch64-unknown-linux-musl; do
    BINUTILS=$(sh tools/toolchain.sh "$target" binutils) sh tests/linked.sh "build/targets/$target" >"$scratch/linked" 2>&1 ||
        fail "$target: $(cat "$scratch/linked")"
    checks=$((checks + $(sed -n 's/^linked: \([0-9]*\) checks$/\1/p' "$scratch/linked")))
done

# One of them is what `make install TARGET=...` takes; without an operating system there is no shared library.
"$make" -s --no-print-directory install TARGET=thumbv8m.main-none-eabi DESTDIR="$scratch/m33" >/dev/null
cmp build/targets/thumbv8m.main-none-eabi/libpqhybrid.a "$scratch/m33/usr/local/lib/libpqhybrid.a"
[ ! -e "$scratch/m33/usr/local/lib/libpqhybrid.so" ] || fail 'firmware is given a shared library'
"$make" -s --no-print-directory install TARGET=aarch64-unknown-linux-gnu DESTDIR="$scratch/arm" >/dev/null
cmp build/targets/aarch64-unknown-linux-gnu/libpqhybrid.so "$scratch/arm/usr/local/lib/libpqhybrid.so"
checks=$((checks + 3))

# The others are built all the same when one cannot be.
if "$make" -s --no-print-directory targets TARGETS='z80-none x86_64-unknown-linux-gnu' >"$scratch/said" 2>&1; then
    fail 'a machine that nobody knows is no failure'
fi
for line in '^z80-none  *not built: pqhybrid: Rust knows no target z80-none' '^x86_64-unknown-linux-gnu  .*\.so' \
    '^targets: 1 of 2 not built'; do
    grep -qE "$line" "$scratch/said" || fail "does not say '$line', but: $(cat "$scratch/said")"
    checks=$((checks + 1))
done
if "$make" -s --no-print-directory install TARGET=nothing DESTDIR="$scratch/none" >"$scratch/said" 2>&1 ||
    ! grep -q 'run `make targets TARGETS=nothing` first' "$scratch/said"; then
    fail "install of what is not built: $(cat "$scratch/said")"
fi
checks=$((checks + 1))
echo "targets: $checks checks"
