#!/bin/sh
# What the build says when something is missing or wrong: one sentence that names it, and a failure.
set -eu
checks=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

says() { # PATTERN COMMAND...: the command must fail, and its output must match
    pattern=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        echo "build: succeeded, but should not have: $*" >&2
        exit 1
    fi
    grep -qE "$pattern" "$scratch/said" || {
        echo "build: '$*' does not say '$pattern', but:" >&2
        cat "$scratch/said" >&2
        exit 1
    }
    checks=$((checks + 1))
}

stub() { # NAME OUTPUT: a program that says OUTPUT
    printf '#!/bin/sh\necho "%s"\n' "$2" >"$scratch/$1"
    chmod +x "$scratch/$1"
}

says 'Rust is missing: install' env CARGO=no-such-cargo sh tools/setup.sh build
stub old-rustc 'rustc 1.75.0 (82e1608df 2023-12-21)'
says 'version 1.75.0, but 1.89 or newer is needed' env RUSTC="$scratch/old-rustc" sh tools/setup.sh build
says 'compiler \(no-such-rustc\) does not run' env RUSTC=no-such-rustc sh tools/setup.sh build
says "compiler no-such-cc, for host, is missing" env CC=no-such-cc sh tools/toolchain.sh host cc
says 'no-such-ld, for host, is missing' env BINUTILS_host=no-such- sh tools/toolchain.sh host binutils
says 'which C compiler is for riscv64gc-unknown-linux-gnu. Name it in CC_riscv64gc_unknown_linux_gnu' \
    sh tools/toolchain.sh riscv64gc-unknown-linux-gnu cc
says 'Rust knows no target z80-none' sh tools/cargo-for-target.sh z80-none which
# A compiler with flags is one.
env CC='cc -O2' sh tools/setup.sh build
[ "$(CC='cc -O2' sh tools/toolchain.sh host cc)" = 'cc -O2' ]
checks=$((checks + 2))
# Nothing is installed for the build alone: only the sentence is left, also where packages could be installed.
mkdir "$scratch/bin"
stub bin/apt-get 'packages are installed'
for tool in sh awk sort printf grep tr sed head; do
    ln -s "$(command -v $tool)" "$scratch/bin/$tool"
done
cp "$scratch/old-rustc" "$scratch/bin/cargo"
stub bin/rustc 'rustc 1.95.0 (59807616e 2026-04-14)'
says 'install and try again: a C compiler \(no-such-cc\).*on Debian: gcc libc6-dev' env PATH="$scratch/bin" CC=no-such-cc sh tools/setup.sh build

says 'SUITES names no suite: mlkem512' "${MAKE:-make}" build SUITES=mlkem512
says 'wasm: SUITES names no suite: mlkem512' env SUITES=mlkem512 sh tools/wasm.sh "$scratch/wasm"
says 'wasm: OPERATIONS names what no suite has: verfy' env OPERATIONS=verfy sh tools/wasm.sh "$scratch/wasm"
says 'BOOT_SUITE is mldsa44. There are' "${MAKE:-make}" -C examples-c/firmware BOOT_SUITE=mldsa44
says 'there is no .*libpqhybrid.a: name the archive in LIBRARY' "${MAKE:-make}" -C examples-c/firmware
says 'SUITES is empty' "${MAKE:-make}" build SUITES=
says 'PROFILE is fast. There are' "${MAKE:-make}" build PROFILE=fast
says 'PREFIX is empty' "${MAKE:-make}" install PREFIX=
says 'is for the whole library' "${MAKE:-make}" demo SUITES=mlkem768_x25519

# RUSTFLAGS from outside hides .cargo/config.toml; the C libraries are then not built with another random source.
says 'RUSTFLAGS hides .cargo/config.toml' env RUSTFLAGS=-Cdebuginfo=0 \
    "${CARGO:-cargo}" check -q --locked --lib --no-default-features --target-dir build/check
env RUSTFLAGS=-Cdebuginfo=0 "${MAKE:-make}" -pn help | grep -q '^RUSTFLAGS.*linux_raw' || {
    echo 'build: make does not add the random source to RUSTFLAGS' >&2
    exit 1
}
checks=$((checks + 1))
echo "build: $checks checks"
