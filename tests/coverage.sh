#!/bin/sh
# Line coverage of src/ by the Rust tests and the C tests together: lines reached, file by file, and every line that no test
# reaches. Such a line must be in uncovered.txt, with the reason; one that is not, or that is listed there and reached, is a
# failure. The sources with counts are in build/coverage/text.
#
# usage: tests/coverage.sh      (CARGO, RUSTC, CC, PYTHON and PQHYBRID_VECTORS from the environment)
set -eu
here=$(pwd)
out=$here/build/coverage
rustc=${RUSTC:-rustc}
python=${PYTHON:-python3}

fail() {
    echo "coverage: $*" >&2
    exit 1
}

# The tools must be of the compiler's LLVM: its own, where rustup has them, or the system's of that version.
llvm=$("$rustc" -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
machine=$("$rustc" -vV | sed -n 's/^host: //p')
own=$("$rustc" --print sysroot)/lib/rustlib/$machine/bin
if [ -x "$own/llvm-profdata" ] && [ -x "$own/llvm-cov" ]; then
    profdata=$own/llvm-profdata cov=$own/llvm-cov
elif command -v "llvm-profdata-$llvm" >/dev/null && command -v "llvm-cov-$llvm" >/dev/null; then
    profdata=llvm-profdata-$llvm cov=llvm-cov-$llvm
else
    fail "llvm-profdata and llvm-cov $llvm are missing: run 'rustup component add llvm-tools', or install llvm-$llvm (apt-get install llvm-$llvm)"
fi

[ "${machine%%-*}" != x86_64 ] || command -v qemu-x86_64-static >/dev/null ||
    fail 'qemu-x86_64-static is missing: install qemu-user-static'
# Each build is counted by itself: a function of the same name may differ between them.
rm -rf "$out/builds"
mkdir -p "$out/builds"
export RUSTC_WORKSPACE_WRAPPER="$here/tests/coverage/rustc.sh"
unset CARGO_TARGET_DIR CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS
RUSTFLAGS=$(sh tests/levels.sh flags best)
export RUSTFLAGS

# ---- the tests ---------------------------------------------------------------------------------

# Compiles the library and some of the Rust tests; anew, because cargo puts the archive of every choice of features in the
# same place.
build() { # NAME CARGO_ARGUMENT ...
    in=$out/builds/$1
    shift
    mkdir "$in"
    export LLVM_PROFILE_FILE="$in/%p-%m.profraw"
    rm -rf "$out"/target/mutants/.fingerprint/pqhybrid-*
    "${CARGO:-cargo}" test -q --locked --profile mutants --target-dir "$out/target" --no-run --message-format=json "$@" >"$in/built"
    cp "$out/target/mutants/deps/libpqhybrid.a" "$in"
}

rust() { # runs the Rust tests that were built
    sed -n '/"kind":\["test"\]/s/.*"executable":"\([^"]*\)".*/\1/p' "$in/built" >"$in/tests"
    while read -r program; do
        cp "$program" "$in"
        "$program" --nocapture || fail "$program failed"
        echo "$in/${program##*/}" >>"$in/objects"
    done <"$in/tests"
}

c() { # PROGRAM [ARGUMENT]: a test of tests/c
    # As rustc does where it links itself: what writes the counters down is nobody's to call.
    "${CC:-cc}" -std=c99 -O1 -pthread -Iinclude "tests/c/$1.c" "$in/libpqhybrid.a" -Wl,-u,__llvm_profile_runtime -o "$in/$1"
    "$in/$1" ${2:+"$2"} || fail "$1 failed"
    echo "$in/$1" >>"$in/objects"
}

{
    build default --tests
    rust
    for program in sizes information statuses prehash prehash_states null_overlap os_random_failure threads points flips prepared; do
        c $program
    done
    rm -f "$out/vectors.txt"
    "$python" tests/vectors_to_text.py "$out/vectors.txt"
    [ ! -e "$out/vectors.txt" ] || c vectors "$out/vectors.txt"
    if [ "${machine%%-*}" = x86_64 ]; then
        # The code for processors without AVX2, and what chooses.
        RUSTFLAGS=$(sh tests/levels.sh flags x86-64) build baseline --features levels --test level
        rust
        c statuses
        qemu-x86_64-static -cpu core2duo "$in/statuses"
        # What the level with IFMA does otherwise.
        RUSTFLAGS=$(sh tests/levels.sh flags x86-64-v3) build v3 --test field25519 --test edwards25519 --test curve25519
        rust
    fi
    # What other features compile in.
    build checked --features verify-after-sign --test faults
    rust
    for program in statuses prehash prepared; do c $program; done
    build small --features small --test xwing
    rust
    c statuses
    # A Rust program would lack the hook: none of them runs.
    build hook --features platform-random --test mutants
    c random_failure
} >"$out/log" 2>&1 || {
    cat "$out/log" >&2
    fail 'a test failed'
}
cat "$out/log"

# ---- what they reached -------------------------------------------------------------------------

rm -rf "$out/text"
for in in "$out"/builds/*; do
    "$profdata" merge --sparse "$in"/*.profraw -o "$in/merged"
    set --
    while read -r object; do
        set -- "$@" --object "$object"
    done <"$in/objects"
    "$cov" export --format=lcov --instr-profile "$in/merged" --sources "$here/src" "$@" >"$in/lcov"
    "$cov" show --instr-profile "$in/merged" --output-dir "$out/text/${in##*/}" --show-instantiations=false --sources "$here/src" "$@"
done
"$python" -B tests/coverage/report.py tests/coverage/uncovered.txt "$out"/builds/*/lcov
