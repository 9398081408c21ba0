#!/bin/sh
# The levels of code that this machine can run, by the names that pqh_backend gives them, the lowest first. Only x86-64 has
# several; PQHYBRID_BACKEND chooses.
#
# usage: tests/levels.sh                    lists them
#        tests/levels.sh flags LEVEL|best   what rustc is told for a level
set -eu
if [ "${1:-}" = flags ]; then
    level=$2 v3=''
    [ "$level" != best ] || level=$(sh "$0" | tail -n 1)
    [ "$level" != x86-64-v3 ] || v3='-Ctarget-cpu=x86-64-v3'
    echo "--cfg getrandom_backend=\"linux_raw\" $v3"
    exit 0
fi
[ "$(uname -m)" = x86_64 ] || {
    echo own
    exit 0
}
echo x86-64
for feature in avx2 bmi1 bmi2 fma movbe f16c abm; do
    grep -qw $feature /proc/cpuinfo || exit 0
done
echo x86-64-v3
