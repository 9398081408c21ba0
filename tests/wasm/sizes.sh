#!/bin/sh
# The size of modules with every suite, with one alone, and of those that only verify or only encapsulate, in bytes, beside
# what users of WebAssembly expect. Fails where the size profile is over that, and where a module is over its limit in
# sizes.txt, which is 3 % above what it was when it was last looked at.
#
# usage: tests/wasm/sizes.sh
set -eu
out=build/wasm/sizes
here=${0%/*}
checks=0
over=''

size() { # PROFILE SUITE KIND OPERATIONS
    suites=$2
    [ "$2" != every ] || suites='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
    PROFILE=$1 SUITES=$suites OPERATIONS=$4 sh tools/wasm.sh "$out/$2" "$3"
    module=pqhybrid.wasm
    [ "$3" = scalar ] || module=pqhybrid-$3.wasm
    wc -c <"$out/$2/$module"
}

hold() { # NAME BYTES LIMIT
    checks=$((checks + 1))
    [ "$2" -le "$3" ] || over="$over
$1: $2 bytes, but $3 is the limit"
}

row() { # SUITE OPERATIONS TITLE SCALAR-GUIDE SIMD-GUIDE; - for no guide
    for kind in scalar simd; do
        guide=$4
        [ $kind = scalar ] || guide=$5
        limits=$(awk -v suite="$1" -v title="$3" -v kind=$kind '$1 == suite && $2 == title && $3 == kind {print $4, $5}' "$here/sizes.txt")
        [ -n "$limits" ] || {
            echo "wasm/sizes: $here/sizes.txt has no line for $1 $3 $kind" >&2
            exit 1
        }
        fast=$(size release "$1" $kind "$2")
        small=$(size size "$1" $kind "$2")
        printf '%-18s %-12s %-7s %9d %9d %9s\n' "$1" "$3" $kind "$fast" "$small" "$guide"
        hold "$1 $3 $kind release" "$fast" "${limits% *}"
        hold "$1 $3 $kind size" "$small" "${limits#* }"
        [ "$guide" = - ] || hold "$1 $3 $kind size, the guide" "$small" "$guide"
    done
}

printf '%-18s %-12s %-7s %9s %9s %9s\n' suite operations module release size guide
row every '' all - -
row mlkem768-x25519 '' all 120000 180000
row mlkem1024-x448 '' all - -
row mldsa65-ed25519 '' all 250000 320000
row mldsa87-ed448 '' all - -
row mlkem768-x25519 encaps encaps - -
row mldsa65-ed25519 'verify prehash' verify - -
row mldsa87-ed448 'verify prehash' verify - -
[ -z "$over" ] || {
    echo "wasm/sizes: too large:$over" >&2
    exit 1
}
echo "wasm/sizes: $checks checks"
