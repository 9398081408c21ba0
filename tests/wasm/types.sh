#!/bin/sh
# The types of the JavaScript package, by the TypeScript compiler: a program that uses everything, strictly, and lines that
# must be errors.
#
# usage: tests/wasm/types.sh      (npm fetches TypeScript into build/wasm/types)
set -eu
out=build/wasm/types
here=${0%/*}
typescript=5.9.3
command -v npm >/dev/null || {
    echo 'wasm/types: npm is missing: install npm' >&2
    exit 1
}
mkdir -p "$out/node_modules/pqhybrid"
[ "$(cat "$out/version" 2>/dev/null || true)" = $typescript ] || {
    npm install --silent --no-save --no-audit --no-fund --prefix "$out" "typescript@$typescript"
    echo $typescript >"$out/version"
}
# npm removes what it did not put there.
mkdir -p "$out/node_modules/pqhybrid"
cp wasm/package.json wasm/pqhybrid.js wasm/room.js wasm/pqhybrid.d.ts "$out/node_modules/pqhybrid/"
cp "$here/types.mts" "$out/"
# The example of the README is strict, too.
sed -n '/^```js$/,/^```$/{/^```/!p}' wasm/README.md >"$out/readme.mts"
"${NODE:-node}" "$out/node_modules/typescript/bin/tsc" --strict --noEmit --noUncheckedIndexedAccess --target es2022 --module nodenext \
    "$out/types.mts" "$out/readme.mts"
# It compiles, and each of the lines that must not is refused.
echo "wasm/types: $((2 + $(grep -c '@ts-expect-error' "$out/types.mts"))) checks"
