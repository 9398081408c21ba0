#!/bin/sh
# A process may prepare a key with code for one level of CPU and use it with code for another: the bytes of prepared keys
# are the same at every level. This compares them, and that there is more than one level where the machine has more.
#
# usage: tests/c/prepared.sh PROGRAM LEVEL [LEVEL ...]     PROGRAM is build/c/prepared; levels as in PQHYBRID_BACKEND
set -eu
program=$1
shift
cases=0
first=$(PQHYBRID_BACKEND=$1 "$program" digests 2>/dev/null)
for level in "$@"; do
    if [ "$(PQHYBRID_BACKEND=$level "$program" digests 2>&1 >/dev/null)" != "$level" ]; then
        echo "c/prepared-levels: $level does not run on this machine" >&2
        continue
    fi
    [ "$(PQHYBRID_BACKEND=$level "$program" digests 2>/dev/null)" = "$first" ] || {
        echo "c/prepared-levels: the bytes of prepared keys differ between $1 and $level" >&2
        exit 1
    }
    cases=$((cases + 1))
done
[ "$cases" -gt 1 ] || [ $# -eq 1 ] || {
    echo "c/prepared-levels: fewer than two of these levels ran: $*" >&2
    exit 1
}
echo "c/prepared-levels: $cases cases"
