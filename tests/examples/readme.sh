#!/bin/sh
# The README's program compiles with the README's commands and does what it says.
set -eu
folder=build/readme
rm -rf "$folder"
mkdir -p "$folder"
awk '/^```/{inside = ($0 == "```c" && !done); if (!inside && seen) done = 1; next} inside{seen = 1; print}' README.md >"$folder/example.c"
grep '^cc example.c' README.md >"$folder/commands"
checks=0
cd "$folder"
ln -s ../../include include
ln -s ../../libpqhybrid.a ../../libpqhybrid.so* .
while read -r command; do
    sh -c "$command" >output
    grep -qx 'we share a secret' output || {
        echo "readme: the program does not say what it should: $command" >&2
        exit 1
    }
    checks=$((checks + 1))
done <commands
[ "$checks" -eq 2 ] || {
    echo "readme: $checks commands were found, not 2" >&2
    exit 1
}
echo "readme: $checks checks"
