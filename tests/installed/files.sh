# What `install` puts where, what a second or a newer install leaves, what `uninstall` leaves. A part of run.sh.

# ---- the listing ---------------------------------------------------------------------------------

to=$(into listing)
block text 1 >"$scratch/in-readme"
installer install DESTDIR="$to" | said >"$scratch/told"
same "the listing in $readme is not what is installed" "$scratch/in-readme" "$scratch/told"
sed 's/ -> .*//' "$scratch/told" >"$scratch/expected"
tree "$to" >"$scratch/found"
same 'what is installed is not what is said' "$scratch/expected" "$scratch/found"

# ---- again, and over an older version --------------------------------------------------------------

inode() { stat -c %i "$to/usr/local/lib/libpqhybrid.so.$version"; }
first=$(inode)
installer install DESTDIR="$to" >/dev/null
tree "$to" >"$scratch/found"
same 'a second install leaves other files than the first' "$scratch/expected" "$scratch/found"
check 'the library is overwritten where it lies, under running programs' [ "$(inode)" != "$first" ]

# The older version had files and folders that this one does not have; others' files lie beside.
old=$to/usr/local
mv "$old/lib/libpqhybrid.so.$version" "$old/lib/libpqhybrid.so.0.0.9"
ln -sf libpqhybrid.so.0.0.9 "$old/lib/libpqhybrid.so.0"
mkdir -p "$old/share/pqhybrid/old"
touch "$old/include/pqhybrid_old.h" "$old/share/pqhybrid/old/table"
# Whoever wants to see into the library puts its debug information beside it.
touch "$to/precious" "$old/lib/libother.so.0" "$old/lib/libpqhybrid.so.1.0.0" "$old/lib/libpqhybrid.so.$version.debug"
printf '%s\n' /precious /usr/local/lib/libother.so.0 "/usr/local/lib/libpqhybrid.so.$version.debug" \
    /usr/local/lib/libpqhybrid.so.1.0.0 | sort >"$scratch/others"
printf '%s\n' /usr/local/include/pqhybrid_old.h /usr/local/share/pqhybrid/old/table /usr/local/share/pqhybrid/ \
    /usr/local/share/pqhybrid/old/ /usr/local/lib/../../../precious >>"$old/lib/cmake/pqhybrid/manifest"
installer install DESTDIR="$to" >/dev/null
sort "$scratch/expected" "$scratch/others" >"$scratch/with-others"
tree "$to" >"$scratch/found"
same 'after an install over an older version, the files are not the new ones and those of others' \
    "$scratch/with-others" "$scratch/found"
check 'an empty folder of the older version stays' [ ! -e "$old/share/pqhybrid" ]

# Without a manifest too, an older library goes.
rm "$old/lib/cmake/pqhybrid/manifest"
touch "$old/lib/libpqhybrid.so.0.0.9"
installer install DESTDIR="$to" >/dev/null
tree "$to" >"$scratch/found"
same 'without a manifest, an older library stays' "$scratch/with-others" "$scratch/found"

# ---- uninstalling --------------------------------------------------------------------------------

installer uninstall DESTDIR="$to" >/dev/null
tree "$to" >"$scratch/found"
same 'uninstall leaves files, or takes those of others' "$scratch/others" "$scratch/found"
rm -r "$to"
says 'nothing to uninstall: there is no .*/manifest$' installer uninstall DESTDIR="$to"

# ---- variations ----------------------------------------------------------------------------------

varied() { # FOLDER NAME=VALUE...: installs into that folder, which is new, looks at the modes, and removes it all again
    at=$1
    shift
    mkdir "$at"
    (umask "${mask:-022}" && installer install "$@" >"$scratch/told") || fail "install $* fails"
    tree "$at" >"$scratch/found"
    modes=$(find "$at" -mindepth 1 -type d ! -perm 755 -o -type f ! -perm 644 ! -perm 755)
    check "modes are not 644 and 755 with umask ${mask:-022}: $modes" [ -z "$modes" ]
    installer uninstall "$@" >/dev/null
    # In a packager's folder, only the folders that are called pqhybrid are known to be ours.
    kept="$(find "$at" -mindepth 1 ! -type d -o -name pqhybrid)"
    case " $*" in
    *' DESTDIR='*) ;;
    *) kept=$(find "$at" -mindepth 1) ;;
    esac
    check "after install $*, uninstall leaves $kept" [ -z "$kept" ]
}

