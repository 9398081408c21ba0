#!/bin/sh
# Builds other people's libraries, which takes some minutes the first time, and measures this one beside them. Nothing
# of them is part of the library.
#
# usage: bench/run.sh [--quick] [--seconds N] [--only TEXT] [--out FOLDER]      bench/run.sh --help says what they mean
# The library is that of build/lib, or of PQHYBRID_BENCH_LIBRARY. LIBCLANG_PATH is a folder with libclang, if it is not
# in a usual place. CARGO, CC, PYTHON and PQHYBRID_VECTORS come from the environment as well.
set -eu
cd "${0%/*}/.."
work=$PWD/build/bench
library=${PQHYBRID_BENCH_LIBRARY:-$PWD/build/lib}
cargo=${CARGO:-cargo}
mkdir -p "$work"

fail() {
    echo "bench: $*" >&2
    exit 1
}

[ -e "$library/libpqhybrid.a" ] || fail "$library/libpqhybrid.a is missing: run 'make build'"
command -v perl >/dev/null || fail "OpenSSL's build needs perl: install it"
command -v make >/dev/null || fail 'OpenSSL and libsodium need make: install it'
command -v cmake >/dev/null || fail 'liboqs needs cmake: install it'
command -v "${CC:-cc}" >/dev/null || fail 'a C compiler is needed: install gcc or clang'

# liboqs's package reads headers with libclang. The one that pip has comes without headers of its own: those of the C
# compiler serve.
has_libclang() {
    for file in "$1"/libclang.so "$1"/libclang.so.* "$1"/libclang-*.so*; do
        case $file in
        *libclang-cpp*) ;;
        *) [ ! -e "$file" ] || return 0 ;;
        esac
    done
    return 1
}
if [ -z "${LIBCLANG_PATH:-}" ]; then
    for folder in /usr/lib/llvm-*/lib /usr/lib/*-linux-gnu /usr/lib64 /usr/lib; do
        ! has_libclang "$folder" || LIBCLANG_PATH=$folder
    done
fi
if [ -z "${LIBCLANG_PATH:-}" ]; then
    if [ ! -e "$work/venv/ready" ]; then
        "${PYTHON:-python3}" -m venv "$work/venv" ||
            fail "liboqs's package needs libclang: install libclang-dev, or Python with venv"
        "$work/venv/bin/pip" install -q --disable-pip-version-check libclang==18.1.1 ||
            fail "liboqs's package needs libclang: install libclang-dev, or let pip reach PyPI"
        touch "$work/venv/ready"
    fi
    LIBCLANG_PATH=$(echo "$work"/venv/lib/python3*/site-packages/clang/native)
    BINDGEN_EXTRA_CLANG_ARGS=-I$("${CC:-cc}" -print-file-name=include)
    export BINDGEN_EXTRA_CLANG_ARGS
fi
export LIBCLANG_PATH

# The halves, from the library's sources and with its very dependencies, for the level that it chooses on this CPU.
flags=$(sh tests/levels.sh flags best)
cmp -s Cargo.lock "$work/halves.lock" || {
    cp Cargo.lock bench/halves/Cargo.lock
    cp Cargo.lock "$work/halves.lock"
}
[ -e bench/halves/Cargo.lock ] || cp Cargo.lock bench/halves/Cargo.lock
RUSTFLAGS="$flags" "$cargo" build -q --release \
    --manifest-path bench/halves/Cargo.toml --target-dir "$work/halves" ||
    fail 'crates.io must be reachable, and Rust 1.89 or newer installed'

# The others, as they come: no flags for this machine.
unset RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
export PQHYBRID_BENCH_LIBRARY="$library" PQHYBRID_BENCH_HALVES="$work/halves/release" PQHYBRID_BENCH_FLAGS="${flags#*linux_raw\" }"
"$cargo" build -q --release --locked --manifest-path bench/Cargo.toml --target-dir "$work/target" ||
    fail 'the others cannot be built: crates.io must be reachable, and Rust 1.89 or newer installed'

PQHYBRID_BENCH_COMMIT=$(git describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null || echo unknown)
PQHYBRID_VECTORS=${PQHYBRID_VECTORS:-../shared/vectors}
export PQHYBRID_BENCH_COMMIT PQHYBRID_VECTORS
exec "$work/target/release/pqhybrid-bench" "$@"
