#!/bin/sh
# Makes the libraries that are shipped out of the archives that cargo builds:
#
#   libpqhybrid.a         one relocatable object, whose only global definitions are the exported functions, so that it
#                         never clashes with what else is linked, another Rust library for one
#   libpqhybrid.so.X.Y.Z  the same object with a soname, symbol versions, full RELRO and a stack that is not executable
#   ….debug               its symbols and line numbers, split off; debuggers find it by name
#   unstripped.so         the shared library before that, for the tests
#   unstripped.a          the archive with line numbers, for the tests
#
# usage: tools/link.sh FOLDER KIND LEVEL=ARCHIVE ...      KIND is shared, or static: the archive is all that is made
# Each archive is the library as cargo builds it, for one level of a processor's instructions, lowest first. One alone needs no
# level's name to be known here; of several, which only x86-64 has, tools/trampolines.sh lets the library choose.
# CC, and BINUTILS, the prefix of a cross-compiler's tools, come from the environment.
set -eu
out=$1
kind=$2
shift 2
binutils=${BINUTILS:-}
versions=abi/versions
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
soname=libpqhybrid.so.${version%%.*}
shared=libpqhybrid.so.$version
work=$out/link
rm -rf "$work"
mkdir -p "$work/exports"

fail() {
    echo "link: $*" >&2
    exit 1
}

# Memory functions are the program's own: those that Rust has for targets without a C library stay out, because what is
# asked for meanwhile has another name.
for function in memcpy memmove memset memcmp bcmp \
    __aeabi_memcpy __aeabi_memcpy4 __aeabi_memcpy8 __aeabi_memmove __aeabi_memmove4 __aeabi_memmove8 \
    __aeabi_memset __aeabi_memset4 __aeabi_memset8 __aeabi_memclr __aeabi_memclr4 __aeabi_memclr8; do
    echo "--wrap=$function" >>"$work/wrapped"
    echo "__wrap_$function $function" >>"$work/memory"
done

# Everything that the exported functions reach, and nothing else, in one object that keeps a section a function, so that
# a program linked with --gc-sections keeps only what it uses.
gather() { # LEVEL ARCHIVE [WITHOUT [ROOT]]: into all.LEVEL.o, but for functions like WITHOUT; ROOT is one that is not exported
    # nm stumbles over what Rust archives hold besides objects; readelf does not.
    "${binutils}readelf" -sW "$2" 2>/dev/null |
        awk -v without="${3:-}" '$5 == "GLOBAL" && $7 != "UND" && $8 ~ /^pqh_/ && (without == "" || $8 !~ without) {print $8}' |
        sort -u >"$work/exports/$1"
    [ -s "$work/exports/$1" ] || fail "$2 defines no pqh_ function"
    { cat "$work/exports/$1"; echo "${4:-}"; } | sed '/./!d; s/^/-u /' >"$work/roots"
    "${binutils}ld" -r --gc-sections "@$work/wrapped" "@$work/roots" "$2" -o "$work/all.$1.o"
    "${binutils}objcopy" --redefine-syms="$work/memory" "$work/all.$1.o"
    # Bitcode that some targets' objects carry along: the index of an archive suffers from it where ar has LLVM's plugin.
    # Nothing unwinds, so that Arm's tables for it only take space.
    "${binutils}objcopy" --remove-section=.llvmbc --remove-section=.llvmcmd \
        --remove-section='.ARM.exidx*' --remove-section='.rel.ARM.exidx*' "$work/all.$1.o"
}

