#!/bin/sh
# Mutation testing: cargo-mutants changes one place of src/ after the other, builds the library and asks whether a test
# notices. What no test notices must be in survivors.txt, with the reason why it does no harm; whatever else survives, or is
# listed there and does not, is a failure.
#
# usage: tests/mutants/run.sh [PLACE ...]      PLACE is a file or folder, such as src/kem; by default all of src
# CARGO, CC, PYTHON, NODE and PQHYBRID_VECTORS come from the environment. What cargo-mutants wrote is in build/mutants.
#
# A library for another machine or with another feature has code of its own, which is changed and judged in a run of its own:
# host, primitives and curve25519 (the same library, compiled for the best level of this CPU), levels (the choice of one),
# checked (verify-after-sign), small (as the size profile), platform-random, wasm. judge.sh says which tests see a mutant. The crate in
# keccak/ is judged by tests/keccak.rs, without this.
set -eu
version=27.1.0
here=$(pwd)
work=$here/build/mutants
python=${PYTHON:-python3}
PQHYBRID_VECTORS=$(cd "${PQHYBRID_VECTORS:-../shared/vectors}" 2>/dev/null && pwd || echo /nowhere)
export MUTANTS="$work" PQHYBRID_VECTORS PATH="$here/build/tools/bin:$PATH"
# What does not change is built once for all runs.
export CARGO_TARGET_DIR="$work/target"
export RUSTC_WORKSPACE_WRAPPER="$here/tests/mutants/rustc.sh"
unset CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS
RUSTFLAGS=$(sh tests/levels.sh flags best)
PQHYBRID_BACKEND=$(sh tests/levels.sh | tail -n 1) # so that information.c expects what the mutants are compiled for
export RUSTFLAGS PQHYBRID_BACKEND

fail() {
    echo "mutants: $*" >&2
    exit 1
}

if [ "$(cargo-mutants mutants --version 2>/dev/null)" != "cargo-mutants $version" ]; then
    echo "installing cargo-mutants $version into build/tools"
    "${CARGO:-cargo}" install -q --locked --root build/tools --version "$version" cargo-mutants ||
        fail "cargo-mutants $version is missing and cannot be installed: it needs crates.io"
fi

command -v "${NODE:-node}" >/dev/null || fail 'Node.js is missing: install nodejs'

# ---- the tests ---------------------------------------------------------------------------------

