#!/bin/sh
# The ABI gate: what programs that are compiled already rely on, read from the header and the shared library, against the
# committed abi/abi.txt.
#
# usage: tools/abi.sh check|accept LIBRARY
#   check   fails on any difference, and says what a maintainer must do
#   accept  writes abi/abi.txt anew, if nothing was removed or changed
set -eu
what=$1
library=$2
committed=${ABI_FILE:-abi/abi.txt}
versions=${VERSIONS_FILE:-abi/versions}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

read_abi() {
    echo '#include "pqhybrid.h"' >"$work/header.c"
    # Every number that the header defines: sizes and statuses.
    echo '#include <stdio.h>
#include "pqhybrid.h"
int main(void) {' >"$work/numbers.c"
    ${CC:-cc} -E -dM -Iinclude "$work/header.c" | awk '$2 ~ /^PQH_/ && NF > 2 && $2 !~ /^PQH_VERSION_/ && $3 ~ /^[-(0-9]/ {
        printf "printf(\"number %s %%ld\\n\", (long)(%s));\n", $2, $2 }' >>"$work/numbers.c"
    # What is defined without a value: which suites there are.
    ${CC:-cc} -E -dM -Iinclude "$work/header.c" | awk '$2 ~ /^PQH_/ && NF == 2 {print "macro " $2}'
    # The type of all statuses.
    printf '%s\n' 'printf("type pqh_status %zu bytes, %s\n", sizeof(pqh_status), (pqh_status)-1 < 0 ? "signed" : "unsigned");' \
        >>"$work/numbers.c"
    # Every struct that callers make room for.
    ${CC:-cc} -E -P -Iinclude "$work/header.c" | grep -oE '\} pqh_[a-z0-9_]+;' | tr -d '};' | while read -r type; do
        # shellcheck disable=SC2028 # the \n is C's
        printf '%s\n' "printf(\"struct $type %zu bytes, aligned to %zu\\n\", sizeof($type), _Alignof($type));"
    done >>"$work/numbers.c"
    echo 'return 0; }' >>"$work/numbers.c"
    ${CC:-cc} -std=c11 -Iinclude "$work/numbers.c" -o "$work/numbers"
    "$work/numbers"
    # Every function: how it is called, with the sizes of its arrays, and its versioned symbol.
    ${CC:-cc} -E -P -DPQH_MUST_USE= -Iinclude "$work/header.c" | tr '\n' ' ' | tr ';' '\n' | tr -s ' ' |
        grep -oE '(const )?[a-z0-9_]+ \**pqh_[a-z0-9_]+\([^)]*\) *$' | sed 's/^/function /; s/ *$//'
    nm -D --defined-only --with-symbol-versions "$library" | awk '$2 != "A" {print "symbol " $3}'
    readelf -dW "$library" | sed -n 's/.*SONAME.*\[\(.*\)\]/soname \1/p'
}

version=$(sed -n 's/^version = "\([0-9]*\.[0-9]*\).*"$/\1/p' Cargo.toml | head -n 1)
newest=$(printf '%s\n' "$version" $(sed -n 's/^pqh_\([0-9.]*\) .*/\1/p' "$versions") | sort -uV | tail -n 1)
[ "$newest" = "$version" ] || {
    echo "abi: abi/versions names pqh_$newest, but Cargo.toml's version is $version: put new functions under pqh_$version" >&2
    exit 1
}

read_abi >"$work/read"
LC_ALL=C sort "$work/read" >"$work/now"
touch "$committed"
LC_ALL=C sort "$committed" >"$work/committed"
LC_ALL=C comm -23 "$work/committed" "$work/now" >"$work/gone"
LC_ALL=C comm -13 "$work/committed" "$work/now" >"$work/new"

if [ -s "$work/gone" ]; then
    echo 'abi: this is in abi/abi.txt, and no longer so:' >&2
    sed 's/^/  - /' "$work/gone" >&2
    [ ! -s "$work/new" ] || sed 's/^/  + /' "$work/new" >&2
    echo 'abi: programs that are compiled already would break. Undo the change, or add a function of another name beside the
     old one; if it must be, raise the major version in Cargo.toml, empty abi/abi.txt, begin abi/versions anew, and say so
     in CHANGELOG.md.' >&2
    exit 1
fi
if [ "$what" = accept ]; then
    cp "$work/now" "$committed"
    echo "abi: $(wc -l <"$committed") lines in $committed"
elif [ -s "$work/new" ]; then
    echo 'abi: this is new:' >&2
    sed 's/^/  + /' "$work/new" >&2
    echo "abi: raise the minor version in Cargo.toml if a release came between, put new functions under that version's node in
     abi/versions, run 'make abi', commit abi/, and say so in CHANGELOG.md." >&2
    exit 1
fi
echo "abi: $(wc -l <"$work/now") checks"
