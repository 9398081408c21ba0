# The source tree inside a project, and installed with CMake. A part of run.sh.

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

source_project FetchContent_Declare fetch
source_project FetchContent_Declare fetch-cxx
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

# What the static library brings along is the same as with the installed package; the README's program works too.
source_project FetchContent_Declare fetch-static
block c encaps >"$projects/fetch-static/example.c"
add_consumers fetch-static
build "$system" fetch-static 1 "$shared_cargo"
consumers_hold "$projects/fetch-static/1"
holds "the README's program with FetchContent fails" prints 'we share a secret' "$projects/fetch-static/1/example"

# Built by itself and installed with CMake, once staged and once not; the listing is that of the README.
block text /pqhybrid.h | sed 's/ -> .*//' >"$scratch/listing"
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    run "$cmake" -S "$tree" -B "$scratch/alone-$n" "$shared_cargo" -DCMAKE_INSTALL_PREFIX="$scratch/not-this"
    run "$cmake" --build "$scratch/alone-$n"
    run env LIBDIR="$scratch/not-this" SUITES=mlkem768-x25519 EXAMPLES=1 \
        "$cmake" --install "$scratch/alone-$n" --prefix "$scratch/by cmake $n"
    (cd "$scratch/by cmake $n" && find . ! -type d | sed 's:^\.:/usr/local:' | sort) >"$scratch/found"
    same 'cmake --install puts other files there than make install' "$scratch/listing" "$scratch/found"
    holds 'cmake --install installs another library than was built' \
        cmp "$scratch/alone-$n/lib/libpqhybrid.a" "$scratch/by cmake $n/lib/libpqhybrid.a"
    project find_package by-cmake
    build "$cmake" by-cmake "$n" "-DCMAKE_PREFIX_PATH=$scratch/by cmake $n"
    holds 'what cmake --install installed does not work' prints "$c" "$projects/by-cmake/$n/example"
done
run env DESTDIR="$scratch/staged" "$system" --install "$scratch/alone-$n" --prefix /usr/local
(cd "$scratch/staged" && find . ! -type d | sed 's:^\.::' | sort) >"$scratch/found"
same 'cmake --install does not heed DESTDIR' "$scratch/listing" "$scratch/found"
says 'pqhybrid was not installed' "$system" --install "$scratch/alone-$n" --prefix /proc

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
edit component 's/REQUIRED/REQUIRED COMPONENTS mlkem768-x25519 OPTIONAL_COMPONENTS mldsa65_ed25519/'
project find_package missing
edit missing 's/REQUIRED/REQUIRED COMPONENTS mlkem768_x25519 mldsa87_ed448/'
project find_package missing-dashes
edit missing-dashes 's/REQUIRED/REQUIRED COMPONENTS mlkem768-x25519 mldsa87-ed448/'
project find_package missing-function
sed -i 's/mlkem768_x25519_keygen/mlkem1024_x448_keygen/' "$projects/missing-function/example.c"
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    at=-DCMAKE_PREFIX_PATH=$scratch/fewer
    build "$cmake" component "$n" "$at"
    holds 'the example that names its components fails' prints "$c" "$projects/component/$n/example"
    says 'this pqhybrid was built without mldsa87_ed448; it has mlkem768_x25519( |$)' configure "$cmake" missing "$n" "$at"
    says 'this pqhybrid was built without mldsa87-ed448; it has mlkem768_x25519( |$)' \
        configure "$cmake" missing-dashes "$n" "$at"
    run configure "$cmake" missing-function "$n" "$at"
    says 'error: .*pqh_mlkem1024_x448_keygen' "$cmake" --build "$projects/missing-function/$n"
done

# For 64-bit Arm, with the suites and the toolchain file that the README names, and that library installed.
suites_option=$(sh -euc "printf '%s\\n' $(inline '-DPQHYBRID_SUITES=')")
arm64_option=$(inline -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-aarch64)
m33_option=$(inline -DCMAKE_TOOLCHAIN_FILE=pqhybrid/cmake/toolchain-cortex-m33)
n=0
for cmake in "$system" "$old"; do
    n=$((n + 1))
    build "$cmake" fetch "arm64-$n" "$shared_cargo" "$arm64_option" "$suites_option"
    holds "the README's suites are not in the library" \
        carries "$projects/fetch/arm64-$n/_deps/pqhybrid-build/lib/libpqhybrid.a" mldsa65_ed25519_verify
    holds "other suites than the README's are in the library" \
        lacks "$projects/fetch/arm64-$n/_deps/pqhybrid-build/lib/libpqhybrid.a" 'mldsa87|mlkem1024'
    holds 'the toolchain file is not heeded' is_for "$projects/fetch/arm64-$n/example" AArch64
    holds 'the example for 64-bit Arm fails' prints "$c" \
        qemu-aarch64-static -L /usr/aarch64-linux-gnu "$projects/fetch/arm64-$n/example"
done
project find_package on-arm64
install "$projects/fetch/arm64-1/_deps/pqhybrid-build/lib" "$scratch/arm64"
for cmake in "$old" "$system"; do
    rm -rf "$projects/on-arm64/arm64"
    build "$cmake" on-arm64 arm64 "-DCMAKE_PREFIX_PATH=$scratch/arm64" "-DCMAKE_TOOLCHAIN_FILE=$arm64"
    holds 'the example with the installed library for 64-bit Arm fails' prints "$c" \
        qemu-aarch64-static -L /usr/aarch64-linux-gnu "$projects/on-arm64/arm64/example"
    says "version: $version \(for aarch64, not for x86_64\)" \
        configure "$cmake" on-arm64 wrong "-DCMAKE_PREFIX_PATH=$scratch/arm64"
done

# For a Cortex-M33: two suites in the library, one of them in the firmware.
source_project firmware firmware
n=0
for cmake in "$system" "$old"; do
    n=$((n + 1))
    build "$cmake" firmware "$n" "$shared_cargo" "$m33_option"
    elf=$projects/firmware/$n/firmware
    holds 'the firmware is not for Arm' is_for "$elf" ARM
    holds 'the firmware does not hold the library' carries "$elf" mlkem768_x25519_keygen
    holds 'suites that the project chose are not in the library' carries "${elf%/*}/pqhybrid/lib/libpqhybrid.a" mldsa65
    holds 'suites that the project did not choose are in the library' lacks "${elf%/*}/pqhybrid/lib/libpqhybrid.a" mldsa87
    holds 'the firmware carries what it does not use' lacks "$elf" mldsa
done
# The same firmware with the library installed, which is the static one alone.
install "${elf%/*}/pqhybrid/lib" "$scratch/m33"
project firmware installed-firmware
edit installed-firmware 's/^add_subdirectory(pqhybrid)/find_package(pqhybrid 0.1 CONFIG REQUIRED)/'
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    build "$cmake" installed-firmware "$n" "-DCMAKE_PREFIX_PATH=$scratch/m33" "-DCMAKE_TOOLCHAIN_FILE=$m33"
    holds 'the firmware with the installed library does not hold it' \
        carries "$projects/installed-firmware/$n/firmware" mlkem768_x25519_keygen
    says "version: $version \(for Generic, not for Linux\)" \
        configure "$cmake" installed-firmware wrong "-DCMAKE_PREFIX_PATH=$scratch/m33"
done
echo "  firmware that makes an X-Wing key: $(arm-none-eabi-size "$elf" | awk 'NR == 2 {print $1}') bytes of text"
