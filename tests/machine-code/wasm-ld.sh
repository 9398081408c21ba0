#!/bin/sh
# A linker for tools/wasm.sh that links every module twice: as it is shipped, and once more with its names and line numbers,
# as MODULE.unstripped.
#
# usage: WASM_LD=tests/machine-code/wasm-ld.sh sh tools/wasm.sh FOLDER [KIND ...]
set -eu
for rustc in "${RUSTC:-rustc}" "${SYSTEM_RUST:-/usr/bin}/rustc"; do
    for found in "$("$rustc" --print sysroot 2>/dev/null || true)"/lib/rustlib/*/bin/gcc-ld/wasm-ld; do
        [ ! -x "$found" ] || ld=${ld:-$found}
    done
done
for found in wasm-ld $(seq -f 'wasm-ld-%.0f' 40 -1 18); do
    [ -n "${ld:-}" ] || ld=$(command -v "$found" || true)
done
[ -n "${ld:-}" ] || {
    echo 'machine-code: the linker wasm-ld is missing: install lld 18 or newer (on Debian 12: lld-22)' >&2
    exit 1
}
"$ld" "$@"
for argument; do
    shift
    case $argument in
    --strip-all) ;;
    *.wasm) set -- "$@" "$argument.unstripped" ;;
    *) set -- "$@" "$argument" ;;
    esac
done
exec "$ld" "$@"
