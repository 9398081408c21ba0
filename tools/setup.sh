#!/bin/sh
# Sees to it that what the build, the demonstration, the tests, the tarballs or `make assurance` need is on this machine. What is missing is
# installed where that is usual (rustup's components, Debian's packages as root or with sudo); elsewhere, and always for the
# build alone, one sentence says what to install, and it fails.
#
# usage: tools/setup.sh build|demo|test|dist|assurance      (CARGO, RUSTC, CC, CXX, PYTHON from the environment)
set -eu
what=${1:-build}
cargo=${CARGO:-cargo}
targets='x86_64-unknown-linux-musl aarch64-unknown-linux-gnu aarch64-unknown-linux-musl thumbv8m.main-none-eabi
    thumbv8m.main-none-eabihf wasm32-unknown-unknown wasm32-wasip1'
oldest_rust=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)

fail() {
    echo "setup: $*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# ---- Rust ----------------------------------------------------------------------------------------

has "$cargo" || fail "Rust is missing: install version $oldest_rust or newer with rustup, or with your system's packages"
version=$("${RUSTC:-rustc}" --version 2>/dev/null | awk '{print $2}')
[ -n "$version" ] || fail "Rust's compiler (${RUSTC:-rustc}) does not run: install version $oldest_rust or newer with rustup, or with your system's packages"
[ "$(printf '%s\n%s\n' "$oldest_rust" "$version" | sort -V | head -n 1)" = "$oldest_rust" ] ||
    fail "this Rust is version $version, but $oldest_rust or newer is needed: update it, with rustup for example"

component() { # what cargo calls it, what rustup calls it
    "$cargo" "$1" --version >/dev/null 2>&1 && return
    if has rustup && rustup component add "$2"; then return; fi
    fail "cargo $1 is missing: install it with 'rustup component add $2', or with your system's packages"
}

# ---- the rest ------------------------------------------------------------------------------------

missing=''
packages=''
has_compiler() { # COMMAND: a compiler, perhaps with flags
    has "$1" || has "${1%% *}"
}
need() { # what people call it, what Debian calls it
    missing="$missing, $1"
    packages="$packages $2"
}

has_compiler "${CC:-cc}" || need "a C compiler (${CC:-cc})" 'gcc libc6-dev'
for tool in ld ar objcopy readelf; do
    has $tool || { need "binutils ($tool)" binutils && break; }
done
if [ "$what" = test ]; then
    component fmt rustfmt
    component clippy clippy
    has_compiler "${CXX:-c++}" || need "a C++ compiler (${CXX:-c++})" g++
    has nm && has objdump && has addr2line || need 'binutils (nm, objdump, addr2line)' binutils
    has "${PYTHON:-python3}" || need "Python 3 (${PYTHON:-python3})" python3
    "${PYTHON:-python3}" -c 'import ensurepip, venv' >/dev/null 2>&1 || need 'the venv module of Python' python3-venv
    # For programs that use the installed library.
    has pkg-config || need pkg-config pkgconf
    has meson && has ninja || need 'Meson and ninja' 'meson ninja-build'
    has musl-gcc || need 'musl-gcc' musl-tools
    echo '#include <openssl/evp.h>' | "${CC:-cc}" -E -x c - >/dev/null 2>&1 || need 'the headers of OpenSSL' libssl-dev
    # For constant time and memory errors.
    has valgrind && echo '#include <valgrind/memcheck.h>' | "${CC:-cc}" -E -x c - >/dev/null 2>&1 || need 'valgrind, with its headers' valgrind
    # For wheels.
    has pypy3 && pypy3 -c 'import ensurepip, venv' >/dev/null 2>&1 || need PyPy 'pypy3 pypy3-venv'
    # For CMake projects that are built for other machines.
    has cmake || need cmake 'cmake make'
    has aarch64-linux-gnu-gcc || need 'a C compiler for AArch64' 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross'
    has qemu-aarch64-static || need 'qemu-aarch64-static' qemu-user-static
    has arm-none-eabi-gcc && echo '#include <string.h>' | arm-none-eabi-gcc -E -x c - >/dev/null 2>&1 ||
        need 'a C compiler for Cortex-M' 'gcc-arm-none-eabi libnewlib-arm-none-eabi'
    has qemu-x86_64-static || need 'qemu-x86_64-static' qemu-user-static
    # For WebAssembly; its linker comes with rustup's Rust.
    has node && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || need 'Node.js 18 or newer' nodejs
    has npm || need npm npm
    if ! has wasm-ld && ! ls /usr/bin/wasm-ld-* "$("${RUSTC:-rustc}" --print sysroot)"/lib/rustlib/*/bin/gcc-ld/wasm-ld >/dev/null 2>&1; then
        need 'the linker wasm-ld' lld-22
    fi
    # For other machines: rustup's own targets, or Debian's Rust with the sources of core.
    for target in $targets; do
        ! sh "${0%/*}/cargo-for-target.sh" "$target" which >/dev/null 2>&1 || continue
        if ! has rustup || ! rustup target add "$target" >/dev/null 2>&1; then
            need "a Rust for $target ('rustup target add $target')" 'rustc-web cargo-web rust-web-src'
            break
        fi
    done
fi
if [ "$what" = dist ]; then
    for tool in git file unshare; do
        has $tool || need $tool "$(echo $tool | sed s/unshare/util-linux/)"
    done
    has musl-gcc || need 'musl-gcc' musl-tools
    has aarch64-linux-gnu-gcc || need 'a C compiler for AArch64' 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross'
    has qemu-aarch64-static || need 'qemu-aarch64-static' qemu-user-static
    has /usr/bin/cargo || need 'a Rust that can build core' 'rustc-web cargo-web rust-web-src'
fi
if [ "$what" = assurance ]; then
    # For coverage, of the compiler's LLVM: rustup's own tools, or the system's.
    llvm=$("${RUSTC:-rustc}" -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
    if ! ls "$("${RUSTC:-rustc}" --print sysroot)"/lib/rustlib/*/bin/llvm-cov >/dev/null 2>&1 && ! has "llvm-cov-$llvm"; then
        has rustup && rustup component add llvm-tools 2>/dev/null || need "llvm-cov $llvm" "llvm-$llvm"
    fi
    # For other libraries' residue.
    has perl || need perl perl
fi
[ -n "$missing" ] || exit 0
missing=${missing#, }

if [ "$what" != build ] && [ -z "${SETUP_DONE:-}" ] && has apt-get; then
    root=''
    [ "$(id -u)" -eq 0 ] || root=sudo
    if [ -z "$root" ] || has sudo; then
        echo "setup: missing: $missing; installing Debian's$packages"
        # shellcheck disable=SC2086 # lists
        if $root apt-get update -q && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages; then
            # What was asked for by another name than Debian's is still missing.
            SETUP_DONE=yes exec sh "$0" "$what"
        fi
    fi
    fail "install and try again: $missing (on Debian:$packages)"
fi
fail "install and try again: $missing$(! has apt-get || echo " (on Debian:$packages)")"
