#!/bin/sh
# Finds the Pythons that wheels are tried on: a line with name and path for each, CPython 3.9 to 3.13 and PyPy; for a
# version of CPython that is not here, the line "none 3.X". $PYTHON, by default python3, and pypy3 have to be here.
#
# usage: tests/wheels/pythons.sh
# PQHYBRID_PYTHONS, a list of paths, names more than are in PATH or known to pyenv.
set -eu

# cpython-3.11, as it says itself; nothing if it does not run, as pyenv's stand-ins for versions that are not chosen do.
name() {
    "$1" -I -c 'import sys; print("%s-%d.%d" % (sys.implementation.name, *sys.version_info[:2]))' 2>/dev/null || true
}

path() { # a command's own path, which may be pyenv's choice among several
    "$1" -I -c 'import sys; print(sys.executable)'
}

python=${PYTHON:-python3}
own=$(name "$python")
case $own in
cpython-3.*) ;;
*) echo "wheels: CPython is missing ($python): install Python 3.9 or newer, or name one in PYTHON" >&2 && exit 1 ;;
esac
pyenv=$(pyenv root 2>/dev/null || true)
seen=''
for minor in 9 10 11 12 13 "${own#cpython-3.}"; do
    found=''
    # shellcheck disable=SC2086 # a list
    for candidate in "$python" ${PQHYBRID_PYTHONS:-} "python3.$minor" "$pyenv/versions/3.$minor".*/bin/python3; do
        if [ "$(name "$candidate")" = "cpython-3.$minor" ]; then
            found=$(path "$candidate")
            break
        fi
    done
    case " $seen " in
    *" $minor "*) continue ;;
    esac
    seen="$seen $minor"
    if [ -n "$found" ]; then echo "cpython-3.$minor $found"; else echo "none 3.$minor"; fi
done
for candidate in ${PQHYBRID_PYTHONS:-} pypy3; do
    case $(name "$candidate") in
    pypy-*)
        echo "$(name "$candidate") $(path "$candidate")"
        exit 0
        ;;
    esac
done
echo 'wheels: PyPy is missing: install it (on Debian: pypy3 and pypy3-venv), or name one in PQHYBRID_PYTHONS' >&2
exit 1
