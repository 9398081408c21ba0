# What is said when an install cannot be, and that nothing is left behind then. A part of run.sh.

to=$(into not-possible)
mkdir "$to"
says '^install: build/nothing/libpqhybrid.a is not built yet: run `make build` first$' \
    installer install DESTDIR="$to" LIBRARIES=build/nothing
says '^install: .*/sign_file is not built yet: run `make demo` first$' \
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
for character in '#' '$' '"' '\' '`'; do
    says '^install: PREFIX must not contain' installer install DESTDIR="$to" PREFIX="/a${character}b"
done
says '^install: usage' installer reinstall DESTDIR="$to"
# Who is used to other tools says where to on the command line; that must not be taken for the default.
for argument in --prefix=/opt PREFIX=/opt uninstall; do
    says "^install: what is '$argument'\? Variables come from the environment$" \
        plainly DESTDIR="$to" sh tools/install.sh install "$argument"
    says "^install: what is '$argument'\?" plainly DESTDIR="$to" sh tools/install.sh uninstall "$argument"
done
check "an install that fails leaves $(find "$to" -mindepth 1)" [ -z "$(find "$to" -mindepth 1)" ]
mkdir -p "$to/usr/local/include/pqhybrid.h"
says 'include/pqhybrid.h is a folder' installer install DESTDIR="$to"
