#!/bin/sh
# Runs the built examples one after the other, for people to read.
#
# usage: examples-c/demo.sh FOLDER      (the folder of the built examples)
set -eu
examples=$(cd "$1" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

title() { printf '\n=== %s\n\n' "$*"; }
run() {
    printf '$ %s\n' "$*"
    "$examples"/"$@"
}
write() {
    printf "\$ echo '%s' > message.txt\n" "$1"
    echo "$1" >message.txt
}

title 'examples-c/kem.c: two parties come to share a secret'
"$examples/kem"
title 'examples-c/sign.c: signatures, and how they fail'
"$examples/sign"
title 'examples-c/secure_memory.c: comparing and wiping secrets'
"$examples/secure_memory"
title 'examples-c/sign_file.c: a tool that signs files of any size'
cd "$folder"
write 'attack at dawn'
run sign_file keygen --suite high alice.key alice.pub
run sign_file sign --context orders alice.key message.txt
run sign_file verify --context orders alice.pub message.txt
write 'attack at noon'
if run sign_file verify --context orders alice.pub message.txt; then
    echo 'demo: a changed file was accepted' >&2
    exit 1
fi
printf '\nAll four hybrids work here. The programs are in examples-c/, their binaries in build/examples/.\n'
