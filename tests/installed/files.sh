# What `install` puts where, what a second or a newer install leaves, what `uninstall` leaves; and what is said when it
# cannot. A part of run.sh.

into() { echo "$scratch/$1"; }

# ---- the listing ---------------------------------------------------------------------------------

to=$(into listing)
block text 1 >"$scratch/in-readme"
installer install DESTDIR="$to" | grep '^  ' | sed 's/^  //' >"$scratch/said"
same "the listing in $readme is not what is installed" "$scratch/in-readme" "$scratch/said"
sed 's/ -> .*//' "$scratch/said" >"$scratch/expected"
tree "$to" >"$scratch/found"
same 'what is installed is not what is said' "$scratch/expected" "$scratch/found"
check 'the archive is not what was built' cmp build/lib/libpqhybrid.a "$to/usr/local/lib/libpqhybrid.a"
check 'the header is not that of the source' cmp include/pqhybrid.h "$to/usr/local/include/pqhybrid.h"
check 'an installed file names the folder that it was staged in' sh -c "! grep -rlF '$to' '$to'"
check 'an installed file names the checkout' sh -c "! grep -rlF '$PWD/' '$to'"
check 'the soname is not that of the link' [ "$(readlink "$to/usr/local/lib/libpqhybrid.so")" = \
    "$(readelf -d "$to/usr/local/lib/libpqhybrid.so" | sed -n 's/.*SONAME.*\[\(.*\)\].*/\1/p')" ]

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
touch "$to/precious" "$old/lib/libother.so.0" "$old/lib/libpqhybrid.so.1.0.0"
printf '%s\n' /usr/local/include/pqhybrid_old.h /usr/local/share/pqhybrid/old/table /usr/local/share/pqhybrid/ \
    /usr/local/share/pqhybrid/old/ /usr/local/lib/../../../precious >>"$old/share/doc/pqhybrid/manifest"
installer install DESTDIR="$to" >/dev/null
{ cat "$scratch/expected"; printf '%s\n' /precious /usr/local/lib/libother.so.0 /usr/local/lib/libpqhybrid.so.1.0.0; } |
    sort >"$scratch/with-others"
tree "$to" >"$scratch/found"
same 'after an install over an older version, the files are not the new ones and those of others' \
    "$scratch/with-others" "$scratch/found"
check 'an empty folder of the older version stays' [ ! -e "$old/share/pqhybrid" ]

# Without a manifest too, an older library goes.
rm "$old/share/doc/pqhybrid/manifest"
touch "$old/lib/libpqhybrid.so.0.0.9"
installer install DESTDIR="$to" >/dev/null
tree "$to" >"$scratch/found"
same 'without a manifest, an older library stays' "$scratch/with-others" "$scratch/found"

# ---- uninstalling --------------------------------------------------------------------------------

installer uninstall DESTDIR="$to" >/dev/null
printf '%s\n' /precious /usr/local/lib/libother.so.0 /usr/local/lib/libpqhybrid.so.1.0.0 >"$scratch/others"
tree "$to" >"$scratch/found"
same 'uninstall leaves files, or takes those of others' "$scratch/others" "$scratch/found"
rm -r "$to"
says 'nothing to remove: there is no .*/manifest$' installer uninstall DESTDIR="$to"

# ---- variations ----------------------------------------------------------------------------------

