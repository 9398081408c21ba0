#!/bin/sh
# Makes the one-page report of what was checked for safety, how many, and what was found, out of the logs of the steps: every
# line 'report: AREA | CHECKED | HOW MANY | FOUND' is a row. An area that is not named, or a named one without a row, is a
# failure, but for the areas of steps that failed.
#
# usage: tests/assurance/report.sh LOGS OUTPUT AREA...      (writes OUTPUT in Markdown, and prints it)
# From the environment: FAILED, the steps that did, and MINUTES, how long all took.
set -eu
[ $# -ge 3 ] || {
    echo 'usage: tests/assurance/report.sh LOGS OUTPUT AREA...' >&2
    exit 2
}
logs=$1
output=$2
shift 2

rows=$(sed -n 's/^report: //p' "$logs"/*.log)
for area in "$@"; do
    echo "$rows" | grep -q "^$area |" || [ -n "${FAILED:-}" ] || {
        echo "report: nothing about $area is in $logs" >&2
        exit 1
    }
done
shown=0
for area in "$@"; do
    shown=$((shown + $(echo "$rows" | grep -c "^$area |" || true)))
done
[ "$shown" -eq "$(echo "$rows" | wc -l)" ] || {
    echo 'report: a row is of an area that is not named:' >&2
    echo "$rows" >&2
    exit 1
}
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
    echo "libpqhybrid.a has the SHA-256 digest $(sha256sum build/lib/libpqhybrid.a | cut -d' ' -f1); other machines' libraries are built by the compilers that tests/machine-code names. It took ${MINUTES:-some} minutes."
    if [ -n "${FAILED:-}" ]; then
        echo
        echo "**FAILED:$FAILED.** Their logs were printed; what they would have shown is missing below, or in part."
    fi
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
