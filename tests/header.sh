#!/bin/sh
# The header compiles by itself, as C99 and as C++17, as strict as the compilers are, with every choice of suites.
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
echo "header: $checks checks"
