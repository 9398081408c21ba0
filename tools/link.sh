#!/bin/sh
# Makes the libraries that are shipped out of the archive that cargo builds:
#
#   libpqhybrid.a         one relocatable object, whose only global definitions are the exported functions, so that it
#                         never clashes with what else is linked, another Rust library for one
#   libpqhybrid.so.X.Y.Z  the same object with a soname, symbol versions, full RELRO and a stack that is not executable
#   ….debug               its symbols and line numbers, split off; debuggers find it by name
#   unstripped.so         the shared library before that, for the tests
#   unstripped.a          the archive with line numbers, for the tests
#
# usage: tools/link.sh ARCHIVE FOLDER [static]
# CC, and BINUTILS, the prefix of a cross-compiler's tools, come from the environment. With 'static', for targets without
# an operating system, the archive is all that is made.
set -eu
archive=$1
out=$2
binutils=${BINUTILS:-}
versions=abi/versions
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
soname=libpqhybrid.so.${version%%.*}
shared=libpqhybrid.so.$version
work=$out/link
rm -rf "$work"
mkdir -p "$work"

fail() {
    echo "link: $*" >&2
    exit 1
}

# nm stumbles over what Rust archives hold besides objects; readelf does not.
"${binutils}readelf" -sW "$archive" 2>/dev/null |
    awk '$5 == "GLOBAL" && $7 != "UND" && $8 ~ /^pqh_/ {print $8}' | sort -u >"$work/exports"
[ -s "$work/exports" ] || fail "$archive defines no pqh_ function"

# Everything that the exported functions reach, and nothing else, in one object that keeps a section a function, so that
# a program linked with --gc-sections keeps only what it uses. Memory functions are the program's own: those that Rust
# has for targets without a C library stay out, because what is asked for meanwhile has another name.
sed 's/^/-u /' "$work/exports" >"$work/roots"
for function in memcpy memmove memset memcmp bcmp \
    __aeabi_memcpy __aeabi_memcpy4 __aeabi_memcpy8 __aeabi_memmove __aeabi_memmove4 __aeabi_memmove8 \
    __aeabi_memset __aeabi_memset4 __aeabi_memset8 __aeabi_memclr __aeabi_memclr4 __aeabi_memclr8; do
    echo "--wrap=$function" >>"$work/roots"
    echo "__wrap_$function $function" >>"$work/memory"
done
"${binutils}ld" -r --gc-sections "@$work/roots" "$archive" -o "$work/all.o"
"${binutils}objcopy" --redefine-syms="$work/memory" "$work/all.o"
# Bitcode that some targets' objects carry along: the index of an archive suffers from it where ar has LLVM's plugin.
# Nothing unwinds, so that Arm's tables for it only take space.
"${binutils}objcopy" --remove-section=.llvmbc --remove-section=.llvmcmd \
    --remove-section='.ARM.exidx*' --remove-section='.rel.ARM.exidx*' "$work/all.o"
"${binutils}objcopy" --keep-global-symbols="$work/exports" --strip-debug "$work/all.o" "$work/pqhybrid.o"
"${binutils}objcopy" --keep-global-symbols="$work/exports" "$work/all.o" "$work/pqhybrid-debug.o"
rm -f "$out/libpqhybrid.a"
"${binutils}ar" rcsD "$out/libpqhybrid.a" "$work/pqhybrid.o"
rm -f "$out/unstripped.a"
"${binutils}ar" rcsD "$out/unstripped.a" "$work/pqhybrid-debug.o"
if [ "${3:-}" = static ]; then
    rm -rf "$work"
    exit 0
fi

# A node for each minor version that added functions; abi/versions says which function came when.
awk -v exports="$work/exports" '
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
