#!/bin/sh
# Judges one mutant: links the C tests, which run.sh has compiled, with the library that cargo has just built from the
# mutant, and runs them, the quick and decisive ones first. Succeeds if the library is as it was.
#
# usage: tests/mutants/judge.sh FOLDER      where cargo has put libpqhybrid.a; called by judge.rs
# MUTANTS (a folder of run.sh) and MUTANTS_BUILD (host, primitives, curve25519, checked, small, platform-random or wasm) come from the
# environment.
set -eu
folder=$1
objects=$MUTANTS/objects
programs=$MUTANTS/programs
mkdir -p "$programs"

# The number of programs makes a name of a test that was lost a failure, not a silence.
ran=0
run() { # PROGRAM: its output on the terminal, for the log
    program=$programs/$1
    rm -f "$program"
    # The shared library links in no time. With the static one memset can be watched, and the program can bring a function.
    case $1 in
    scrubbing) set -- "$objects/$1.o" "$folder/libpqhybrid.a" -Wl,--gc-sections -Wl,--wrap=memset ;;
    random_failure) set -- "$objects/$1.o" "$folder/libpqhybrid.a" -Wl,--gc-sections ;;
    *) set -- "$objects/$1.o" "$folder/libpqhybrid.so" ;;
    esac
    "${CC:-cc}" "$@" -o "$program"
    case $program in
    */vectors) [ ! -e "$MUTANTS/vectors.txt" ] || "$program" "$MUTANTS/vectors.txt" ;;
    *) "$program" ;;
    esac
    ran=$((ran + 1))
}

# How much is scrubbed must be what the library scrubbed before it was changed, which is judged first.
same() {
    [ -e "$MUTANTS/scrubbed-$MUTANTS_BUILD" ] || cp "$programs/scrubbed" "$MUTANTS/scrubbed-$MUTANTS_BUILD"
    cmp "$programs/scrubbed" "$MUTANTS/scrubbed-$MUTANTS_BUILD"
}
scrubbing() {
    run scrubbing >"$programs/scrubbed"
    same
}

case $MUTANTS_BUILD in
host | primitives | curve25519)
    run sizes
    scrubbing
    for program in information vectors statuses null_overlap os_random_failure prehash prehash_states points prepared; do run $program; done
    wanted=11
    ;;
checked)
    for program in sizes vectors statuses prehash prepared; do run $program; done
    wanted=5
    ;;
small)
    run sizes
    scrubbing
    wanted=2
    ;;
platform-random)
    run random_failure
    wanted=1
    ;;
wasm)
    # In seconds, not as it is shipped; so it is not scrubbed as deep as it reaches, and tests/wasm/module.mjs is good for the
    # allocator only, which is its first part.
    RUSTFLAGS='' CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_DEBUG=0 \
        CARGO_PROFILE_RELEASE_INCREMENTAL=true PROFILE=release CARGO_FOLDER="$CARGO_TARGET_DIR/wasm" \
        sh tools/wasm.sh "$MUTANTS/wasm" scalar
    module=$MUTANTS/wasm/pqhybrid.wasm
    sed '/^\/\/ ---- the stack/q' tests/wasm/module.mjs >tests/wasm/allocator.mjs
    echo "done('wasm/module allocator');" >>tests/wasm/allocator.mjs
    "${NODE:-node}" tests/wasm/allocator.mjs abi/versions "$module"
    "${NODE:-node}" tests/wasm/seal.mjs "$module"
    "${NODE:-node}" tests/mutants/scrubbing.mjs "$module" >"$programs/scrubbed"
    same
    ran=3 wanted=3
    ;;
*)
    echo "judge: MUTANTS_BUILD is $MUTANTS_BUILD" >&2
    exit 2
    ;;
esac
[ "$ran" -eq "$wanted" ] || {
    echo "judge: $ran programs ran, not $wanted" >&2
    exit 1
}
