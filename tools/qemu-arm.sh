#!/bin/sh
# Prints the path of a qemu-system-arm that knows the board mps2-an505: the user's own, if it is in PATH; otherwise Debian's,
# unpacked into a folder below build/ and not installed, since installing it can remove a machine's newer qemu-utils. If
# neither can be had, one sentence says what to install.
#
# usage: tools/qemu-arm.sh [FOLDER]      FOLDER is where it is unpacked, by default build/qemu-arm
# QEMU_SYSTEM_ARM in the environment names another program than the one in PATH.
set -eu
folder=${1:-build/qemu-arm}
own=${QEMU_SYSTEM_ARM:-qemu-system-arm}

fail() {
    echo "qemu-arm: $*" >&2
    exit 1
}

knows_board() { # QEMU
    "$1" -M help 2>/dev/null | grep -q '^mps2-an505 '
}

if command -v "$own" >/dev/null && knows_board "$own"; then
    command -v "$own"
    exit 0
fi
[ -z "${QEMU_SYSTEM_ARM:-}" ] || fail "$own is no qemu-system-arm that knows the board mps2-an505"

wrapper=$folder/qemu-system-arm
if ! { [ -x "$wrapper" ] && knows_board "$wrapper"; }; then
    hint='install it (Debian: qemu-system-arm; macOS: brew install qemu)'
    for tool in apt-get dpkg dpkg-deb; do
        command -v $tool >/dev/null || fail "qemu-system-arm is missing: $hint"
    done
    mkdir -p "${folder%/*}"
    work=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    # Downloading as root warns that the sandbox user of apt may not write here, which does no harm.
    chmod 755 "$work"
    plan() { LC_ALL=C apt-get -s install --no-install-recommends qemu-system-arm 2>/dev/null | sed -n 's/^Inst \([^ ]*\).*/\1/p'; }
    packages=$(plan)
    if [ -z "$packages" ] && [ "$(id -u)" -eq 0 ]; then
        apt-get update -q >/dev/null 2>&1 || true
        packages=$(plan)
    fi
    [ -n "$packages" ] || fail "qemu-system-arm is missing, and apt knows no package of it ('apt-get update' as root may help): $hint"
    # shellcheck disable=SC2086 # a list
    download() { (cd "$work" && LC_ALL=C apt-get download -q $packages) >"$work/log" 2>&1; }
    # What apt knows may be older than what the mirrors have.
    if ! download && [ "$(id -u)" -eq 0 ]; then
        apt-get update -q >/dev/null 2>&1 || true
        packages=$(plan)
        download || true
    fi
    ! grep '^E:' "$work/log" >"$work/errors" ||
        fail "qemu-system-arm is missing, and its packages could not be downloaded ($(head -n 1 "$work/errors")): $hint"
    mkdir "$work/root"
    for package in "$work"/*.deb; do
        dpkg-deb -x "$package" "$work/root"
        rm "$package"
    done
    cat >"$work/qemu-system-arm" <<'WRAPPER'
#!/bin/sh
# Runs the qemu-system-arm that is unpacked beside this file, with its own libraries and ROMs.
root=$(cd "$(dirname "$0")" && pwd)/root
libraries=$(find "$root/lib" "$root/usr/lib" -name '*.so*' -exec dirname {} + 2>/dev/null | sort -u | tr '\n' ':')
export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:-}"
# Modules of the unpacked version, and of no other.
export QEMU_MODULE_DIR="$(dirname "$(find "$root/usr/lib" -type d -name qemu | head -n 1)")/qemu"
exec "$root/usr/bin/qemu-system-arm" -L "$root/usr/share/qemu" -L "$root/usr/share/seabios" "$@"
WRAPPER
    chmod +x "$work/qemu-system-arm"
    knows_board "$work/qemu-system-arm" ||
        fail "Debian's qemu-system-arm does not run here ($("$work/qemu-system-arm" --version 2>&1 | head -n 1)): $hint"
    rm -rf "$folder"
    mv "$work" "$folder"
    trap - EXIT
fi
case $wrapper in
/*) echo "$wrapper" ;;
*) echo "$PWD/$wrapper" ;;
esac
