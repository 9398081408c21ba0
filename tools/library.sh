#!/bin/sh
# Builds the library for a target and puts what is shipped into a folder: libpqhybrid.a, and libpqhybrid.so where the target
# has an operating system. What it makes does not depend on where this folder lies.
#
# usage: tools/library.sh TARGET FOLDER      TARGET is what Rust calls it, or 'host'
# From the environment: PROFILE, release (fast) or size; SUITES, by default all; FEATURES, more of Cargo.toml's features;
# LEVELS, for x86-64 the processors that there is code for, of x86-64 and x86-64-v3, by default both, in a list (with both, the
# code of the latter serves x86-64-v4 and x86-64-v4-ifma as well); PORTABLE=1, for 64-bit Arm, without vector instructions;
# CARGO_FOLDER, where cargo works, by default 'target'; and what tools/toolchain.sh and tools/cargo-for-target.sh read.
set -eu
target=$1
folder=$2
profile=${PROFILE:-release}
cargo_folder=${CARGO_FOLDER:-target}
features="$(echo "${SUITES-mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448}" | tr _ -) ${FEATURES:-}"
# The compiler does not say which profile it works for.
[ "$profile" != size ] || features="$features small"
tools=${0%/*}

fail() {
    echo "pqhybrid: $*" >&2
    exit 1
}

# The lattice code reads these, and cargo does not notice when they change.
unset LIBCRUX_DISABLE_SIMD128 LIBCRUX_DISABLE_SIMD256 LIBCRUX_ENABLE_SIMD128 LIBCRUX_ENABLE_SIMD256

# A program that supplies a function to the library is linked with it statically.
kind=shared cc=''
case "$target $features" in
*-none-* | *platform-random*) kind=static ;;
*) cc=$(sh "$tools/toolchain.sh" "$target" cc) ;;
esac
binutils=$(sh "$tools/toolchain.sh" "$target" binutils)
name=$(sh "$tools/cargo-for-target.sh" "$target" name)

case $name in
x86_64-*-linux-*) levels=${LEVELS:-x86-64 x86-64-v3} ;;
*) levels=only ;;
esac
for level in $levels; do
    case $level in only | x86-64 | x86-64-v3) ;; *) fail "LEVELS names no level: $level. There are: x86-64 x86-64-v3" ;; esac
done

build() { # LEVEL: with cargo, in a folder of its own
    level=$1 flags='' level_profile=$profile level_features=$features
    case $level/${PORTABLE:-} in
    x86-64/*)
        # Which level runs is all that is looked up at run time.
        flags='--cfg curve25519_dalek_backend="serial" --cfg keccak_backend="soft" --cfg sha2_backend="soft"'
        [ "$profile" != release ] || level_profile=baseline
        [ "$levels" = x86-64 ] || level_features="$features levels"
        ;;
    x86-64-v3/*)
        flags='-Ctarget-cpu=x86-64-v3'
        # The levels above it are the same code with AVX-512 for Keccak and Curve25519: which of them runs is looked up as well.
        [ "$levels" = x86-64-v3 ] || flags="$flags --cfg pqhybrid_levels"
        ;;
    only/?*) flags='--cfg pqhybrid_portable' ;;
    esac
    RUSTFLAGS="${RUSTFLAGS:-} $flags" sh "$tools/remap.sh" "$target" sh "$tools/cargo-for-target.sh" "$target" rustc -q \
        --profile "$level_profile" --locked --lib --no-default-features --features "$level_features" \
        --crate-type staticlib --target-dir "$cargo_folder/$level"
    mkdir -p "$folder/made"
    cp "$cargo_folder/$level/$name/$level_profile/libpqhybrid.a" "$folder/made/$level.a"
}

# The levels at a time, where there is more than one.
failed='' running=''
for level in $levels; do
    build "$level" &
    running="$running $!"
done
for process in $running; do
    wait "$process" || failed=yes
done
[ -z "$failed" ] || exit 1
set --
for level in $levels; do
    set -- "$@" "$level=$folder/made/$level.a"
done
CC=$cc BINUTILS=$binutils sh "$tools/link.sh" "$folder" $kind "$@"
rm -rf "$folder/made"
