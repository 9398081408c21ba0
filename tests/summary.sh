#!/bin/sh
# The last words of `make test`: how many cases each suite ran, from the logs of the steps.
set -eu
steps=$(ls build/logs/*.log | wc -l)
printf '\nWhat ran:\n'
sed -nE 's/^\.*([A-Za-z0-9_\/. -]+): ([0-9]+) (cases|checks).*/  \1: \2 \3/p' build/logs/*.log | sort
cases=$(sed -nE 's/^[A-Za-z0-9_\/. -]+: ([0-9]+) (cases|checks).*/\1/p' build/logs/*.log | awk '{sum += $1} END {print sum + 0}')
skipped=$(grep -hE '^skipped ' build/logs/*.log | sort -u || true)
if [ -n "$skipped" ]; then
    printf '\n%s\n' "$skipped"
fi
if [ "$cases" -eq 0 ]; then
    echo 'no case ran' >&2
    exit 1
fi
printf '\n%s steps, all passed; cases:\n%s passed, 0 failed\n' "$steps" "$cases"
