#!/bin/sh
# The C tests and examples under sanitizers: address and undefined behaviour, with the library's Rust code instrumented
# as well as the C programs; threads, likewise; and valgrind's memcheck, with the library as it is shipped.
#
# usage: tests/sanitizers/run.sh quick|whole        after `make build`
# From the environment: CC, which must be gcc or clang, PYTHON, CARGO, RUSTC, PQHYBRID_VECTORS.
#
# Not among the programs: c/residue reads what other functions left on the stack, which is what these tools forbid;
# c/sizes in C++ is the same as in C. Under memcheck also not: c/flips, c/points, c/large and c/threads, hours of work
# of the same calls; c/os_random_failure, whose filter takes system calls away from valgrind; and faults/fork, whose
# children end with memory that they need not free.
set -eu
depth=${1:-quick}
out=build/sanitizers
total=0
mkdir -p $out/address $out/thread $out/memcheck $out/examples

fail() {
    echo "sanitizers: $*" >&2
    exit 1
}

case $depth in
quick | whole) ;;
*) fail 'usage: tests/sanitizers/run.sh quick|whole' ;;
esac
[ -e libpqhybrid.a ] || fail "libpqhybrid.a is missing: run 'make build' first"
command -v valgrind >/dev/null || fail 'valgrind is missing: install it (on Debian: valgrind)'
command -v addr2line >/dev/null || fail 'binutils (addr2line) is missing: install it (on Debian: binutils)'

compile() { # SANITIZERS SOURCE OBJECT [FLAG ...]
    sanitizers=$1 source=$2 object=$3
    shift 3
    "${CC:-cc}" -std=c99 -O1 -g -fsanitize="$sanitizers" -fno-sanitize-recover=all -fno-omit-frame-pointer \
        -Iinclude -Itests/c -pthread "$@" -c "$source" -o "$object"
}

link() { # OBJECT PROGRAM LINK_FLAGS, as library.sh says them
    # shellcheck disable=SC2086 # a list
    "${CC:-cc}" "$1" $3 -o "$2"
}

run() { # WHAT COMMAND [ARGUMENT ...]: ends well and says nothing of an error; its cases are counted
    what=$1
    shift
    status=0
    "$@" >$out/log 2>&1 || status=$?
    ! grep -qE 'Sanitizer|runtime error' $out/log || status=99
    if [ $status -ne 0 ]; then
        grep -v '^\.' $out/log | head -60 >&2
        fail "$what: status $status"
    fi
    cases=$(sed -nE 's/^.*: ([0-9]+) (cases|checks)$/\1/p' $out/log | awk '{sum += $1} END {print sum + 0}')
    echo "  $what: clean, ${cases:-0} cases"
    total=$((total + 1 + cases))
}

caught() { # WHAT PATTERN COMMAND [ARGUMENT ...]: a mistake that must be found, in the library
    what=$1 pattern=$2
    shift 2
    status=0
    "$@" >$out/log 2>&1 || status=$?
    if [ $status -eq 0 ] || ! grep -qE "$pattern" $out/log; then
        head -40 $out/log >&2
        fail "$what was not found: status $status, no '$pattern'"
    fi
    total=$((total + 1))
}

in_library() { # WHAT: the last report names the library's functions
    grep -qE '(#|by 0x|at 0x).*pqh' $out/log || {
        cat $out/log >&2
        fail "$1 was found, but not in the library"
    }
}

# ---- address, undefined behaviour ---------------------------------------------------------------------------

# The names of functions come from llvm-symbolizer, or where there is none from binutils.
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:allow_addr2line=1
export UBSAN_OPTIONS=print_stacktrace=1:allow_addr2line=1
with_library=$(sh tests/sanitizers/library.sh address)

