#!/bin/sh
# Builds the library with a sanitizer in its Rust code, and says on standard output how to link it. Instrumented are
# this library, its dependencies, and what of Rust's core is generic or inlined; core's own object code comes as it is
# with Rust. Integer overflow and the preconditions of core's unsafe functions are checked as in a debug build, and end
# in a trap.
#
# usage: tests/sanitizers/library.sh address|thread [FEATURE ...]
# The archive and the runtime are Rust's; compile with -fsanitize=, but link without: gcc would add its own runtime.
set -eu
sanitizer=$1
shift
folder=build/sanitizers/$sanitizer
target=x86_64-unknown-linux-gnu

fail() {
    echo "sanitizers: $*" >&2
    exit 1
}

[ "$(uname -sm)" = 'Linux x86_64' ] || fail 'this test needs Linux on x86-64'
sysroot=$("${RUSTC:-rustc}" --print sysroot)
runtime=''
for found in "$sysroot/lib/rustlib/$target/lib"/librustc-*_rt."$(echo "$sanitizer" | cut -c 1)"san.a; do
    [ ! -e "$found" ] || runtime=$found
done
[ -n "$runtime" ] || fail "this Rust comes without the runtime of the $sanitizer sanitizer: use rustup's, which has it"

# Sanitizers are unstable options of rustc. Rust's core is not built along: the mismatch is deliberate. Without the
# optimisation across crates it is built in a minute.
mkdir -p "$folder"
unset CARGO_ENCODED_RUSTFLAGS
RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true \
    CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
    RUSTFLAGS="-Zsanitizer=$sanitizer -Cunsafe-allow-abi-mismatch=sanitizer $(sh tests/levels.sh flags best)" \
    "${CARGO:-cargo}" rustc -q --release --locked --lib --crate-type staticlib --target "$target" \
    --target-dir "$folder" --no-default-features \
    --features "mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448 $*" >&2
archive=$folder/libpqhybrid${1:+-$1}.a
cp "$folder/$target/release/libpqhybrid.a" "$archive"
# The checks are there, whatever cargo was told by other settings of the user.
[ "$(strings -a "$archive" | grep -c 'panic_const_[a-z]*_overflow')" -gt 0 ] ||
    fail "$archive does not check for overflow"

# core's object code names the function that unwinding would need; nothing unwinds.
echo "$archive -Wl,--whole-archive $runtime -Wl,--no-whole-archive -Wl,--export-dynamic" \
    "-Wl,--defsym=rust_eh_personality=abort -pthread -ldl -lm -lrt"
