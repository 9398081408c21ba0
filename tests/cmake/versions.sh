# Which versions a package is taken for: the same major version, not older than asked. A part of run.sh.

# A package of version 1.2.0, installed from a source tree that says so; its library is that of this version.
later=$scratch/later
mkdir -p "$later/tree/include" "$later/lib"
cp -R tools cmake Cargo.toml pqhybrid.pc.in LICENSE-* THIRD-PARTY-NOTICES.md "$later/tree/"
cp include/pqhybrid.h "$later/tree/include/"
sed -i "s/^version = \"$version\"\$/version = \"1.2.0\"/" "$later/tree/Cargo.toml"
cp build/lib/libpqhybrid.a "$later/lib/"
cp "build/lib/libpqhybrid.so.$version" "$later/lib/libpqhybrid.so.1.2.0"
(cd "$later/tree" && install "$later/lib" "$later/installed")

# Without a language, the question takes no time.
mkdir -p "$projects/versions"
cat >"$projects/versions/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.16)
project(versions NONE)
find_package(pqhybrid ${REQUEST} CONFIG REQUIRED)
message(STATUS "found ${pqhybrid_VERSION}, exact: ${pqhybrid_VERSION_EXACT}")
END

asked() { # REQUEST
    rm -rf "$projects/versions/build"
    configure "$cmake" versions build "-DREQUEST=$1" "-DCMAKE_PREFIX_PATH=$at"
}
taken() { # REQUEST...
    for request in "$@"; do
        run asked "$request"
        holds "$at is not taken for '$request' with what it says" grep -q "found $is" "$log"
    done
}
refused() { # REQUEST...
    for request in "$@"; do
        says "pqhybridConfig.cmake, version: $is" asked "$request"
    done
}

ranges=0
for cmake in "$old" "$system"; do
    is=1.2.0
    at=$later/installed
    taken '' 1 1.0 1.1 1.2 1.2.0 '1.2.0;EXACT' '1.2;EXACT'
    refused 0 0.1 0.1.0 0.9 1.2.1 1.3 2 2.0 '1.1;EXACT' '1.2.1;EXACT' "$version;EXACT"
    is=$version
    at=$prefix
    taken '' 0 0.1 "$version" "$version;EXACT"
    refused 0.99 1 1.0 1.2 '0.99;EXACT' '1.2.0;EXACT'

    # Older ones take a range for its lower end, which is another question.
    case $("$cmake" --version | head -n 1) in
    *' '[12].* | *' 3.'[0-9].* | *' 3.1'[0-8].*)
        echo "  (version ranges are for CMake 3.19 and newer: not tried with $("$cmake" --version | head -n 1))"
        continue
        ;;
    esac
    ranges=$((ranges + 1))
    is=1.2.0
    at=$later/installed
    taken 1.0...1.9 1.2.0...1.2.0 '1.1...<2'
    refused 1.3...1.9 '1.0...<1.2.0' 0.1...0.9 0.1...1.1
done
[ "$ranges" -ge 1 ] || fail 'no CMake here knows version ranges: install version 3.19 or newer'