debian=/usr/lib/x86_64-linux-gnu
to=$(into debian)
varied "$to" DESTDIR="$to" PREFIX=/usr LIBDIR=$debian INCLUDEDIR=/usr/include/pqhybrid
sed -e "s:^/usr/local/lib/:$debian/:" -e 's:^/usr/local/include/:/usr/include/pqhybrid/:' -e 's:^/usr/local/:/usr/:' \
    "$scratch/expected" | sort >"$scratch/expected-debian"
same 'LIBDIR and INCLUDEDIR are not where the files go' "$scratch/expected-debian" "$scratch/found"
to=$(into umask)
mask=077
varied "$to" PREFIX="$to/usr/local/"
unset mask
sed "s:^:$to:" "$scratch/expected" >"$scratch/expected-prefix"
sed "s:^:$to:" "$scratch/found" >"$scratch/found-prefix"
same 'PREFIX is not where the files go' "$scratch/expected-prefix" "$scratch/found-prefix"
to=$(into 'a folder & more')
varied "$to" DESTDIR="$to/" PREFIX='/opt/p q/'
check "the head of a path with a space is lost" lists '^/opt/p q/lib/libpqhybrid.a$' "$(cat "$scratch/found")"

# The example tool, built here with debug information, and a man page that knows all its options; the next install without
# it removes it, and the folders that were made for it.
to=$(into tool)
mkdir "$scratch/programs"
"$cc" -g examples-c/sign_file.c -Iinclude build/lib/libpqhybrid.a -o "$scratch/programs/sign_file"
check 'the tool was built without debug information, so that nothing is shown' \
    lists '\.debug_info' "$(readelf -SW "$scratch/programs/sign_file")"
installer install PREFIX="$to" EXAMPLES=1 PROGRAMS="$scratch/programs" >/dev/null
check 'the tool is not installed' "$to/bin/sign_file" --version
check 'the tool is installed with debug information' lacks '\.(symtab|debug_)' "$(readelf -SW "$to/bin/sign_file")"
names_no_place "$to/bin"
check 'the tool has another mode than 755' [ "$(stat -c %a "$to/bin/sign_file")" = 755 ]
check 'the man page is not that of the source' cmp docs/sign_file.1 "$to/share/man/man1/sign_file.1"
sed 's/\\//g' "$to/share/man/man1/sign_file.1" >"$scratch/man"
for option in $("$to/bin/sign_file" --help | grep -oE -- '--[a-z]+' | sort -u); do
    check "$option is not in the man page" grep -qF -- "$option" "$scratch/man"
done
installer install PREFIX="$to" >/dev/null
tree "$to" | sed 's:^:/usr/local:' >"$scratch/found"
same 'the tool stays when it is no longer installed' "$scratch/expected" "$scratch/found"
for folder in bin share/man; do
    check "the empty folder $folder of the tool stays" [ ! -e "$to/$folder" ]
done
for no in 0 no; do
    installer install PREFIX="$to" EXAMPLES=$no PROGRAMS="$scratch/programs" >/dev/null
    check "EXAMPLES=$no installs the tool" [ ! -e "$to/bin" ]
done

# A package is staged in a folder of its own and unpacked where there are empty folders already: they are not ours.
to=$(into unpacked)
mkdir -p "$to/usr/local/include" "$to/usr/local/lib" "$to/usr/local/share"
installer install DESTDIR="$to.staged" >/dev/null
cp -R "$to.staged/." "$to/"
installer uninstall DESTDIR="$to" >/dev/null
check "uninstall leaves files of an unpacked package: $(tree "$to")" [ -z "$(tree "$to")" ]
for folder in include lib share; do
    check "uninstall removes the folder $folder that was there before" [ -d "$to/usr/local/$folder" ]
done
# The same where it is installed at once.
to=$(into there-before)
mkdir -p "$to/include" "$to/share"
installer install PREFIX="$to" >/dev/null
installer uninstall PREFIX="$to" >/dev/null
check 'uninstall removes a folder that was there before, or leaves one of its own' \
    [ "$(find "$to" -mindepth 1 | sort | tr '\n' ' ')" = "$to/include $to/share " ]

