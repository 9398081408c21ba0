#!/bin/sh
# The library for 64-bit Arm Linux under qemu: vectors, C tests and examples, static and shared, on a processor with the
# SHA-512 and SHA-3 instructions that the hashes look for at run time and on one without; and that the lattice code runs
# on NEON and the curves' code does not branch on secrets, which is seen in the instructions that are executed.
#
# usage: tests/linux/aarch64.sh gnu|musl        (from tests/linux/run.sh, which prepares what is common)
set -eu
libc=$1
name=aarch64-unknown-linux-$libc
cc=$(sh tools/toolchain.sh "$name" cc)
static=-static
emulator=qemu-aarch64-static
case $libc in
gnu) root=/usr/aarch64-linux-gnu ;;
musl) root=${cc%/*} ;;
esac
# shellcheck source=tests/linux/common.sh
. tests/linux/common.sh
[ -n "$(find "$root/lib" -name 'ld-*aarch64*' 2>/dev/null)" ] ||
    fail "the C library's loader is not below $root: install it (on Debian: libc6-dev-arm64-cross)"

sh tools/library.sh "$name" "$work/lib"
compile_all "$work/lib"

# Of all processors that qemu knows, 'max' alone has both SHA-512 and SHA-3; every one has AES, SHA-1 and SHA-256,
# which nothing here looks for.
with=max
without=cortex-a53
all_on $with aarch64-neon $slow
all_on $without aarch64-neon

# Instructions by their encoding, because not every disassembler knows them all:
# sqdmulh, of vectors; compilers do not make it by themselves, so that it stands for ML-KEM's NEON code
neon_multiply='^[04](e[67ab].b[4-7]|f[4-9ab].c[0-389ab])'
# bic, of vectors, of which NEON's Keccak consists, beside eor and shifts
neon_bic='^[04]e[67].1[c-f]'
sha512='^ce[67].8[0-7]|^cec08[0-3]'
sha3='^ce([0-3].[0-7]|[67].8[c-f]|[89])'

multiply=$(executed $without "$neon_multiply" "$work/static/backend" kem)
more_than 500 "$multiply" 'ML-KEM on NEON (sqdmulh)'
bic=$(executed $without "$neon_bic" "$work/static/backend" sign)
more_than 50 "$bic" "ML-DSA's Keccak on NEON (bic)"
more_than 20 "$(executed $with "$sha512" "$work/static/backend" sign)" "SHA-512's own instructions on $with"
more_than 50 "$(executed $with "$sha3" "$work/static/backend" kem)" "SHA-3's own instructions on $with"
none "$(executed $without "$sha512|$sha3" "$work/static/backend" sign)" "SHA-512's and SHA-3's own instructions on $without"
none "$(executed $without "$sha512|$sha3" "$work/static/backend" kem)" "SHA-512's and SHA-3's own instructions on $without"
echo "  $name: NEON at work: $multiply sqdmulh in ML-KEM, $bic bic in ML-DSA"

if [ "$libc" = gnu ]; then
    # Test of the test: the same look at a library without NEON code.
    PORTABLE=1 SUITES=mlkem768-x25519 sh tools/library.sh "$name" "$work/portable"
    compile static "$work/portable" tests/linux/backend.c "$work/portable/backend" \
        -DPQH_WITHOUT_MLKEM1024_X448 -DPQH_WITHOUT_MLDSA65_ED25519 -DPQH_WITHOUT_MLDSA87_ED448
    none "$(executed $without "$neon_multiply|$neon_bic" "$work/portable/backend" kem)" 'NEON in a library built without it'
    must $without "$work/portable/backend"
    [ "$(cat "$work/said")" = portable ] || fail "a library without NEON code says that its backend is $(cat "$work/said")"

    # Whatever the secrets of X25519 and Ed25519 are, the same instructions run, one after the other.
    compile static "$work/lib" tests/linux/trace.c "$work/static/trace"
    trace() { # OPERATION SECRET: leaves the addresses of the blocks of instructions that ran in $work/trace
        rm -f "$work/log"
        $emulator -cpu $without -d exec,nochain -D "$work/log" "$work/static/trace" "$1" "$2" ||
            fail "trace $1 $2 does not run on $without"
        awk -F/ '/^Trace/ { if (/ mark$/) inside = !inside; else if (inside) print $2 }' "$work/log" >"$work/trace"
        rm "$work/log"
        blocks=$(wc -l <"$work/trace")
        [ "$blocks" -gt 1000 ] || fail "trace $1 $2: $emulator logs $blocks blocks of instructions"
    }
    for operation in encaps decaps sign; do
        trace $operation 0
        mv "$work/trace" "$work/trace_0"
        for secret in 1 2 3 4 5; do
            trace $operation $secret
            cmp -s "$work/trace" "$work/trace_0" || fail "which instructions $operation runs depends on the curve's secret"
            cases=$((cases + 1))
        done
        echo "  $name: the same $blocks blocks of instructions run in $operation with 6 secrets of the curve"
    done
    # Test of the test: verification is of what is public, and its instructions depend on it.
    trace verify 0
    mv "$work/trace" "$work/trace_0"
    trace verify 1
    ! cmp -s "$work/trace" "$work/trace_0" || fail 'traces are the same where they must differ'
    cases=$((cases + 1))

    # The random source that fails, and the stack: deep enough scrubbed on this processor, too, and no secret left.
    here=0
    instead='-Itests/c -include tests/linux/getrandom.h'
    # shellcheck disable=SC2086 # lists
    compile static "$work/lib" tests/c/os_random_failure.c "$work/static/os_random_failure" $instead
    # shellcheck disable=SC2086
    compile static "$work/lib" tests/c/residue.c "$work/static/residue" $instead -Wl,--wrap=memset
    # The size profile reaches deeper.
    PROFILE=size sh tools/library.sh "$name" "$work/size"
    # shellcheck disable=SC2086
    compile static "$work/size" tests/c/residue.c "$work/static/residue_size" $instead -Wl,--wrap=memset -DPQH_TEST_SIZE_PROFILE
    for program in os_random_failure residue residue_size; do
        count $with "$work/static/$program"
    done
    echo "  $name: random source and residue: $here cases"
    cases=$((cases + here))
fi
echo "$cases" >"$work/cases"
