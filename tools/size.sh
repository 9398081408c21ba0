#!/bin/sh
# What the library takes: the shared library, and programs that are linked with the static one, stripped.
#
# usage: tools/size.sh FOLDER      (where tools/link.sh put the libraries; CC from the environment)
set -eu
library=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

row() { printf '%10d  %s\n' "$1" "$2"; }

program() { # FUNCTIONS TITLE: a program that names the functions, less an empty one
    {
        echo '#include <pqhybrid.h>'
        echo 'void (*volatile functions[])(void) = {0,'
        for function in $1; do echo "(void (*)(void))$function,"; done
        echo '}; int main(void) { return functions[0] != 0; }'
    } >"$scratch/program.c"
    ${CC:-cc} -O2 -Iinclude "$scratch/program.c" -Wl,--gc-sections -s "$library/libpqhybrid.a" -o "$scratch/program"
    size=$(wc -c <"$scratch/program")
    if [ -z "$1" ]; then
        empty=$size
    else
        row $((size - empty)) "$2"
    fi
}

echo 'bytes, stripped'
row "$(wc -c <"$library/libpqhybrid.so")" 'libpqhybrid.so, everything'
program '' ''
for suite in mlkem768_x25519 mlkem1024_x448; do
    program "pqh_${suite}_keygen pqh_${suite}_encaps pqh_${suite}_decaps" "in a static program: $suite"
done
for suite in mldsa65_ed25519 mldsa87_ed448; do
    program "pqh_${suite}_keygen pqh_${suite}_sign pqh_${suite}_verify" "in a static program: $suite"
    program "pqh_${suite}_verify" "in a static program: $suite, verifying only"
done