# Two architectures under one prefix share the header and the licences; each goes by itself, in any order.
to=$(into multiarch)
mkdir "$to"
for first in x86_64 aarch64; do
    for arch in x86_64 aarch64; do
        installer install PREFIX="$to" LIBDIR="$to/lib/$arch-linux-gnu" >/dev/null
    done
    for arch in x86_64 aarch64; do
        sed -n "s:^/usr/local/lib:/lib/$arch-linux-gnu:p" "$scratch/expected"
    done >"$scratch/both"
    sed -n '/lib\//!s:^/usr/local::p' "$scratch/expected" >"$scratch/common"
    sort "$scratch/both" "$scratch/common" >"$scratch/all"
    tree "$to" >"$scratch/found"
    same 'two LIBDIRs under one PREFIX do not hold both libraries' "$scratch/all" "$scratch/found"
    installer uninstall PREFIX="$to" LIBDIR="$to/lib/$first-linux-gnu" >/dev/null
    grep -v "^/lib/$first-" "$scratch/all" >"$scratch/one"
    tree "$to" >"$scratch/found"
    same "uninstall of $first takes what the other LIBDIR needs, or leaves its own" "$scratch/one" "$scratch/found"
    second=aarch64
    [ "$first" != aarch64 ] || second=x86_64
    installer uninstall PREFIX="$to" LIBDIR="$to/lib/$second-linux-gnu" >/dev/null
    check "uninstall of both LIBDIRs leaves $(find "$to" -mindepth 1)" [ -z "$(find "$to" -mindepth 1)" ]
done

# What one of them no longer brings stays while the other does.
for arch in x86_64 aarch64; do
    installer install PREFIX="$to" LIBDIR="$to/lib/$arch-linux-gnu" EXAMPLES=1 PROGRAMS="$scratch/programs" >/dev/null
done
installer install PREFIX="$to" LIBDIR="$to/lib/x86_64-linux-gnu" >/dev/null
check 'a new install removes the tool that the other LIBDIR brought as well' "$to/bin/sign_file" --version
installer uninstall PREFIX="$to" LIBDIR="$to/lib/aarch64-linux-gnu" >/dev/null
check 'the tool stays when nobody brings it any longer' [ ! -e "$to/bin" ]
check 'the licences go with the tool' [ -s "$to/share/doc/pqhybrid/LICENSE-MIT" ]
installer uninstall PREFIX="$to" LIBDIR="$to/lib/x86_64-linux-gnu" >/dev/null
check "uninstall of both LIBDIRs leaves $(find "$to" -mindepth 1)" [ -z "$(find "$to" -mindepth 1)" ]

# Where a link to somebody's folder has the name of the header, the link goes and the folder stays as it is.
to=$(into linked-header)
mkdir -p "$to/include" "$to/somebody"
ln -s ../somebody "$to/include/pqhybrid.h"
installer install PREFIX="$to" >/dev/null
check 'the header does not replace a link to a folder' cmp include/pqhybrid.h "$to/include/pqhybrid.h"
check 'the header is still a link' [ ! -L "$to/include/pqhybrid.h" ]
check 'the header is put into a folder that a link names' [ -z "$(ls "$to/somebody")" ]

# A tarball may be unpacked anywhere: nothing in it names a place.
for at in /nowhere-in-particular /; do
    to=$(into "tarball${at%/}")
    mkdir -p "$to"
    installer install DESTDIR="$to" PREFIX="$at" RELOCATABLE=1 >/dev/null
    to=$to${at%/}
    check 'a relocatable tree names its prefix' sh -c "! grep -rl nowhere-in-particular '$to'"
    check 'a relocatable tree has a manifest' [ -z "$(find "$to" -name manifest)" ]
    check 'the package of a relocatable tree is not found where it lies' [ "$(
        cd "$(PKG_CONFIG_LIBDIR="$to/lib/pkgconfig" pkg-config --variable=libdir pqhybrid)" && pwd -P
    )" = "$(cd "$to/lib" && pwd -P)" ]
done

# The loader's cache is renewed where the loader looks, and nowhere else.
to=$(into loader)
mkdir "$scratch/stub"
cat >"$scratch/stub/ldconfig" <<END
#!/bin/sh
[ "\$1" != -v ] || { echo "\$LOOKED_INTO: (from here)"; exit; }
touch '$scratch/renewed'
END
chmod +x "$scratch/stub/ldconfig"
installer install PREFIX="$to" LOOKED_INTO="$to/other" PATH="$scratch/stub:$PATH" >"$scratch/told"
check "it is not said how programs find the library in $to/lib" grep -qF "LD_LIBRARY_PATH='$to/lib'" "$scratch/told"
check "the loader's cache is renewed for a folder that it does not look into" [ ! -e "$scratch/renewed" ]
installer install PREFIX="$to" LOOKED_INTO="$to/lib" PATH="$scratch/stub:$PATH" >/dev/null
check "the loader's cache is not renewed" [ -e "$scratch/renewed" ]
