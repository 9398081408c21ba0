#!/bin/sh
# The library inside CMake projects, with CMake 3.16, the oldest that is supported, and with the system's.
#
#   package.sh    the installed package: shared, static, C, C++17, the README's snippet, moved, behind links, for another
#                 processor, system or C library
#   versions.sh   which versions a package is taken for
#   source.sh     the source tree by FetchContent and add_subdirectory, for this machine, for 64-bit Arm, for a Cortex-M33,
#                 and installed with CMake; what is said when something is wrong
#
# usage: tests/cmake/run.sh [PART ...]      (after `make build`; PYTHON from the environment; README says where the text is
#                                            whose snippets are tested, by default README.md; a PART is package and so on)
set -eu
export LC_ALL=C
unset DESTDIR PREFIX LIBDIR INCLUDEDIR SUITES EXAMPLES CMAKE_PREFIX_PATH
here=$PWD
work=$here/build/cmake
# What cargo builds is kept from run to run; the sources and the projects lie outside of this checkout.
cargo_dir=$work/cargo
readme=${README:-README.md}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
log=$scratch/log
projects="$scratch/my projects"
prefix="$scratch/an installed tree"
checks=0

. tests/cmake/common.sh
[ -e build/lib/libpqhybrid.a ] || fail "there is no library in build/lib: run 'make build'"
for tool in cmake cc c++ aarch64-linux-gnu-gcc arm-none-eabi-gcc qemu-aarch64-static musl-gcc; do
    command -v "$tool" >/dev/null || fail "$tool is missing; on Debian install: cmake g++ gcc-aarch64-linux-gnu \
gcc-arm-none-eabi libnewlib-arm-none-eabi libc6-dev-arm64-cross qemu-user-static musl-tools"
done
venv=$work/venv
if [ ! -e "$venv/ready" ]; then
    ${PYTHON:-python3} -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'cmake==3.16.*' 'ninja==1.11.*' ||
        fail 'PyPI gave no CMake 3.16'
    touch "$venv/ready"
fi
old=$venv/bin/cmake
system=$(command -v cmake)
for cmake in "$old" "$system"; do
    echo "  $("$cmake" --version | head -n 1)"
done
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
c="$version, not from C++"
cxx="$version, from C++"
arm64=$here/cmake/toolchain-aarch64-linux-gnu.cmake
m33=$here/cmake/toolchain-cortex-m33.cmake
strict=-DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror'
install build/lib "$prefix"

[ $# -gt 0 ] || set -- package versions source
for part in "$@"; do
    [ -f "tests/cmake/$part.sh" ] || fail "there is no part $part"
    before=$checks
    . "tests/cmake/$part.sh"
    echo "  $part: $((checks - before)) checks"
    [ "$checks" -gt "$before" ] || fail "the part $part checked nothing"
done
echo "cmake: $checks checks"
