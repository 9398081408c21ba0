#!/bin/sh
# Faults: a random source that the kernel refuses, delays, interrupts or cuts short; fork; and faults injected into the
# computation of signatures, by a library as it is shipped, which gives out bad ones, and by one with verify-after-sign,
# which gives out none.
#
# usage: tests/faults/run.sh quick|whole        after `make build`
# From the environment: CC, PYTHON, and what tools/library.sh reads. The library with verify-after-sign is made in
# build/verify-after-sign.
set -eu
depth=${1:-quick}
out=build/faults
checked=build/verify-after-sign/libpqhybrid.a
total=0
mkdir -p $out

fail() {
    echo "faults: $*" >&2
    exit 1
}

case $depth in
quick | whole) ;;
*) fail 'usage: tests/faults/run.sh quick|whole' ;;
esac
[ "$(uname -sm)" = 'Linux x86_64' ] || fail 'this test needs Linux on x86-64: it steps through calls by its trap flag'
[ -e libpqhybrid.a ] || fail "libpqhybrid.a is missing: run 'make build' first"

compile() { # SOURCE LIBRARY PROGRAM [FLAG ...]
    source=$1 library=$2 program=$3
    shift 3
    "${CC:-cc}" -std=c99 -O2 -g -Wall -Wextra -Wpedantic -Werror -Iinclude -Itests/c -pthread "$source" "$library" \
        "$@" -o "$program"
}

run() { # PROGRAM [ARGUMENT ...]: its output, set back so that its cases are not counted twice, and in $out/log
    "$@" >$out/log 2>&1 || {
        cat $out/log >&2
        fail "$* failed"
    }
    sed 's/^/  /' $out/log
    cases=$(sed -n 's/^.*: \([0-9]*\) cases$/\1/p' $out/log)
    [ "${cases:-0}" -gt 0 ] || fail "$* ran no case"
    total=$((total + cases))
}

# ---- the random source, and fork ---------------------------------------------------------------------

compile tests/faults/getrandom.c libpqhybrid.a $out/getrandom
compile tests/faults/fork.c libpqhybrid.a $out/fork
run $out/getrandom
run $out/fork
echo "report: faults | the random source refused by the kernel, slow at boot, interrupted, cut short; fork; no other" \
    "system call | $total cases | every failure is PQH_ERR_RANDOM with zero outputs, nothing takes its place, no" \
    "state is kept"

# ---- faults injected into signing ------------------------------------------------------------------------

FEATURES=verify-after-sign sh tools/library.sh host ${checked%/*}
compile tests/faults/inject.c libpqhybrid.a $out/inject-plain
compile tests/faults/inject.c $checked $out/inject-checked
faults_plain=0 bad_plain=0 faults_checked=0 refused_checked=0 bad_checked=0

keep_evidence() { # for recover.py, which knows Ed25519
    for library in plain checked; do
        mv $out/$library.txt $out/$library-ed25519.txt
    done
}

inject() { # SUITE FUNCTION GAP SEED: the same of both libraries
    for library in plain checked; do
        run $out/inject-$library $library "$@" $out/$library.txt
        counts=$(sed -nE 's/^came out bad: ([0-9]+), refused: ([0-9]+), .* of ([0-9]+)$/\1 \2 \3/p' $out/log)
        # shellcheck disable=SC2086 # numbers
        set_counts $library $counts
    done
}

set_counts() { # LIBRARY BAD REFUSED FAULTS
    [ $# -eq 4 ] || fail 'the faults were not counted'
    if [ "$1" = plain ]; then
        bad_plain=$((bad_plain + $2)) faults_plain=$((faults_plain + $4))
    else
        bad_checked=$((bad_checked + $2)) refused_checked=$((refused_checked + $3))
        faults_checked=$((faults_checked + $4))
    fi
}

# What an attacker makes of them: the Ed25519 key, from what the library as shipped gave out.
recover() { # LIBRARY some|none
    recovered=$("${PYTHON:-python3}" -B tests/faults/recover.py $out/"$1"-ed25519.txt)
    echo "  $1: of $recovered signatures the Ed25519 key was computed"
    case $2/$recovered in
    some/0 | none/[!0]*) fail "keys computed: $recovered, from the signatures of the $1 library" ;;
    esac
    total=$((total + 1))
    [ "$1" = checked ] || keys=$recovered
}

# The seeds are those of keys and messages that take one attempt, so that there is little to step through.
if [ "$depth" = quick ]; then
    inject mldsa65_ed25519 sign_derand 5000 10
    keep_evidence
    inject mldsa65_ed25519 sign_derand_with 6000 10
else
    inject mldsa65_ed25519 sign_derand 1000 10
    keep_evidence
    inject mldsa65_ed25519 sign 4000 13
    inject mldsa65_ed25519 sign_prehashed 4000 7
    inject mldsa65_ed25519 sign_derand_with 4000 10
    inject mldsa65_ed25519 sign_with 6000 13
    inject mldsa65_ed25519 sign_prehashed_with 6000 7
    inject mldsa87_ed448 sign_derand_with 20000 12
    inject mldsa87_ed448 sign_derand 20000 12
fi
recover plain some
recover checked none
if [ $bad_checked -ne 0 ] || [ $bad_plain -eq 0 ]; then
    fail "bad signatures: $bad_plain without the check, $bad_checked with it"
fi
echo "report: faults | bit flips and skipped instructions in signing | $faults_plain faults without" \
    "verify-after-sign, $faults_checked with it | $bad_plain bad signatures came out without it, $keys of them gave" \
    "away the Ed25519 key; with it none came out, $refused_checked calls ended with PQH_ERR_INTERNAL"

# ---- the library with the check is otherwise the same --------------------------------------------------------

if [ "$depth" = whole ]; then
    for test in null_overlap statuses prehash os_random_failure threads; do
        compile tests/c/$test.c $checked $out/$test
        run $out/$test
    done
    PROFILE=size FEATURES=verify-after-sign sh tools/library.sh host build/verify-after-sign-size
    compile tests/c/residue.c $checked $out/residue -Wl,--wrap=memset
    compile tests/c/residue.c build/verify-after-sign-size/libpqhybrid.a $out/residue-size -Wl,--wrap=memset \
        -DPQH_TEST_SIZE_PROFILE
    run $out/residue
    run $out/residue-size
    compile tests/faults/cost.c libpqhybrid.a $out/cost-plain
    compile tests/faults/cost.c $checked $out/cost-checked
    $out/cost-plain >$out/cost-plain.txt
    $out/cost-checked >$out/cost-checked.txt
    paste -d ' ' $out/cost-plain.txt $out/cost-checked.txt |
        awk '{
            printf "  verify-after-sign: %s takes %d us instead of %d, ", $1, $4 / 1000, $2 / 1000
            printf "%.2f times as long\n", $4 / $2
        }'
fi

[ $total -gt 0 ] || fail 'no case ran'
echo "faults: $total cases"
