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
says 'version 1.75.0, but 1.88 or newer is needed' env RUSTC="$scratch/old-rustc" sh tools/setup.sh build
# Without the tools that install packages, only the sentence is left.
mkdir "$scratch/bin"
for tool in sh awk sort printf grep tr sed; do
    ln -s "$(command -v $tool)" "$scratch/bin/$tool"
done
cp "$scratch/old-rustc" "$scratch/bin/cargo"
stub bin/rustc 'rustc 1.95.0 (59807616e 2026-04-14)'
says 'install and try again: a C compiler \(no-such-cc\)' env PATH="$scratch/bin" CC=no-such-cc sh tools/setup.sh build

says 'SUITES names no suite: mlkem512' "${MAKE:-make}" build SUITES=mlkem512
says 'SUITES is empty' "${MAKE:-make}" build SUITES=
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
