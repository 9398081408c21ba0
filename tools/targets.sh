#!/bin/sh
# Builds the library for every machine that the project names, each into build/targets/TARGET, with a line about each. One
# that cannot be built is said why, and is a failure in the end.
#
# usage: tools/targets.sh [TARGET ...]      TARGET is what Rust calls it; of WebAssembly, +simd128 after it is a target too
# PROFILE, release or size, SUITES and what tools/library.sh and tools/wasm.sh read come from the environment.
set -eu
[ $# -gt 0 ] || set -- x86_64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-gnu \
    aarch64-unknown-linux-musl thumbv8m.main-none-eabi thumbv8m.main-none-eabihf wasm32-unknown-unknown \
    wasm32-unknown-unknown+simd128 wasm32-wasip1
tools=${0%/*}
log=build/targets/log
mkdir -p build/targets

bytes() { # FILE ...: their names and sizes
    for file; do
        [ ! -f "$file" ] || [ -L "$file" ] || printf '  %s %d' "${file##*/}" "$(wc -c <"$file")"
    done
}

failed=0
for target; do
    folder=build/targets/$target
    start=$(date +%s)
    rust=$(sh "$tools/cargo-for-target.sh" "${target%+*}" which 2>"$log") || rust=''
    if [ -z "$rust" ]; then
        false
    else
        case $target in
        wasm32-unknown-unknown) sh "$tools/wasm.sh" "$folder" scalar ;;
        wasm32-unknown-unknown+simd128) sh "$tools/wasm.sh" "$folder" simd ;;
        wasm32-wasip1) sh "$tools/wasm.sh" "$folder" wasip1 ;;
        *) sh "$tools/library.sh" "$target" "$folder" ;;
        esac >>"$log" 2>&1
    fi || {
        printf '%-32s not built: %s\n' "$target" "$(tail -n 1 "$log")" >&2
        failed=$((failed + 1))
        continue
    }
    printf '%-32s%s  (%d s, Rust%s\n' "$target" "$(bytes "$folder"/*.a "$folder"/libpqhybrid.so.*.*.? "$folder"/*.wasm)" \
        $(($(date +%s) - start)) "${rust#*\(}" | sed 's/Rust\([0-9]\)/Rust \1/'
done
rm -f "$log"
[ $failed -eq 0 ] || {
    echo "targets: $failed of $# not built" >&2
    exit 1
}
echo "targets: $# built, in build/targets, sizes in bytes"
