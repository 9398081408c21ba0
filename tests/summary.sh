#!/bin/sh
# The last words of `make test`: how many cases each suite ran, from the logs of the steps, and what was skipped.
set -eu
counts=$(sed -nE 's/^\.*([A-Za-z0-9_\/-]+)[A-Za-z0-9_\/ -]*: ([0-9]+) (cases|checks).*/\1 \2/p' build/logs/*.log |
    awk '{sum[$1] += $2} END {for (name in sum) print name, sum[name]}' | sort)
[ -n "$counts" ] || {
    echo 'summary: no case ran' >&2
    exit 1
}
printf '\nWhat ran, in cases:\n'
echo "$counts" | awk '{printf "  %-24s %7d\n", $1, $2}'
skipped=$(grep -hE '^\.*skipped ' build/logs/*.log | sort -u || true)
lost=0
if [ -n "$skipped" ]; then
    lost=$(echo "$skipped" | wc -l)
    printf '\n%s\n' "$skipped"
    case $skipped in
    *PQHYBRID_VECTORS*) echo 'The published vectors are not part of this repository; tests/README.md says where they come from.' ;;
    esac
fi
printf '\n%s steps passed; in cases, and in suites skipped:\n' "$(ls build/logs/*.log | wc -l)"
echo "$(echo "$counts" | awk '{sum += $2} END {print sum}') passed, 0 failed, $lost skipped"
