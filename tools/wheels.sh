#!/bin/sh
# Makes what `pip install pqhybrid` fetches, into build/wheels/dist: a wheel for each platform, which serves every Python,
# and the source distribution, which brings the library's crates along. Each is audited. The Python code is that of this
# folder; the library's sources in the source distribution are those of the commit. The same sources, and the same Python
# and compilers, give the same bytes.
#
# usage: tools/wheels.sh [TARGET ...]      TARGET is what Rust calls it, or 'sdist'; by default all
# From the environment: CARGO_FOLDER, where cargo works; PYTHON; SOURCE_DATE_EPOCH; and what tools/library.sh reads.
set -eu
umask 022
export LC_ALL=C
[ $# -gt 0 ] || set -- x86_64-unknown-linux-gnu x86_64-unknown-linux-musl aarch64-unknown-linux-gnu \
    aarch64-unknown-linux-musl sdist
out=$PWD/build/wheels
venv=build/venv-wheels

fail() {
    echo "wheels: $*" >&2
    exit 1
}

start=$(date +%s)
say() {
    echo "wheels: $(($(date +%s) - start)) s: $*"
}

tag() { # TARGET: the oldest platform that its library runs on, which tools/wheels/audit.py checks
    case $1 in
    *-linux-gnu) echo "manylinux_2_17_${1%%-*}.manylinux2014_${1%%-*}" ;;
    *-linux-musl) echo "musllinux_1_1_${1%%-*}" ;;
    *) fail "there is no wheel for $1; there are: {x86_64,aarch64}-unknown-linux-{gnu,musl}, and sdist" ;;
    esac
}

for target; do
    [ "$target" = sdist ] || tag "$target" >/dev/null
done

# ---- the tools -----------------------------------------------------------------------------------

"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
    fail "Python 3.10 or newer is missing (${PYTHON:-python3}): install it, or name it in PYTHON"
if ! cmp -s python/requirements-build.txt "$venv/installed"; then
    rm -rf "$venv"
    "${PYTHON:-python3}" -m venv "$venv" ||
        fail 'Python makes no virtual environment: install its venv module (on Debian: python3-venv)'
    "$venv/bin/pip" install -q --disable-pip-version-check -r python/requirements-build.txt ||
        fail "what python/requirements-build.txt names cannot be had: a network is needed, once"
    cp python/requirements-build.txt "$venv/installed"
fi
python=$PWD/$venv/bin/python

if [ -z "${SOURCE_DATE_EPOCH:-}" ] && commit=$(git rev-parse --verify -q 'HEAD^{commit}'); then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct "$commit")
    export SOURCE_DATE_EPOCH
fi

# ---- the libraries -------------------------------------------------------------------------------

# What a library for musl names as its C library is what the file that it was linked with calls itself: Debian's libc.so;
# Alpine's, which wheels are for, libc.musl-x86_64.so.1. musl's loader takes either for itself. What is linked with here
# has nothing but that name, and the functions that may be asked for.
alpine() { # TARGET: the flag that has the compiler find it
    stub=build/wheels/stub/$1
    mkdir -p "$stub"
    for function in memcpy memmove memset memcmp bcmp getauxval getenv; do
        echo "void $function(void) {}"
    done >"$stub/libc.c"
    cc=$(sh tools/toolchain.sh "$1" cc)
    # shellcheck disable=SC2086 # perhaps with flags
    $cc -shared -nostdlib -fno-builtin -w -Wl,-soname,"libc.musl-${1%%-*}.so.1" "$stub/libc.c" -o "$stub/libc.so"
    echo "$cc -L$stub"
}

library() { # TARGET
    case $1 in
    *-musl)
        cc=$(alpine "$1")
        env "CC_$(echo "$1" | tr - _)=$cc" PROFILE=release sh tools/library.sh "$1" "$out/lib/$1"
        ;;
    *) PROFILE=release sh tools/library.sh "$1" "$out/lib/$1" ;;
    esac
}

# ---- wheels --------------------------------------------------------------------------------------

unset SUITES FEATURES PORTABLE
rm -rf "$out/dist"
mkdir -p "$out/dist" "$out/lib"
made() { # FILE
    say "${1##*/}, $(wc -c <"$1") bytes"
}

hatch() { # wheel or sdist
    (cd python && "$python" -B -m hatchling build -t "$1" -d "$out/dist") >"$out/log" 2>&1 ||
        fail "$(cat "$out/log")"
}

for target; do
    if [ "$target" = sdist ]; then
        hatch sdist
        made "$out/dist/"*.tar.gz
    else
        say "the library for $target"
        library "$target"
        PQHYBRID_WHEEL_LIBRARY=$out/lib/$target/libpqhybrid.so PQHYBRID_WHEEL_PLATFORM=$(tag "$target") hatch wheel
        made "$out/dist/"*"$(tag "$target")".whl
    fi
done
rm -f "$out/log"
"$python" -B tools/wheels/audit.py "$out/dist"/*
say "$(find "$out/dist" -type f | wc -l) files in build/wheels/dist"
