#!/bin/sh
# Turns the published vectors into text and runs them through the C ABI; without them, the converter says so.
#
# usage: tests/c/vectors.sh PYTHON PROGRAM
set -eu
text=build/c/vectors.txt
"$1" tests/vectors_to_text.py "$text"
[ ! -e "$text" ] || "$2" "$text"