rm -rf "$work/objects" "$work/programs" "$work"/scrubbed-*
mkdir -p "$work/objects"
for source in tests/c/sizes.c tests/c/information.c tests/c/vectors.c tests/c/statuses.c tests/c/prehash.c \
    tests/c/prehash_states.c tests/c/null_overlap.c tests/c/prepared.c tests/c/os_random_failure.c tests/c/random_failure.c \
    tests/c/points.c tests/mutants/scrubbing.c; do
    name=${source##*/}
    "${CC:-cc}" -std=c99 -O1 -Iinclude -Itests/c -c "$source" -o "$work/objects/${name%.c}.o"
done
rm -f "$work/vectors.txt"
"$python" tests/vectors_to_text.py "$work/vectors.txt"
# Without them a change of the constructions' own bytes could go unnoticed, so that nothing would be shown.
[ -e "$work/vectors.txt" ] || fail 'the published vectors are missing: set PQHYBRID_VECTORS, see tests/README.md'

# ---- what is changed in which run --------------------------------------------------------------

# The patterns below are cargo-mutants' own.
set -f

# The lines of a file from one that contains a text to the end of that item, as a pattern of cargo-mutants.
item() { # FILE TEXT
    awk -v text="$2" '!from && index($0, text) { from = NR } from && /^}/ { exit } from { printf "%s%d", or, NR; or = "|" }' \
        "$1" >"$work/lines"
    [ -s "$work/lines" ] || fail "$1 has nothing that begins with $2"
    printf '^%s:(%s):' "$1" "$(cat "$work/lines")"
}
level=$(item src/primitives/cpu.rs 'impl Cpuid {')
small=$(item src/ffi/depth.rs 'mod x86_64_small {')
wasm=$(item src/ffi/depth.rs 'mod wasm {')
hook=$(item src/ffi/random.rs '#[cfg(any(feature = "platform-random", target_os = "none", target_os = "unknown"))]')
check_65=$(item src/sig/mldsa65_ed25519.rs 'public key of `sk`, which is derived anew')
check_87=$(item src/sig/mldsa87_ed448.rs 'public key of `sk`, which is derived anew')
prepared_65=$(item src/sig/mldsa65_ed25519.rs '    pub fn check(')
prepared_87=$(item src/sig/mldsa87_ed448.rs '    pub fn check(')
let_out=$(item src/ffi/sig.rs 'fn let_out')
again=$(item src/ffi/sig.rs 'fn digest_again')
check="$check_65|$check_87|$prepared_65|$prepared_87|$let_out|$again"

places=''
for place; do
    [ -e "$place" ] || fail "there is no $place"
    place=${place%/}
    [ ! -d "$place" ] || place="$place/**"
    places="$places --file $place"
done

# A run in which nothing is to be changed is no failure here; report.py fails if that is so in all of them.
mutants() { # NAME CARGO_MUTANTS_ARGUMENT ...
    MUTANTS_BUILD=$1
    export MUTANTS_BUILD
    shift
    rm -rf "$work/$MUTANTS_BUILD"
    mkdir -p "$work/$MUTANTS_BUILD"
    # shellcheck disable=SC2086 # a list
    cargo-mutants mutants $places "$@" --list >"$work/list" || fail 'cargo-mutants cannot list what it would change'
    count=$(wc -l <"$work/list")
    [ "$count" -gt 0 ] || return 0
    printf '== %s: %s mutants\n' "$MUTANTS_BUILD" "$count"
    status=0
    # shellcheck disable=SC2086 # a list
    nice cargo-mutants mutants $places "$@" --gitignore true --output "$work/$MUTANTS_BUILD" --jobs 1 --no-times --colors never \
        --cargo-arg=--locked $tests || status=$?
    # Survivors and timeouts are report.py's business; anything else is not.
    case $status in
    0 | 2 | 3) ;;
    *) fail "cargo-mutants failed with status $status: see $work/$MUTANTS_BUILD/mutants.out/log" ;;
    esac
}

tests='--cargo-arg=--test=mutants'
mutants host --exclude 'src/primitives/**' --exclude src/ffi/wasm.rs --exclude src/ffi/level.rs --exclude-re "$small" --exclude-re "$wasm" --exclude-re "$hook" \
    --exclude-re "$check"
tests='--cargo-arg=--test=mutants --cargo-arg=--test=eddsa_rule --cargo-arg=--test=eddsa_mixed_order --cargo-arg=--test=low_order'
mutants primitives --exclude 'src/primitives/curve25519/**' --exclude-re "$level" --re '^src/primitives/'
tests="$tests --cargo-arg=--test=field25519 --cargo-arg=--test=ifma25519 --cargo-arg=--test=edwards25519 --cargo-arg=--test=curve25519"
mutants ifma --re '^src/primitives/curve25519/x86_64/ifma/'
# The rest serves processors without IFMA.
best=$RUSTFLAGS
RUSTFLAGS=$(sh tests/levels.sh flags x86-64-v3) PQHYBRID_BACKEND=x86-64-v3
mutants curve25519 --exclude 'src/primitives/curve25519/aarch64/**' --exclude 'src/primitives/curve25519/x86_64/ifma/**' --re '^src/primitives/curve25519/'
RUSTFLAGS=$best PQHYBRID_BACKEND=$(sh tests/levels.sh | tail -n 1)
tests='--cargo-arg=--test=level'
mutants levels --features levels --re '^src/ffi/level\.rs:' --re "$level"
tests='--cargo-arg=--test=mutants --cargo-arg=--test=faults'
mutants checked --features verify-after-sign --re "$check"
tests='--cargo-arg=--test=mutants'
mutants small --features small --re "$small"
mutants platform-random --features platform-random --re "$hook"
mutants wasm --re "$wasm" --re '^src/ffi/wasm\.rs:'
"$python" -B tests/mutants/report.py "$work" tests/mutants/survivors.txt ${1:+--part}
