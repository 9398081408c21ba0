#!/bin/sh
# What `make dist` makes. Two clones in folders of different lengths, one with a space in its name, and with different
# CARGO_HOMEs give the same bytes. The libraries in the binary tarballs work: a program is linked with each, statically and
# shared, and runs, under qemu where the processor is another, also after the tarball was moved. The source tarball builds
# without a network, and in a CMake project for another machine. No file names a folder of this machine. The bill of materials lists the crates that THIRD-PARTY-NOTICES.md lists.
#
# What is tested is the commit that is checked out. TARGETS, all by default, can name fewer.
#
# usage: tests/dist.sh
set -eu
targets=${TARGETS:-x86_64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-gnu aarch64-unknown-linux-musl}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name=pqhybrid-$version
root=$PWD
checks=0

# Not below this checkout, whose .cargo/config.toml cargo would read as well.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
    echo "dist: $*" >&2
    exit 1
}

passed() {
    checks=$((checks + 1))
}

for tool in git readelf file qemu-aarch64-static; do
    case $tool/$targets in
    qemu-aarch64-static/*aarch64* | [!q]*)
        command -v "$tool" >/dev/null || fail "$tool is missing: install it (on Debian: git binutils file qemu-user-static)"
        ;;
    esac
done

# ---- two builds ----------------------------------------------------------------------------------

one=$work/a
two="$work/a folder with a longer name"
for clone in "$one" "$two"; do
    git clone -q --no-hardlinks "$root" "$clone"
done
# Both at once: most of the time one crate is compiled, which takes one processor.
# shellcheck disable=SC2086 # a list
(cd "$two" && CARGO_HOME="$work/another cargo home" sh tools/dist.sh $targets) >"$work/said" 2>&1 &
other=$!
# shellcheck disable=SC2086 # a list
(cd "$one" && sh tools/dist.sh $targets) || { wait $other || true; exit 1; }
wait $other || fail "the second build: $(cat "$work/said")"
one=$one/build/dist
two=$two/build/dist

(cd "$one" && sha256sum --quiet -c SHA256SUMS) || fail 'SHA256SUMS is wrong'
passed
for file in "$two/$name"*; do
    cmp "$file" "$one/${file##*/}" || fail "${file##*/} depends on the folder that it is made in"
    grep -qxF "$(grep -F " ${file##*/}" "$two/SHA256SUMS")" "$one/SHA256SUMS" || fail "${file##*/} has another checksum"
    passed
done
# Sources, bill of materials, and for each target libraries and debug information.
expected=$(echo "$targets" | wc -w)
expected=$((2 * expected + 2))
[ "$checks" -eq $((expected + 1)) ] || fail "two builds have $((checks - 1)) files in common, not $expected"

# ---- what is inside ------------------------------------------------------------------------------

mkdir "$work/unpacked"
for tarball in "$one"/*.tar.gz; do
    tar -C "$work/unpacked" -xf "$tarball"
    strangers=$(tar -tvf "$tarball" --numeric-owner | awk '$2 != "0/0"')
    [ -z "$strangers" ] || fail "${tarball##*/} names owners: $strangers"
    passed
done
for folder in "$work" "${CARGO_HOME:-$HOME/.cargo}" "$HOME/" "$root/"; do
    found=$(grep -rlF -e "$folder" "$work/unpacked" "$one"/*.json || true)
    [ -z "$found" ] || fail "files name $folder: $found"
    passed
done

crates=$(grep -cE '^\| [a-z]' THIRD-PARTY-NOTICES.md)
"${PYTHON:-python3}" - "$one/$name.cdx.json" "$((crates - 1))" <<'EOF' || fail 'the bill of materials is wrong'
import json, sys
bill = json.load(open(sys.argv[1], encoding="utf-8"))
crates = [entry for entry in bill["components"] if entry.get("purl")]
known = {entry["bom-ref"] for entry in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
assert len(crates) == int(sys.argv[2]), f"{len(crates)} crates, but {sys.argv[2]} in THIRD-PARTY-NOTICES.md"
assert all(len(entry["hashes"][0]["content"]) == 64 and entry["licenses"][0]["expression"] for entry in crates)
assert {entry["ref"] for entry in bill["dependencies"]} == known
assert all(on in known for entry in bill["dependencies"] for on in entry.get("dependsOn", []))
EOF
passed

# ---- the libraries at work -----------------------------------------------------------------------

run() { # PROGRAM: with the loader and emulator of $target
    case $target in
    x86_64-*) "$@" ;;
    aarch64-*-gnu) qemu-aarch64-static -L /usr/aarch64-linux-gnu "$@" ;;
    aarch64-*-musl) qemu-aarch64-static -L build/musl-aarch64 "$@" ;;
    esac
}

# The compiler for musl on aarch64 works in the folder that it was made for.
cd "$one/../.."
for target in $targets; do
    case $target in
    x86_64-*-gnu) static='' needs=libc.so.6 machine='X86-64' ;;
    x86_64-*-musl) static=-static needs=libc.so machine='X86-64' ;;
    aarch64-*-gnu) static=-static needs=libc.so.6 machine='AArch64' ;;
    aarch64-*-musl) static=-static needs=libc.so machine='AArch64' ;;
    esac
    cc=$(sh tools/toolchain.sh "$target" cc)
    folder=$work/unpacked/$name-$target
    library=$folder/lib/libpqhybrid.so.$version
    [ "$(readelf -dW "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')" = "$needs" ] || fail "$target: needs other than $needs"
    readelf -hW "$library" | grep -q "Machine:.*$machine" || fail "$target: made for another processor"
    readelf -SW "$library.debug" | grep -q debug_line || fail "$target: no line numbers in the debug information"
    grep -q "^rust [0-9]" "$folder/share/doc/pqhybrid/BUILT-WITH" || fail "$target: does not say what it was built with"
    [ -s "$folder/share/doc/pqhybrid/THIRD-PARTY-NOTICES.md" ] || fail "$target: comes without the licences of others"
    BINUTILS=$(sh tools/toolchain.sh "$target" binutils) sh tests/linked.sh "$folder/lib" shipped >"$work/said" 2>&1 ||
        fail "$target: $(cat "$work/said")"
    oldest=$(readelf -VW "$library" | grep -o 'Name: GLIBC_[^ ]*' | sed 's/.*GLIBC_//' | sort -uV | tail -n 1)
    case $target/$oldest in
    x86_64-*-gnu/2.14 | aarch64-*-gnu/2.17 | *-musl/) ;; # as the README says
    *) fail "$target: needs glibc $oldest" ;;
    esac
    passed
    for example in kem sign; do
        # shellcheck disable=SC2086 # nothing, or one flag
        "$cc" $static -I"$folder/include" "$root/examples-c/$example.c" "$folder/lib/libpqhybrid.a" -o "$work/$example-static"
        "$cc" -I"$folder/include" "$root/examples-c/$example.c" -L"$folder/lib" -lpqhybrid -Wl,-rpath,"$folder/lib" \
            -o "$work/$example-shared"
        for program in "$work/$example-static" "$work/$example-shared"; do
            run "$program" >"$work/said" 2>&1 || fail "$target: ${program##*/}: $(cat "$work/said")"
            [ -s "$work/said" ] || fail "$target: ${program##*/} says nothing"
            passed
        done
    done
    echo "  $target: two programs, static and shared"
done

# The packages of a tarball that was moved are found where it lies; pkgconf escapes the space for a shell to read.
for target in $targets; do
    case $target in
    "$(uname -m)"-*-gnu) ;;
    *) continue ;;
    esac
    moved="$work/moved here"
    mv "$work/unpacked/$name-$target" "$moved"
    flags=$(PKG_CONFIG_LIBDIR="$moved/lib/pkgconfig" pkg-config --cflags --libs pqhybrid)
    eval "${CC:-cc} '$root/examples-c/kem.c' -o '$work/moved' $flags -Wl,-rpath,'$moved/lib'"
    "$work/moved" >/dev/null || fail "$target: a program that pkg-config finds the library for does not run"
    passed
    mkdir "$work/project"
    cat >"$work/project/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.16)
