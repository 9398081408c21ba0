#!/bin/sh
# The library inside CMake projects, with CMake 3.16, the oldest that is supported, and with the system's: the installed
# package (shared, static, C, C++17, moved, for another processor), and the source tree by FetchContent and
# add_subdirectory (for this machine, for 64-bit Arm, for a Cortex-M33). Then what is said when something is wrong.
#
# usage: tests/cmake/run.sh      (after `make build`; PYTHON from the environment)
set -eu
here=$PWD
work=$here/build/cmake
# What cargo builds is kept from run to run; the sources and the projects lie outside of this checkout.
cargo_dir=$work/cargo
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
log=$scratch/log
projects="$scratch/my projects"
prefix="$scratch/an installed tree"
checks=0

fail() {
    echo "cmake: $*" >&2
    exit 1
}

ran() { checks=$((checks + 1)); }

run() { # COMMAND...: must succeed
    "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        fail "failed: $*"
    }
}

says() { # PATTERN COMMAND...: must fail, and say so; CMake breaks lines, which does not count
    pattern=$1
    shift
    if "$@" >"$log" 2>&1; then fail "succeeded, but should not have: $*"; fi
    tr -s ' \n' ' ' <"$log" | grep -qE "$pattern" || {
        cat "$log" >&2
        fail "does not say '$pattern': $*"
    }
    ran
}

holds() { # SENTENCE COMMAND...
    sentence=$1
    shift
    "$@" >/dev/null || fail "$sentence"
    ran
}

needs_shared() { readelf -d "$1" | grep -q 'NEEDED.*\[libpqhybrid\.so\.[0-9]*\]'; }
lacks_shared() { ! needs_shared "$1"; }
is_for() { readelf -h "$1" | grep -q "Machine: .*$2"; }
carries() { nm "$1" | grep -q "pqh_$2"; }
lacks() { ! carries "$@"; }
prints() { # LINE COMMAND...
    line=$1
    shift
    output=$("$@")
    [ "$output" = "$line" ]
}

# ---- what is needed --------------------------------------------------------------------------------

[ -e build/lib/libpqhybrid.a ] || fail "there is no library in build/lib: run 'make build'"
for tool in cmake cc c++ aarch64-linux-gnu-gcc arm-none-eabi-gcc qemu-aarch64-static; do
    command -v "$tool" >/dev/null || fail "$tool is missing; on Debian install: cmake g++ gcc-aarch64-linux-gnu \
gcc-arm-none-eabi libnewlib-arm-none-eabi libc6-dev-arm64-cross qemu-user-static"
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
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)
c="$version, not from C++"
cxx="$version, from C++"

project() { # FOLDER NAME: a copy of a project of this folder, with the program
    rm -rf "${projects:?}/$2"
    mkdir -p "$projects/$2"
    cp "tests/cmake/$1/"* "$projects/$2/"
    [ "$1" = firmware ] || cp tests/cmake/example.c "$projects/$2/"
}

edit() { # PROJECT SED-SCRIPT
    sed -i "$2" "$projects/$1/CMakeLists.txt"
}

to_cxx() { # PROJECT
    mv "$projects/$1/example.c" "$projects/$1/example.cpp"
    edit "$1" 's/(example C)/(example CXX)/; s/example\.c/example.cpp/'
}

configure() { # CMAKE PROJECT BUILD ARGUMENT...: the command, for `run` and `says`
    cmake=$1
    source=$projects/$2
    build=$source/$3
    shift 3
    "$cmake" -S "$source" -B "$build" "$@"
}

build() { # CMAKE PROJECT BUILD ARGUMENT...
    run configure "$@"
    run "$1" --build "$projects/$2/$3" --parallel 2
}

# ---- the installed package -------------------------------------------------------------------------

install() { # LIBRARIES PREFIX
    run env -u SUITES LIBRARIES="$1" DESTDIR= PREFIX="$2" LIBDIR="$2/lib" INCLUDEDIR="$2/include" sh tools/install.sh install
}

install build/lib "$prefix"
! grep -rF -e "$here" -e "$prefix" -e @ "$prefix/lib/cmake" || fail 'the CMake files hold a path of this machine, or an @'
ran

project find_package c
project find_package static
edit static 's/pqhybrid::pqhybrid/pqhybrid::static/'
project find_package cxx
to_cxx cxx
edit cxx 's/pqhybrid::pqhybrid/pqhybrid::shared/'
project find_package static-cxx
to_cxx static-cxx
edit static-cxx 's/pqhybrid::pqhybrid/pqhybrid::static/'
strict=-DCMAKE_CXX_FLAGS='-Wall -Wextra -Wpedantic -Werror'

