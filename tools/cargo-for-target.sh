#!/bin/sh
# Runs cargo for a target, with the first Rust that can build for it:
#   1. the user's own, if it has the target ('rustup target add TARGET');
#   2. the user's own, if it has the sources of core ('rustup component add rust-src'): core is then built along;
#   3. the system's, the same way (Debian: rustc-web, cargo-web, rust-web-src), where rustup's shadows it in PATH.
# If there is none, one sentence says what to install.
#
# usage: tools/cargo-for-target.sh TARGET which                    says which Rust it would be
#        tools/cargo-for-target.sh TARGET name                     what Rust calls the target; of use for 'host'
#        tools/cargo-for-target.sh TARGET COMMAND [ARGUMENT ...]   cargo COMMAND --target TARGET ARGUMENT ...
# TARGET is what Rust calls it, or 'host' for this machine. To be run in the root of the source tree.
# CARGO, RUSTC and SYSTEM_RUST, the folder of the system's Rust, come from the environment.
set -eu
target=$1
shift
cargo=${CARGO:-cargo}
system=${SYSTEM_RUST:-/usr/bin}
oldest=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)

fail() {
    echo "pqhybrid: $*" >&2
    exit 1
}

# A cargo that was given with its folder goes with the rustc beside it.
case $cargo in
*/*) [ ! -x "${cargo%/*}/rustc" ] || : "${RUSTC:=${cargo%/*}/rustc}" ;;
esac
rustc=${RUSTC:-rustc}

has() { command -v "$1" >/dev/null 2>&1; }

version() { # RUSTC
    "$1" --version 2>/dev/null | awk '{print $2}'
}

new_enough() { # RUSTC
    found=$(version "$1")
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$oldest" "$found" | sort -V | head -n 1)" = "$oldest" ]
}

# By its own name, whatever the user's configuration of cargo says is built by default.
if [ "$target" = host ] && own=$("$rustc" -vV 2>/dev/null | sed -n 's/^host: //p') && [ -n "$own" ]; then
    target=$own
fi

if has "$rustc" && [ "$target" != host ] && ! "$rustc" --print target-list | grep -qxF -e "$target"; then
    fail "Rust knows no target $target: 'rustc --print target-list' lists them"
fi

usable() { # FOLDER: there is a Rust that is new enough, with this in its sysroot
    has "$cargo" && has "$rustc" && new_enough "$rustc" && [ -d "$("$rustc" --print sysroot)/lib/rustlib/$1" ]
}

core=src/rust/library/core
how='its core as it comes'
if usable "$target"; then
    :
elif [ "$target" = "${own:-host}" ]; then
    if ! { has "$cargo" && [ -n "$(version "$rustc")" ]; }; then
        fail "Rust is missing: install version $oldest or newer with rustup (https://rustup.rs) or with your system's packages"
    fi
    fail "this Rust is version $(version "$rustc"), but $oldest or newer is needed: update it, with rustup for example"
else
    how='its core built from source'
    if ! usable "$core"; then
        cargo=$system/cargo
        rustc=$system/rustc
        usable "$core" || fail "Rust $oldest or newer for $target is missing: run 'rustup target add $target', or install \
on Debian: rustc-web cargo-web rust-web-src"
    fi
fi
# Some of the crates run programs on this machine while they are built.
has cc || fail 'a C compiler for this machine (cc) is missing: install gcc or clang, on Debian gcc and libc6-dev'

command=$1
shift
if [ "$command" = name ]; then
    echo "$target"
    exit 0
fi
if [ "$command" = which ]; then
    echo "$(command -v "$cargo") ($(version "$rustc"), $how)"
    exit 0
fi

# RUSTFLAGS in the environment would hide .cargo/config.toml, which says where randomness comes from.
case $target/${RUSTFLAGS:-} in
*/ | *linux_raw*) ;;
[!h]*-none-*/* | wasm*/*) ;;
*) export RUSTFLAGS="$RUSTFLAGS --cfg getrandom_backend=\"linux_raw\"" ;;
esac
unset CARGO_BUILD_TARGET
export RUSTC="$rustc"
set -- --target "$target" "$@"
if [ "$how" = 'its core built from source' ]; then
    export RUSTC_BOOTSTRAP=1
    set -- -Zbuild-std=core "$@"
elif [ -f vendor/config.toml ]; then
    # In the source tarball, which brings the crates along.
    set -- --config vendor/config.toml "$@"
fi
exec "$cargo" "$command" "$@"
