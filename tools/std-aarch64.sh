#!/bin/sh
# Makes Rust run this project's tests for 64-bit Arm Linux: prints the rustc to use and, on a second line, a folder for its
# --sysroot, which is empty for a Rust that has the target's standard library itself ('rustup target add').
# Otherwise Debian's is unpacked into a folder, for Debian's own Rust; nothing is installed on the machine.
#
# usage: tools/std-aarch64.sh FOLDER
set -eu
folder=$1
target=aarch64-unknown-linux-gnu
system=${SYSTEM_RUST:-/usr/bin}

fail() {
    echo "std-aarch64: $*" >&2
    exit 1
}

has_std() { # SYSROOT
    [ -n "$(find "$1/lib/rustlib/$target/lib" -name 'libstd-*.rlib' 2>/dev/null)" ]
}

rustc=${RUSTC:-rustc}
if has_std "$("$rustc" --print sysroot)"; then
    printf '%s\n\n' "$rustc"
    exit 0
fi
version=$(dpkg-query -W -f '${Version}' rustc-web 2>/dev/null) ||
    fail "Rust's standard library for $target is missing: run 'rustup target add $target', or install on Debian: rustc-web cargo-web"
if ! has_std "$folder/usr"; then
    # Rust takes no other version than its own.
    sh "${0%/*}/unpack-arm64.sh" "$folder" "libstd-rust-web-dev=$version"
fi
printf '%s\n%s\n' "$system/rustc" "$(cd "$folder/usr" && pwd)"
