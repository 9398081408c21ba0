#!/bin/sh
# Unpacks Debian's packages for 64-bit Arm below a folder. Nothing is installed on the machine, which need not know of that
# architecture either.
#
# usage: tools/unpack-arm64.sh FOLDER PACKAGE[=VERSION] ...
set -eu
folder=$1
shift
for tool in apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || {
        echo "unpack-arm64: $tool is missing: these packages are to be had on Debian and its like" >&2
        exit 1
    }
done
rm -rf "$folder"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
absolute=$(cd "$folder" && pwd)
apt() {
    (cd "$absolute/apt" && apt-get -qq -o Dir::State::Lists="$absolute/apt/lists" -o Dir::Cache="$absolute/apt/cache" \
        -o APT::Architectures::=arm64 -o Acquire::Languages=none -o APT::Sandbox::User=root "$@") >&2
}
apt update
for package; do
    apt download "${package%%=*}:arm64${package#"${package%%=*}"}"
done
for package in "$folder"/apt/*.deb; do
    dpkg-deb -x "$package" "$folder"
done
rm -rf "$folder/apt"
