#!/bin/sh
# Builds the library for a target and puts what is shipped into a folder: libpqhybrid.a, and libpqhybrid.so where the target
# has an operating system. What it makes does not depend on where this folder lies.
#
# usage: tools/library.sh TARGET FOLDER      TARGET is what Rust calls it, or 'host'
# From the environment: PROFILE, release (fast) or size; SUITES, by default all; FEATURES, more of Cargo.toml's features;
# PORTABLE=1, without vector instructions; CARGO_FOLDER, where cargo works, by default 'target'; and what tools/toolchain.sh
# and tools/cargo-for-target.sh read.
set -eu
target=$1
folder=$2
profile=${PROFILE:-release}
cargo_folder=${CARGO_FOLDER:-target}
features="$(echo "${SUITES-mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448}" | tr _ -) ${FEATURES:-}"
# The compiler does not say which profile it works for.
[ "$profile" != size ] || features="$features small"
tools=${0%/*}

# The lattice code reads these, and cargo does not notice when they change: PORTABLE=1 says it in a way of ours, for a test.
unset LIBCRUX_DISABLE_SIMD128 LIBCRUX_DISABLE_SIMD256 LIBCRUX_ENABLE_SIMD128 LIBCRUX_ENABLE_SIMD256
if [ -n "${PORTABLE:-}" ]; then
    export LIBCRUX_DISABLE_SIMD128=1 LIBCRUX_DISABLE_SIMD256=1
    cargo_folder=$cargo_folder/portable
fi

# A program that supplies a function to the library is linked with it statically.
kinds='' cc=''
case "$target $features" in
*-none-* | *platform-random*) kinds=static ;;
*) cc=$(sh "$tools/toolchain.sh" "$target" cc) ;;
esac
binutils=$(sh "$tools/toolchain.sh" "$target" binutils)
sh "$tools/remap.sh" "$target" sh "$tools/cargo-for-target.sh" "$target" rustc -q --profile "$profile" --locked --lib \
    --no-default-features --features "$features" --crate-type staticlib --target-dir "$cargo_folder"
made=$cargo_folder/$(sh "$tools/cargo-for-target.sh" "$target" name)/$profile
# shellcheck disable=SC2086 # nothing, or one word
CC=$cc BINUTILS=$binutils sh "$tools/link.sh" "$made/libpqhybrid.a" "$folder" $kinds