varied() { # FOLDER NAME=VALUE...: installs into that folder, which is new, looks at the modes, and removes it all again
    at=$1
    shift
    mkdir "$at"
    (umask "${mask:-022}" && installer install "$@" >"$scratch/said") || fail "install $* fails"
    tree "$at" >"$scratch/found"
    modes=$(find "$at" -mindepth 1 -type d ! -perm 755 -o -type f ! -perm 644 ! -perm 755)
    check "modes are not 644 and 755 with umask ${mask:-022}: $modes" [ -z "$modes" ]
    installer uninstall "$@" >/dev/null
    check "uninstall leaves something after install $*" [ -z "$(find "$at" -mindepth 1)" ]
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

# The example tool, with a man page that knows all its options; the next install without it removes it.
to=$(into tool)
mkdir "$scratch/programs"
"$cc" examples-c/sign_file.c -Iinclude build/lib/libpqhybrid.a -o "$scratch/programs/sign_file"
installer install DESTDIR="$to" EXAMPLES=1 PROGRAMS="$scratch/programs" >/dev/null
check 'the tool is not installed' "$to/usr/local/bin/sign_file" --version
sed 's/\\//g' "$to/usr/local/share/man/man1/sign_file.1" >"$scratch/man"
for option in $("$to/usr/local/bin/sign_file" --help | grep -oE -- '--[a-z]+' | sort -u); do
    check "$option is not in the man page" grep -qF -- "$option" "$scratch/man"
done
installer install DESTDIR="$to" >/dev/null
tree "$to" >"$scratch/found"
same 'the tool stays when it is no longer installed' "$scratch/expected" "$scratch/found"
check 'empty folders of the tool stay' [ ! -e "$to/usr/local/bin" ]

# A tarball may be unpacked anywhere: nothing in it names a place.
for at in /nowhere-in-particular /; do
    to=$(into "tarball${at%/}")
    mkdir -p "$to"
    installer install DESTDIR="$to" PREFIX="$at" RELOCATABLE=1 >/dev/null
    to=$to${at%/}
    check 'a relocatable tree names its prefix' sh -c "! grep -rl nowhere-in-particular '$to'"
    check 'a relocatable tree has a manifest' [ ! -e "$to/share/doc/pqhybrid/manifest" ]
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
installer install PREFIX="$to" LOOKED_INTO="$to/other" PATH="$scratch/stub:$PATH" >"$scratch/said"
check "it is not said how programs find the library in $to/lib" grep -qF "LD_LIBRARY_PATH=$to/lib" "$scratch/said"
check "the loader's cache is renewed for a folder that it does not look into" [ ! -e "$scratch/renewed" ]
installer install PREFIX="$to" LOOKED_INTO="$to/lib" PATH="$scratch/stub:$PATH" >/dev/null
check "the loader's cache is not renewed" [ -e "$scratch/renewed" ]

# ---- what cannot be ------------------------------------------------------------------------------

to=$(into not-possible)
mkdir "$to"
says '^install: build/nothing/libpqhybrid.a is not built yet: run `make build` first$' \
    installer install DESTDIR="$to" LIBRARIES=build/nothing
says '^install: .*/sign_file is not built yet: run `make .*sign_file` first$' \
    installer install DESTDIR="$to" EXAMPLES=1 PROGRAMS=build/nothing
# Nobody can make files in /proc, not even root.
says '^install: cannot write to /proc/lib: choose another place with PREFIX or DESTDIR, or use sudo$' \
    installer install PREFIX=/proc
says '^install: cannot write to /proc: choose' installer install PREFIX="$to" INCLUDEDIR=/proc
says '^install: cannot write to /proc/pqhybrid: choose' installer install DESTDIR=/proc/pqhybrid
says '^install: PREFIX must be an absolute path' installer install DESTDIR="$to" PREFIX=usr
says '^install: LIBDIR must not contain' installer install DESTDIR="$to" LIBDIR='/usr/$ORIGIN'
says '^install: LIBDIR must not contain \. or \.\.' installer install DESTDIR="$to" LIBDIR=/usr/../lib
says '^install: build/lib holds mlkem768_x25519, which SUITES does not name' \
    installer install DESTDIR="$to" SUITES=mldsa65-ed25519
says '^install: usage' installer reinstall DESTDIR="$to"
check "an install that fails leaves $(find "$to" -mindepth 1)" [ -z "$(find "$to" -mindepth 1)" ]
mkdir -p "$to/usr/local/include/pqhybrid.h"
says 'include/pqhybrid.h is a folder' installer install DESTDIR="$to"
