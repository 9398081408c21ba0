#!/bin/sh
# All that is checked for safety, one step after the other, and a report of one page, also if a step fails: then the report
# says which, and this fails.
#
# usage: tests/assurance/run.sh        (an hour or two; TIME, seconds of fresh input for each fuzz target, by default 60)
set -u
cd "$(dirname "$0")/../.."
export LOGS=build/assurance
TIME=${TIME:-60}
export TIME
failed=''
rm -rf $LOGS
mkdir -p $LOGS || exit 1
started=$(date +%s)

step() { # NAME COMMAND ...
    sh tests/step.sh "$@" || failed="$failed $1"
}

step constant-time sh tests/constant-time/run.sh whole
step timing sh tests/timing/run.sh whole
step residue sh tests/residue/run.sh whole
step machine-code sh tests/machine-code/run.sh whole
step sanitizers sh tests/sanitizers/run.sh whole
step fuzz sh fuzz/run.sh whole
step faults sh tests/faults/run.sh whole
step supply-chain "${PYTHON:-python3}" -B tools/supply_chain.py --check
step supply-chain-test "${PYTHON:-python3}" -B tools/test_supply_chain.py
step coverage sh tests/coverage.sh
step mutants sh tests/mutants/run.sh
MINUTES=$((($(date +%s) - started) / 60)) FAILED=$failed sh tests/assurance/report.sh $LOGS $LOGS/report.md \
    'constant time' residue panics 'hostile input' faults 'supply chain' coverage mutation || failed="$failed report"
if [ -n "$failed" ]; then
    echo "assurance: FAILED:$failed" >&2
    exit 1
fi
