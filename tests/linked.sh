#!/bin/sh
# What the linked libraries are. The shared one exports pqh_ names alone, all of them in the header; it needs the C library
# only, and of that what abi/undefined lists; it has a soname, full RELRO, a stack that is not executable; it holds no state,
# formatting, unwinding or allocation. The static one is one object that defines pqh_ names alone, and asks for the same few
# functions. Neither carries debug information. What in them can end the program is for tests/machine-code to say.
#
# usage: tests/linked.sh FOLDER [shipped]      (where tools/link.sh put them; BINUTILS, the prefix of the tools for another
#                                              machine, from the environment)
# With 'shipped', FOLDER is the lib of a tarball, with its debug information unpacked over it: what needs the symbols of the
# library before they are split off is not looked at.
set -eu
static=$1/libpqhybrid.a
shared=$1/libpqhybrid.so
unstripped=$1/unstripped.so
binutils=${BINUTILS:-}
checks=0
nm() { command "${binutils}nm" "$@"; }
readelf() { command "${binutils}readelf" "$@"; }

fail() {
    echo "linked: $*" >&2
    exit 1
}

check() { # SENTENCE COMMAND...: the command must succeed, or the sentence says what is wrong
    sentence=$1
    shift
    "$@" >/dev/null || fail "$sentence"
    checks=$((checks + 1))
}

lists() { # PATTERN TEXT
    echo "$2" | grep -qE "$1"
}

lacks() { # PATTERN TEXT
    ! lists "$1" "$2"
}

for tool in nm readelf ar; do
    command -v "$binutils$tool" >/dev/null || fail "$binutils$tool is missing: install binutils"
done
case $(readelf -hW "$shared") in
*X86-64*) machine=x86_64 ;;
*AArch64*) machine=aarch64 ;;
*) fail "$shared is for a machine that abi/undefined does not know" ;;
esac

# ---- names ---------------------------------------------------------------------------------------

# Of type A are the version nodes.
exported=$(nm -D --defined-only "$shared" | awk '$2 != "A" {print $3}' | sed 's/@.*//')
declared=$(echo '#include "pqhybrid.h"' | ${CC:-cc} -E -P -Iinclude -x c - | grep -oE 'pqh_[a-z0-9_]+ ?\(' | tr -d ' (' | sort -u)
defined=$(readelf -sW "$static" | awk '$5 != "LOCAL" && $7 != "UND" && $8 != "" && $1 ~ /^[0-9]+:$/ {print $8}')
for name in $exported; do
    check "$name is exported, but not in the header" lists "^$name\$" "$declared"
    check "$name is exported, but not defined by $static" lists "^$name\$" "$defined"
done
for name in $defined; do
    check "$static defines $name, but $shared does not export it" lists "^$name\$" "$exported"
done
for name in $declared; do
    [ "$name" = pqh_platform_random_bytes ] || check "$name is in the header, but not exported" lists "^$name\$" "$exported"
done
check 'a name other than pqh_ is exported' lacks '^(pq[^h]|p[^q]|[^p])' "$(nm -D --defined-only "$shared" | awk '{print $3}')"

# What compilers call for copying and comparing, and little else: no allocator, no environment, no file.
listed=$(awk -v machine=$machine '$1 !~ /^#/ && ($2 == "linux" || $2 == machine) && NF > 2 {print $1}' abi/undefined | sort)
for library in "$static" "$shared"; do
    undefined=$(readelf -sW "$library" | awk '$7 == "UND" && $8 != "" {sub(/@.*/, "", $8); print $8}' | sort -u)
    check "$library asks for $(echo $undefined), but abi/undefined lists $(echo $listed)" [ "$undefined" = "$listed" ]
done

# ---- the shared library --------------------------------------------------------------------------

dynamic=$(readelf -dW "$shared")
segments=$(readelf -lW "$shared")
needed=$(echo "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
check "needs $(echo $needed), not the C library alone" lists '^(libc\.so|libc\.so\.6|libc\.musl-[a-z0-9_]+\.so\.1)$' "$needed"
check "needs $(echo $needed), not the C library alone" [ "$(echo "$needed" | wc -l)" -eq 1 ]
check 'has no soname of the form libpqhybrid.so.MAJOR' lists 'SONAME.*\[libpqhybrid\.so\.[0-9]+\]' "$dynamic"
check 'has text relocations' lacks TEXTREL "$dynamic"
check 'has a search path' lacks 'RPATH|RUNPATH' "$dynamic"
check 'is not bound at load time: no full RELRO' lists 'BIND_NOW|FLAGS_1.*NOW' "$dynamic"
check 'has no RELRO segment' lists GNU_RELRO "$segments"
check 'has an executable stack' lists 'GNU_STACK .* RW +0x' "$segments"
check 'has a segment that is writable and executable' lacks 'LOAD.* RWE ' "$segments"
for function in $(nm -D --defined-only --with-symbol-versions "$shared" | awk '$2 != "A" {print $3}'); do
    check "$function has no version" lists '@@pqh_[0-9]+\.[0-9]+$' "$function"
done

# ---- what is inside ------------------------------------------------------------------------------

check "$static holds more than one object" [ "$("${binutils}ar" t "$static" | wc -l)" -eq 1 ]
for library in "$static" "$shared"; do
    check "$library carries debug information" lacks '\.debug_|\.symtab.*debug' "$(readelf -SW "$library")"
done
check 'the shared library does not say where its debug information is' lists gnu_debuglink "$(readelf -SW "$shared")"
check 'the split-off debug information has no line numbers' lists debug_line "$(readelf -SW "$1"/*.debug)"

if [ "${2:-}" = shipped ]; then
    echo "linked: $checks checks"
    exit 0
fi

# No state of its own: what can be written is the memory of what the CPU can do.
for name in $(nm "$unstripped" | awk '$2 ~ /[bBdD]/ {print $3}'); do
    case $name in
    pqhybrid_level | *cpuid*STORAGE* | *sha3_intrinsics*STORAGE* | *sha3_hwcap*STORAGE* | _DYNAMIC | _GLOBAL_OFFSET_TABLE_) ;;
    *) fail "holds the variable $name" ;;
    esac
    checks=$((checks + 1))
done
check 'formatting, unwinding or allocation is linked in' lacks '4core3fmt|_Unwind_|rust_eh_personality|__rust_alloc' \
    "$(nm "$unstripped")"

echo "  $(echo "$exported" | wc -l) exported names; $(wc -c <"$shared") bytes"
echo "linked: $checks checks"