n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    at=-DCMAKE_PREFIX_PATH=$prefix
    build "$cmake" c "$n" "$at"
    holds 'the example of C fails' prints "$c" "$projects/c/$n/example"
    holds 'the shared library is not the default' needs_shared "$projects/c/$n/example"
    build "$cmake" c "$n-off" "$at" -DBUILD_SHARED_LIBS=OFF
    holds 'the example of C with BUILD_SHARED_LIBS=OFF fails' prints "$c" "$projects/c/$n-off/example"
    holds 'BUILD_SHARED_LIBS=OFF is not heeded' lacks_shared "$projects/c/$n-off/example"
    build "$cmake" static "$n" "$at"
    holds 'the static example of C fails' prints "$c" "$projects/static/$n/example"
    holds 'pqhybrid::static is not static' lacks_shared "$projects/static/$n/example"
    holds 'a static program carries what it does not use' lacks "$projects/static/$n/example" mldsa
    holds 'the check for unused functions finds nothing' carries "$projects/static/$n/example" mlkem768_x25519_encaps
    build "$cmake" cxx "$n" "$at" -DCMAKE_CXX_STANDARD=17 "$strict"
    holds 'the example of C++ fails' prints "$cxx" "$projects/cxx/$n/example"
    holds 'pqhybrid::shared is not shared' needs_shared "$projects/cxx/$n/example"
    build "$cmake" static-cxx "$n" "$at" -DCMAKE_CXX_STANDARD=17 "$strict"
    holds 'the static example of C++ fails' prints "$cxx" "$projects/static-cxx/$n/example"
    holds 'pqhybrid::static is not static in C++' lacks_shared "$projects/static-cxx/$n/example"
done

# Moved, and with the static library alone.
moved="$scratch/moved"
cp -R "$prefix" "$moved"
rm "$moved"/lib/libpqhybrid.so*
project find_package newer
edit newer 's/pqhybrid 0\.1/pqhybrid 1.0/'
project find_package newer-minor
edit newer-minor 's/pqhybrid 0\.1/pqhybrid 0.99/'
arm64=$here/cmake/toolchain-aarch64-linux-gnu.cmake
m33=$here/cmake/toolchain-cortex-m33.cmake
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    build "$cmake" c "$n-moved" "-DCMAKE_PREFIX_PATH=$moved"
    holds 'a package that was moved fails' prints "$c" "$projects/c/$n-moved/example"
    holds 'the static library is not the default where it is alone' lacks_shared "$projects/c/$n-moved/example"
    says 'requested version "1.0".*pqhybridConfig.cmake, version: 0\.' \
        configure "$cmake" newer "$n" "-DCMAKE_PREFIX_PATH=$prefix"
    says 'requested version "0.99".*pqhybridConfig.cmake, version: 0\.' \
        configure "$cmake" newer-minor "$n" "-DCMAKE_PREFIX_PATH=$prefix"
    for tree in "$prefix" "$moved"; do
        says "version: $version \(for x86_64, not for aarch64\)" \
            configure "$cmake" c "$n-arm64" "-DCMAKE_PREFIX_PATH=$tree" "-DCMAKE_TOOLCHAIN_FILE=$arm64"
        says "version: $version \(for x86_64, not for cortex-m33\)" \
            configure "$cmake" c "$n-m33" "-DCMAKE_PREFIX_PATH=$tree" "-DCMAKE_TOOLCHAIN_FILE=$m33"
        rm -rf "$projects/c/$n-arm64" "$projects/c/$n-m33"
    done
done

# ---- the source tree -------------------------------------------------------------------------------

# What a clone would hold, files that are not committed yet included; or what a tarball holds. Its files are as of now, so
# that cargo does not take what it built of another copy for this one's.
tree="$scratch/pqhybrid"
mkdir "$tree"
if git ls-files --cached --others --exclude-standard >"$scratch/files" 2>/dev/null; then :; else
    find . -type f ! -path './build/*' ! -path './target/*' >"$scratch/files"
fi
while IFS= read -r file; do
    [ ! -f "$file" ] || printf '%s\n' "$file"
done <"$scratch/files" | tar -cf - -T - | tar -xmf - -C "$tree"

source_project() { # FOLDER NAME
    project "$1" "$2"
    ln -s "$tree" "$projects/$2/pqhybrid"
}

