#!/bin/sh
# The library on Linux processors other than this one, really run under qemu: 64-bit Arm with glibc and with musl, old and
# new x86-64. A line for each target and processor: backend, and cases.
#
# usage: tests/linux/run.sh        after `make build`
# From the environment: CARGO_FOLDER, where cargo works, by default a folder for each target, so that they build at once;
# CC, PYTHON, and what tools/library.sh reads.
set -eu
out=build/linux
mkdir -p $out/native

fail() {
    echo "linux: $*" >&2
    exit 1
}

[ "$(uname -sm)" = 'Linux x86_64' ] || fail "this test needs Linux on x86-64, where 'make build' makes the library that it runs"
for library in libpqhybrid.a libpqhybrid.so; do
    [ -e $library ] || fail "$library is missing: run 'make build' first"
done
for tool in qemu-aarch64-static qemu-x86_64-static; do
    command -v $tool >/dev/null || fail "$tool is missing: install it (on Debian: qemu-user-static)"
done

rm -f $out/vectors.txt $out/*/cases
CI='' "${PYTHON:-python3}" tests/vectors_to_text.py $out/vectors.txt >$out/vectors.log
if [ ! -e $out/vectors.txt ]; then
    missing=$(sed 's|^skipped c/|linux/|' $out/vectors.log)
    [ "${CI:-}" != true ] || fail "$missing"
    echo "skipped $missing"
fi
"${CC:-cc}" -std=c99 -O2 -Iinclude examples-c/sign_file.c libpqhybrid.a -o $out/native/sign_file

# Two at once: each of the Arm targets compiles one large crate for most of its time, which takes one processor.
jobs=''
trap 'kill $jobs 2>/dev/null || true' EXIT
trap 'exit 1' HUP INT TERM
one=aarch64-unknown-linux-gnu
two=aarch64-unknown-linux-musl
CARGO_FOLDER=${CARGO_FOLDER:-$out/cargo-$one} sh tests/linux/aarch64.sh gnu &
jobs=$!
(
    CARGO_FOLDER=${CARGO_FOLDER:-$out/cargo-$two} sh tests/linux/aarch64.sh musl
    sh tests/linux/x86_64.sh
) &
jobs="$jobs $!"
failed=''
for job in $jobs; do
    wait "$job" || failed=yes
done
jobs=''
[ -z "$failed" ] || exit 1

total=0
for name in $one $two x86_64-unknown-linux-gnu; do
    [ -s "$out/$name/cases" ] || fail "$name counted no case"
    total=$((total + $(cat "$out/$name/cases")))
done
[ $total -gt 0 ] || fail 'no case ran'
sh tests/linux/rust.sh
echo "linux: $total cases"
