# pqhybrid beside other Rust libraries in one C program: one with Rust's standard library, one without it and with a
# panic handler of its own. A part of run.sh.

rust=$scratch/rust
mkdir "$rust"
static_library() { "${RUSTC:-rustc}" --edition 2024 -O --crate-type staticlib "$@"; }
static_library tests/installed/other_std.rs -o "$rust/std.a"
static_library -C panic=abort -C lto=fat tests/installed/other_core.rs -o "$rust/core.a"
# What Rust's standard library needs of the system.
system='-lpthread -ldl -lm -lgcc_s'

beside() { # DEFINES LIBRARY...: one program, the libraries in that order
    defines=$1
    shift
    # shellcheck disable=SC2086 # lists
    check "does not link: $*" "$cc" -Wall -Wextra -Werror $defines -I"$simple/include" \
        tests/installed/two_rust.c "$@" $system -o "$rust/program"
    prints 'all Rust libraries work' "$rust/program"
}

ours=$simple/lib/libpqhybrid.a
beside -DWITH_STD "$ours" "$rust/std.a"
beside -DWITH_STD "$rust/std.a" "$ours"
beside -DWITH_CORE "$ours" "$rust/core.a"
beside -DWITH_CORE "$rust/core.a" "$ours"
# The same with every member of the archives, used or not; of the one without std only ours, for what Rust brings along
# in it does not link unused.
beside -DWITH_STD -Wl,--whole-archive "$ours" "$rust/std.a" -Wl,--no-whole-archive
beside -DWITH_CORE -Wl,--whole-archive "$ours" -Wl,--no-whole-archive "$rust/core.a"

# All three in one program.
both='-DWITH_STD -DWITH_CORE'
beside "$both" "$ours" "$rust/std.a" "$rust/core.a"
beside "$both" "$rust/core.a" "$rust/std.a" "$ours"
beside "$both" "$rust/std.a" "$ours" "$rust/core.a"

# It is not so by itself: without link-time optimisation, a library with a panic handler clashes with the standard one.
static_library -C panic=abort tests/installed/other_core.rs -o "$rust/clash.a"
# shellcheck disable=SC2086
says 'multiple definition of .*rust_begin_unwind' "$cc" -DWITH_STD -DWITH_CORE -I"$simple/include" \
    tests/installed/two_rust.c "$ours" "$rust/std.a" "$rust/clash.a" $system -o "$rust/program"
