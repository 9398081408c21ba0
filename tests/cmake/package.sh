# The installed package. A part of run.sh.

for text in "$here" "$prefix" @; do
    holds "the CMake files hold $text" sh -c '! grep -rF --include="*.cmake" -e "$1" "$2"' - "$text" "$prefix/lib/cmake"
done

project find_package c
project find_package static
edit static 's/pqhybrid::pqhybrid/pqhybrid::static/'
add static "$(inline 'target_link_options(example ')"
add_consumers static
# The project as the README has it, with the README's program.
project find_package readme
block c encaps >"$projects/readme/example.c"
project find_package cxx
to_cxx cxx
edit cxx 's/pqhybrid::pqhybrid/pqhybrid::shared/'
project find_package static-cxx
to_cxx static-cxx
edit static-cxx 's/pqhybrid::pqhybrid/pqhybrid::static/'

home="$scratch/a home"
cp -R "$prefix" "$scratch/copy"
mkdir "$home"
mv "$scratch/copy" "$home/pqhybrid"
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
    consumers_hold "$projects/static/$n"
    # In the folder that the README installs to.
    option=$(HOME=$home sh -euc "printf '%s\\n' $(inline '-DCMAKE_PREFIX_PATH=')")
    build "$cmake" readme "$n" "$option"
    holds "the README's project fails" prints 'we share a secret' "$projects/readme/$n/example"
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
        says "version: $version \(for Linux, not for Generic\) \(for x86_64, not for cortex-m33\)" \
            configure "$cmake" c "$n-m33" "-DCMAKE_PREFIX_PATH=$tree" "-DCMAKE_TOOLCHAIN_FILE=$m33"
        rm -rf "$projects/c/$n-arm64" "$projects/c/$n-m33"
    done
done

# What would be noticed: the archive without the target's options is exported, a section without a reference can be dropped.
project find_package plain
add_consumers plain
edit plain 's/pqhybrid::static/pqhybrid::headers "${archive}"/; /^find_package/a \
get_target_property(archive pqhybrid::static IMPORTED_LOCATION)\
add_library(pqhybrid::headers INTERFACE IMPORTED)\
get_target_property(include pqhybrid::static INTERFACE_INCLUDE_DIRECTORIES)\
set_target_properties(pqhybrid::headers PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${include}")'
add plain 'target_link_options(hook PRIVATE LINKER:--gc-sections)'
build "$system" plain 1 "-DCMAKE_PREFIX_PATH=$prefix"
holds 'functions that a plug-in exports would not be noticed' exports "$projects/plain/1/libplugin.so" pqh_
holds 'a section that is dropped would not be noticed' lacks_section "$projects/plain/1/hook" hooks

# ---- behind links --------------------------------------------------------------------------------

# The folder of libraries is a link to one of another depth; the one of the whole system, as where /lib is /usr/lib.
mkdir -p "$scratch/linked/data/even/deeper/lib" "$scratch/linked/p"
ln -s ../data/even/deeper/lib "$scratch/linked/p/lib"
install build/lib "$scratch/linked/p"
mkdir "$scratch/merged"
install build/lib "$scratch/merged/usr"
ln -s usr/lib "$scratch/merged/lib"
ln -s "an installed tree" "$scratch/a link"
holds 'the library is not where the link leads' [ -f "$scratch/linked/data/even/deeper/lib/libpqhybrid.a" ]
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    for tree in linked/p merged 'a link'; do
        rm -rf "$projects/c/$n-link"
        build "$cmake" c "$n-link" "-DCMAKE_PREFIX_PATH=$scratch/$tree"
        holds "a package behind the link $tree fails" prints "$c" "$projects/c/$n-link/example"
    done
done

# ---- suites, other systems, other C libraries ------------------------------------------------------