if [ $# -eq 1 ]; then
    gather one "${1#*=}"
    mv "$work/exports/one" "$work/exports/all"
    mv "$work/all.one.o" "$work/all.o"
else
    # What only tells a number or a sentence, or asks the system, is the same on all levels: the lowest has it.
    same='^pqh_([a-z0-9_]*_bytes|version|status_string)$'
    levels=''
    [ "${1%%=*}" = x86-64 ] || fail "of several levels the first must be x86-64, not ${1%%=*}"
    for one; do
        level=$(echo "${one%%=*}" | tr - _) # as a part of names
        lowest=${lowest:-$level}
        : >"$work/kept"
        if [ "$level" = "$lowest" ]; then
            gather "$level" "${one#*=}" '' pqhybrid_choose_level
            cp "$work/exports/$level" "$work/exports/all"
            { grep -E "$same" "$work/exports/all"; echo pqhybrid_choose_level; } >"$work/kept"
            grep -vE "$same" "$work/exports/all" >"$work/exports/$level"
        else
            gather "$level" "${one#*=}" "$same"
        fi
        # Nothing of a level but its functions is seen by another.
        sed "s/.*/& &.$level/" "$work/exports/$level" >"$work/renamed"
        cut -d ' ' -f 2 "$work/renamed" >>"$work/kept"
        "${binutils}objcopy" --redefine-syms="$work/renamed" "$work/all.$level.o"
        "${binutils}objcopy" --keep-global-symbols="$work/kept" "$work/all.$level.o"
        levels="$levels $level"
        shift
        set -- "$@" "$work/all.$level.o"
    done
    # shellcheck disable=SC2086 # a list
    sh "${0%/*}/trampolines.sh" "$work/exports" $levels >"$work/trampolines.s"
    "${binutils}as" "$work/trampolines.s" -o "$work/trampolines.o"
    "${binutils}ld" -r "$work/trampolines.o" "$@" -o "$work/all.o"
fi
"${binutils}objcopy" --keep-global-symbols="$work/exports/all" --strip-debug "$work/all.o" "$work/pqhybrid.o"
"${binutils}objcopy" --keep-global-symbols="$work/exports/all" "$work/all.o" "$work/pqhybrid-debug.o"
rm -f "$out/libpqhybrid.a"
"${binutils}ar" rcsD "$out/libpqhybrid.a" "$work/pqhybrid.o"
rm -f "$out/unstripped.a"
"${binutils}ar" rcsD "$out/unstripped.a" "$work/pqhybrid-debug.o"
if [ "$kind" = static ]; then
    rm -rf "$work"
    exit 0
fi

# A node for each minor version that added functions; abi/versions says which function came when.
awk -v exports="$work/exports/all" '
    BEGIN { while ((getline name < exports) > 0) here[name] = 1 }
    /^#/ || NF != 2 { next }
    !($1 in seen) { seen[$1] = 1; order[++nodes] = $1 }
    $2 in here { list[$1] = list[$1] "        " $2 ";\n"; delete here[$2] }
    END {
        for (name in here) { print "link: " name " is not in abi/versions" > "/dev/stderr"; lost = 1 }
        if (lost) exit 1
        for (i = 1; i <= nodes; i++) {
            node = order[i]
            if (list[node] == "") continue
            printf "%s {\n    global:\n%s", node, list[node]
            if (previous == "") printf "    local:\n        *;\n"
            printf "}%s;\n", previous == "" ? "" : " " previous
            previous = node
        }
    }' "$versions" >"$work/version-script" || fail "add the new functions to $versions, under the node of this minor version"

# One word, which may have spaces in it, or a compiler with flags.
if command -v "${CC:-cc}" >/dev/null; then
    compiler() { "${CC:-cc}" "$@"; }
else
    # shellcheck disable=SC2086 # a list
    compiler() { $CC "$@"; }
fi
compiler -shared -nostartfiles "$work/pqhybrid-debug.o" -o "$out/unstripped.so" \
    -Wl,-soname,"$soname" -Wl,--version-script="$work/version-script" -Wl,--gc-sections \
    -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,-z,defs -Wl,--build-id=sha1 -Wl,--hash-style=gnu
"${binutils}objcopy" --only-keep-debug "$out/unstripped.so" "$out/$shared.debug"
"${binutils}objcopy" --strip-all --add-gnu-debuglink="$out/$shared.debug" "$out/unstripped.so" "$out/$shared"
ln -sf "$shared" "$out/$soname"
ln -sf "$soname" "$out/libpqhybrid.so"
rm -rf "$work"
