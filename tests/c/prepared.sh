#!/bin/sh
# A process may prepare a key with code for one level of CPU and use it with code for another: whatever level made a key,
# every level works with it. Of several levels two at least must run on this machine; where there is one, keys go from
# one process to another.
#
# usage: tests/c/prepared.sh PROGRAM LEVEL ...    PROGRAM is build/c/prepared; the levels are those of tests/levels.sh
set -eu
program=$1
shift
keys=$program-keys
cases=0
ran=''

fail() {
    echo "c/prepared-levels: $*" >&2
    exit 1
}

for level in "$@"; do
    made=$(PQHYBRID_BACKEND=$level "$program" make "$keys-$level")
    [ "$made" != "$level" ] && [ $# -gt 1 ] || ran="$ran $level"
done
# shellcheck disable=SC2086 # words
[ "$(echo $ran | wc -w)" -ge 2 ] || [ $# -eq 1 ] || fail "fewer than two of these levels run here: $*"
for maker in $ran; do
    for user in $ran; do
        PQHYBRID_BACKEND=$user "$program" use "$keys-$maker" >"$keys.log" 2>&1 ||
            fail "$user does not understand the keys of $maker: $(cat "$keys.log")"
        [ "$(head -n 1 "$keys.log")" = "$user" ] || [ $# -eq 1 ] || fail "$user did not run"
        count=$(sed -n 's/^c\/prepared-levels: \([1-9][0-9]*\) cases$/\1/p' "$keys.log")
        cases=$((cases + ${count:-0}))
    done
done
rm -f "$keys".log "$keys"-*
[ "$cases" -gt 0 ] || fail 'no case ran'
echo "c/prepared-levels: $cases cases"