address() { # FOLDER/NAME: a program of the tests
    name=${1#*/}
    compile address,undefined "tests/$1.c" "$out/address/$name.o" -Wall -Wextra -Wpedantic -Werror
    link "$out/address/$name.o" "$out/address/$name" "$with_library"
    run "address, undefined: $1" "$out/address/$name"
}

# The compiler itself warns of some of them.
compile address,undefined tests/sanitizers/mistakes.c $out/address/mistakes.o -w
link $out/address/mistakes.o $out/address/mistakes "$with_library"
run 'address, undefined: a program without a mistake' $out/address/mistakes
mistakes=0
for number in 1 2 3 4 5 6 7 8 9; do
    caught "mistake $number" 'AddressSanitizer: ((heap|stack|global)-buffer-overflow|heap-use-after-free)' \
        $out/address/mistakes $number
    in_library "mistake $number"
    mistakes=$((mistakes + 1))
done
caught 'undefined behaviour' 'runtime error: shift exponent' $out/address/mistakes 10
caught 'a leak' 'LeakSanitizer: detected memory leaks' $out/address/mistakes 11
mistakes=$((mistakes + 2))

address sanitizers/exact
address c/null_overlap
address c/statuses
address c/prepared
address c/prehash
address c/sizes
address c/os_random_failure
for example in kem sign secure_memory sign_file; do
    compile address,undefined examples-c/$example.c $out/address/$example.o -Wall -Wextra -Wpedantic -Werror
    link $out/address/$example.o $out/examples/$example "$with_library"
done
run 'address, undefined: the examples' sh tests/examples/run.sh $out/examples
if [ "$depth" = whole ]; then
    address c/flips
    address c/points
    address c/threads
    address c/large
    compile address,undefined tests/c/vectors.c $out/address/vectors.o -Wall -Wextra -Wpedantic -Werror
    link $out/address/vectors.o $out/address/vectors "$with_library"
    run 'address, undefined: c/vectors' sh tests/c/vectors.sh "${PYTHON:-python3}" $out/address/vectors
    address faults/fork
    with_hook=$(sh tests/sanitizers/library.sh address platform-random)
    compile address,undefined tests/c/random_failure.c $out/address/random_failure.o -Wall -Wextra -Wpedantic -Werror
    link $out/address/random_failure.o $out/address/random_failure "$with_hook"
    run 'address, undefined: c/random_failure' $out/address/random_failure
fi

# ---- threads --------------------------------------------------------------------------------------------------

if [ "$depth" = whole ]; then
    export TSAN_OPTIONS=halt_on_error=1:allow_addr2line=1
    with_library=$(sh tests/sanitizers/library.sh thread)
    compile thread tests/sanitizers/race.c $out/thread/race.o -Wall -Wextra -Wpedantic -Werror
    link $out/thread/race.o $out/thread/race "$with_library"
    run 'thread: a state for each thread' $out/thread/race
    caught 'a race' 'ThreadSanitizer: data race' $out/thread/race together
    in_library 'a race'
    mistakes=$((mistakes + 1))
    # What sixteen threads do in two rounds, they do in twenty; here each takes twenty times as long.
    compile thread tests/c/threads.c $out/thread/threads.o -Wall -Wextra -Wpedantic -Werror -DROUNDS=2
    link $out/thread/threads.o $out/thread/threads "$with_library"
    run 'thread: c/threads' $out/thread/threads
fi

# ---- memcheck --------------------------------------------------------------------------------------------------

memcheck() { # PROGRAM [ARGUMENT ...]
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all "$@"
}

plain() { # SOURCE NAME
    "${CC:-cc}" -std=c99 -O1 -g -w -Iinclude -Itests/c -pthread "$1" libpqhybrid.a -o "$out/memcheck/$2"
}

plain tests/sanitizers/mistakes.c mistakes
run 'memcheck: a program without a mistake' memcheck $out/memcheck/mistakes
for number in 1 6 8; do
    caught "mistake $number, by memcheck" 'Invalid (read|write) of size' memcheck $out/memcheck/mistakes $number
    in_library "mistake $number, by memcheck"
done
caught 'a leak, by memcheck' 'definitely lost' memcheck $out/memcheck/mistakes 11
caught 'memory that was never written, by memcheck' 'depends on uninitialised' memcheck $out/memcheck/mistakes 12
mistakes=$((mistakes + 5))

for test in sanitizers/exact $([ "$depth" = quick ] || echo c/sizes c/null_overlap c/statuses c/prehash c/prepared); do
    plain "tests/$test.c" "${test#*/}"
    run "memcheck: $test" memcheck "$out/memcheck/${test#*/}"
done
for example in $([ "$depth" = quick ] && echo kem || echo kem sign secure_memory); do
    plain "examples-c/$example.c" "$example"
    run "memcheck: the example $example" memcheck "$out/memcheck/$example"
done

[ $total -gt 0 ] || fail 'nothing ran'
echo "report: hostile input | C tests and examples under the sanitizers of address and undefined behaviour$(
    [ "$depth" = quick ] || echo ' and threads'), the library instrumented, and under valgrind as shipped |" \
    "$total cases | no error; $mistakes mistakes made on purpose were all found"
echo "sanitizers: $total checks"
