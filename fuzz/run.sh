#!/bin/sh
# Fuzzing: runs every target over its corpus and then over fresh inputs, under the address sanitizer and with the checks
# of a debug build. Any stable Rust and a C++ compiler do; cargo-fuzz is not needed, but understands this folder.
#
# usage: fuzz/run.sh quick                    seeds/ and TIME seconds (by default 5) a target, in `make test`
#        fuzz/run.sh whole                    the corpus and TIME seconds (by default 120), and the self-test, in `make assurance`
#        fuzz/run.sh session [TARGET ...]     the corpus and TIME seconds (by default 60) a target, for `make fuzz`
#        fuzz/run.sh reproduce TARGET FILE    one input again, for example one that crashed
#        fuzz/run.sh self-test                libraries broken on purpose: each target must find its defect
# The corpus is what is committed, seeds/, and what earlier sessions found to reach new code, build/fuzz/corpus. Inputs
# that crash go to build/fuzz/crashes. JOBS says how many targets run at once, by default one a processor.
set -eu
fuzz=$(cd "$(dirname "$0")" && pwd)
cd "$fuzz/.."
work=build/fuzz
cargo=${CARGO:-cargo}

fail() {
    echo "fuzz: $*" >&2
    exit 1
}

case ${TIME:-1} in
*[!0-9]* | 0*) fail "TIME is $TIME: how many seconds for each target, such as 60" ;;
esac

targets=$(sed -n 's|^path = "fuzz_targets/\(.*\).rs"|\1|p' fuzz/Cargo.toml | tr '\n' ' ')

# The flags are those of cargo-fuzz; RUSTC_BOOTSTRAP lets a stable compiler take them.
host=$("${RUSTC:-rustc}" -vV | sed -n 's/^host: //p')
coverage=-Cllvm-args=-sanitizer-coverage
flags="-Cpasses=sancov-module $coverage-level=4 $coverage-inline-8bit-counters $coverage-pc-table"
flags="$flags $coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 -Ccodegen-units=1 --cfg fuzzing"
flags="$flags -Zsanitizer=address $(sh tests/levels.sh flags best)"
programs=$work/target/$host/release

build() { # FOLDER of the fuzz crate
    command -v "${CXX:-c++}" >/dev/null 2>&1 ||
        fail 'libFuzzer is written in C++: install a C++ compiler (on Debian: g++)'
    set -- --locked --release --manifest-path "$1/Cargo.toml" --target "$host" --target-dir "$work/target"
    # Cargo gives every library of this name the same file, also one that self_test.sh has broken, and does not notice.
    mkdir -p "$work"
    if [ "$(cat "$work/built" 2>/dev/null)" != "$*" ]; then
        "$cargo" clean -q -p pqhybrid "$@"
        echo "$*" >"$work/built"
    fi
    env -u CARGO_ENCODED_RUSTFLAGS RUSTC_BOOTSTRAP=1 RUSTFLAGS="$flags" "$cargo" build -q --bins "$@"
}

checks() {
    "${PYTHON:-python3}" fuzz/seeds.py --check
    # Whatever the library exports is called by name in one of the targets.
    functions=$(sed -n 's/^function .*[ *]\(pqh_[a-z0-9_]*\)(.*/\1/p' abi/abi.txt)
    [ -n "$functions" ] || fail 'abi/abi.txt names no function'
    for function in $functions; do
        grep -rqw "$function" fuzz/src fuzz/fuzz_targets || fail "no target calls $function: add it to fuzz/src"
    done
    echo "fuzz functions: $(echo "$functions" | wc -l) checks"
}

libfuzzer() { # TARGET ARGUMENT ...: in place of this shell
    program=$programs/$1
    crashes=$work/crashes/$1
    shift
    mkdir -p "$crashes"
    export RUST_BACKTRACE=1
    exec "$program" -timeout=60 -report_slow_units=60 -max_len=2048 -print_final_stats=1 "-artifact_prefix=$crashes/" "$@"
}