# Suites with dashes, as cargo and make call them.
project find_package dashes
edit dashes 's/REQUIRED/REQUIRED COMPONENTS mldsa65-ed25519 mlkem1024_x448 OPTIONAL_COMPONENTS mlkem512-x25519/'
add dashes 'foreach(suite mldsa65-ed25519 mlkem1024_x448 mlkem512-x25519)' \
    '  message(STATUS "${suite}: ${pqhybrid_${suite}_FOUND}")' 'endforeach()'
project find_package unknown
edit unknown 's/REQUIRED/REQUIRED COMPONENTS mlkem512-x25519/'
# Another system on the same processor. Nothing is compiled for it.
project find_package foreign
edit foreign 's/(example C)/(example NONE)/; /^add_exec/d; /^target/d'
# A package whose shared library is for musl, or the compiler.
cp -R "$prefix" "$scratch/musl"
config=$scratch/musl/lib/cmake/pqhybrid/pqhybridConfig.cmake
holds 'the package does not say which C library it is for' grep -q '^set(_pqhybrid_libc glibc)$' "$config"
sed -i 's/^set(_pqhybrid_libc glibc)$/set(_pqhybrid_libc musl)/' "$config"
project find_package libc
add libc 'if(TARGET pqhybrid::shared)' '  message(STATUS "there is a shared library")' 'endif()'
n=0
for cmake in "$old" "$system"; do
    n=$((n + 1))
    run configure "$cmake" dashes "$n" "-DCMAKE_PREFIX_PATH=$prefix"
    for line in 'mldsa65-ed25519: TRUE' 'mlkem1024_x448: TRUE' 'mlkem512-x25519: FALSE'; do
        holds "a project is not told: $line" grep -qxF -e "-- $line" "$log"
    done
    says 'this pqhybrid was built without mlkem512-x25519; it has mlkem768_x25519, mlkem1024_x448' \
        configure "$cmake" unknown "$n" "-DCMAKE_PREFIX_PATH=$prefix"

    run configure "$cmake" foreign "$n" "-DCMAKE_PREFIX_PATH=$prefix"
    for name in Windows FreeBSD Generic; do
        rm -rf "$projects/foreign/$n-$name"
        says "version: $version \(for Linux, not for $name\)" configure "$cmake" foreign "$n-$name" \
            "-DCMAKE_PREFIX_PATH=$prefix" -DCMAKE_SYSTEM_NAME=$name -DCMAKE_SYSTEM_PROCESSOR=x86_64
    done

    build "$cmake" libc "$n-glibc" "-DCMAKE_PREFIX_PATH=$prefix"
    holds 'glibc and glibc do not go together' needs_shared "$projects/libc/$n-glibc/example"
    run configure "$cmake" libc "$n-glibc" "-DCMAKE_PREFIX_PATH=$prefix"
    holds 'glibc and glibc do not give the shared library' grep -q 'there is a shared' "$log"
    build "$cmake" libc "$n-for-musl" "-DCMAKE_PREFIX_PATH=$scratch/musl"
    holds "a program for glibc is given musl's shared library" lacks_shared "$projects/libc/$n-for-musl/example"
    holds "a program for glibc with musl's package fails" prints "$c" "$projects/libc/$n-for-musl/example"
    run configure "$cmake" libc "$n-for-musl" "-DCMAKE_PREFIX_PATH=$scratch/musl"
    holds "musl's pqhybrid::shared is there for glibc" sh -c '! grep "there is a shared" "$1"' - "$log"
    build "$cmake" libc "$n-musl" "-DCMAKE_PREFIX_PATH=$prefix" -DCMAKE_C_COMPILER=musl-gcc
    holds "a program for musl is given glibc's shared library" lacks_shared "$projects/libc/$n-musl/example"
    holds "a program for musl with glibc's package fails" prints "$c" "$projects/libc/$n-musl/example"
    build "$cmake" libc "$n-both-musl" "-DCMAKE_PREFIX_PATH=$scratch/musl" -DCMAKE_C_COMPILER=musl-gcc
    holds 'musl and musl do not go together' needs_shared "$projects/libc/$n-both-musl/example"
done
