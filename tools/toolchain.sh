#!/bin/sh
# Which C compiler and binutils go with a target; where one is missing, a sentence says what to install.
#
# usage: tools/toolchain.sh TARGET cc|binutils
#        cc: the compiler; binutils: the prefix of its ld, objcopy, readelf and ar, which is empty for this machine
#
# The user's own come first, in CC_TARGET and BINUTILS_TARGET (with _ for - and .), as in CC_aarch64_unknown_linux_musl.
# For this machine, which is also called 'host', CC does.
set -eu
target=$1
what=$2

fail() {
    echo "pqhybrid: $*" >&2
    exit 1
}

given() { # CC or BINUTILS
    eval "printf '%s' \"\${$1_$(echo "$target" | tr -- -. __):-}\""
}

here=$(uname -m)
native=''
case $target in
host | "$here"-*-linux-*) native=yes ;;
esac

case $what in
cc)
    hint=''
    found=$(given CC)
    case ${found:+given}/$target in
    given/*) ;;
    /host | /"$here"-unknown-linux-gnu) found=${CC:-cc} hint='gcc and libc6-dev' ;;
    /"$here"-unknown-linux-musl) found=musl-gcc hint=musl-tools ;;
    /aarch64-unknown-linux-musl) found=$(sh "${0%/*}/dist/musl-aarch64.sh" build/musl-aarch64) ;;
    /aarch64-unknown-linux-gnu) found=aarch64-linux-gnu-gcc hint='gcc-aarch64-linux-gnu and libc6-dev-arm64-cross' ;;
    /x86_64-unknown-linux-gnu) found=x86_64-linux-gnu-gcc hint='gcc-x86-64-linux-gnu and libc6-dev-amd64-cross' ;;
    /thumb*-none-eabi*) found=arm-none-eabi-gcc hint='gcc-arm-none-eabi and libnewlib-arm-none-eabi' ;;
    *) fail "which C compiler is for $target? Name it in CC_$(echo "$target" | tr -- -. __)" ;;
    esac
    # It may come with flags.
    command -v "$found" >/dev/null || command -v "${found%% *}" >/dev/null ||
        fail "the C compiler $found, for $target, is missing: install it${hint:+ (on Debian: $hint)}"
    echo "$found"
    ;;
binutils)
    prefix=$(given BINUTILS)
    case ${prefix:+given}/$native/$target in
    given/* | /yes/*) ;;
    //thumb*) prefix=arm-none-eabi- ;;
    //*-linux-*) prefix=${target%%-*}-linux-gnu- ;;
    *) fail "which binutils are for $target? Name their prefix in BINUTILS_$(echo "$target" | tr -- -. __)" ;;
    esac
    for tool in ld objcopy readelf ar; do
        command -v "$prefix$tool" >/dev/null ||
            fail "$prefix$tool, for $target, is missing: install its GNU binutils (on Debian: binutils${prefix:+-${prefix%-}})"
    done
    echo "$prefix"
    ;;
*) fail 'usage: tools/toolchain.sh TARGET cc|binutils' ;;
esac
