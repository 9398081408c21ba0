#!/bin/sh
# A suite that is deselected leaves no trace: not in the exported symbols, not in the code, not in the header.
# Builds the library with each suite alone, and with none.
#
# usage: tests/suites.sh      (CARGO, CC from the environment)
set -eu
suites='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
out=build/suites
checks=0

fail() {
    echo "suites: $*" >&2
    exit 1
}

# What the code of a suite is called, in our own rooms and in the crates below.
trace() {
    case $1 in
    mlkem768-x25519) echo 'mlkem768|x25519' ;;
    mlkem1024-x448) echo 'mlkem1024|x448' ;;
    mldsa65-ed25519) echo 'mldsa65|ml_dsa_65|ed25519' ;;
    mldsa87-ed448) echo 'mldsa87|ml_dsa_87|primitives5ed448|ed448_goldilocks4sign' ;;
    esac
}

stem() { echo "$1" | tr - _; }

for selected in $suites none; do
    case $selected in
    none) features='' ;;
    *) features=$selected ;;
    esac
    ${CARGO:-cargo} rustc -q --release --locked --lib --no-default-features --features "$features" \
        --crate-type staticlib,cdylib --target-dir "$out"
    library=$out/release/libpqhybrid.so
    exported=$(nm -D --defined-only "$library" | awk '{print $3}')
    symbols=$(nm "$library"; nm -D "$library")
    defines=''
    for suite in $suites; do
        [ "$suite" = "$selected" ] || defines="$defines -DPQH_WITHOUT_$(stem "$suite" | tr a-z A-Z)"
    done
    header=$(echo '#include "pqhybrid.h"' | ${CC:-cc} -E -dD $defines -Iinclude -x c - | grep -v PQH_WITHOUT || true)
    [ -n "$header" ] || fail "the header does not compile with$defines"
    for suite in $suites; do
        if [ "$suite" = "$selected" ]; then
            echo "$exported" | grep -q "^pqh_$(stem "$suite")_keygen$" || fail "$suite is selected but not exported"
            echo "$symbols" | grep -qE "$(trace "$suite")" || fail "$suite is selected but the check for its code finds nothing"
            echo "$header" | grep -qi "$(stem "$suite")" || fail "$suite is selected but not in the header"
        else
            ! echo "$exported" | grep "$(stem "$suite")" || fail "$suite is deselected but exported (build of $selected)"
            ! echo "$symbols" | grep -E "$(trace "$suite")" || fail "$suite is deselected but its code is there (build of $selected)"
            ! echo "$header" | grep -i "$(stem "$suite")" || fail "$suite is deselected but in the header"
        fi
        checks=$((checks + 3))
    done
    printf '  %-16s %8d bytes of code\n' "$selected" "$(size -A "$library" | awk '/^\.(text|rodata)/{sum += $2} END {print sum}')"
done
echo "suites: $checks checks"
