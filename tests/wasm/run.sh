#!/bin/sh
# The WebAssembly modules, in Node through the JavaScript wrapper and in Wasmtime over the raw ABI: published vectors,
# bad input, exports and imports, what is left in memory, exchange with the native library, sizes, cold start. Builds them first.
#
# usage: tests/wasm/run.sh [PROFILE ...]      by default release and size; after `make build`
# CARGO, PYTHON, NODE and PQHYBRID_VECTORS come from the environment.
set -eu
[ $# -gt 0 ] || set -- release size
node=${NODE:-node}
out=build/wasm
export NODE="$node"

fail() {
    echo "wasm: $*" >&2
    exit 1
}

command -v "$node" >/dev/null || fail "Node.js 18 or newer is missing: install nodejs"
"$node" -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || fail "Node.js is $("$node" --version), but 18 or newer is needed"
[ -e libpqhybrid.so ] || fail "libpqhybrid.so is missing: run 'make build'"
python=$out/venv/bin/python
if ! cmp -s tests/wasm/requirements.txt "$out/venv/ready"; then
    "${PYTHON:-python3}" -m venv "$out/venv"
    "$python" -m pip install -q --disable-pip-version-check -r tests/wasm/requirements.txt
    cp tests/wasm/requirements.txt "$out/venv/ready"
fi
python="$python -B"

for profile; do
    echo "building the modules, $profile"
    PROFILE=$profile sh tools/wasm.sh "$out/$profile"
done

# The published vectors, or a line that says why not.
"${PYTHON:-python3}" tests/vectors_to_text.py "$out/vectors.txt" >"$out/skipped" || exit 1
sed 's,c/vectors,wasm/vectors,' "$out/skipped"
for profile; do
    echo "== $profile"
    for module in pqhybrid pqhybrid-simd pqhybrid-wasip1; do
        wasm=$out/$profile/$module.wasm
        if [ -e "$out/vectors.txt" ]; then
            "$node" tests/wasm/vectors.mjs "$out/vectors.txt" "$wasm"
            $python tests/wasm/vectors.py "$out/vectors.txt" "$wasm"
        fi
        "$node" tests/wasm/module.mjs abi/versions "$wasm"
        "$node" tests/wasm/seal.mjs "$wasm"
        "$node" tests/wasm/wrapper.mjs "$wasm"
        $python tests/wasm/host.py "$wasm"
        $python tests/wasm/interop.py libpqhybrid.so "$wasm"
    done
done

echo '== one suite, some operations'
for suite in mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448; do
    SUITES=$suite sh tools/wasm.sh "$out/one/$suite" scalar
    "$node" tests/wasm/module.mjs abi/versions "$out/one/$suite/pqhybrid.wasm" "$(echo $suite | tr - _)"
done
OPERATIONS='verify prehash' SUITES=mldsa65-ed25519 sh tools/wasm.sh "$out/one/verify" scalar
"$node" tests/wasm/selection.mjs "$out/one" "$out/$1/pqhybrid.wasm"
# Beside a wrapper that lacks the module with SIMD, the other is taken.
(cd "$out/one/mlkem768-x25519" && "$node" --input-type=module \
    -e 'const pqh = await (await import("./pqhybrid.js")).load(); process.exit(pqh.mlkem768_x25519 ? 0 : 1)') ||
    fail 'load() does not take the scalar module where the other is not there'
echo 'wasm/beside: 1 checks'
echo '== types'
sh tests/wasm/types.sh
echo '== readme'
mkdir -p "$out/readme/node_modules"
ln -sfn "../../$1" "$out/readme/node_modules/pqhybrid"
# shellcheck disable=SC2016 # the fence of a block of code
sed -n '/^```js$/,/^```$/{/^```/!p}' wasm/README.md >"$out/readme/example.mjs"
right=$("$node" "$out/readme/example.mjs" | grep -cx true || true)
[ "$right" -eq 3 ] || fail 'the program of wasm/README.md does not print true three times'
echo "wasm/readme: $right checks"
echo '== sizes'
sh tests/wasm/sizes.sh
echo '== cold start'
sh tests/wasm/cold-start.sh "$@"
