#!/bin/sh
# What `make wheels` makes, at work. pip finds the right one of all wheels, without an index, for a fresh environment of
# CPython 3.9 to 3.13 and PyPy, and for 64-bit Arm, whose Debian Python runs under qemu. exercise.py runs there; after
# 'pip uninstall' nothing is left. For musl, for which there is no Python here, exercise.c loads the library. All come to
# the same transcript of fixed input. The source distribution builds without a network. Wheels and source distribution are
# the same bytes in two folders. What is broken, the audit finds.
#
# usage: tests/wheels/run.sh        after tools/wheels.sh
# PYTHON and PQHYBRID_PYTHONS: see tests/wheels/pythons.sh. What is fetched (cffi, hatchling, Debian's Python for Arm) stays
# in build/wheels for the next time.
set -eu
umask 022
root=$PWD
out=$root/build/wheels
dist=$out/dist
index=$out/index
here=$root/tests/wheels
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
known=$(sed -n 's/^KNOWN = "\(.*\)"$/\1/p' tests/wheels/exercise.py)
checks=0
# Of the user's own configuration, where packages come from may stay.
unset PYTHONPATH PYTHONHOME PIP_FIND_LINKS PIP_NO_INDEX PIP_NO_BINARY PIP_ONLY_BINARY PIP_PREFER_BINARY PIP_TARGET PIP_PREFIX \
    PIP_USER PIP_REQUIRE_VIRTUALENV
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail() {
    echo "wheels: $*" >&2
    exit 1
}

start=$(date +%s)
say() {
    echo "  $(($(date +%s) - start)) s: $*"
}

passed() { # [HOW MANY]
    checks=$((checks + ${1:-1}))
}

for tool in git unshare qemu-aarch64-static musl-gcc aarch64-linux-gnu-gcc; do
    command -v $tool >/dev/null ||
        fail "$tool is missing: install it (on Debian: git util-linux qemu-user-static musl-tools gcc-aarch64-linux-gnu)"
done
[ "$(uname -sm)" = 'Linux x86_64' ] || fail 'this test needs Linux on x86-64'
for file in manylinux_2_17_x86_64.manylinux2014_x86_64 manylinux_2_17_aarch64.manylinux2014_aarch64 \
    musllinux_1_1_x86_64 musllinux_1_1_aarch64; do
    [ -f "$dist/pqhybrid-$version-py3-none-$file.whl" ] || fail "the wheel for $file is missing: run 'make wheels' first"
done
[ -f "$dist/pqhybrid-$version.tar.gz" ] || fail "the source distribution is missing: run 'make wheels' first"
sh tests/wheels/pythons.sh >"$work/pythons"
sed -n 's/^none \(.*\)/skipped wheels: CPython \1 is not here/p' "$work/pythons"
mkdir -p "$index" "$work/nowhere"
# Nothing of the checkout is to be found from where Python runs.
cd "$work/nowhere"

fetch() { # NAME and what to run pip's download with, once
    [ -e "$index/.$1" ] && return
    what=$1
    shift
    "$@" -q -d "$index" --only-binary=:all: >"$work/said" 2>&1 ||
        fail "$what cannot be had, a network is needed once: $(cat "$work/said")"
    touch "$index/.$what"
}

environment() { # NAME PYTHON: fresh, in $env
    env=$work/$1
    "$2" -m venv "$env" >"$work/said" 2>&1 ||
        fail "$1 makes no virtual environment: install its venv module (on Debian: python3-venv, pypy3-venv): $(cat "$work/said")"
}

exercise() { # WHAT FOLDER COMMAND ...: exercise.py with this Python; pqhybrid must lie below that folder
    what=$1 folder=$2
    shift 2
    "$@" "$here/exercise.py" "$folder" >"$work/said" 2>&1 || fail "$what: $(cat "$work/said")"
    count=$(sed -n '$s/.*: //p' "$work/said")
    [ "${count:-0}" -gt 100 ] || fail "$what ran too few cases: $(cat "$work/said")"
    passed "$count"
    say "$what: $(tail -n 1 "$work/said") cases"
}

chosen() { # FOLDER TAG: the wheel that pip chose there
    grep -qx "Tag: py3-none-$2" "$1/pqhybrid-$version.dist-info/WHEEL" || fail "pip chose another wheel than $2"
    passed
}

