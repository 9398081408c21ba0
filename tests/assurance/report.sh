#!/bin/sh
# Makes the one-page report of what was checked for safety, how many, and what was found, out of the logs of the steps: every
# line 'report: AREA | CHECKED | HOW MANY | FOUND' is a row. Without any, or without one of the areas that are named, it fails.
#
# usage: tests/assurance/report.sh LOGS OUTPUT AREA...      (writes OUTPUT in Markdown, and prints it)
set -eu
logs=$1
output=$2
shift 2

rows=$(sed -n 's/^report: //p' "$logs"/*.log)
for area in "$@"; do
    echo "$rows" | grep -q "^$area |" || {
        echo "report: nothing about $area is in $logs" >&2
        exit 1
    }
done
[ "$(echo "$rows" | awk -F' [|] ' 'NF != 4' | wc -l)" -eq 0 ] || {
    echo 'report: a row that has not four fields:' >&2
    echo "$rows" | awk -F' [|] ' 'NF != 4' >&2
    exit 1
}

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
commit=$(git rev-parse --short=12 HEAD 2>/dev/null || echo 'no repository')
[ -z "$(git status --porcelain 2>/dev/null)" ] || commit="$commit, with changes"
processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
mkdir -p "$(dirname "$output")"
{
    echo '# What was checked'
    echo
    echo "pqhybrid $version ($commit), $(date -u +%Y-%m-%d), $("${RUSTC:-rustc}" --version | cut -d' ' -f1,2), $(uname -m), ${processor:-unknown processor}."
    echo
    echo '| area | checked | how many | found |'
    echo '|---|---|---|---|'
    for area in "$@"; do
        echo "$rows" | grep "^$area |" | sed 's/^/| /; s/$/ |/'
    done
    echo
    echo 'SOUNDNESS.md says what each of these shows, and what remains.'
} >"$output"
cat "$output"
echo "the report is in $output"
