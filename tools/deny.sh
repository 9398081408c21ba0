#!/bin/sh
# Checks the crates against deny.toml: licences, duplicates, sources, versions that were withdrawn, known vulnerabilities.
#
# The last need the RustSec database, which lies on GitHub: where it cannot be fetched, and CARGO_HOME holds no copy, one
# line says that they were not checked. ADVISORIES=required makes that a failure.
#
# usage: tools/deny.sh
set -eu
version=0.20.2
cargo=${CARGO:-cargo}
checks=0

fail() {
    echo "deny: $*" >&2
    exit 1
}

if ! "$cargo" deny --version >/dev/null 2>&1; then
    PATH=$PWD/build/tools/bin:$PATH
    export PATH
    if ! "$cargo" deny --version >/dev/null 2>&1; then
        echo "deny: building cargo-deny $version (about three minutes, once)"
        "$cargo" install -q cargo-deny --locked --version "$version" --root build/tools --target-dir build/tools/target ||
            fail "cargo-deny is missing: run 'cargo install cargo-deny --locked'"
        rm -rf build/tools/target
    fi
fi

for what in licenses bans sources; do
    "$cargo" deny --locked check --hide-inclusion-graph "$what" || fail "$what are not what deny.toml allows"
    checks=$((checks + 1))
done

# Cargo itself says which versions were withdrawn when it packs a crate.
packed=$("$cargo" package --locked --no-verify --allow-dirty --target-dir build/deny 2>&1) || fail "$packed"
rm -rf build/deny
case $packed in
*'is yanked'*) fail "$(echo "$packed" | grep 'is yanked')" ;;
*Packaged*) checks=$((checks + 1)) ;;
*) fail "cargo package says nothing of what it did: $packed" ;;
esac
echo 'yanked ok'

# A database that cannot be fetched is no vulnerability, and the exit status does not tell which it is.
if "$cargo" deny --locked fetch db >/dev/null 2>&1; then
    mode=--locked
elif [ -n "$(find "${CARGO_HOME:-$HOME/.cargo}/advisory-dbs" -name 'RUSTSEC-*' 2>/dev/null | head -n 1)" ]; then
    mode=--frozen
else
    mode=''
    [ "${ADVISORIES:-}" != required ] || fail 'the database of advisories could not be fetched'
    echo 'skipped advisories: https://github.com/RustSec/advisory-db cannot be reached, and there is no copy'
fi
if [ -n "$mode" ]; then
    "$cargo" deny "$mode" check --hide-inclusion-graph advisories || fail 'there are advisories'
    checks=$((checks + 1))
fi
echo "deny: $checks checks"