uninstalled() { # PYTHON FOLDER
    "$1" -m pip uninstall -q -y pqhybrid >"$work/said" 2>&1 || fail "pip does not uninstall: $(cat "$work/said")"
    left=$(find "$2" -iname '*pqhybrid*')
    [ -z "$left" ] || fail "after 'pip uninstall' there is still: $left"
    passed
}

# ---- CPython and PyPy ----------------------------------------------------------------------------

grep -v '^none ' "$work/pythons" >"$work/here"
oldest=$(sed -n "s/.*[\"']\([a-z-]*\)>=\([0-9.]*\)[;\"'].*/\1==\2/p" "$root/python/pyproject.toml" |
    grep -v '^hatchling\|^==' | sort -u)
tried=''
while read -r name python; do
    environment "$name" "$python"
    case $name in
    cpython-*) fetch "cffi-$name" "$env/bin/python" -m pip download cffi ;;
    esac
    "$env/bin/python" -m pip install -q --no-index --find-links "$index" --find-links "$dist" "pqhybrid==$version" \
        >"$work/said" 2>&1 || fail "$name: pip does not install the wheel: $(cat "$work/said")"
    "$env/bin/python" -m pip check -q >/dev/null || fail "$name: pip check: $("$env/bin/python" -m pip check)"
    chosen "$("$env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')" manylinux_2_17_x86_64
    exercise "$name" "$env" "$env/bin/python" -I
    case $("$env/bin/pqhybrid" --version 2>&1) in
    *"$version"*) passed ;;
    *) fail "$name: the command pqhybrid: $("$env/bin/pqhybrid" --version 2>&1)" ;;
    esac
    # The oldest versions of other packages that the package says it works with; newer Pythons are too new for some of them.
    case $tried/$name in
    /cpython-3.9 | /cpython-3.10 | /cpython-3.11)
        tried=$name
        # shellcheck disable=SC2086 # a list
        fetch "$(echo $oldest | tr ' ' -)-$name" "$env/bin/python" -m pip download $oldest
        # shellcheck disable=SC2086
        "$env/bin/python" -m pip install -q --no-index --find-links "$index" --find-links "$dist" $oldest \
            "pqhybrid[keys,metrics,pem]==$version" >"$work/said" 2>&1 ||
            fail "$name: the oldest packages that pqhybrid works with: $(cat "$work/said")"
        said=$("$env/bin/python" -I "$here/extras.py" 2>&1) || fail "$name: $said"
        passed "${said##*: }"
        say "$name: $said cases"
        ;;
    esac
    uninstalled "$env/bin/python" "$env"
    rm -rf "$env"
done <"$work/here"
grep -q '^cpython' "$work/here" || fail 'no CPython was tried'
say "uninstalled: nothing is left"

# ---- 64-bit Arm ----------------------------------------------------------------------------------

arm=$out/python-arm64
if [ ! -e "$arm/ready" ]; then
    # Which version that is, python3-minimal says by a link.
    sh "$root/tools/unpack-arm64.sh" "$arm" python3-minimal >"$work/said" 2>&1 ||
        fail "Debian's Python for 64-bit Arm: $(cat "$work/said")"
    minor=$(readlink "$arm/usr/bin/python3" | sed -n 's/^python3\.//p')
    sh "$root/tools/unpack-arm64.sh" "$arm" "python3.$minor-minimal" "libpython3.$minor-minimal" "libpython3.$minor-stdlib" \
        libc6 libexpat1 zlib1g >"$work/said" 2>&1 || fail "Debian's Python for 64-bit Arm: $(cat "$work/said")"
    echo "$minor" >"$arm/ready"
fi
minor=$(cat "$arm/ready")
emulated="qemu-aarch64-static -L $arm $arm/usr/bin/python3.$minor"
python=$(sed -n 's/^cpython-[^ ]* //p' "$work/here" | tail -n 1)
environment host "$python"
fetch "cffi-aarch64-3.$minor" "$env/bin/python" -m pip download --platform manylinux2014_aarch64 \
    --platform manylinux_2_17_aarch64 --implementation cp --python-version "3.$minor" --abi "cp3$minor" cffi
