#!/bin/sh
# One build of the library on x86-64 processors with AVX2 and without, under qemu and natively: the backend that is chosen,
# vectors, C tests and examples, static and shared. The library is the one that `make build` leaves in this folder.
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

# A processor of 2006, one with AVX alone, one with AVX2.
all_on core2duo x86-64
all_on SandyBridge x86-64
all_on Haswell x86-64-avx2 $slow
if grep -qw avx2 /proc/cpuinfo; then
    all_on '' x86-64-avx2
else
    all_on '' x86-64
fi

for suite in kem sign; do
    avx2=$(executed Haswell ymm "$work/static/backend" $suite)
    more_than 500 "$avx2" "AVX2 in $suite on Haswell"
    none "$(executed SandyBridge ymm "$work/static/backend" $suite)" "AVX2 in $suite on SandyBridge"
    echo "  $name: AVX2 at work in $suite: $avx2 instructions on Haswell, none on SandyBridge"
done
echo "$cases" >"$work/cases"
