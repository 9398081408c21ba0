#!/bin/sh
# Constant time: every operation that knows a secret runs through the shipped archive under valgrind, which reports each
# branch and each address that depends on one. What it may report, and why that is public, is in declassified.toml.
#
# usage: tests/constant-time/run.sh quick|whole
# quick: the release profile, on each level but those with AVX-512, which valgrind lacks, one key and message each. whole: also the size
# profile, many keys and messages, reports without line numbers, which must count as leaks, and a library that leaks on
# purpose, whose three leaks must be found.
# Needs x86-64, valgrind with its headers (Debian: valgrind), a C compiler and Python 3.11. SEEDS=N and FIRST_SEED=N
# choose other keys and messages.
set -eu
depth=${1:-}
here=tests/constant-time
out=build/constant-time
cc=${CC:-cc}
python=${PYTHON:-python3}

fail() {
    echo "constant-time: $*" >&2
    exit 1
}

case $depth in
quick) seeds=${SEEDS:-1} ;;
whole) seeds=${SEEDS:-4} ;;
*)
    echo 'usage: tests/constant-time/run.sh quick|whole' >&2
    exit 2
    ;;
esac
[ "$(uname -m)" = x86_64 ] || fail 'this test is for x86-64; tests/machine-code examines the code for other machines'
command -v valgrind >/dev/null || fail 'valgrind is not installed: sudo apt-get install valgrind'
echo '#include <valgrind/memcheck.h>' | "$cc" -fsyntax-only -x c - 2>/dev/null ||
    fail "valgrind's headers are not installed: sudo apt-get install valgrind"
sh tests/levels.sh | grep -qx x86-64-v3 || fail 'this CPU lacks AVX2 or BMI2, so that half of the code could not be examined'
"$python" -c 'import tomllib' 2>/dev/null || fail "$python is older than 3.11"
mkdir -p "$out"

# The library of a build, with the test linked to it.
prepare() { # NAME FOLDER
    "$python" -B $here/instrument.py "$2/libpqhybrid.a" "$2/unstripped.a" "$out/$1.o" || exit 1
    # shellcheck disable=SC2086 # flags
    "$cc" -std=c99 ${CFLAGS:--O2 -g} -Wall -Wextra -Wpedantic -Werror -Iinclude -Itests/c \
        $here/constant_time.c "$out/$1.o" -o "$out/$1"
}

# One run; valgrind's reports go into a file, with how often each was seen in the end (-s).
run() { # NAME LEVEL SEEDS
    status=0
    valgrind -q -s --error-limit=no --read-inline-info=yes --num-callers=40 --fullpath-after= \
        --expensive-definedness-checks=yes --sigill-diagnostics=no --log-file="$out/$1-$2.log" \
        "$out/$1" "$2" "${FIRST_SEED:-1}" "$3" >"$out/$1-$2.out" 2>&1 || status=$?
    sed "s/^constant-time:/& $1:/" "$out/$1-$2.out"
    [ "$status" -eq 0 ] || fail "the $1 build on $2 ended with status $status"
}

prepare release build/lib
runs=''
builds=release
if [ "$depth" = whole ]; then
    prepare size build/size
    builds='release size'
fi
for build in $builds; do
    # Side by side: most machines have two cores.
    run "$build" x86-64-v3 "$seeds" &
    other=$!
    run "$build" x86-64 "$seeds"
    wait "$other"
    runs="$runs $out/$build-x86-64-v3.log:$build:x86-64-v3 $out/$build-x86-64.log:$build:x86-64"
done
# shellcheck disable=SC2086 # a list
"$python" -B $here/match.py $runs
[ "$depth" = whole ] || exit 0

# A report without a line number, as the compiler leaves some, cannot be listed: it must count as a leak.
sed '/^==[0-9]*== *at /s/:[0-9]*)$/:0)/' "$out/release-x86-64-v3.log" >"$out/no-lines.log"
! "$python" -B $here/match.py "$out/no-lines.log:release:x86-64-v3" >"$out/no-lines.out" 2>&1 ||
    fail 'nothing is said about reports without line numbers'
grep -q 'on a secret in .*, without line information$' "$out/no-lines.out" ||
    fail "about reports without line numbers is said: $(tail -n 1 "$out/no-lines.out")"
rm -f "$out"/no-lines.* "$out"/release-*.log "$out"/size-*.log

# A library that leaks: a comparison that ends at the first difference, a branch on a bit of a secret key, and a table
# that is indexed by a byte of one.
compare='s/a\.ct_eq(b)\.into()/a.iter().zip(b).all(|(a, b)| core::hint::black_box(a) == b)/; /^use subtle::/d'
branch='/^    pub fn decaps/,/^    }/s/let (ct_m, ct_x) = split(ct)?;/&\
        if self.sk_x[0] \& 1 == 1 {\
            core::hint::black_box(ct_m);\
        }/'
table='/^    pub fn sign/,/^    }/s/let (sig_m, sig_e) = split_mut(sig)?;/&\
        core::hint::black_box(LABEL[usize::from(self.key_m.as_bytes()[40] \& 15)]);/'
sh tests/variant.sh constant-time-leaks src/memory.rs "$compare" \
    src/kem/mlkem768_x25519.rs "$branch" src/sig/mldsa65_ed25519.rs "$table"
prepare leaky build/variants/constant-time-leaks
run leaky x86-64-v3 1
"$python" -B $here/match.py "$out/leaky-x86-64-v3.log:leaky:x86-64-v3" --sources build/variants/constant-time-leaks/sources \
    --leaks src/memory.rs:ct_equal:branch src/kem/mlkem768_x25519.rs:decaps:branch \
    src/sig/mldsa65_ed25519.rs:sign:address
