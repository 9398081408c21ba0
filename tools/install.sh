#!/bin/sh
# Installs what `make build` has built, or removes it again.
#
# Each file is written beside its place and then renamed, so that running programs keep the library that they started
# with. A manifest beside the CMake files lists the files, and the folders that had to be made for them: the next install
# into the same LIBDIR removes what it no longer brings, and uninstall removes that and nothing else. Installations in
# several LIBDIRs of one PREFIX, for several architectures, share the header and the licences.
#
# usage: tools/install.sh install|uninstall      with, from the environment,
#   DESTDIR                      put in front of every path, but not part of any path inside the files; for packagers
#   PREFIX, LIBDIR, INCLUDEDIR   where to, by default /usr/local, PREFIX/lib, PREFIX/include
#   EXAMPLES=1                   sign_file and its man page too; 0 and no mean no
#   RELOCATABLE=1                for tarballs: nothing names PREFIX, and there is no manifest
#   LIBRARIES, PROGRAMS          where the libraries and sign_file were built, by default build/lib, build/examples
#   SUITES                       if set, the library must have been built with these
set -eu
umask 022
# The order that sort and patterns go by is the same for everyone.
export LC_ALL=C

fail() {
    echo "install: $*" >&2
    exit 1
}

what=${1:-}
case $what in
install | uninstall) [ $# -eq 1 ] || fail "what is '$2'? Variables come from the environment" ;;
*) fail 'usage: tools/install.sh install|uninstall' ;;
esac

# ---- where to ------------------------------------------------------------------------------------

absolute() { # NAME PATH: the path without superfluous slashes
    # pkg-config's file format would need these escaped, each reader of it in another way.
    case $2 in
    *[\"\$\\\`\#]* | *"
"*) fail "$1 must not contain quotes, dollar signs, backslashes, number signs or newlines: $2" ;;
    */../* | */.. | */./* | */.) fail "$1 must not contain . or .. as a folder: $2" ;;
    /*) printf '%s\n' "$2" | sed 's:///*:/:g; s:/$::' ;;
    *) fail "$1 must be an absolute path, not '$2'" ;;
    esac
}

case ${EXAMPLES:-} in
0 | no) EXAMPLES='' ;;
esac
PREFIX=$(absolute PREFIX "${PREFIX:-/usr/local}")
LIBDIR=$(absolute LIBDIR "${LIBDIR:-$PREFIX/lib}")
INCLUDEDIR=$(absolute INCLUDEDIR "${INCLUDEDIR:-$PREFIX/include}")
DESTDIR=${DESTDIR:-}
DESTDIR=${DESTDIR%/}
cmake=$LIBDIR/cmake/pqhybrid
pkgconfig=$LIBDIR/pkgconfig
doc=$PREFIX/share/doc/pqhybrid
man=$PREFIX/share/man/man1
manifest=$cmake/manifest

refuse() { # FOLDER
    fail "cannot write to $DESTDIR$1: choose another place with PREFIX or DESTDIR, or use sudo"
}

# Files and folders that an earlier install noted.
noted() {
    [ ! -f "$DESTDIR$manifest" ] || grep '^/' "$DESTDIR$manifest" | grep -vE '/\.\.(/|$)' || true
}

remove_files() { # from standard input, of which folders end in a slash
    while IFS= read -r path; do
        case $path in
        '' | */) ;;
        *) rm -f "$DESTDIR$path" 2>/dev/null || refuse "${path%/*}" ;;
        esac
    done
}

remove_empty_folders() { # from standard input
    { grep '/$' || true; } | sort -ru | while IFS= read -r path; do
        rmdir "$DESTDIR${path%/}" 2>/dev/null || true
    done
}

# Tells the loader of the system, where it looks into this folder.
tell_loader() {
    [ -z "$DESTDIR" ] || return 0
    PATH=$PATH:/usr/sbin:/sbin
    if command -v ldconfig >/dev/null && ldconfig -v -N -X 2>/dev/null |
        awk -v folder="$LIBDIR:" 'index($0, folder) == 1 {found = 1} END {exit !found}'; then
        ldconfig 2>/dev/null || echo "run 'ldconfig' as root to have $LIBDIR looked into"
    elif [ "$what" = install ]; then
        echo "programs find the shared library with LD_LIBRARY_PATH='$LIBDIR', or if linked with -Wl,-rpath,$LIBDIR"
    fi
}