# pip is plain Python: the one here chooses for the machine that it runs on, which is Arm.
installed=$work/arm64
pip=$("$env/bin/python" -c 'import os, pip; print(os.path.dirname(os.path.dirname(pip.__file__)))')
# shellcheck disable=SC2086 # a command and its arguments
env PYTHONPATH="$pip" $emulated -m pip install -q --no-index --find-links "$index" --find-links "$dist" --target "$installed" \
    "pqhybrid==$version" >"$work/said" 2>&1 || fail "64-bit Arm: pip does not install the wheel: $(cat "$work/said")"
chosen "$installed" manylinux_2_17_aarch64
# shellcheck disable=SC2086
exercise "64-bit Arm, glibc" "$installed" env PYTHONPATH="$installed" PQHYBRID_RUN="qemu-aarch64-static -L $arm" $emulated -s

# ---- musl ----------------------------------------------------------------------------------------

for processor in x86_64 aarch64; do
    target=$processor-unknown-linux-musl
    installed=$work/$target
    "$env/bin/python" -m pip install -q --no-index --find-links "$dist" --no-deps --target "$installed" \
        --platform "musllinux_1_1_$processor" --only-binary=:all: "pqhybrid==$version" >"$work/said" 2>&1 ||
        fail "musl on $processor: pip does not install the wheel: $(cat "$work/said")"
    chosen "$installed" "musllinux_1_1_$processor"
    # The compiler for musl on Arm works in the folder that it was made in.
    cd "$root"
    cc=$(sh tools/toolchain.sh "$target" cc)
    # shellcheck disable=SC2086 # perhaps with flags
    $cc -std=c99 -O1 -Wall -Wextra -Wpedantic -Werror -Iinclude tests/wheels/exercise.c -o "$work/exercise-$processor"
    run=''
    [ $processor = x86_64 ] || run='qemu-aarch64-static -L build/musl-aarch64'
    # shellcheck disable=SC2086
    $run "$work/exercise-$processor" "$installed/pqhybrid/libpqhybrid.so" >"$work/transcript" 2>"$work/said" ||
        fail "musl on $processor: $(cat "$work/said")"
    [ "$(sha256sum <"$work/transcript" | cut -d ' ' -f 1)" = "$known" ] || fail "musl on $processor: another transcript"
    count=$(sed 's/.*: //' "$work/said")
    passed "$((count + 1))"
    say "musl on $processor, a program in C: $(cat "$work/said") cases"
    cd "$work/nowhere"
done

# ---- other Pythons and machines ------------------------------------------------------------------

elsewhere() { # PLATFORM PYTHON-VERSION: pip's answer to what it would install there
    "$env/bin/python" -m pip download -q --no-index --find-links "$dist" --no-deps --only-binary=:all: -d "$work/elsewhere" \
        --platform "$1" --python-version "$2" "pqhybrid==$version" >"$work/said" 2>&1
}

for platform in manylinux2014_x86_64 musllinux_1_1_aarch64; do
    elsewhere $platform 3.14 || fail "pip has no wheel for Python 3.14 on $platform: $(cat "$work/said")"
    passed
done
for other in 'manylinux2014_x86_64 3.8' 'manylinux2010_x86_64 3.11' 'manylinux2014_i686 3.11' 'macosx_11_0_arm64 3.11'; do
    # shellcheck disable=SC2086 # two words
    ! elsewhere $other || fail "pip has a wheel for $other, which none was made for"
    passed
done
say 'pip finds wheels for Python 3.14, and none where none was made for'

# ---- the same bytes ------------------------------------------------------------------------------

# In folders of different lengths, one with a space in its name, and with other dates and modes.
epoch=$(git -C "$root" log -1 --format=%ct)
cp -R -P "$root/python" "$work/python"
for folder in "$work/a" "$work/a folder with a longer name"; do
    git clone -q --no-hardlinks "$root" "$folder"
    rm -rf "$folder/python"
    cp -R -P "$work/python" "$folder/"
    (
        cd "$folder/python"
        umask 077
        cp "$out/lib/x86_64-unknown-linux-gnu/libpqhybrid.so" ../
        find . -type f -name '*.py' -exec touch {} +
        export SOURCE_DATE_EPOCH="$epoch"
        "$root/build/venv-wheels/bin/python" -m hatchling build -t sdist -d ../dist
        PQHYBRID_WHEEL_LIBRARY=../libpqhybrid.so PQHYBRID_WHEEL_PLATFORM=manylinux_2_17_x86_64.manylinux2014_x86_64 \
            "$root/build/venv-wheels/bin/python" -m hatchling build -t wheel -d ../dist
    ) >"$work/said" 2>&1 || fail "wheel and source distribution in another folder: $(cat "$work/said")"
