# Programs built against what is installed, in each of the usual ways. A part of run.sh.

runs() { # LINE PROGRAM: prints the line, with the shared library found where it was installed
    LD_LIBRARY_PATH=$libdir prints "$@"
}

# A path with a space, as pkg-config must quote it.
prefix="$scratch/usr local"
libdir=$prefix/lib
installer install PREFIX="$prefix" >/dev/null
export PKG_CONFIG_LIBDIR="$libdir/pkgconfig"
unset PKG_CONFIG_PATH

# ---- pkg-config ----------------------------------------------------------------------------------

check 'pkg-config does not find the version of this source' pkg-config --exists "pqhybrid = $version"
says 'pqhybrid >= 1\.0' pkg-config --print-errors --exists 'pqhybrid >= 1.0'
check 'the suites are not those that were built' \
    [ "$(pkg-config --variable=suites pqhybrid)" = "$suites" ]
flags=$(pkg-config --cflags --libs pqhybrid)
whole=$(pkg-config --cflags --static --libs pqhybrid)
check 'what static consumers are told acts on their whole program' lacks ' -Wl' "$whole"
archive="$(pkg-config --cflags pqhybrid) '$(pkg-config --variable=archive pqhybrid)'"
for language in "'$cc' -std=c99" "'$cxx' -std=c++17 -x c++"; do
    # The archive that follows is not C++.
    plain=''
    case $language in *c++*) plain='-x none' ;; esac
    compile "$language $strict" roundtrip.c shared "$plain $flags"
    is_shared "$programs/shared"
    runs 'four suites work' "$programs/shared"
    compile "$language $strict" roundtrip.c static "$plain $archive"
    is_static "$programs/static"
    prints 'four suites work' "$programs/static"
    compile "$language $strict -static" roundtrip.c whole "$plain $whole"
    check 'a program linked with -static needs shared libraries' [ -z "$(needs "$programs/whole")" ]
    prints 'four suites work' "$programs/whole"
done
says 'libpqhybrid\.so\.0: cannot open' env -u LD_LIBRARY_PATH "$programs/shared"

# A sysroot, as for cross-compiling: the files of a staged tree, found through it.
installer install DESTDIR="$scratch/sysroot" PREFIX=/opt >/dev/null
staged=$(PKG_CONFIG_SYSROOT_DIR="$scratch/sysroot" PKG_CONFIG_LIBDIR="$scratch/sysroot/opt/lib/pkgconfig" \
    pkg-config --cflags --libs pqhybrid)
compile "'$cc'" roundtrip.c in-sysroot "$staged"
LD_LIBRARY_PATH=$scratch/sysroot/opt/lib prints 'four suites work' "$programs/in-sysroot"

# A tree that was moved, into a folder with a space: nothing in it names a place.
installer install DESTDIR="$scratch/an unpacked" PREFIX=/tarball RELOCATABLE=1 >/dev/null
moved=$(PKG_CONFIG_LIBDIR="$scratch/an unpacked/tarball/lib/pkgconfig" pkg-config --cflags --libs pqhybrid)
compile "'$cc'" roundtrip.c from-tarball "$moved"
LD_LIBRARY_PATH="$scratch/an unpacked/tarball/lib" prints 'four suites work' "$programs/from-tarball"

# The README's commands, in a folder without a space, for they are not quoted.
grep '^cc .*pkg-config' "$readme" >"$scratch/commands"
count=$(wc -l <"$scratch/commands")
check "the README has $count commands with pkg-config, not 3" [ "$count" -eq 3 ]
while IFS= read -r command; do
    rm -f "$programs/example"
    check "fails: $command" env PKG_CONFIG_LIBDIR="$simple/lib/pkgconfig" sh -c "cd '$programs' && $command"
    LD_LIBRARY_PATH=$simple/lib prints 'we share a secret' "$programs/example"
    case $command in
    *'# shared') is_shared "$programs/example" ;;
    *'# static') is_static "$programs/example" ;;
    *'# all of it') check "needs shared libraries: $command" [ -z "$(needs "$programs/example")" ] ;;
    *) fail "it is not said how this links: $command" ;;
    esac
done <"$scratch/commands"

# ---- make, Meson ---------------------------------------------------------------------------------

block make 1 >"$programs/Makefile"
rm -f "$programs/example"
check "the README's Makefile fails" env -u MAKEFLAGS -u MAKELEVEL "${MAKE:-make}" -C "$programs" PQHYBRID="$simple"
is_static "$programs/example"
prints 'we share a secret' "$programs/example"

block meson 1 >"$programs/meson.build"
# A fresh environment, so that nobody's flags decide.
meson_setup() { # FOLDER ARGUMENTS
    folder=$programs/$1
    shift
    check "meson setup fails with $*" env -u CFLAGS -u LDFLAGS CC="$cc" meson setup "$@" "$folder" "$programs"
    check "the README's meson.build fails with $*" ninja -C "$folder"
}
meson_setup meson-shared
is_shared "$programs/meson-shared/example"
runs 'we share a secret' "$programs/meson-shared/example"
meson_setup meson-static -Dprefer_static=true
is_static "$programs/meson-static/example"
prints 'we share a secret' "$programs/meson-static/example"
sed -i "s/>= 0\.1/>= 1.0/" "$programs/meson.build"
says 'pqhybrid.*>= 1\.0|found.*but need.*>= 1\.0' env CC="$cc" meson setup "$programs/meson-later" "$programs"

# ---- other C libraries, OpenSSL, loading and unloading ---------------------------------------------

# The archive that was built for glibc asks for memory functions only, which musl has too.
compile "musl-gcc -std=c99 $strict -static" roundtrip.c musl "$whole"
check 'the musl program asks for an interpreter' lacks INTERP "$(readelf -lW "$programs/musl")"
check 'the musl program needs shared libraries' [ -z "$(needs "$programs/musl")" ]
check 'the musl program holds glibc' sh -c "! grep -q 'GNU C Library' '$programs/musl'"
prints 'four suites work' "$programs/musl"

openssl_flags=$(env -u PKG_CONFIG_LIBDIR pkg-config --cflags --libs openssl) ||
    fail 'OpenSSL is missing: install it (on Debian: libssl-dev)'
compile "'$cc' $strict" openssl.c with-openssl "$archive $openssl_flags"
is_static "$programs/with-openssl"
prints 'both libraries work' "$programs/with-openssl"
compile "'$cc' $strict" openssl.c with-openssl-shared "$openssl_flags $flags"
runs 'both libraries work' "$programs/with-openssl-shared"

compile "'$cc' -std=c99 $strict" reload.c reload "$(pkg-config --cflags pqhybrid) -ldl"
prints 'loaded and unloaded 1000 times' "$programs/reload" "$libdir/libpqhybrid.so.$major"
