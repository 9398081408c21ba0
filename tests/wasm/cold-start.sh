#!/bin/sh
# How long it takes until the modules can be called, in milliseconds, medians. It prints, and holds nothing to a limit:
# times are those of one machine.
#
# usage: tests/wasm/cold-start.sh [PROFILE ...]      by default release and size; after tests/wasm/run.sh with the same
# NODE comes from the environment.
set -eu
[ $# -gt 0 ] || set -- release size
out=build/wasm
modules=''
for profile; do
    modules="$modules $out/$profile/pqhybrid.wasm $out/$profile/pqhybrid-simd.wasm"
done
modules="$modules $out/one/mlkem768-x25519/pqhybrid.wasm $out/one/mldsa65-ed25519/pqhybrid.wasm"
for module in $modules; do
    [ -e "$module" ] || {
        echo "cold-start: $module is missing: run 'make test-wasm'" >&2
        exit 1
    }
done
echo "Node $("${NODE:-node}" --version), ms: from bytes, and keygen; from a compiled module, and keygen"
# shellcheck disable=SC2086 # a list
"${NODE:-node}" tests/wasm/cold-start.mjs $modules
echo "Wasmtime $("$out/venv/bin/python" -c 'import importlib.metadata as m; print(m.version("wasmtime"))'), ms: compiled from bytes; from a serialized module"
# shellcheck disable=SC2086
"$out/venv/bin/python" -B tests/wasm/cold_start.py $modules
