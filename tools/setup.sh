#!/bin/sh
# Sees to it that what `make test` needs is on this machine. On Debian and its like, as root or with sudo, it installs
# what is missing; elsewhere it says what to install, and fails.
#
# usage: tools/setup.sh build|test
set -eu
what=${1:-build}
packages=''
missing=''

need() { # COMMAND PACKAGE: one sentence for people, one word for apt
    command -v "$1" >/dev/null 2>&1 || {
        missing="$missing $1"
        packages="$packages $2"
    }
}

if ! command -v "${CARGO:-cargo}" >/dev/null 2>&1; then
    echo "setup: Rust is missing: install it with your system's packages or with rustup, version 1.88 or newer" >&2
    exit 1
fi
need cc 'gcc libc6-dev'
if [ "$what" = test ]; then
    need c++ g++
    need nm binutils
    need python3 python3
    # What `python3 -m venv` needs; Debian packages it apart.
    if ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then
        missing="$missing python3-venv"
        packages="$packages python3-venv"
    fi
    # A Rust that can build for a target without an operating system: rustup's own target, or Debian's sources of core.
    if [ ! -d "$(rustc --print sysroot)/lib/rustlib/thumbv8m.main-none-eabi" ] &&
        [ ! -d /usr/lib/rustlib/src/rust/library/core ] &&
        [ ! -d "$(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/core" ]; then
        missing="$missing rust-for-thumbv8m.main-none-eabi"
        packages="$packages rustc-web cargo-web rust-web-src"
    fi
fi
[ -n "$packages" ] || exit 0

echo "setup: missing:$missing"
if command -v apt-get >/dev/null 2>&1; then
    root=''
    [ "$(id -u)" -eq 0 ] || root=sudo
    if [ -z "$root" ] || command -v sudo >/dev/null 2>&1; then
        echo "setup: installing$packages"
        export DEBIAN_FRONTEND=noninteractive
        $root apt-get update -q
        # shellcheck disable=SC2086 # a list
        $root apt-get install -y -q --no-install-recommends $packages
        exit 0
    fi
fi
echo "setup: install these and try again:$packages" >&2
echo "setup: (with rustup, 'rustup target add thumbv8m.main-none-eabi' stands for the rust packages)" >&2
exit 1