# What installations in other LIBDIRs of this PREFIX need.
others() {
    for other in "$DESTDIR$PREFIX"/lib*/cmake/pqhybrid/manifest "$DESTDIR$PREFIX"/lib*/*/cmake/pqhybrid/manifest; do
        [ ! -f "$other" ] || [ "$other" -ef "$DESTDIR$manifest" ] || grep '^/' "$other" || true
    done
}

if [ "$what" = uninstall ]; then
    [ -f "$DESTDIR$manifest" ] || fail "nothing to uninstall: there is no $DESTDIR$manifest"
    files=$(noted)
    kept=$(others)
    printf '%s\n' "$files" | { grep -vxF -e "$manifest" -e "$kept" || true; } | remove_files
    rm -f "$DESTDIR$manifest"
    printf '%s\n' "$files" | remove_empty_folders
    echo "removed pqhybrid from $DESTDIR${PREFIX:-/}"
    tell_loader
    exit 0
fi

# ---- what ----------------------------------------------------------------------------------------

libraries=${LIBRARIES:-build/lib}
programs=${PROGRAMS:-build/examples}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
major=${version%%.*}
soname=libpqhybrid.so.$major
shared=libpqhybrid.so.$version

case $libraries in
build/targets/*) goal="targets TARGETS=${libraries#build/targets/}" ;;
*) goal=build ;;
esac
[ -f "$libraries/libpqhybrid.a" ] || fail "$libraries/libpqhybrid.a is not built yet: run \`make $goal\` first"
# Without an operating system there is no shared library.
has_shared=''
system=Generic
libc=none
if [ -f "$libraries/$shared" ]; then
    has_shared=yes
    system=Linux
    case $(readelf -dW "$libraries/$shared" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p') in
    libc.so.6) libc=glibc ;;
    libc.so | libc.musl-*) libc=musl ;;
    *) fail "$libraries/$shared needs another C library than glibc and musl" ;;
    esac
fi
if [ -n "${EXAMPLES:-}" ]; then
    for suite in mldsa65_ed25519 mldsa87_ed448; do
        grep -q "pqh_${suite}_keygen" "$libraries/libpqhybrid.a" || fail "sign_file needs $suite, which $libraries lacks"
    done
    [ -f "$programs/sign_file" ] || fail "$programs/sign_file is not built yet: run \`make demo\` first"
fi
for template in pqhybrid.pc cmake/pqhybridConfig.cmake cmake/pqhybridConfigVersion.cmake; do
    [ -f "$template.in" ] || fail "$template.in is missing: is this a whole checkout?"
done

# What the library holds says which suites it was built with.
suites=''
missing=''
for suite in mlkem768_x25519 mlkem1024_x448 mldsa65_ed25519 mldsa87_ed448; do
    if grep -q "pqh_${suite}_keygen" "$libraries/libpqhybrid.a"; then
        suites="$suites $suite"
        case " $(echo "${SUITES:-$suite}" | tr - _) " in
        *" $suite "*) ;;
        *) fail "$libraries holds $suite, which SUITES does not name: run \`make build\` with the same SUITES" ;;
        esac
    else
        missing="$missing $suite"
        case " $(echo "${SUITES:-}" | tr - _) " in
        *" $suite "*) fail "$libraries does not hold $suite, which SUITES names: run \`make build\` with the same SUITES" ;;
        esac
    fi
done
suites=${suites# }

# ---- what goes into the files --------------------------------------------------------------------

relative() { # FROM TO: the way from one folder to the other
    from=$1
    up=''
    while case $2/ in "$from"/*) false ;; esac; do
        from=${from%/*}
        up=../$up
    done
    way=${2#"$from"}
    way=$up${way#/}
    way=${way%/}
    echo "${way:-.}"
}

below_prefix() { # PATH, as pkg-config says it
    case $1 in
    "$PREFIX"/*) printf '%s\n' "\${prefix}${1#"$PREFIX"}" ;;
    *) printf '%s\n' "$1" ;;
    esac
}

pc_prefix=${PREFIX:-/}
quote='"'
if [ -n "${RELOCATABLE:-}" ]; then
    case $LIBDIR$INCLUDEDIR in
    "$PREFIX"/*"$PREFIX"/*) ;;
    *) fail 'RELOCATABLE needs LIBDIR and INCLUDEDIR below PREFIX' ;;
    esac
    # shellcheck disable=SC2016 # a variable of pkg-config
    pc_prefix='${pcfiledir}/'$(relative "$pkgconfig" "$PREFIX")
    # pkg-config escapes what it puts in for pcfiledir, and again what stands between quotes.
    quote=''
fi

quoted() { # for the right side of sed's s|||
    printf '%s\n' "$1" | sed 's/[&|\\]/\\&/g'
}

fill() { # TEMPLATE FILE
    sed -e "s|@VERSION@|$version|g" -e "s|@VERSION_MAJOR@|$major|g" \
        -e "s|@SYSTEM@|$system|g" -e "s|@LIBC@|$libc|g" \
        -e "s|@SUITES@|$(echo "$suites" | tr ' ' ';')|g" \
        -e "s|@PREFIX@|$(quoted "${PREFIX:-/}")|g" \
        -e "s|@LIBDIR@|$(quoted "$LIBDIR")|g" \
        -e "s|@INCLUDEDIR@|$(quoted "$INCLUDEDIR")|g" \
        -e "s|@LIBDIR_FROM_CMAKE@|$(quoted "$(relative "$cmake" "$LIBDIR")")|g" \
        -e "s|@INCLUDEDIR_FROM_CMAKE@|$(quoted "$(relative "$cmake" "$INCLUDEDIR")")|g" \
        -e "s|@PC_QUOTE@|$quote|g" \
        -e "s|@PC_PREFIX@|$(quoted "$pc_prefix")|g" \
        -e "s|@PC_LIBDIR@|$(quoted "$(below_prefix "$LIBDIR")")|g" \
        -e "s|@PC_INCLUDEDIR@|$(quoted "$(below_prefix "$INCLUDEDIR")")|g" "$1" >"$2"
    ! grep -nE '@[A-Z_]+@' "$2" >&2 || fail "$1 asks for what is not known here"
}

# The header of a library that lacks suites says so itself. Poisoned names make it an error to call a function that is
# missing, where a C compiler may otherwise leave it at a warning until the program is linked.
header() { # FILE
    cp include/pqhybrid.h "$1"
    for suite in $missing; do
        without=PQH_WITHOUT_$(echo "$suite" | tr a-z A-Z)
        functions=$(awk -v begin="#ifndef $without" -v end="#endif /* $without */" \
            '$0 == begin {inside = 1} $0 == end {inside = 0} inside' include/pqhybrid.h |
            grep -oE "pqh_${suite}_[a-z0-9_]+\(" | tr -d '(' | sort -u)
        [ -n "$functions" ] || fail "the header has no part for $suite"
        {
            printf '/* This library was built without %s. */\n' "$suite"
            printf '#ifndef %s\n#define %s\n#endif\n#ifdef __GNUC__\n' "$without" "$without"
            printf '%s\n' "$functions" | sed 's/^/#pragma GCC poison /'
            printf '#endif\n\n'
        } >"$work/without"
        sed "/^#define PQHYBRID_H\$/r $work/without" "$1" >"$1.new"
        mv "$1.new" "$1"
        grep -q "^#define $without\$" "$1" || fail 'the header has no include guard to write behind'
    done
}