done
for made in "$work/a/dist"/*.whl "$work/a/dist"/*.tar.gz; do
    cmp "$made" "$folder/dist/${made##*/}" || fail "${made##*/} depends on the folder that it is made in"
    passed
done
# So does a source distribution that is made of a source distribution, where git is not asked.
tar -C "$work" -xf "$dist/pqhybrid-$version.tar.gz"
(cd "$work/pqhybrid-$version" && SOURCE_DATE_EPOCH=$epoch "$root/build/venv-wheels/bin/python" -m hatchling build -t sdist) \
    >"$work/said" 2>&1 || fail "a source distribution of a source distribution: $(cat "$work/said")"
cmp "$work/pqhybrid-$version/dist/pqhybrid-$version.tar.gz" "$dist/pqhybrid-$version.tar.gz" ||
    fail 'a source distribution that is made of a source distribution has other bytes'
passed
say 'wheel and source distribution have the same bytes in two folders'

# ---- test of the test ----------------------------------------------------------------------------

cd "$work/a"
"$root/build/venv-wheels/bin/python" "$here/broken.py" dist "$out/lib" >"$work/said" 2>&1 || fail "$(cat "$work/said")"
passed "$(sed 's/.*: //' "$work/said")"
say "$(cat "$work/said")"
cd "$work/nowhere"

# ---- the source distribution -----------------------------------------------------------------------

without_network='env CARGO_NET_OFFLINE=true'
for isolate in 'unshare -n' 'unshare -rn'; do
    if $isolate true 2>/dev/null; then
        without_network=$isolate
        break
    fi
done
fetch hatchling "$env/bin/python" -m pip download -r "$root/python/requirements-build.txt"
"$env/bin/python" -m pip install -q --no-index --find-links "$index" hatchling >"$work/said" 2>&1 ||
    fail "hatchling: $(cat "$work/said")"

from_source() { # SETTING ...: pip with the source distribution, in an environment without crates; what it says in $work/said
    # shellcheck disable=SC2086 # a command and its arguments
    $without_network env CARGO_HOME="$work/empty" "$@" "$env/bin/python" -m pip install --no-index --find-links "$index" \
        --no-build-isolation "$dist/pqhybrid-$version.tar.gz" >"$work/said" 2>&1
}

refused() { # SENTENCE SETTING ...: it says no more than that sentence
    sentence=$1
    shift
    ! from_source "$@" || fail "the source distribution builds with $*"
    grep -q "pqhybrid: .*$sentence" "$work/said" || fail "with $*, pip does not say '$sentence': $(cat "$work/said")"
    ! grep -q Traceback "$work/said" || fail "with $*, pip shows where it failed: $(cat "$work/said")"
    passed
}

refused 'Rust is missing: install version' CARGO=/nowhere/cargo RUSTC=/nowhere/rustc SYSTEM_RUST=/nowhere
refused 'C compiler .* is missing: install it' CC=/nowhere/cc
say 'the source distribution says that Rust, or a C compiler, is missing'
from_source SUITES=mlkem768-x25519 PROFILE=size || fail "the source distribution does not build: $(cat "$work/said")"
[ ! -d "$work/empty/registry/cache" ] || fail 'building the source distribution fetched crates'
chosen "$("$env/bin/python" -c 'import sysconfig; print(sysconfig.get_path("platlib"))')" linux_x86_64
exercise "the source distribution, built with $without_network" "$env" "$env/bin/python" -I
uninstalled "$env/bin/python" "$env"

# A checkout, for who works on it: the package runs where it lies.
checkout=$work/a
PQHYBRID_WHEEL_LIBRARY="$checkout/libpqhybrid.so" "$env/bin/python" -m pip install -q --no-index --find-links "$index" \
    --no-build-isolation -e "$checkout/python" >"$work/said" 2>&1 || fail "pip install -e: $(cat "$work/said")"
exercise "a checkout, with 'pip install -e'" "$checkout/python" "$env/bin/python" -I

[ $checks -gt 0 ] || fail 'no check ran'
echo "wheels: $checks checks"
