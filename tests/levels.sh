#!/bin/sh
# The levels of code that this machine can run, by the names that pqh_backend gives them, the lowest first. Only x86-64 has
# several; PQHYBRID_BACKEND chooses.
#
# usage: tests/levels.sh                    lists them
#        tests/levels.sh flags LEVEL|best   what rustc is told for a level
set -eu
if [ "${1:-}" = flags ]; then
    level=$2 flags=''
    [ "$level" != best ] || level=$(sh "$0" | tail -n 1)
    case $level in
    x86-64-v3) flags='-Ctarget-cpu=x86-64-v3' ;;
    # The same code, but for Keccak and Curve25519.
    x86-64-v4) flags='-Ctarget-cpu=x86-64-v3 --cfg pqhybrid_avx512' ;;
    x86-64-v4-ifma) flags='-Ctarget-cpu=x86-64-v3 --cfg pqhybrid_avx512 --cfg pqhybrid_ifma' ;;
    esac
    echo "--cfg getrandom_backend=\"linux_raw\" $flags"
    exit 0
fi
[ "$(uname -m)" = x86_64 ] || {
    echo own
    exit 0
}
echo x86-64
has() { # FEATURE ...
    for feature; do
        grep -qw "$feature" /proc/cpuinfo || return 1
    done
}
has avx2 bmi1 bmi2 fma movbe f16c abm || exit 0
echo x86-64-v3
has avx512f avx512bw avx512cd avx512dq avx512vl || exit 0
echo x86-64-v4
has avx512ifma || exit 0
echo x86-64-v4-ifma
