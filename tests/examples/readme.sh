#!/bin/sh
# The README's program compiles with the README's command and does what it says.
set -eu
folder=build/readme
rm -rf "$folder"
mkdir -p "$folder"
awk '/^```/{inside = ($0 == "```c" && !done); if (!inside && seen) done = 1; next} inside{seen = 1; print}' README.md >"$folder/example.c"
command=$(grep -m 1 '^cc example.c' README.md)
(
    cd "$folder"
    ln -s ../../include include
    ln -s ../../libpqhybrid.a libpqhybrid.a
    sh -c "$command" >output
)
grep -qx 'we share a secret' "$folder/output" || {
    echo 'readme: the program does not say what it should' >&2
    exit 1
}
echo 'readme: 2 checks'
