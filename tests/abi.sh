#!/bin/sh
# The ABI is the committed one, and the gate that says so would notice if it were not.
#
# usage: tests/abi.sh FOLDER      (where tools/link.sh put the libraries)
set -eu
library=$1/libpqhybrid.so
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
checks=0

sh tools/abi.sh check "$library"

# The committed list with one line more, less or changed stands for a library that has one less, more or changed.
notices() { # KIND SENTENCE SED-SCRIPT
    sed "$3" abi/abi.txt >"$scratch/abi.txt"
    if cmp -s abi/abi.txt "$scratch/abi.txt"; then
        echo "abi-gate: the trial of $1 changes nothing" >&2
        exit 1
    fi
    if ABI_FILE=$scratch/abi.txt sh tools/abi.sh check "$library" >"$scratch/said" 2>&1 ||
        ! grep -q "$2" "$scratch/said"; then
        echo "abi-gate: does not notice $1:" >&2
        cat "$scratch/said" >&2
        exit 1
    fi
    checks=$((checks + 1))
}
notices 'a new function' 'this is new' '/^symbol pqh_version@/d'
notices 'a function that is gone' 'would break' '$a symbol pqh_gone@@pqh_0.1'
notices 'another argument' 'would break' '/^function.*pqh_random_bytes/s/size_t/uint32_t/'
notices 'another size' 'would break' '/^number PQH_MLDSA65_ED25519_SIGNATURE_BYTES/s/3373/3374/'
notices 'another status' 'would break' '/^number PQH_ERR_RANDOM /s/-8/-9/'
notices 'a larger struct' 'would break' '/^struct pqh_mldsa87_ed448_prehash/s/256/248/'
notices 'another type of statuses' 'would break' '/^type pqh_status/s/4 bytes/8 bytes/'
notices 'another hook' 'would break' '/^function.*pqh_platform_random_bytes/s/int32_t/int64_t/'
notices 'a suite that is no longer said to be there' 'would break' '$a macro PQH_HAVE_MLKEM512_X25519'
notices 'another soname' 'would break' '/^soname/s/[0-9]$/9/'

# A node of a version that is still to come.
sed 's/^pqh_[0-9.]* pqh_version$/pqh_7.3 pqh_version/' abi/versions >"$scratch/versions"
if VERSIONS_FILE=$scratch/versions sh tools/abi.sh check "$library" >"$scratch/said" 2>&1 || ! grep -q 'names pqh_7.3, but' "$scratch/said"; then
    echo 'abi-gate: does not notice a symbol version that is still to come' >&2
    exit 1
fi
checks=$((checks + 1))
echo "abi-gate: $checks checks"