# One target of a session: leaves its log, and a line for the table.
one() { # SECONDS TARGET
    seconds=$1
    target=$2
    log=$work/logs/$target.log
    corpus=${CORPUS:-$work/corpus}/$target
    seeds=fuzz/seeds/$target
    mkdir -p "$corpus" "$work/logs"
    files=$(find "$corpus" "$seeds" -type f | wc -l)
    # The log of the last session says that all is replayed.
    rm -f "$log"
    libfuzzer "$target" -dict=fuzz/dictionary "$corpus" "$seeds" >"$log" 2>&1 &
    pid=$!
    # The time begins when all that is known has been replayed, however long that takes; libFuzzer's own limit does not.
    while kill -0 "$pid" 2>/dev/null && ! grep -qs INITED "$log"; do sleep 1; done
    left=$seconds
    while [ "$left" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
        sleep 1
        left=$((left - 1))
    done
    kill -TERM "$pid" 2>/dev/null || true
    status=0
    wait "$pid" || status=$?
    # What it says when it is told to end.
    [ "$status" != 72 ] || status=0
    replayed=$(sed -n 's/^#\([0-9]*\)[[:space:]]*INITED.*/\1/p' "$log")
    [ "$status" != 0 ] || [ "${replayed:-0}" -ge "$files" ] ||
        fail "$target replayed ${replayed:-0} of $files files: see $log"
    awk -v target="$target" -v files="$files" -v seconds="$seconds" -v status="$status" '
        /INITED/ { sub("#", "", $1); inited = $1 + 0 }
        / cov: / { for (n = 1; n < NF; n++) if ($n == "cov:") cov = $(n + 1) }
        /inline 8-bit counters/ { edges = $5; sub(/^\(/, "", edges) }
        /stat::number_of_executed_units/ { executed = $2 + 0 }
        END {
            fresh = inited && executed > inited ? executed - inited : 0
            print target, inited ? files : 0, fresh, int(fresh / (seconds ? seconds : 1)), cov + 0, edges + 0, status != 0
        }' "$log" >"$work/logs/$target.line"
    if [ "$status" = 0 ]; then
        echo "fuzz: $target passed"
    else
        found=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
        echo "fuzz: $target FAILED, see $log; to repeat it: sh fuzz/run.sh reproduce $target ${found:-FILE}" >&2
    fi
}

session() { # SECONDS TARGET ...
    seconds=$1
    shift
    for target in "$@"; do
        [ -f "fuzz/fuzz_targets/$target.rs" ] || fail "there is no target $target; there are: $targets"
    done
    jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}
    rm -f "$work"/logs/*.line
    echo "fuzz: $# targets, $seconds s each, $jobs at a time"
    printf '%s\n' "$@" | xargs -n 1 -P "$jobs" sh "$fuzz/run.sh" one "$seconds" || fail 'a target could not be run'
    [ "$(cat "$work"/logs/*.line | wc -l)" -eq $# ] || fail 'a target left no result'
    awk '
        BEGIN {
            form = "  %-18s %8s %10s %9s %8s %8s %8s\n"
            printf form, "target", "corpus", "fresh", "a second", "edges", "of", "crashes"
        }
        {
            printf form, $1, $2, $3, $4, $5, $6, $7
            files += $2; fresh += $3; crashes += $7; dry += $3 == 0 && $7 == 0
        }
        END {
            printf "fuzz: %d cases\n", files + fresh
            printf "report: hostile input | fuzzing of every exported function: valid objects mutated, any pointers, "
            printf "other implementations beside; address sanitizer and debug checks | "
            printf "%d inputs in %d targets, %d of them fresh | ", files + fresh, NR, fresh
            print crashes ? crashes " targets crashed" : "no crash, no broken promise"
            if (dry) print "fuzz: a target ran no fresh input: give it more TIME" > "/dev/stderr"
            exit crashes || dry
        }' "$work"/logs/*.line
}

case ${1:-} in
quick | whole | session)
    checks
    echo 'fuzz: building the targets (about a minute and a half the first time)'
    build fuzz
    ;;
esac
# shellcheck disable=SC2086 # $targets: words
case ${1:-} in
quick)
    # Only what is committed, so that it takes as long everywhere.
    export CORPUS="$work/quick"
    rm -rf "$CORPUS"
    session "${TIME:-5}" $targets
    ;;
whole)
    session "${TIME:-120}" $targets
    sh fuzz/self_test.sh
    ;;
session)
    shift
    [ $# -gt 0 ] || set -- $targets
    session "${TIME:-60}" "$@"
    ;;
reproduce)
    [ $# -eq 3 ] || fail 'usage: fuzz/run.sh reproduce TARGET FILE'
    build fuzz
    libfuzzer "$2" "$3"
    ;;
self-test) sh fuzz/self_test.sh ;;
# For the above, and for self_test.sh.
one) one "$2" "$3" ;;
build) build "$2" ;;
*)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$fuzz/run.sh" >&2
    exit 2
    ;;
esac
