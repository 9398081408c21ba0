#!/bin/sh
# What the linked shared library is: it exports pqh_ names alone, all of them in the header; it needs the C library only,
# and of that the memory functions; it holds no state, formatting, unwinding or allocation; and it has no more calls to panic
# functions than the limit below.
#
# usage: tests/linked.sh LIBRARY
set -eu
library=$1
# Bounds checks that dependencies keep and that no input reaches; a number that only ever goes down.
panic_limit=170
checks=0

fail() {
    echo "linked: $*" >&2
    exit 1
}

exported=$(nm -D --defined-only "$library" | awk '{print $3}')
declared=$(echo '#include "pqhybrid.h"' | ${CC:-cc} -E -P -Iinclude -x c - | grep -oE 'pqh_[a-z0-9_]+ ?\(' | tr -d ' (' | sort -u)
for name in $exported; do
    case $name in
    pqh_*) ;;
    *) fail "$name is exported" ;;
    esac
    echo "$declared" | grep -qx "$name" || fail "$name is exported but not in the header"
    checks=$((checks + 1))
done
for name in $declared; do
    [ "$name" = pqh_platform_random_bytes ] || echo "$exported" | grep -qx "$name" || fail "$name is in the header but not exported"
    checks=$((checks + 1))
done

needed=$(readelf -d "$library" | sed -n 's/.*NEEDED.*\[\(.*\)\].*/\1/p')
[ -n "$needed" ] || fail "does not say that it needs the C library"
for name in $needed; do
    case $name in
    libc.* | ld-linux*) ;;
    *) fail "needs $name" ;;
    esac
    checks=$((checks + 1))
done

# Nothing but memory functions: no allocator, no environment, no files. What begins with an underscore is the start-up
# code's, and weak.
for name in $(nm -D --undefined-only "$library" | awk '{sub(/@.*/, "", $NF); print $NF}'); do
    case $name in
    memcpy | memmove | memset | memcmp | bcmp | _ITM_* | __gmon_start__ | __cxa_finalize) ;;
    *) fail "asks the C library for $name" ;;
    esac
    checks=$((checks + 1))
done

# No state of its own: what can be written is the backends' memory of what the CPU can do, and the start-up code's.
for name in $(nm "$library" | awk '$2 ~ /[bBdD]/ {print $3}'); do
    case $name in
    *libcrux_platform*FEATURE_BITS* | *cpuid*STORAGE*) ;;
    _DYNAMIC | _GLOBAL_OFFSET_TABLE_ | __TMC_* | __do_global_* | __frame_dummy_* | __dso_handle | completed.*) ;;
    *) fail "holds the variable $name" ;;
    esac
    checks=$((checks + 1))
done

symbols=$(nm "$library" | awk '{print $NF}')
! echo "$symbols" | grep -E '4core3fmt|_Unwind_|rust_eh_personality|__rust_alloc' || fail 'formatting, unwinding or allocation is linked in'
checks=$((checks + 1))

sites=$(objdump -d --no-show-raw-insn "$library" | grep -cE '(call|jmp|bl?) .*(panicking|slice_index_fail|expect_failed|unwrap_failed|len_mismatch)' || true)
[ "$sites" -le "$panic_limit" ] || fail "$sites calls to panic functions, over the limit of $panic_limit"
checks=$((checks + 1))
echo "  $(echo "$exported" | wc -l) exported names; needs: $(echo $needed); $sites calls to panic functions (limit $panic_limit)"
echo "linked: $checks checks"
