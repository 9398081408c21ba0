#!/bin/sh
# Builds the WebAssembly modules: reactors (nothing runs by itself) that export the header's functions, pqh_alloc,
# pqh_free and memory, and nothing else.
#
#   pqhybrid.wasm         wasm32-unknown-unknown; randomness comes through its one import, which the host supplies:
#                         env.pqh_platform_random_bytes(pointer, length) -> 0, or anything else for failure
#   pqhybrid-simd.wasm    the same for engines with simd128, which all of today's have
#   pqhybrid-wasip1.wasm  wasm32-wasip1; its one import is WASI's random_get
#
# and puts the JavaScript package of wasm/ beside them.
#
# usage: tools/wasm.sh [FOLDER [KIND ...]]      FOLDER is build/wasm by default; KIND is scalar, simd or wasip1: else all
# From the environment: SUITES and OPERATIONS, what the modules export, by default all: the linker leaves out what nothing
# exported needs; OPERATIONS are beginnings of names, such as "verify prehash". PROFILE, release (fast) or size; WASM_LD, a
# linker; CARGO_FOLDER, where cargo works, by default build/wasm/cargo; and what tools/cargo-for-target.sh reads.
set -eu
folder=${1:-build/wasm}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- scalar simd wasip1
profile=${PROFILE:-release}
all='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
suites=$(echo "${SUITES-$all}" | tr _ -)
cargo_folder=${CARGO_FOLDER:-build/wasm/cargo}
tools=${0%/*}
# The deepest operation takes some 260 KiB. The stack lies at the bottom of memory, so that one that overflows traps.
stack=$((384 * 1024))
# The size profile does without a large table.
small=''
[ "$profile" = release ] || small=small

fail() {
    echo "wasm: $*" >&2
    exit 1
}

# Rust's own linker, where it has one, is at hand wherever Rust came from rustup; it links what any Rust compiled.
linker() {
    for rustc in "${RUSTC:-rustc}" "${SYSTEM_RUST:-/usr/bin}/rustc"; do
        for found in "$("$rustc" --print sysroot 2>/dev/null || true)"/lib/rustlib/*/bin/gcc-ld/wasm-ld; do
            [ ! -x "$found" ] || { echo "$found" && return; }
        done
    done
    for found in wasm-ld $(seq -f 'wasm-ld-%.0f' 40 -1 18); do
        ! command -v "$found" || return 0
    done
    fail "the linker wasm-ld is missing: install lld 18 or newer (on Debian 12: lld-22)"
}
ld=${WASM_LD:-$(linker)}
for suite in $suites; do
    case " $all " in
    *" $suite "*) ;;
    *) fail "SUITES names no suite: $suite. There are: $all" ;;
    esac
done
[ -n "$suites" ] || fail "SUITES is empty. There are: $all"
for operation in ${OPERATIONS:-}; do
    grep -qE "^pqh_[0-9.]+ pqh_ml[a-z0-9]+_(x25519|x448|ed25519|ed448)_$operation" abi/versions ||
        fail "OPERATIONS names what no suite has: $operation"
done

build() { # KIND
    target=wasm32-unknown-unknown
    flags=${RUSTFLAGS:-}
    module=pqhybrid
    case $1 in
    scalar) ;;
    simd) flags="$flags -Ctarget-feature=+simd128" module=pqhybrid-simd ;;
    wasip1) target=wasm32-wasip1 module=pqhybrid-wasip1 ;;
    *) fail "there is no module of the kind $1: there are scalar, simd and wasip1" ;;
    esac
    # Each its own folder: other flags would compile everything anew.
    work=$cargo_folder/$1
    # Memory functions: those of the libc that comes with the target, or Rust's own, where core is built from source.
    libc=$("${RUSTC:-rustc}" --print sysroot)/lib/rustlib/$target/lib/self-contained/libc.a
    if [ ! -e "$libc" ]; then
        libc=''
        export CARGO_UNSTABLE_BUILD_STD_FEATURES=compiler-builtins-mem
    fi
    RUSTFLAGS=$flags sh "$tools/remap.sh" "$target" sh "$tools/cargo-for-target.sh" "$target" rustc -q \
        --profile "$profile" --locked --lib --no-default-features --features "$all wasm-buffers $small" \
        --crate-type staticlib --target-dir "$work"
    mkdir -p "$folder"
    exports "$work/exports"
    # shellcheck disable=SC2086 # nothing, or one word
    "$ld" --no-entry --stack-first -z stack-size=$stack --gc-sections --strip-all --fatal-warnings "@$work/exports" \
        "$work/$target/$profile/libpqhybrid.a" $libc -o "$folder/$module.wasm"
    chmod 644 "$folder/$module.wasm"
}

# What is exported: the functions of the ABI, without those of suites that are left out.
exports() { # FILE
    echo 'pqh_alloc pqh_free' | tr ' ' '\n' >"$1.names"
    awk '!/^#/ && NF == 2 {print $2}' abi/versions >>"$1.names"
    for suite in $all; do
        case " $suites " in
        *" $suite "*) ;;
        *) sed -i "/^pqh_$(echo "$suite" | tr - _)_/d" "$1.names" ;;
        esac
    done
    # What signatures share.
    case $suites in
    *mldsa*) ;;
    *) sed -i '/^pqh_context_max_bytes$/d' "$1.names" ;;
    esac
    if [ -n "${OPERATIONS:-}" ]; then
        wanted=$(echo "$OPERATIONS" | tr -s ' ' '|')
        sed -Ei "/^pqh_ml[a-z0-9]+_[a-z0-9]+_/{/_(x25519|x448|ed25519|ed448)_($wanted)|_bytes\$/!d}" "$1.names"
    fi
    sed 's/^/--export=/' "$1.names" >"$1"
}

for kind; do
    build "$kind"
done
cp wasm/pqhybrid.js wasm/room.js wasm/pqhybrid.d.ts wasm/package.json LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES.md "$folder/"
[ ! -e wasm/README.md ] || cp wasm/README.md "$folder/"
