#!/bin/sh
# Measures whether the time of each operation depends on its secrets: Welch's t between two classes of inputs, in the
# manner of dudect. A figure, not a gate: it fails only if it cannot measure, or does not see a comparison that leaks on
# purpose.
#
# usage: tests/timing/run.sh [quick | whole | SAMPLES]     quick is 1,000 samples a test, whole 20,000
# From the environment: OUT, where it works, by default build/timing; FIGURE, by default timing.svg there; LIBRARY.
set -eu
case ${1:-quick} in
quick) samples=1000 ;;
whole) samples=20000 ;;
*[!0-9]* | '')
    echo 'usage: tests/timing/run.sh [quick | whole | SAMPLES]' >&2
    exit 2
    ;;
*) samples=$1 ;;
esac
library=${LIBRARY:-build/lib/libpqhybrid.a}
out=${OUT:-build/timing}
figure=${FIGURE:-$out/timing.svg}

fail() {
    echo "timing: $*" >&2
    exit 1
}

[ -f "$library" ] || fail "$library is missing: run 'make build'"
command -v "${CC:-cc}" >/dev/null || fail 'a C compiler is missing: install gcc'
command -v "${PYTHON:-python3}" >/dev/null || fail 'Python is missing: install python3'
mkdir -p "$out"
"${CC:-cc}" -std=c99 -O2 -g -Wall -Wextra -Wpedantic -Werror -Iinclude -Itests/c tests/timing/timing.c "$library" -lm \
    -Wl,--gc-sections -o "$out/timing"
"$out/timing" "$samples" >"$out/results.csv" 2>"$out/log" || fail "the measurement failed: $(tail -n 1 "$out/log")"
backend=$(sed -n 's/^in .* by \(.*\)$/\1/p' "$out/log")
machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
"${PYTHON:-python3}" -B tests/timing/figure.py "$out/results.csv" "$figure" "${machine:-$(uname -m)}" "$backend"
