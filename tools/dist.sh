#!/bin/sh
# Makes what is given to others, out of the commit that is checked out, into build/dist:
#
#   pqhybrid-X.Y.Z.tar.gz                 the source tree and the crates that it is built from; builds without a network
#   pqhybrid-X.Y.Z-TARGET.tar.gz          include, lib and share, to be unpacked anywhere
#   pqhybrid-X.Y.Z-TARGET-debug.tar.gz    the debug information of the shared library, to be unpacked over it
#   pqhybrid-X.Y.Z.cdx.json               the bill of materials
#   SHA256SUMS
#
# The same commit gives the same bytes in any folder, given the same compilers; share/doc/pqhybrid/BUILT-WITH names them.
#
# usage: tools/dist.sh [TARGET ...]      by default all; the C compiler for one can be named in CC_TARGET, its tools in
#                                        BINUTILS_TARGET (with _ for -), as in CC_aarch64_unknown_linux_musl
set -eu
umask 022
export LC_ALL=C
[ $# -gt 0 ] || set -- x86_64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-gnu aarch64-unknown-linux-musl

fail() {
    echo "dist: $*" >&2
    exit 1
}

start=$(date +%s)
say() {
    echo "dist: $(($(date +%s) - start)) s: $*"
}

for tool in git tar gzip sha256sum "${PYTHON:-python3}"; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it"
done

# ---- with what each target is linked -------------------------------------------------------------

given() { # CC or BINUTILS, TARGET
    eval "printf '%s' \"\${$1_$(echo "$2" | tr - _):-}\""
}

musl=build/dist/musl-aarch64
compiler() { # TARGET
    case $(given CC "$1")/$1 in
    /x86_64-unknown-linux-gnu) [ "$(uname -m)" = x86_64 ] && echo "${CC:-cc}" || echo x86_64-linux-gnu-gcc ;;
    /x86_64-unknown-linux-musl) echo musl-gcc ;;
    /aarch64-unknown-linux-gnu) echo aarch64-linux-gnu-gcc ;;
    /aarch64-unknown-linux-musl) sh tools/dist/musl-aarch64.sh "$musl" ;;
    /*) fail "no recipe for $1" ;;
    *) given CC "$1" ;;
    esac
}

binutils() { # TARGET
    case $(given BINUTILS "$1")/$1 in
    /$(uname -m)-*) ;;
    /*) echo "${1%%-*}-linux-gnu-" ;;
    *) given BINUTILS "$1" ;;
    esac
}

install_hint() { # TARGET
    case $1 in
    x86_64-unknown-linux-musl) echo 'musl-tools' ;;
    aarch64-*) echo 'gcc-aarch64-linux-gnu and libc6-dev-arm64-cross' ;;
    *) echo 'gcc and libc6-dev' ;;
    esac
}

# ---- the source tree -----------------------------------------------------------------------------

commit=$(git rev-parse --verify -q 'HEAD^{commit}') || fail 'this is no git checkout, which says what belongs into a release'
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct "$commit")}
export SOURCE_DATE_EPOCH
[ -z "$(git status --porcelain)" ] || echo "dist: changes that are not committed are left out" >&2

out=$PWD/build/dist
find build/dist -mindepth 1 -maxdepth 1 ! -name musl-aarch64 -exec rm -rf {} + 2>/dev/null || true
mkdir -p "$out/work"
version=$(git show "$commit:Cargo.toml" | sed -n 's/^version = "\(.*\)"$/\1/p' | head -n 1)
name=pqhybrid-$version
source=$out/work/$name

pack() { # FOLDER, inside work, and NAME of the tarball
    tar -C "$out/work" --sort=name --format=gnu --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        --mode=u+rw,go+r,go-w -cf - "$1" | gzip -9n >"$out/$2.tar.gz"
    say "$2.tar.gz, $(wc -c <"$out/$2.tar.gz") bytes"
}

say "the source tree of commit $commit"
git archive --prefix="$name/" "$commit" | tar -C "$out/work" -xf -
cp "$source/.cargo/config.toml" "$out/work/config.toml"
"${PYTHON:-python3}" tools/dist/vendor.py "$source"
pack "$name" "$name"
# The libraries are built from the same tree. Cargo fetches the crates, since core built along needs some of its own.
mv "$out/work/config.toml" "$source/.cargo/config.toml"
rm -rf "$source/vendor"

# ---- the libraries -------------------------------------------------------------------------------

cd "$source"
if [ -d "$out/musl-aarch64" ]; then
    mkdir -p build/dist
    mv "$out/musl-aarch64" build/dist/
fi
"${CARGO:-cargo}" fetch -q --locked

for target in "$@"; do
    cc=$(compiler "$target")
    prefix=$(binutils "$target")
    for tool in "$cc" "${prefix}ld" "${prefix}objcopy"; do
        command -v "$tool" >/dev/null || fail "$tool, for $target, is missing: install on Debian $(install_hint "$target")"
    done
    rust=$(sh tools/cargo-for-target.sh "$target" which)
    say "$target, with $rust and $cc"
    sh tools/remap.sh sh tools/cargo-for-target.sh "$target" rustc -q --release --locked --lib --no-default-features \
        --features 'mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448' --crate-type staticlib \
        --target-dir build/cargo
    CC=$cc BINUTILS=$prefix sh tools/link.sh "build/cargo/$target/release/libpqhybrid.a" "build/$target"

    folder=$out/work/$name-$target
    # SUITES, LIBDIR and the like are of this machine's installation.
    env -u LIBDIR -u INCLUDEDIR -u EXAMPLES -u SUITES \
        RELOCATABLE=1 PREFIX=/ DESTDIR="$folder" LIBRARIES="build/$target" sh tools/install.sh install >/dev/null
    {
        echo "commit $commit"
        echo "rust $(echo "$rust" | sed 's/.*(\(.*\))$/\1/')"
        "$cc" --version | sed 's/^[^ ]*/C compiler/; q'
        "${prefix}ld" --version | sed -n 1p
    } >"$folder/share/doc/pqhybrid/BUILT-WITH"
    pack "$name-$target" "$name-$target"

    rm -rf "$folder"
    mkdir -p "$folder/lib"
    cp "build/$target/libpqhybrid.so.$version.debug" "$folder/lib/"
    chmod 644 "$folder/lib/"*
    pack "$name-$target" "$name-$target-debug"
done

# ---- the rest ------------------------------------------------------------------------------------

"${PYTHON:-python3}" -B tools/sbom.py >"$out/$name.cdx.json"
[ ! -d build/dist/musl-aarch64 ] || mv build/dist/musl-aarch64 "$out/"
cd "$out"
rm -rf work
sha256sum "$name"* >SHA256SUMS
say "$(wc -l <SHA256SUMS) files and SHA256SUMS in build/dist"