work=$(mktemp -d)
temporary=''
trap '[ -z "$temporary" ] || rm -f "$temporary"; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

header "$work/pqhybrid.h"
fill pqhybrid.pc.in "$work/pqhybrid.pc"
for template in cmake/*.cmake.in; do
    file=${template##*/}
    fill "$template" "$work/${file%.in}"
done

# ---- installing ----------------------------------------------------------------------------------

files=$work/files
folders=$work/folders
: >"$files"
{ noted; others; } | grep '/$' | sort -u >"$folders" || true
before=$(noted | grep -v '/$' || true)

folder() { # PATH: makes it, and notes which folders that takes
    [ ! -d "$DESTDIR$1/" ] || return 0
    folder "${1%/*}"
    mkdir "$DESTDIR$1" 2>/dev/null || { remove_empty_folders <"$folders"; refuse "$1"; }
    # What is made in a packager's folder may be there already where the package is unpacked.
    case $DESTDIR/$1 in
    //* | */pqhybrid) printf '%s/\n' "$1" >>"$folders" ;;
    esac
}

# Nothing is installed unless all can be.
[ -z "$DESTDIR" ] || mkdir -p "$DESTDIR" 2>/dev/null || refuse ''
set -- "$LIBDIR" "$INCLUDEDIR" "$cmake" "$pkgconfig" "$doc"
[ -z "${EXAMPLES:-}" ] || set -- "$@" "$PREFIX/bin" "$man"
for path in "$@"; do
    folder "$path"
    temporary=$DESTDIR$path/.pqhybrid.$$
    touch "$temporary" 2>/dev/null || { remove_empty_folders <"$folders"; refuse "$path"; }
    rm -f "$temporary"
