#!/bin/sh
# No secret is left after a call: on the stack, in writable memory, in registers; and what scrubbing costs.
#
# usage: tests/residue/run.sh quick|whole|cost|peers
#   quick   the shared library of build/lib: each call, successful or failed (some seconds)
#   whole   the same for the size build, for the library without AVX2 code, for 64-bit Arm and on a Cortex-M33 in QEMU;
#           libraries that do not scrub, in which something must be found; what scrubbing costs; the peers
#           (ten minutes and more)
#   cost    prints what scrubbing costs, each operation; a figure, not a check
#   peers   what other libraries leave, the same way; figures, not a check: docs/residue.md has them
# CC, CFLAGS and what tools/library.sh reads come from the environment. `make build` comes first.
set -eu
export LC_ALL=C
depth=${1:-}
work=$PWD/build/residue
mkdir -p "$work"

fail() {
    echo "residue: $*" >&2
    exit 1
}

compile() {
    # shellcheck disable=SC2086 # lists
    ${CC:-cc} -std=c11 ${CFLAGS:--O2 -g} -Wall -Wextra -Wpedantic -Werror -Iinclude -Itests/c -Itests/residue "$@"
}

cases=0
run() { # NAME COMMAND ...: counts the cases of calls.c
    name=$1
    shift
    "$@" >"$work/calls-$name.log" 2>"$work/calls-$name.err" || {
        cat "$work/calls-$name.log" "$work/calls-$name.err" >&2
        fail "$name: a secret is left, or is not found where it must be"
    }
    count=$(sed -n 's/^residue\/calls: \([1-9][0-9]*\) cases$/\1/p' "$work/calls-$name.log")
    [ -n "$count" ] || fail "$name: $(tail -n 1 "$work/calls-$name.log")"
    grep -v '^residue/calls: ' "$work/calls-$name.log" | sed "s|^|  $name: |"
    cases=$((cases + count))
}

calls() { # NAME FOLDER [unscrubbed]: against the shared library in the folder, an absolute one
    compile tests/residue/calls.c "$2/libpqhybrid.so" -Wl,-rpath,"$2" -Wl,-z,now -o "$work/calls-$1"
    # shellcheck disable=SC2086 # a word, or none
    run "$1" "$work/calls-$1" ${3:-}
}

# 64-bit Arm under qemu, which has no filters of system calls: the archive, with tests/linux/getrandom.h.
aarch64() {
    command -v qemu-aarch64-static >/dev/null || fail 'qemu-aarch64-static is missing: install it (Debian: qemu-user-static)'
    cc=$(sh tools/toolchain.sh aarch64-unknown-linux-gnu cc)
    sh tools/library.sh aarch64-unknown-linux-gnu "$work/aarch64"
    (CC=$cc && compile -DPQH_TEST_STATIC -include tests/residue/own_memory.h -include tests/linux/getrandom.h \
        -static tests/residue/calls.c "$work/aarch64/libpqhybrid.a" -o "$work/calls-aarch64")
    run aarch64 qemu-aarch64-static -cpu max "$work/calls-aarch64"
}

# Variables of the archive: too small for 16 bytes of anything.
variables() { # ARCHIVE
    readelf -SW "$1" | sed -n 's/^ *\[ *[0-9]*\] *//p' |
        awk '$1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /rel\.ro/ {print $1, $5}' >"$work/variables"
    [ -s "$work/variables" ] || fail "$1 has no variables at all: this looks at nothing"
    while read -r name size; do
        size=$(printf '%d' "0x$size")
        [ "$size" -lt 16 ] || fail "$1 has a variable of $size bytes, $name, which no test of residue looks into"
        cases=$((cases + 1))
    done <"$work/variables"
}

variant() { # NAME FILE SED: builds it, unless it is there and newer than all sources
    made=build/variants/$1/libpqhybrid.a
    sources='src Cargo.toml Cargo.lock .cargo tools/library.sh tools/link.sh'
    # shellcheck disable=SC2086 # a list
    if [ ! -e "$made" ] || [ -n "$(find $sources -type f -newer "$made")" ]; then
        sh tests/variant.sh "$@"
    fi
}

# One byte is scrubbed in place of all that was used, and no register is cleared.
without='s/let mut area = \[0u8; N\];/let mut area = [0u8; 1];/
s/^    clear_registers();/    if N == 1 {\n        clear_registers();\n    }/'

cost() {
    variant unscrubbed src/memory.rs "$without"
    compile tests/residue/cost.c build/lib/libpqhybrid.a -ldl -Wl,--gc-sections -o "$work/cost"
    "$work/cost" "$PWD/build/lib/libpqhybrid.so" "$PWD/build/variants/unscrubbed/libpqhybrid.so"
}

quick() {
    [ -e build/lib/libpqhybrid.so ] || fail "build/lib/libpqhybrid.so is missing: run 'make build'"
    calls release "$PWD/build/lib"
    variables build/lib/libpqhybrid.a
    done_calls=$(sed -n 's/^\([0-9]*\) calls; .*/\1/p' "$work/calls-release.log")
    echo 'report: residue | stack, registers, writable pages after each call, searched for keys, seeds, shared' \
        "secrets, lattice polynomials | $done_calls calls, successful or failed | nothing left"
}

whole() {
    quick
    PROFILE=size sh tools/library.sh host "$work/size"
    calls size "$work/size"
    PORTABLE=1 sh tools/library.sh host "$work/portable"
    calls portable "$work/portable"
    aarch64
    variant unscrubbed src/memory.rs "$without"
    calls unscrubbed "$PWD/build/variants/unscrubbed" unscrubbed
    echo 'report: residue | the same search in a library that scrubs nothing, as a test of the test |' \
        '4 suites and the LAMPS form of a key | byte strings and polynomials found in each'

    firmware=build/firmware/eabi-release
    sh tools/library.sh thumbv8m.main-none-eabi "$firmware"
    sh tests/firmware/residue.sh eabi-release "$firmware/libpqhybrid.a" "$firmware"
    (export TARGET=thumbv8m.main-none-eabi && variant unscrubbed-m33 src/memory.rs "$without")
    made=build/variants/unscrubbed-m33
    sh tests/firmware/residue.sh eabi-unscrubbed $made/libpqhybrid.a $made unscrubbed
    echo "report: residue | the same on a Cortex-M33 in QEMU, stack and all RAM but the test's own |" \
        '252 calls, successful or failed | nothing left; where nothing is scrubbed, secrets in each suite'
    cost
    sh tests/residue/peers.sh
}

case $depth in
quick | whole)
    $depth
    echo "residue: $cases cases"
    ;;
cost) cost ;;
peers) sh tests/residue/peers.sh ;;
*)
    sed -n 's/^# \{0,1\}//p' "$0" | sed -n '4,10p' >&2
    exit 2
    ;;
esac
