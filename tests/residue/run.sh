#!/bin/sh
# No secret is left after a call: on the stack, in writable memory, in registers; and what scrubbing costs.
#
# usage: tests/residue/run.sh quick|whole|cost|peers|registers|unscrubbed
#   quick   the shared library of build/lib: each call, successful or failed (some seconds)
#   whole   the same for the size build, for the library without AVX2 code, for 64-bit Arm and on a Cortex-M33 in QEMU;
#           libraries that do not scrub, or do not clear registers, in which something must be found; what scrubbing
#           costs; the peers
#           (ten minutes and more)
#   cost    prints what scrubbing costs, each operation; a figure, not a check
#   peers   what other libraries leave, the same way; figures, not a check: docs/residue.md has them
#   registers, unscrubbed
#           each of the two tests of the test on x86-64 alone
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

calls() { # NAME FOLDER [unscrubbed|registers]: against the shared library in the folder, an absolute one
    compile tests/residue/calls.c "$2/libpqhybrid.so" -Wl,-rpath,"$2" -Wl,-z,now -o "$work/calls-$1"
    # shellcheck disable=SC2086 # a word, or none
    run "$1" "$work/calls-$1" ${3:-}
    same_variables "$1" "$work/calls-$1"
}

writable_sections() { # ARCHIVE: the names and sizes of the sections that hold its variables
    readelf -SW "$1" | sed -n 's/^ *\[ *[0-9]*\] *//p' |
        awk '$1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /rel\.ro/ && $5 !~ /^0+$/ {print $1, $5}'
}

# What the library's variables hold after the first calls is the same for other keys.
same_variables() { # NAME COMMAND ...
    name=$1
    shift
    for seed in 1 2; do
        "$@" variables $seed >"$work/variables-$name-$seed" ||
            fail "$name: the library's variables do not change at all"
    done
    cmp -s "$work/variables-$name-1" "$work/variables-$name-2" ||
        fail "$name: the library's variables depend on keys"
    cases=$((cases + $(wc -l <"$work/variables-$name-1")))
}

# 64-bit Arm under qemu, which has no filters of system calls: the archive, with tests/linux/getrandom.h. Its variables
# are gathered in one section, of which the linker says where it begins and ends.
aarch64() {
    command -v qemu-aarch64-static >/dev/null ||
        fail 'qemu-aarch64-static is missing: install it (Debian: qemu-user-static)'
    cc=$(sh tools/toolchain.sh aarch64-unknown-linux-gnu cc)
    binutils=$(sh tools/toolchain.sh aarch64-unknown-linux-gnu binutils)
    sh tools/library.sh aarch64-unknown-linux-gnu "$work/aarch64"
    aarch64_calls "$work/aarch64/libpqhybrid.a"
}

aarch64_calls() { # ARCHIVE
    renamed=$(writable_sections "$1" | sed 's/^\([^ ]*\) .*/--rename-section \1=pqh_variables/')
    [ -n "$renamed" ] || fail "$1 has no variables at all: this looks at nothing"
    # shellcheck disable=SC2086 # a list
    "${binutils}objcopy" $renamed "$1" "$work/aarch64.a"
    (CC=$cc && compile -DPQH_TEST_STATIC -include tests/residue/own_memory.h -include tests/linux/getrandom.h \
        -static tests/residue/calls.c "$work/aarch64.a" -o "$work/calls-aarch64")
    run aarch64 qemu-aarch64-static -cpu max "$work/calls-aarch64"
    same_variables aarch64 qemu-aarch64-static -cpu max "$work/calls-aarch64"
}

# Variables of the archive: too small for 16 bytes of anything.
variables() { # ARCHIVE
    writable_sections "$1" >"$work/variables"
    [ -s "$work/variables" ] || fail "$1 has no variables at all: this looks at nothing"
    while read -r name size; do
        size=$(printf '%d' "0x$size")
        [ "$size" -lt 16 ] || fail "$1 has a variable of $size bytes, $name, which no test of residue looks into"
        cases=$((cases + 1))
    done <"$work/variables"
}

