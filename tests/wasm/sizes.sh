#!/bin/sh
# The size of modules with one suite alone, and of those that only verify or only encapsulate, in bytes, beside what users of
# WebAssembly expect; fails where the size profile is over that.
#
# usage: tests/wasm/sizes.sh
set -eu
out=build/wasm/sizes
checks=0
over=''

size() { # PROFILE SUITE KIND OPERATIONS
    PROFILE=$1 SUITES=$2 OPERATIONS=$4 sh tools/wasm.sh "$out/$2" "$3"
    module=pqhybrid.wasm
    [ "$3" = scalar ] || module=pqhybrid-$3.wasm
    wc -c <"$out/$2/$module"
}

row() { # SUITE OPERATIONS TITLE SCALAR-GUIDE SIMD-GUIDE; 0 for no guide
    for kind in scalar simd; do
        guide=$4
        [ $kind = scalar ] || guide=$5
        fast=$(size release "$1" $kind "$2")
        small=$(size size "$1" $kind "$2")
        printf '%-18s %-12s %-7s %9d %9d %9s\n' "$1" "$3" $kind "$fast" "$small" "$([ "$guide" = 0 ] || echo "$guide")"
        if [ "$guide" != 0 ]; then
            checks=$((checks + 1))
            [ "$small" -le "$guide" ] || over="$over $1/$kind"
        fi
    done
}

printf '%-18s %-12s %-7s %9s %9s %9s\n' 'bytes' operations module release size guide
row mlkem768-x25519 '' all 120000 180000
row mlkem1024-x448 '' all 0 0
row mldsa65-ed25519 '' all 250000 320000
row mldsa87-ed448 '' all 0 0
row mlkem768-x25519 'encaps' encaps 0 0
row mldsa65-ed25519 'verify prehash' verify 0 0
row mldsa87-ed448 'verify prehash' verify 0 0
[ -z "$over" ] || {
    echo "wasm/sizes: the size profile is over the guide:$over" >&2
    exit 1
}
echo "wasm/sizes: $checks checks"
