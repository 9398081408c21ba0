#!/bin/sh
# Runs one step of `make test` or `make assurance`: its name and command on the terminal, its output there and in the folder
# LOGS, by default build/logs, where tests/summary.sh counts the cases.
#
# usage: tests/step.sh NAME COMMAND [ARGUMENT ...]
set -u
name=$1
shift
logs=${LOGS:-build/logs}
mkdir -p "$logs" || exit 1
log=$logs/$name.log
printf '== %s\n' "$name"
start=$(date +%s)
# The status of the command, not that of tee, decides.
{ "$@" 2>&1; echo $? >"$log.status"; } | tee "$log"
status=$(cat "$log.status")
rm -f "$log.status"
if [ "$status" != 0 ]; then
    printf '== %s FAILED with status %s\n' "$name" "$status" >&2
    rm -f "$log"
    exit 1
fi
printf '== %s passed in %s s\n' "$name" "$(($(date +%s) - start))"