project(moved C)
find_package(pqhybrid 0.1 CONFIG REQUIRED)
add_executable(kem "$root/examples-c/kem.c")
target_link_libraries(kem PRIVATE pqhybrid::shared)
END
    { cmake -S "$work/project" -B "$work/project/build" -DCMAKE_PREFIX_PATH="$moved" -DCMAKE_BUILD_TYPE=Release &&
        cmake --build "$work/project/build" && "$work/project/build/kem"; } >"$work/said" 2>&1 ||
        fail "$target: CMake does not find the library where it lies: $(cat "$work/said")"
    passed
    echo '  a tarball that was moved, with pkg-config and CMake'
done

# ---- the sources without a network ---------------------------------------------------------------

# Rust lies below HOME, where rustup keeps it; its crates do not.
without_network='CARGO_NET_OFFLINE=true'
for isolate in 'unshare -n' 'unshare -rn'; do
    if $isolate true 2>/dev/null; then
        without_network=$isolate
        break
    fi
done
mkdir "$work/empty"
cd "$work/unpacked/$name"
[ ! -e .git ] || fail 'the source tarball holds a git folder'
# shellcheck disable=SC2086 # a command, or a variable for env
env CARGO_HOME="$work/empty" $without_network make build >"$work/said" 2>&1 ||
    fail "the source tarball does not build: $(cat "$work/said")"
for library in libpqhybrid.a libpqhybrid.so.0; do
    [ -f "$library" ] || fail "the source tarball builds no $library"
done
[ ! -d "$work/empty/registry/cache" ] || fail 'building the source tarball fetched crates'
passed
echo "  the source tarball builds with $without_network"

# ---- the sources in another project, for another machine -------------------------------------------

case $targets in
*aarch64-unknown-linux-gnu*)
    mkdir "$work/fetch"
    cat >"$work/fetch/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.16)
project(fetch C)
include(FetchContent)
set(PQHYBRID_SUITES mlkem768_x25519)
FetchContent_Declare(pqhybrid URL "$one/$name.tar.gz")
FetchContent_MakeAvailable(pqhybrid)
add_executable(kem "$root/tests/cmake/example.c")
target_link_libraries(kem PRIVATE pqhybrid::static)
END
    { cmake -S "$work/fetch" -B "$work/fetch/build" \
        -DCMAKE_TOOLCHAIN_FILE="$root/cmake/toolchain-aarch64-linux-gnu.cmake" &&
        cmake --build "$work/fetch/build" &&
        qemu-aarch64-static -L /usr/aarch64-linux-gnu "$work/fetch/build/kem"; } >"$work/said" 2>&1 ||
        fail "a CMake project does not build the source tarball for AArch64: $(cat "$work/said")"
    passed
    echo '  the source tarball in a CMake project, for AArch64'
    ;;
esac

echo "dist: $checks checks"
