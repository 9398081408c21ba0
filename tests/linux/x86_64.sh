#!/bin/sh
# One build of the library on x86-64 processors old and new, under qemu and natively: the level that is chosen, vectors, C tests
# and examples, static and shared. The library is the one that `make build` leaves in this folder. No emulator here has AVX-512:
# its levels run natively, where they can.
#
# usage: tests/linux/x86_64.sh       (from tests/linux/run.sh, which prepares what is common)
set -eu
name=x86_64-unknown-linux-gnu
cc=${CC:-cc}
emulator=qemu-x86_64-static
# shellcheck source=tests/linux/common.sh
. tests/linux/common.sh
compile_all .

# Test of the test: this emulator refuses what the processor lacks.
static=-static compile static . tests/linux/avx2.c "$work/static/avx2"
must Haswell "$work/static/avx2"
for old in core2duo SandyBridge; do
    status=0
    (run $old "$work/static/avx2") >"$work/said" 2>&1 || status=$?
    [ "$status" -eq 132 ] || fail "AVX2 on $old does not end with an illegal instruction, but status $status"
    cases=$((cases + 1))
done

# A processor of 2006, one with AVX alone, two with AVX2.
all_on core2duo x86-64
all_on SandyBridge x86-64
all_on Haswell x86-64-v3 $slow
all_on Broadwell x86-64-v3 $slow
for level in $(sh tests/levels.sh); do
    best=$level
done
all_on '' "$best"

# A lower level can be wished for, not a higher one, and nothing that is no level.
level() { # CPU WISH LEVEL
    found=$(PQHYBRID_BACKEND=$2 run "$1" "$work/static/backend" 2>/dev/null)
    [ "$found" = "$3" ] || fail "with PQHYBRID_BACKEND='$2' the level on $1 is $found, not $3"
    cases=$((cases + 1))
}
level Broadwell x86-64 x86-64
level SandyBridge x86-64-v3 x86-64
level SandyBridge x86-64-v4 x86-64
for none in '' x86-64-v x86-64-v33 x86-64-v3 x86-64-v4 x86-64-v4-ifma avx2; do
    level Broadwell "$none" x86-64-v3
done
# Each of what the level asks for, taken away from a processor that else has all.
for missing in sse3 ssse3 sse4_1 sse4_2 cx16 popcnt lahf_lm xsave avx avx2 bmi1 bmi2 f16c fma abm movbe; do
    level Haswell,-$missing '' x86-64
done
for level in $(sh tests/levels.sh); do
    level '' "$level" "$level"
done
level '' x86-64-v5 "$best"

for suite in kem sign; do
    avx2=$(executed Broadwell ymm "$work/static/backend" $suite)
    more_than 500 "$avx2" "AVX2 in $suite on Broadwell"
    none "$(executed SandyBridge ymm "$work/static/backend" $suite)" "AVX2 in $suite on SandyBridge"
    echo "  $name: AVX2 at work in $suite: $avx2 instructions on Broadwell, none on SandyBridge"
done
# With IFMA, which valgrind lacks: whatever the secrets of X25519 and Ed25519 are, the same instructions run, one after the other.
"$cc" $flags tests/linux/steps.c -o "$work/steps" || fail 'tests/linux/steps.c does not compile'
static='-static -no-pie' compile static . tests/linux/trace.c "$work/static/trace"
mark=$(nm "$work/static/trace" | awk '$3 == "mark" { print $1 }')
steps() { # LEVEL OPERATION SECRET: how many instructions, and which
    PQHYBRID_BACKEND=$1 "$work/steps" "$mark" "$work/static/trace" "$2" "$3" || fail "trace $2 $3 does not run step by step"
}
case $best in
*-ifma) ;;
*) echo "  $name: this processor has no IFMA, whose code is not run step by step" ;;
esac
for level in $(sh tests/levels.sh | grep -e -ifma); do
    for operation in encaps decaps sign; do
        first=$(steps "$level" $operation 0)
        # It is used: the level below, with the same vectors for Keccak, takes more.
        other=$(steps "${level%-ifma}" $operation 0)
        [ "${first% *}" -gt 100000 ] && [ "${first% *}" -lt "${other% *}" ] ||
            fail "trace $operation on $level takes ${first% *} instructions, and ${other% *} without IFMA"
        for secret in 1 2 3 4 5; do
            [ "$(steps "$level" $operation $secret)" = "$first" ] ||
                fail "on $level, which instructions $operation runs depends on the curve's secret"
            cases=$((cases + 1))
        done
        echo "  $name: on $level the same ${first% *} instructions run in $operation with 6 secrets of the curve"
    done
    # Test of the test: verification is of what is public, and its instructions depend on it.
    first=$(steps "$level" verify 0)
    second=$(steps "$level" verify 1)
    [ "$first" != "$second" ] || fail 'steps are the same where they must differ'
    cases=$((cases + 1))
done
echo "$cases" >"$work/cases"