variant() { # NAME FILE SED: builds it, unless it is there, of the same script and newer than all sources
    folder=build/variants/$1
    sources='src keccak Cargo.toml Cargo.lock .cargo tools/library.sh tools/link.sh tools/trampolines.sh tests/variant.sh'
    mkdir -p "$folder"
    # shellcheck disable=SC2086 # a list
    if [ ! -e "$folder/libpqhybrid.a" ] || ! printf '%s\n' "${TARGET:-host}" "$@" | cmp -s - "$folder/script" ||
        [ -n "$(find $sources -type f -newer "$folder/libpqhybrid.a")" ]; then
        rm -f "$folder/script"
        sh tests/variant.sh "$@"
        printf '%s\n' "${TARGET:-host}" "$@" >"$folder/script"
    fi
}

# No register is cleared; nor is more than one byte scrubbed in place of all that was used. N is never 1.
no_registers='s/^    clear_registers();/    if N == 1 {\n        clear_registers();\n    }/'
without="s/let mut area = \\[0u8; N\\];/let mut area = [0u8; 1];/
$no_registers"

registers() {
    variant registers src/memory.rs "$no_registers"
    calls registers "$PWD/build/variants/registers" registers
}

unscrubbed() {
    variant unscrubbed src/memory.rs "$without"
    calls unscrubbed "$PWD/build/variants/unscrubbed" unscrubbed
}

done_calls() { # LOG: how many calls it says there were
    number=$(sed -n 's/^\([1-9][0-9]*\) calls; .*/\1/p' "$1")
    [ -n "$number" ] || fail "$1 does not say how many calls there were"
    echo "$number"
}

cost() {
    variant unscrubbed src/memory.rs "$without"
    compile tests/residue/cost.c build/lib/libpqhybrid.a -ldl -Wl,--gc-sections -o "$work/cost"
    "$work/cost" "$PWD/build/lib/libpqhybrid.so" "$PWD/build/variants/unscrubbed/libpqhybrid.so"
}

quick() {
    [ -e build/lib/libpqhybrid.so ] || fail "build/lib/libpqhybrid.so is missing: run 'make build'"
    # On each level of code that this machine has; the others may be run with any.
    levels=$(sh tests/levels.sh)
    for level in $levels; do
        (PQHYBRID_BACKEND=$level && export PQHYBRID_BACKEND && calls "release-$level" "$PWD/build/lib" && echo "$cases" >"$work/cases")
        cases=$(cat "$work/cases")
    done
    variables build/lib/libpqhybrid.a
    number=$(done_calls "$work/calls-release-${level:?}.log")
    echo 'report: residue | stack, registers, writable pages after each call, searched for keys, seeds, shared' \
        "secrets, lattice polynomials | $number calls, successful or failed | nothing left"
}

whole() {
    quick
    PROFILE=size sh tools/library.sh host "$work/size"
    calls size "$work/size"
    aarch64
    unscrubbed
    echo 'report: residue | the same search in a library that scrubs nothing, as a test of the test |' \
        '4 suites and the LAMPS form of a key | byte strings and polynomials found in each'
    registers
    echo 'report: residue | the same search in a library that does not clear registers, as a test of the test |' \
        "$(done_calls "$work/calls-registers.log") calls | secrets found in vector registers, and nowhere else"

    firmware=build/firmware/eabi-release
    sh tools/library.sh thumbv8m.main-none-eabi "$firmware"
    sh tests/firmware/residue.sh eabi-release "$firmware/libpqhybrid.a" "$firmware"
    (export TARGET=thumbv8m.main-none-eabi && variant unscrubbed-m33 src/memory.rs "$without")
    number=$(done_calls "$firmware/residue.log")
    made=build/variants/unscrubbed-m33
    sh tests/firmware/residue.sh eabi-unscrubbed $made/libpqhybrid.a $made unscrubbed
    echo "report: residue | the same on a Cortex-M33 in QEMU, stack and all RAM but the test's own |" \
        "$number calls, successful or failed | nothing left; where nothing is scrubbed, secrets in each suite"
    cost
    sh tests/residue/peers.sh
}

case $depth in
quick | whole | registers | unscrubbed)
    $depth
    echo "residue: $cases cases"
    ;;
cost) cost ;;
peers) sh tests/residue/peers.sh ;;
*)
    sed -n 's/^# \{0,1\}//p' "$0" | sed -n '4,13p' >&2
    exit 2
    ;;
esac
