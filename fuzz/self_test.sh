#!/bin/sh
# The test of the fuzzing: libraries that are broken on purpose, one defect for each target, and two more that read out
# of bounds and panic. Each must be found within a minute, in the words of the check that is there for it.
#
# usage: fuzz/self_test.sh        (fuzz/run.sh self-test)
set -eu
cd "$(dirname "$0")/.."
work=build/fuzz
programs=$work/target/$("${RUSTC:-rustc}" -vV | sed -n 's/^host: //p')/release
cases=0

# A copy of the sources in which each script has changed its file, built.
broken() { # NAME FILE SED_SCRIPT ...
    tree=$work/broken/$1
    shift
    rm -rf "$tree"
    mkdir -p "$tree"
    cp -R Cargo.toml Cargo.lock src keccak fuzz "$tree"
    while [ $# -gt 0 ]; do
        sed -i.before -e "$2" "$tree/$1"
        ! cmp -s "$tree/$1" "$tree/$1.before" || {
            echo "fuzz: self-test: nothing in $1 was changed by $2" >&2
            exit 1
        }
        rm "$tree/$1.before"
        shift 2
    done
    sh fuzz/run.sh build "$tree/fuzz"
}

finds() { # TARGET, PATTERN of what it must say, WHAT is broken
    log=$work/broken/$1.log
    mkdir -p "$work/broken/crashes"
    started=$(date +%s)
    if RUST_BACKTRACE=0 "$programs/$1" -max_total_time=60 -timeout=60 -max_len=2048 -dict=fuzz/dictionary \
        "-artifact_prefix=$work/broken/crashes/" "fuzz/seeds/$1" >"$log" 2>&1; then
        echo "fuzz: self-test: $1 did not find in a minute that $3" >&2
        exit 1
    fi
    grep -qE "$2" "$log" || {
        echo "fuzz: self-test: $1 found something else than that $3: see $log" >&2
        exit 1
    }
    echo "fuzz: self-test: in $(($(date +%s) - started)) s $1 finds that $3"
    cases=$((cases + 1))
}

echo 'fuzz: self-test: building two broken libraries (a minute each)'
broken wrong \
    src/ffi/kem.rs 's/fence::both_or_nothing(ct, ss, |ct, ss| encaps(ct, ss, coins, pk))/encaps(ct, ss, coins, pk)/' \
    src/sig/mldsa65_ed25519.rs 's/ed25519::verify(\(.*\))?;/let _ = ed25519::verify(\1);/' \
    src/primitives/sponge.rs 's/if self.filled == RATE {/if self.filled > RATE {/' \
    src/ffi/memory.rs 's/(data.cast::<u8>(), len)/(data.cast::<u8>(), len.saturating_sub(1))/' \
    src/ffi/fence.rs 's/!empty \&\& self.start < /!empty \&\& self.start.wrapping_add(1) < /' \
    src/kem/mlkem1024_x448.rs 's/b"MLKEM1024-X448"/b"MLKEM1024-X449"/' \
    src/sig/mldsa87_ed448.rs 's/b"COMPSIG-MLDSA87-Ed448-SHAKE256"/b"COMPSIG-MLDSA87-Ed448-SHAKE257"/'
finds kem 'left an output that is not zero' 'encaps_derand leaves a ciphertext when it fails'
finds sig 'what was changed verifies' 'verify of MLDSA65-Ed25519 looks at one half only'
finds prehash 'in pieces, the digest is another' 'SHAKE256 forgets to permute when a block fills up byte by byte'
finds memory_and_status 'secure_wipe did not wipe that alone' 'secure_wipe leaves the last byte'
finds fence 'should have refused its arguments|AddressSanitizer' 'an overlap of a single byte is let through'
finds kem_differential 'another encapsulation' 'the label of MLKEM1024-X448 is another'
finds sig_differential 'another signature|the halves verify elsewhere' 'the label of MLDSA87-Ed448 is another'
broken memory \
    src/ffi/kem.rs 's/input(ct, CT), input(sk, SK)\], || {$/& let _ = unsafe { ct.add(CT).read_volatile() };/' \
    src/ffi/sig.rs 's/^    if \*name != P::NAME {/    let _ = name[usize::from(saved[247])];\n&/'
finds kem 'AddressSanitizer: heap-buffer-overflow' 'decaps reads a byte behind the ciphertext'
finds prehash 'index out of bounds' 'a prehash state that was made up leads to a panic'
echo "fuzz self-test: $cases cases"
echo "report: hostile input | defects planted on purpose, for fuzzing to find | $cases | each found within a minute"
