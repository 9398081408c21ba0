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
# usage: tools/dist.sh [TARGET ...]      by default all; what each is linked with, tools/toolchain.sh says
set -eu
suites='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
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

# ---- the source tree -----------------------------------------------------------------------------

commit=$(git rev-parse --verify -q 'HEAD^{commit}') || fail 'this is no git checkout, which says what belongs into a release'
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct "$commit")}
export SOURCE_DATE_EPOCH
[ -z "$(git status --porcelain)" ] || echo "dist: changes that are not committed are left out" >&2

out=$PWD/build/dist
find build/dist -mindepth 1 -maxdepth 1 -exec rm -rf {} + 2>/dev/null || true
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
"${PYTHON:-python3}" tools/dist/vendor.py "$source"
pack "$name" "$name"
# The libraries are built from the same tree, whose crates cargo fetches.
rm -rf "$source/vendor"

# ---- the libraries -------------------------------------------------------------------------------

# The compiler that is made for this works in the folder where it is used.
case " $* " in
*' aarch64-unknown-linux-musl '*) sh tools/toolchain.sh aarch64-unknown-linux-musl cc >/dev/null ;;
esac
mkdir "$source/build"
[ ! -d build/musl-aarch64 ] || cp -R build/musl-aarch64 "$source/build/"
cd "$source"
"${CARGO:-cargo}" fetch -q --locked

for target in "$@"; do
    cc=$(sh tools/toolchain.sh "$target" cc)
    binutils=$(sh tools/toolchain.sh "$target" binutils)
    rust=$(sh tools/cargo-for-target.sh "$target" which)
    say "$target, with $rust and $cc"
    PROFILE=release SUITES="$suites" CARGO_FOLDER=build/cargo sh tools/library.sh "$target" "build/$target"

    folder=$out/work/$name-$target
    # SUITES, LIBDIR and the like are of this machine's installation.
    env -u LIBDIR -u INCLUDEDIR -u EXAMPLES -u SUITES \
        RELOCATABLE=1 PREFIX=/ DESTDIR="$folder" LIBRARIES="build/$target" sh tools/install.sh install >/dev/null
    {
        echo "commit $commit"
        echo "rust $(echo "$rust" | sed 's/.*(\(.*\))$/\1/')"
        # shellcheck disable=SC2086 # perhaps with flags
        echo "C compiler ${cc##*/}: $($cc --version | sed -n 1p)"
        "${binutils}ld" --version | sed -n 1p
    } >"$folder/share/doc/pqhybrid/BUILT-WITH"
    pack "$name-$target" "$name-$target"

    rm -rf "$folder"
    mkdir -p "$folder/lib"
    cp "build/$target/libpqhybrid.so.$version.debug" "$folder/lib/"
    chmod 644 "$folder/lib/"*
    pack "$name-$target" "$name-$target-debug"
    # Gigabytes, of which the next target needs nothing.
    rm -rf build/cargo "build/$target"
done

# ---- the rest ------------------------------------------------------------------------------------

"${PYTHON:-python3}" -B tools/sbom.py >"$out/$name.cdx.json"
cd "$out"
rm -rf work
sha256sum "$name"* >SHA256SUMS
say "$(wc -l <SHA256SUMS) files and SHA256SUMS in build/dist"
