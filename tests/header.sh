#!/bin/sh
# The header compiles by itself, as C99 and as C++17, as strict as the compilers are, with every choice of suites; and what
# it says of the stack is so.
set -eu
strict='-Wall -Wextra -Wpedantic -Werror -Wconversion -fsyntax-only -Iinclude'
checks=0
suites='MLKEM768_X25519 MLKEM1024_X448 MLDSA65_ED25519 MLDSA87_ED448'
for without in '' $suites "$suites"; do
    defines=''
    for suite in $without; do
        defines="$defines -DPQH_WITHOUT_$suite"
    done
    # shellcheck disable=SC2086 # lists
    echo '#include "pqhybrid.h"' | ${CC:-cc} -std=c99 $strict -Wstrict-prototypes $defines -x c -
    # shellcheck disable=SC2086
    echo '#include "pqhybrid.h"' | ${CXX:-c++} -std=c++17 $strict -Wold-style-cast $defines -x c++ -
    checks=$((checks + 2))
done
# What the header and the README say of the stack is more than what an operation takes and is scrubbed.
for suite in mlkem768_x25519 mlkem1024_x448 mldsa65_ed25519 mldsa87_ed448; do
    small=$(sed -n '/^mod x86_64_small {/,/^}/p' src/ffi/depth.rs | grep -i "const $suite" | sed 's/.*= \([0-9]*\) \* 1024;/\1/' |
        sort -n | tail -n 1)
    in_header=$(sed -n "s/^ \*.* *$suite \([0-9][0-9]*\)[,.]*.*/\1/p" include/pqhybrid.h | sed -n 2p)
    if [ "$in_header" -lt $((small + 3)) ]; then
        echo "header: $suite takes $small KiB of stack and some when built to be small; the header says $in_header" >&2
        exit 1
    fi
    scrubbed=$(sed -n '/^mod x86_64 {/,/^}/p' src/ffi/depth.rs | grep -i "const $suite" | sed 's/.*= \([0-9]*\) \* 1024;/\1/' | sort -n | tail -n 1)
    in_header=$(sed -n "s/^ \*.* *$suite \([0-9][0-9]*\)[,.]*.*/\1/p" include/pqhybrid.h | head -n 1)
    in_readme=$(tr '\n' ' ' <README.md | grep -o "[0-9]* KiB *(\`$suite\`)" | sed 's/ .*//')
    if [ "$in_header" -lt $((scrubbed + 3)) ] || [ "$in_readme" -ne "$in_header" ]; then
        echo "header: $suite takes $scrubbed KiB of stack and some; the header says $in_header, the README $in_readme" >&2
        exit 1
    fi
    checks=$((checks + 2))
done
echo "header: $checks checks"
