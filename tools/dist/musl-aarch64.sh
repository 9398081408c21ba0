#!/bin/sh
# Debian has no cross-compiler for musl on aarch64, but all of its parts: GCC for aarch64, and musl's headers, library and
# loader for it. Unpacks the latter into a folder and makes a compiler of both. Nothing is installed on the machine.
#
# usage: tools/dist/musl-aarch64.sh FOLDER      prints the compiler's path; FOLDER is then a root for qemu's -L, too
# A FOLDER that is not absolute makes a compiler that works in this folder alone.
set -eu
folder=$1
compiler=$folder/aarch64-linux-musl-gcc
if [ -x "$compiler" ]; then
    echo "$compiler"
    exit 0
fi

fail() {
    echo "dist: $*" >&2
    exit 1
}

command -v aarch64-linux-gnu-gcc >/dev/null ||
    fail 'a C compiler for aarch64 is missing: install gcc-aarch64-linux-gnu and libc6-dev-arm64-cross'
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null ||
        fail "a C compiler for musl on aarch64 is missing: name one in CC_aarch64_unknown_linux_musl ($tool, to make one of Debian's packages, is missing as well)"
done

sh "${0%/*}/../unpack-arm64.sh" "$folder" musl musl-dev musl-tools

library=$folder/usr/lib/aarch64-linux-musl
sed "s:/usr/lib/aarch64-linux-musl:$library:g; s:/usr/include/aarch64-linux-musl:$folder/usr/include/aarch64-linux-musl:g" \
    "$library/musl-gcc.specs" >"$folder/musl-gcc.specs"
# The specs leave the place of the shared library to the machine's own search path.
printf '#!/bin/sh\nexec aarch64-linux-gnu-gcc "$@" -specs "%s" -L "%s"\n' \
    "$folder/musl-gcc.specs" "$folder/lib/aarch64-linux-musl" >"$compiler.new"
chmod 755 "$compiler.new"
mv "$compiler.new" "$compiler"
echo "$compiler"
