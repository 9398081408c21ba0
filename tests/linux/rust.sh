#!/bin/sh
# The Rust tests, with all vectors that there are, on other processors under qemu: 64-bit Arm, so that NEON code sees them,
# and x86-64 without AVX2, so that the portable code does. One suite of many repetitions is left out on the latter, which
# takes minutes there and runs natively in `make test-rust`.
#
# usage: tests/linux/rust.sh      (CARGO, RUSTC and PQHYBRID_VECTORS from the environment)
set -eu
out=build/linux/rust
mkdir -p "$out"

named() { # PROCESSOR: the lines of the suites, by a name of their own for the summary; and nothing but these
    sed -nE "s#^\\.*([a-z0-9_]+)( [a-z]+)?: ([0-9]+ cases).*#linux/\\1 on $1: \\3#p; /FAILED|panicked|^error|skipped/p"
}

least=8
tests() { # PROCESSOR COMMAND ...: must succeed, and at least so many suites count something
    processor=$1
    shift
    "$@" >"$out/said" 2>&1 || {
        cat "$out/said" >&2
        exit 1
    }
    named "$processor" <"$out/said" >"$out/lines"
    [ "$(grep -c ' cases' "$out/lines")" -ge $least ] || {
        cat "$out/said" >&2
        echo "linux/rust: too few suites ran on $processor" >&2
        exit 1
    }
    cat "$out/lines"
}

chosen=$(sh tools/std-aarch64.sh build/std-aarch64)
rustc=$(echo "$chosen" | sed -n 1p)
sysroot=$(echo "$chosen" | sed -n 2p)
cargo=${CARGO:-cargo}
[ -z "$sysroot" ] || cargo=${rustc%/*}/cargo
arm() { # PROCESSOR CARGO_ARGUMENT ...
    arm=$1
    shift
    tests "aarch64 $arm" env -u RUSTFLAGS RUSTC="$rustc" \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS="${sysroot:+--sysroot $sysroot }--cfg getrandom_backend=\"linux_raw\"" \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64-static -L /usr/aarch64-linux-gnu -cpu $arm" \
        "$cargo" test -q --locked --target aarch64-unknown-linux-gnu --target-dir "$out" "$@" -- --nocapture
}
arm max --tests
# Without the SHA-3 instructions.
least=4
arm cortex-a53 --test keccak
least=8
tests 'x86_64 core2duo' env CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER='qemu-x86_64-static -cpu core2duo' \
    "${CARGO:-cargo}" test -q --locked --tests --target-dir target -- --nocapture --skip accumulated
