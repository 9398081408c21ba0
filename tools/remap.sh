#!/bin/sh
# Runs a command, cargo in the end, so that what rustc makes does not depend on where things lie on this machine: folders
# that would end up in panic messages and line tables get fixed names. To be run in the root of the source tree.
#
# usage: tools/remap.sh TARGET COMMAND [ARGUMENT ...]      TARGET is what Rust calls it, or 'host'
set -eu
target=$1
shift
separator=$(printf '\037')
# Flags from the environment hide .cargo/config.toml, which says where randomness comes from: they say it again.
flags=''
case $target in
host | *-linux-*) flags="--cfg${separator}getrandom_backend=\"linux_raw\"" ;;
esac
for flag in ${RUSTFLAGS:-}; do
    flags=$flags$separator$flag
done

remap() { # FROM TO; of those that fit, rustc takes the last
    flags=$flags$separator--remap-path-prefix$separator$1=$2
}

home=${CARGO_HOME:-$HOME/.cargo}
remap "$home" /cargo
remap "$PWD" /pqhybrid
# The same crates, fetched by cargo or shipped in the source tarball.
for registry in "$home"/registry/src/*; do
    [ ! -d "$registry" ] || remap "$registry" /crates
done
remap "$PWD/vendor" /crates
# The sources of core, where it is built along.
for rustc in "${RUSTC:-rustc}" "${SYSTEM_RUST:-/usr/bin}/rustc"; do
    sources=$("$rustc" --print sysroot 2>/dev/null || true)/lib/rustlib/src/rust
    if [ -d "$sources" ]; then
        remap "$sources" /rustc
        remap "$(cd "$sources" && pwd -P)" /rustc
    fi
done
unset RUSTFLAGS
CARGO_ENCODED_RUSTFLAGS=${flags#"$separator"} exec "$@"