done

rename() { # TARGET: puts the temporary file in its place
    [ ! -d "$DESTDIR$1" ] || [ -L "$DESTDIR$1" ] || fail "$DESTDIR$1 is a folder, where a file should go"
    # Into a folder that a link names, mv would put it.
    [ ! -d "$DESTDIR$1" ] || rm "$DESTDIR$1"
    mv -f "$temporary" "$DESTDIR$1"
    printf '%s\n' "$1" >>"$files"
}

place() { # MODE SOURCE TARGET
    temporary=$DESTDIR${3%/*}/.pqhybrid.$$
    cp "$2" "$temporary"
    chmod "$1" "$temporary"
    rename "$3"
}

link() { # TEXT TARGET
    temporary=$DESTDIR${2%/*}/.pqhybrid.$$
    ln -s "$1" "$temporary"
    rename "$2"
}

if [ -n "$has_shared" ]; then
    place 755 "$libraries/$shared" "$LIBDIR/$shared"
    link "$shared" "$LIBDIR/$soname"
    link "$soname" "$LIBDIR/libpqhybrid.so"
fi
place 644 "$libraries/libpqhybrid.a" "$LIBDIR/libpqhybrid.a"
place 644 "$work/pqhybrid.h" "$INCLUDEDIR/pqhybrid.h"
place 644 "$work/pqhybrid.pc" "$pkgconfig/pqhybrid.pc"
for file in "$work"/*.cmake; do
    place 644 "$file" "$cmake/${file##*/}"
done
for file in LICENSE-* THIRD-PARTY-NOTICES.md; do
    place 644 "$file" "$doc/$file"
done
if [ -n "${EXAMPLES:-}" ]; then
    cp "$programs/sign_file" "$work/sign_file"
    # Debug information is not shipped. A tool for this machine cannot strip what was built for another.
    strip "$work/sign_file" 2>/dev/null || true
    place 755 "$work/sign_file" "$PREFIX/bin/sign_file"
    place 644 docs/sign_file.1 "$man/sign_file.1"
fi

# An older library with the same soname must go even if nobody noted it: ldconfig might take it for the newer one.
for old in "$DESTDIR$LIBDIR/$soname".[0-9]*; do
    case $old in
    "$DESTDIR$LIBDIR/$shared" | *.debug) ;;
    *) rm -f "$old" ;;
    esac
done
printf '%s\n' "$before" | { grep -vxF -e "$manifest" -e "$(others)" -f "$files" || true; } | remove_files
remove_empty_folders <"$folders"
if [ -z "${RELOCATABLE:-}" ]; then
    {
        cat "$files"
        printf '%s\n' "$manifest"
        sort -u "$folders" | while IFS= read -r path; do [ ! -d "$DESTDIR$path" ] || printf '%s\n' "$path"; done
    } >"$work/manifest"
    place 644 "$work/manifest" "$manifest"
fi

echo "installed pqhybrid $version ($suites)${DESTDIR:+ in $DESTDIR}:"
sort "$files" | while IFS= read -r path; do
    if [ -L "$DESTDIR$path" ]; then
        echo "  $path -> $(readlink "$DESTDIR$path")"
    else
        echo "  $path"
    fi
done
[ -z "$has_shared" ] || tell_loader
