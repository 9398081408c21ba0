#!/bin/sh
# Tests of the test: libraries that were broken on purpose, and lists that are wrong, each of which check.py must refuse, for
# the reason that it was broken for.
#
# usage: tests/machine-code/broken.sh      after tests/machine-code/run.sh has built the libraries
set -eu
python="${PYTHON:-python3} -B"
out=build/machine-code
# One name for all variants, so that their dependencies are compiled once.
variant=build/variants/machine-code
checks=0

fail() {
    echo "machine-code/broken: $*" >&2
    exit 1
}

refuses() { # WHAT BUILD LISTS PATTERN ...: check.py must fail, and say what fits each pattern
    what=$1 build=$2 lists=$3
    shift 3
    if $python tests/machine-code/check.py --lists "$lists" "$build" >"$out/broken.log" 2>&1; then
        fail "nothing is said about $what"
    fi
    for pattern; do
        grep -qE "$pattern" "$out/broken.log" ||
            fail "nothing that fits '$pattern' is said about $what, but: $(tail -n 5 "$out/broken.log")"
        checks=$((checks + 1))
    done
    echo "  refused: $what"
}

here=tests/machine-code

# ---- the project's own code panics, divides by secrets, and a panic is a loop ------------------------------

unwrap='s/u8::try_from(context.len()).map_err(|_| Error::ContextLength)?/u8::try_from(context.len()).unwrap()/'
index='s/self.bytes.get(..self.len).unwrap_or(&\[\])/\&self.bytes[..self.len]/'
# Of X448's scalar, in 8 bits, and of X25519's, in 64.
divide='s/\*first &= 0xfc;/*first = 251u8.checked_div(*first).unwrap_or(0);/'
wide='s/let mut shared = MontgomeryPoint(\*point)/let mut scalar = *scalar; scalar[0] ^= '
wide=$wide'(u64::MAX.checked_div(u64::from_le_bytes([scalar[1], scalar[2], scalar[3], scalar[4], scalar[5], scalar[6], '
wide=$wide'scalar[7], scalar[8]])).unwrap_or(0)) as u8; let scalar = \&scalar; let mut shared = MontgomeryPoint(*point)/'
of_arm='s/let mut clamped = \*scalar;/& clamped[0] ^= (u64::MAX.checked_div(u64::from_le_bytes([scalar[1], scalar[2], scalar[3], '
of_arm=$of_arm'scalar[4], scalar[5], scalar[6], scalar[7], scalar[8]])).unwrap_or(0)) as u8;/'
own='our own code'
broken() { # TARGET [FILE SED_SCRIPT ...]
    target=$1
    shift
    # There is no shared library on every target, and there may be that of another.
    rm -f "$variant"/*.so*
    TARGET=$target sh tests/variant.sh machine-code src/sig/composite.rs "$unwrap" src/bytes.rs "$index" \
        src/primitives/x448.rs "$divide" src/primitives/x25519.rs "$wide" "$@"
}
refuses_own() { # BUILD NARROW WIDE PLACE [PATTERN]: the places of what broken() did; of the divisions by their instructions
    refuses "an unwrap, an index and divisions by secrets in src/, in ${1%%=*}" "$1" $here \
        "libpqhybrid.a: unwrap_failed in pqhybrid sig/composite.rs message_representative, $own" \
        "libpqhybrid.a: slice_index_fail in pqhybrid bytes.rs as_slice, $own" \
        "$2 in pqhybrid primitives/x448.rs multiply: [0-9]+, and not listed" \
        "$3 in pqhybrid primitives/$4: [0-9]+, and not listed" ${5:+"$5"}
}
loop() { # INSTRUCTION: what makes the panic handler of a machine one that never ends
    echo "s/core::arch::asm!(\"$1\", options(noreturn, nomem, nostack))/loop { core::arch::asm!(\"nop\") }/"
}

broken thumbv8m.main-none-eabi src/ffi/trap.rs "$(loop 'udf #0')"
refuses_own "thumbv8m=$variant" 'udiv(ne)?' 'call-of-__aeabi_uldivmod' 'x25519.rs diffie_hellman' 'no panic function ends in a trap'
broken aarch64-unknown-linux-gnu src/ffi/trap.rs "$(loop 'brk #1')" src/primitives/curve25519/montgomery.rs "$of_arm"
refuses_own "aarch64=$variant" udiv udiv 'curve25519/montgomery.rs clamp' 'no panic function ends in a trap'
broken x86_64-unknown-linux-gnu
refuses_own "x86-64=$variant" 'div[bl]?' 'div[lq]?' 'x25519.rs diffie_hellman' "libpqhybrid.so: unwrap_failed in pqhybrid sig/composite.rs .*, $own"
root=$PWD
cp -R wasm LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES.md "$variant/sources"
(cd "$variant/sources" && CARGO_FOLDER="$root/build/variants/target" WASM_LD="$root/tests/machine-code/wasm-ld.sh" \
    sh tools/wasm.sh ../wasm scalar)
refuses 'an unwrap and an index in src/, in WebAssembly' "wasm=$variant/wasm/pqhybrid.wasm" $here \
    "unwrap_failed in pqhybrid sig/composite.rs message_representative, $own" \
    "slice_index_fail in pqhybrid bytes.rs as_slice, $own"
# One that traps in the end, but may loop before.
TARGET=x86_64-unknown-linux-gnu sh tests/variant.sh machine-code src/ffi/trap.rs \
    's/"ud2", options/"2: pause", "dec {0}", "jnz 2b", "ud2", in(reg) 99u64, options/'
refuses 'a loop before the trap' "x86-64=$variant" $here 'which does not return, has at .* jne .*is neither a step'

# ---- lists that are wrong --------------------------------------------------------------------------------

lists=$out/lists
build=thumbv8m=$out/thumbv8m
wrong() { # LIST SED_SCRIPT: in a copy of both
    rm -rf "$lists"
    mkdir -p "$lists"
    cp $here/panic-sites.txt $here/latency.txt "$lists"
    # Counts are compared for the compiler that the list names: let that be the one that is here.
    $python $here/check.py --lists "$lists" accept "$build" >/dev/null 2>&1 || true
    cp "$lists/$1" "$lists/before"
    sed -i -e "$2" "$lists/$1"
    ! cmp -s "$lists/before" "$lists/$1" || fail "nothing in $1 was changed by $2"
}
wrong latency.txt '/udiv:/d'
refuses 'a division that is not listed' "$build" "$lists" 'udiv in libcrux-ml-dsa sample.rs xy: [0-9]*, and not listed'
wrong panic-sites.txt '/^libcrux-ml-dsa sample.rs inside_out_shuffle$/,/why:/d'
refuses 'a place that is not listed' "$build" "$lists" 'in libcrux-ml-dsa sample.rs inside_out_shuffle: [0-9]*, and not listed'
wrong panic-sites.txt '/^libcrux-ml-kem .* compare$/,/why:/s/thumbv8m 1/thumbv8m 0/'
refuses 'a place that is new' "$build" "$lists" 'compare: 1, but 0 are listed'
wrong panic-sites.txt '/^libcrux-ml-kem .* compare$/,/why:/s/thumbv8m 1/thumbv8m 2/'
refuses 'a place that is gone' "$build" "$lists" 'compare: 2 are listed .*, but there are 1'
wrong panic-sites.txt '/^libcrux-ml-dsa sample.rs inside_out_shuffle$/,/why:/s/why: .*/why:/'
refuses 'a place without a reason' "$build" "$lists" 'libcrux-ml-dsa sample.rs inside_out_shuffle has no reason'
wrong panic-sites.txt '/^ceilings:/s/thumbv8m [0-9]*/thumbv8m 40/'
refuses 'more than the ceiling' "$build" "$lists" 'thumbv8m: [0-9]+ places, over 40, the ceiling in'
wrong panic-sites.txt '/^ceilings:/s/ thumbv8m [0-9]*,//'
refuses 'a build without a ceiling' "$build" "$lists" 'names no ceiling for it'

# The same for lists of another compiler: not the counts, but the functions must be listed.
other='/^compilers:/s/[0-9]*\.[0-9]*\.[0-9]*/1.0.0/g'
wrong panic-sites.txt "$other"
sed -i -e "$other" "$lists/latency.txt"
$python $here/check.py --lists "$lists" "$build" >"$out/broken.log" 2>&1 ||
    fail "lists of another compiler are refused: $(tail -n 5 "$out/broken.log")"
said='listed for 1\.0\.0, this is [0-9.]*: counts not compared, functions are'
for pattern in "^  panic-sites.txt, thumbv8m: $said" "^  latency.txt, thumbv8m: $said" "^report: panics .*thumbv8m $said" \
    "^report: constant time .*thumbv8m $said"; do
    grep -qE "$pattern" "$out/broken.log" || fail "nothing that fits '$pattern' is said with lists of another compiler"
    checks=$((checks + 1))
done
echo '  said: the lists are of another compiler'
wrong panic-sites.txt "$other; /^libcrux-ml-dsa sample.rs inside_out_shuffle$/,/why:/d"
refuses 'a place that is not listed, by lists of another compiler' "$build" "$lists" \
    'in libcrux-ml-dsa sample.rs inside_out_shuffle: [0-9]*, and not listed .* run .*run.sh accept.*reason'
wrong latency.txt "$other; /udiv:/d"
refuses 'a division that is not listed, by lists of another compiler' "$build" "$lists" \
    'udiv in libcrux-ml-dsa sample.rs xy: [0-9]*, and not listed'
wrong panic-sites.txt "$other; /^libcrux-ml-dsa /,/why:/s/thumbv8m [0-9]*/thumbv8m 1/"
refuses 'more than a quarter more, by lists of another compiler' "$build" "$lists" \
    'thumbv8m: [0-9]+ places, over [0-9]+, a quarter more than are listed'
wrong panic-sites.txt "$other; /^ceilings:/s/thumbv8m [0-9]*/thumbv8m 40/"
refuses 'more than the ceiling, by lists of another compiler' "$build" "$lists" 'over 40, the ceiling in .* every compiler'
echo "machine-code/broken: $checks checks"
