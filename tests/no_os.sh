#!/bin/sh
# The library compiles for a target without an operating system, and there asks for nothing but memory functions and the
# firmware's random source.
#
# A toolchain that has the target is used as it is (`rustup target add thumbv8m.main-none-eabi`); otherwise Debian's
# Rust builds core from its own sources (packages rustc-web, cargo-web, rust-web-src).
set -eu
target=thumbv8m.main-none-eabi
suites='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
out=build/no-os
common="--release --locked --lib --no-default-features --target $target --target-dir $out"

if [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
    build() { cargo "$@"; }
elif [ -x /usr/bin/cargo ] && [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/core" ]; then
    build() {
        command=$1
        shift
        RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 /usr/bin/cargo "$command" -Zbuild-std=core "$@"
    }
else
    echo "no_os: no Rust for $target: run 'rustup target add $target', or install rustc-web cargo-web rust-web-src" >&2
    exit 1
fi

# shellcheck disable=SC2086 # $common is a list
build build -q $common
# shellcheck disable=SC2086
build rustc -q $common --features "$suites" --crate-type staticlib

archive=$out/$target/release/libpqhybrid.a
all=$(readelf -sW "$archive")
undefined=$(echo "$all" | awk '$7 == "UND" && $8 != "" {print $8}' | sort -u)
defined=$(echo "$all" | awk '$5 == "GLOBAL" && $7 != "UND" {print $8}' | sort -u)
checks=0
for symbol in $undefined; do
    case $symbol in
    pqh_platform_random_bytes | memcpy | memmove | memset | memcmp | bcmp | __aeabi_mem*) ;;
    # Defined by another member of the archive.
    *) echo "$defined" | grep -qx "$symbol" || {
        echo "no_os: the firmware would have to supply $symbol" >&2
        exit 1
    } ;;
    esac
    checks=$((checks + 1))
done
for symbol in pqh_platform_random_bytes; do
    echo "$undefined" | grep -qx "$symbol" || {
        echo "no_os: $symbol is not asked for" >&2
        exit 1
    }
done
for suite in mlkem768_x25519 mlkem1024_x448 mldsa65_ed25519 mldsa87_ed448; do
    echo "$defined" | grep -qx "pqh_${suite}_keygen" || {
        echo "no_os: pqh_${suite}_keygen is missing" >&2
        exit 1
    }
    checks=$((checks + 1))
done
echo "no_os: $checks checks"
