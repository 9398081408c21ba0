# What the installed files hold: what was built and what the source has, byte for byte; what is filled in, line for line;
# their modes; no path of this machine. And the oldest glibc. A part of run.sh.

to=$(into contents)
installer install DESTDIR="$to" >/dev/null
at=$to/usr/local
share=$at/share/doc/pqhybrid

# ---- the same bytes ------------------------------------------------------------------------------

while read -r source installed; do
    check "$installed is not $source" cmp "$source" "$at/$installed"
    case $installed in
    *.so.*) mode=755 ;;
    *) mode=644 ;;
    esac
    check "$installed has mode $(stat -c %a "$at/$installed"), not $mode" [ "$(stat -c %a "$at/$installed")" = $mode ]
done <<END
include/pqhybrid.h include/pqhybrid.h
build/lib/libpqhybrid.a lib/libpqhybrid.a
build/lib/libpqhybrid.so.$version lib/libpqhybrid.so.$version
LICENSE-APACHE share/doc/pqhybrid/LICENSE-APACHE
LICENSE-MIT share/doc/pqhybrid/LICENSE-MIT
THIRD-PARTY-NOTICES.md share/doc/pqhybrid/THIRD-PARTY-NOTICES.md
END
for file in LICENSE-APACHE LICENSE-MIT THIRD-PARTY-NOTICES.md; do
    check "$file is empty" [ -s "$share/$file" ]
done
for file in pkgconfig/pqhybrid.pc cmake/pqhybrid/pqhybridConfig.cmake cmake/pqhybrid/pqhybridConfigVersion.cmake \
    cmake/pqhybrid/manifest; do
    check "$file has mode $(stat -c %a "$at/lib/$file"), not 644" [ "$(stat -c %a "$at/lib/$file")" = 644 ]
done
check 'the installed shared library has symbols or debug information' \
    lacks '\.(symtab|debug_)' "$(readelf -SW "$at/lib/libpqhybrid.so.$version")"
check 'the installed archive has debug information' lacks '\.debug_' "$(readelf -SW "$at/lib/libpqhybrid.a")"
check 'the soname is not that of the link' [ "$(readlink "$at/lib/libpqhybrid.so")" = \
    "$(readelf -d "$at/lib/libpqhybrid.so" | sed -n 's/.*SONAME.*\[\(.*\)\].*/\1/p')" ]
names_no_place "$to"
# It was looked for as it should be: a file that names this folder is found, with and without a slash behind.
mkdir "$scratch/named" "$scratch/other"
for end in '' /src; do
    printf 'x\0%s%s\0' "$PWD" "$end" >"$scratch/named/file"
    says 'names a folder of the machine' sh -euc 'checks=0 scratch=$1; . tests/installed/common.sh; names_no_place "$2"' \
        - "$scratch/other" "$scratch/named"
done

# What is true of the library in the build folder is true of the installed one. What was split off lies beside it there.
mkdir "$scratch/linked"
for file in "$at/lib/libpqhybrid.a" "$at/lib/libpqhybrid.so" "$PWD/build/lib/unstripped.so" \
    "$PWD/build/lib/libpqhybrid.so.$version.debug"; do
    ln -s "$file" "$scratch/linked/"
done
check 'the installed library is not as tests/linked.sh wants it' sh tests/linked.sh "$scratch/linked"

# ---- what is filled in ---------------------------------------------------------------------------

for file in "$at"/lib/pkgconfig/* "$at"/lib/cmake/pqhybrid/*; do
    check "$file has a blank that was not filled in" sh -c '! grep -nE "@[A-Z_]+@" "$1"' - "$file"
    check "$file names the folder that it was staged in" sh -c '! grep -nF -e "$1" "$2"' - "$scratch" "$file"
done

pc() { # INCLUDEDIR LIBDIR PREFIX QUOTE: what pqhybrid.pc must say, without comments and empty lines
    cat <<END
prefix=$3
libdir=$2
includedir=$1
archive=\${libdir}/libpqhybrid.a
suites=$suites
Name: pqhybrid
Description: Hybrid post-quantum key encapsulation and signatures
Version: $version
Cflags: -I$4\${includedir}$4
Libs: -L$4\${libdir}$4 -lpqhybrid
Libs.private:
END
}
same_pc() { # FILE INCLUDEDIR LIBDIR PREFIX QUOTE
    grep -vE '^(#.*)?$' "$1" | sed 's/ *$//' >"$scratch/pc"
    shift
    pc "$@" >"$scratch/pc-expected"
    same 'pqhybrid.pc does not say what it should' "$scratch/pc-expected" "$scratch/pc"
}
same_pc "$at/lib/pkgconfig/pqhybrid.pc" '${prefix}/include' '${prefix}/lib' /usr/local '"'
to=$(into contents-elsewhere)
installer install DESTDIR="$to" PREFIX='/opt/p q' LIBDIR=/usr/lib64 >/dev/null
same_pc "$to/usr/lib64/pkgconfig/pqhybrid.pc" '${prefix}/include' /usr/lib64 '/opt/p q' '"'
to=$(into contents-relocatable)
installer install DESTDIR="$to" PREFIX=/p RELOCATABLE=1 >/dev/null
same_pc "$to/p/lib/pkgconfig/pqhybrid.pc" '${prefix}/include' '${prefix}/lib' '${pcfiledir}/../..' ''

# ---- the oldest glibc ----------------------------------------------------------------------------

machine=$(readelf -h "$at/lib/libpqhybrid.so" | sed -n 's/.*Machine: *//p')
case $machine in
*X86-64) name=x86-64 ;;
AArch64) name=AArch64 ;;
*) fail "the README states no oldest glibc for $machine" ;;
esac
oldest_glibc() { # LIBRARY: the highest version that it needs; names that are no version need a glibc that nobody can tell
    needed=$(readelf -VW "$1" | sed -n '/^Version needs/,$s/.*  Name: \([^ ]*\) .*/\1/p' | sort -u)
    for one in $needed; do
        printf '%s\n' "$one" | grep -qE '^GLIBC_[0-9]+(\.[0-9]+)+$' || fail "$1 needs $one, which is no version of glibc"
    done
    printf '%s\n' "$needed" | sed 's/GLIBC_//' | sort -V | tail -n 1
}
stated=$(tr '\n' ' ' <"$readme" | sed -nE 's/.*needs glibc ([0-9.]+) or newer on x86-64 \(([0-9.]+) on AArch64\).*/\1 \2/p')
case $name in
x86-64) stated=${stated% *} ;;
*) stated=${stated#* } ;;
esac
oldest=$(oldest_glibc "$at/lib/libpqhybrid.so.$version")
check "the shared library needs glibc ${oldest:-unknown} on $name, the README states '$stated'" \
    [ "${oldest:-unknown}" = "$stated" ]
# A linker that packs relocations asks for a name that is no version; libraries with it do not load before glibc 2.36.
echo 'extern int printf(const char *, ...); void *where[] = {where, where}; int f(void) { return printf("f"); }' \
    >"$scratch/packed.c"
if "$cc" -shared -fPIC -Wl,-z,pack-relative-relocs "$scratch/packed.c" -o "$scratch/packed.so" 2>/dev/null &&
    readelf -VW "$scratch/packed.so" | grep -q GLIBC_ABI_DT_RELR; then
    check 'a name that is no version of glibc goes unnoticed' \
        lists 'needs GLIBC_ABI_DT_RELR, which is no version of glibc' "$(oldest_glibc "$scratch/packed.so" 2>&1 || true)"
else
    echo '  (this linker does not pack relocations: the check of such names is not tried)'
fi