source_project fetch_content fetch
source_project fetch_content fetch-cxx
to_cxx fetch-cxx
shared_cargo=-DPQHYBRID_CARGO_TARGET_DIR=$cargo_dir

# Before anything is built: what is wrong is said at once.
# CMake looks into /usr/bin even if PATH does not name it, unless it is told not to.
mkdir "$scratch/bin" "$scratch/path"
for folder in /usr/bin /bin; do
    ln -sf "$folder"/* "$scratch/path/" 2>/dev/null || true
done
rm -f "$scratch"/path/cargo* "$scratch"/path/rust*
# A Rust that is old and has no other target.
cat >"$scratch/bin/rustc" <<'END'
#!/bin/sh
case $* in
*target-list*) echo aarch64-unknown-linux-gnu ;;
*) echo 'rustc 1.75.0 (82e1608df 2023-12-21)' ;;
esac
END
cp "$scratch/bin/rustc" "$scratch/bin/cargo"
chmod +x "$scratch/bin/rustc" "$scratch/bin/cargo"
for cmake in "$old" "$system"; do
    rm -rf "$projects/fetch/bad"
    says 'pqhybrid: Rust is missing: install version [0-9.]+ or newer with rustup' \
        env -u CARGO -u RUSTC PATH="$scratch/path" \
        "$cmake" -S "$projects/fetch" -B "$projects/fetch/bad" -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF
    rm -rf "$projects/fetch/bad"
    says 'pqhybrid: this Rust is version 1.75.0, but [0-9.]+ or newer is needed' \
        env -u CARGO -u RUSTC PATH="$scratch/bin:$PATH" "$cmake" -S "$projects/fetch" -B "$projects/fetch/bad"
    rm -rf "$projects/fetch/bad"
    says "Rust [0-9.]+ or newer for aarch64-unknown-linux-gnu is missing: run 'rustup target add aarch64-unknown-linux-gnu', or install on Debian: rustc-web" \
        env -u CARGO -u RUSTC PATH="$scratch/bin:$PATH" SYSTEM_RUST="$scratch/none" \
        "$cmake" -S "$projects/fetch" -B "$projects/fetch/bad" "-DCMAKE_TOOLCHAIN_FILE=$arm64"
    rm -rf "$projects/fetch/bad"
    says 'PQHYBRID_SUITES names no suite: mlkem512. There are: mlkem768_x25519, mlkem1024_x448' \
        configure "$cmake" fetch bad '-DPQHYBRID_SUITES=mlkem512;mlkem768_x25519'
    says 'PQHYBRID_SUITES is empty' configure "$cmake" fetch bad -DPQHYBRID_SUITES=
    rm -rf "$projects/fetch/bad"
    says 'Rust knows no target no-such-target' configure "$cmake" fetch bad -DPQHYBRID_RUST_TARGET=no-such-target
    rm -rf "$projects/fetch/bad"
done

# For this machine: everything with the old CMake and make; with the system's, Ninja, one suite and C++.
build "$old" fetch host "$shared_cargo"
holds 'the example with FetchContent fails' prints "$c" "$projects/fetch/host/example"
holds 'cargo is given a job server that make keeps from it' sh -c '! grep jobserver "$1"' - "$log"
holds 'FetchContent does not link statically by default' lacks_shared "$projects/fetch/host/example"
run "$old" --build "$projects/fetch/host"
holds 'a second build builds again' sh -c '! grep "Building pqhybrid" "$1"' - "$log"
touch "$tree/abi/versions"
run "$old" --build "$projects/fetch/host"
holds 'a changed source does not build again' grep -q 'Building pqhybrid' "$log"

ninja="-DCMAKE_MAKE_PROGRAM=$venv/bin/ninja"
build "$system" fetch-cxx one -G Ninja "$ninja" "$shared_cargo" -DBUILD_SHARED_LIBS=ON \
    -DPQHYBRID_SUITES=mlkem768_x25519 -DCMAKE_CXX_STANDARD=17 "$strict"
holds 'the example with one suite in C++ fails' prints "$cxx" "$projects/fetch-cxx/one/example"
holds 'BUILD_SHARED_LIBS=ON is not heeded' needs_shared "$projects/fetch-cxx/one/example"
one=$projects/fetch-cxx/one/_deps/pqhybrid-build/lib/libpqhybrid.so
holds 'another suite than the chosen one is exported' sh -c '! nm -D "$1" | grep -E "pqh_ml(dsa|kem1024)"' - "$one"
sed -i 's/mlkem768_x25519/mldsa87_ed448/' "$projects/fetch-cxx/example.cpp"
says 'pqh_mldsa87_ed448_keygen.* not declared' "$system" --build "$projects/fetch-cxx/one"

# That library of one suite, installed.
install "${one%/*}" "$scratch/fewer"
project find_package component
edit component 's/REQUIRED/REQUIRED COMPONENTS mlkem768_x25519 OPTIONAL_COMPONENTS mldsa65_ed25519/'
project find_package missing
edit missing 's/REQUIRED/REQUIRED COMPONENTS mlkem768_x25519 mldsa87_ed448/'
project find_package missing-function
sed -i 's/mlkem768_x25519_keygen/mlkem1024_x448_keygen/' "$projects/missing-function/example.c"
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    at=-DCMAKE_PREFIX_PATH=$scratch/fewer
    build "$cmake" component "$n" "$at"
    holds 'the example that names its components fails' prints "$c" "$projects/component/$n/example"
    says 'this pqhybrid was built without mldsa87_ed448; it has mlkem768_x25519( |$)' configure "$cmake" missing "$n" "$at"
    run configure "$cmake" missing-function "$n" "$at"
    says 'error: .*pqh_mlkem1024_x448_keygen' "$cmake" --build "$projects/missing-function/$n"
done

# For 64-bit Arm, and that library installed.
n=0
for cmake in "$system" "$old"; do
    n=$((n + 1))
    build "$cmake" fetch "arm64-$n" "$shared_cargo" -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-aarch64-linux-gnu.cmake
    holds 'the toolchain file is not heeded' is_for "$projects/fetch/arm64-$n/example" AArch64
    holds 'the example for 64-bit Arm fails' prints "$c" \
        qemu-aarch64-static -L /usr/aarch64-linux-gnu "$projects/fetch/arm64-$n/example"
done
install "$projects/fetch/arm64-1/_deps/pqhybrid-build/lib" "$scratch/arm64"
for cmake in "$old" "$system"; do
    rm -rf "$projects/c/arm64"
    build "$cmake" c arm64 "-DCMAKE_PREFIX_PATH=$scratch/arm64" "-DCMAKE_TOOLCHAIN_FILE=$arm64"
    holds 'the example with the installed library for 64-bit Arm fails' prints "$c" \
        qemu-aarch64-static -L /usr/aarch64-linux-gnu "$projects/c/arm64/example"
    says "version: $version \(for aarch64, not for x86_64\)" \
        configure "$cmake" c wrong "-DCMAKE_PREFIX_PATH=$scratch/arm64"
done

# For a Cortex-M33: two suites in the library, one of them in the firmware.
source_project firmware firmware
n=0
for cmake in "$system" "$old"; do
    n=$((n + 1))
    build "$cmake" firmware "$n" "$shared_cargo" \
        -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-cortex-m33.cmake
    elf=$projects/firmware/$n/firmware
    holds 'the firmware is not for Arm' is_for "$elf" ARM
    holds 'the firmware does not hold the library' carries "$elf" mlkem768_x25519_keygen
    holds 'suites that the project chose are not in the library' carries "${elf%/*}/pqhybrid/lib/libpqhybrid.a" mldsa65
    holds 'suites that the project did not choose are in the library' lacks "${elf%/*}/pqhybrid/lib/libpqhybrid.a" mldsa87
    holds 'the firmware carries what it does not use' lacks "$elf" mldsa
done
echo "  firmware that makes an X-Wing key: $(arm-none-eabi-size "$elf" | awk 'NR == 2 {print $1}') bytes of text"

# ---- the README ------------------------------------------------------------------------------------

# Its snippets are what was built above.
readme=${README:-README.md}
for snippet in find_package fetch_content; do
    holds "$readme does not show tests/cmake/$snippet/CMakeLists.txt as it is" awk -v file="tests/cmake/$snippet/CMakeLists.txt" '
        BEGIN { while ((getline line < file) > 0) wanted = wanted line "\n" }
        /^```/ { inside = $0 == "```cmake"; if (block == wanted) found = 1; block = ""; next }
        inside { block = block $0 "\n" }
        END { exit !found }' "$readme"
done
for option in -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-aarch64-linux-gnu.cmake \
    -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-cortex-m33.cmake; do
    holds "$readme does not name $option" grep -qF -e "$option" "$readme"
done
echo "cmake: $checks checks"
