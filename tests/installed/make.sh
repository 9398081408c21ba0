# `make install` and `make uninstall`, which people call rather than the script beneath: the variables reach it, and the
# README's commands do what they say. A part of run.sh.

block text 1 >"$scratch/in-readme"
sed 's/ -> .*//' "$scratch/in-readme" >"$scratch/listing-expected"

# ---- the README's commands -------------------------------------------------------------------------

# `make` is what runs this test; whatever the command says, it stays in the scratch folder.
readme_shell() { # FOLDER COMMAND: with FOLDER/home as home
    plainly HOME="$1/home" TMPDIR="$1" MAKE="${MAKE:-make}" sh -euc "
        make() {
            case \" \$* \" in
            *' DESTDIR='*) ;;
            *) set -- \"\$@\" DESTDIR='$1/stage' ;;
            esac
            command \"\$MAKE\" --no-print-directory \"\$@\"
        }
        $2"
}

to=$(into make-listing)
mkdir "$to"
command=$(inline 'make install DESTDIR=')
check "fails: $command" lists 'DESTDIR=\$\(mktemp -d\)' "$command"
readme_shell "$to" "$command" | said >"$scratch/told"
same "'$command' does not print the listing of $readme" "$scratch/in-readme" "$scratch/told"
at=$(find "$to" -mindepth 1 -maxdepth 1 -type d)
tree "$at" >"$scratch/found"
same "'$command' does not put there what $readme lists" "$scratch/listing-expected" "$scratch/found"

to=$(into make-readme)
mkdir -p "$to/home"
block sh 3 | grep '^make ' >"$scratch/commands"
check "the README does not install with 3 commands" [ "$(wc -l <"$scratch/commands")" -eq 3 ]
home=$to/home
while IFS= read -r command; do
    readme_shell "$to" "$command" >"$scratch/told" || fail "fails: $command"
    case $command in
    'make install '*PREFIX*)
        sed "s:^/usr/local:$home/pqhybrid:" "$scratch/listing-expected" >"$scratch/in-home"
        tree "$to/stage$home" | sed "s:^:$home:" >"$scratch/found"
        same "'$command' puts other files there than $readme lists" "$scratch/in-home" "$scratch/found"
        ;;
    'make install'*)
        tree "$to/stage" >"$scratch/found"
        same "'$command' puts other files there than $readme lists" "$scratch/listing-expected" "$scratch/found"
        ;;
    'make uninstall'*)
        check "'$command' leaves files" [ ! -e "$to/stage/usr/local/lib/libpqhybrid.a" ]
        tree "$to/stage" | sort >"$scratch/found"
        same "'$command' takes what was installed elsewhere, or leaves something" "$scratch/in-home" "$scratch/found"
        ;;
    *) fail "the README's block has a command that is not known here: $command" ;;
    esac
done <"$scratch/commands"

# Installed into the home folder, what the README says of pkg-config finds it.
maker install PREFIX="$home/pqhybrid" >/dev/null
export_path=$(inline 'export PKG_CONFIG_PATH=')
check "pkg-config does not find the library after $export_path" [ "$(
    HOME=$home PKG_CONFIG_LIBDIR="$scratch/nowhere" sh -euc "$export_path"'; pkg-config --variable=libdir pqhybrid'
)" = "$home/pqhybrid/lib" ]
command=$(grep '^cc .*pkg-config' "$readme" | head -n 1)
check "fails after $export_path: $command" \
    env HOME="$home" PKG_CONFIG_LIBDIR="$scratch/nowhere" sh -euc "$export_path; cd '$programs' && $command"
LD_LIBRARY_PATH=$home/pqhybrid/lib prints 'we share a secret' "$programs/example"
maker uninstall PREFIX="$home/pqhybrid" >/dev/null

# ---- variables -----------------------------------------------------------------------------------

to=$(into make-variables)
expect() { # FOLDER SED-SCRIPT SENTENCE: the listing, edited, is what lies there
    sed "$2" "$scratch/listing-expected" | sort >"$scratch/expected-here"
    tree "$1" >"$scratch/found"
    same "$3" "$scratch/expected-here" "$scratch/found"
}
cycle() { # SED-SCRIPT NAME=VALUE...: installs, looks, and removes
    script=$1
    shift
    rm -rf "$to"
    maker install DESTDIR="$to" "$@" >/dev/null
    expect "$to" "$script" "make install $* puts the files elsewhere"
    maker uninstall DESTDIR="$to" "$@" >/dev/null
    check "make uninstall $* leaves $(tree "$to")" [ -z "$(tree "$to")" ]
}
cycle '' EXAMPLES=0
cycle 's:^/usr/local/:/opt/:' prefix=/opt
cycle 's:^/usr/local/:/opt/:' PREFIX=/opt prefix=/not-this
cycle 's:^/usr/local/lib/:/usr/local/lib64/:' libdir=/usr/local/lib64
cycle 's:^/usr/local/include/:/opt/include/:; s:^/usr/local/lib/:/usr/local/l/:' includedir=/opt/include LIBDIR=/usr/local/l

# The same from the environment, as packagers' tools say it.
rm -rf "$to"
plainly DESTDIR="$to" PREFIX=/usr LIBDIR=/usr/lib64 "${MAKE:-make}" --no-print-directory install >/dev/null
expect "$to" 's:^/usr/local/lib/:/usr/lib64/:; s:^/usr/local/:/usr/:' 'variables in the environment are not heeded'
plainly DESTDIR="$to" PREFIX=/usr LIBDIR=/usr/lib64 "${MAKE:-make}" --no-print-directory uninstall >/dev/null
check 'make uninstall with variables in the environment leaves files' [ -z "$(tree "$to")" ]

# What cannot be meant is refused, and nothing is installed.
rm -rf "$to"
mkdir "$to"
says 'PREFIX is empty: say where to install' maker install DESTDIR="$to" PREFIX=
says 'PREFIX is empty: say where to install' plainly PREFIX= DESTDIR="$to" "${MAKE:-make}" install
says 'PREFIX is empty' maker uninstall DESTDIR="$to" PREFIX=
says '^install: build/lib holds mlkem1024_x448, which SUITES does not name: run `make build` with the same SUITES$' \
    maker install DESTDIR="$to" SUITES=mlkem768-x25519
says '^install: build/nothing/libpqhybrid.a is not built yet' \
    plainly LIBRARIES=build/nothing "${MAKE:-make}" install DESTDIR="$to"
says '^install: build/targets/no-such/libpqhybrid.a is not built yet: run `make targets TARGETS=no-such` first$' \
    maker install DESTDIR="$to" TARGET=no-such
says 'nothing to uninstall: there is no .*/manifest$' maker uninstall DESTDIR="$to"
check "a refused make install leaves $(tree "$to")" [ -z "$(tree "$to")" ]

# ---- the tool ------------------------------------------------------------------------------------

# The program that `make demo` leaves; debug information, of which the Makefile's own flags ask for some, stays behind.
to=$(into make-tool)
maker install DESTDIR="$to" EXAMPLES=1 | said >"$scratch/told"
tool=$to/usr/local/bin/sign_file
{ cat "$scratch/in-readme"; printf '%s\n' /usr/local/bin/sign_file /usr/local/share/man/man1/sign_file.1; } |
    sort >"$scratch/with-tool"
same 'make install EXAMPLES=1 does not add the tool and its man page' "$scratch/with-tool" "$scratch/told"
check 'the installed tool does not run' "$tool" --version
check 'the installed tool has another mode than 755' [ "$(stat -c %a "$tool")" = 755 ]
strip -o "$scratch/stripped-tool" build/examples/sign_file
check 'the installed tool is not the stripped one of build/examples' cmp "$scratch/stripped-tool" "$tool"
check 'the installed tool has symbols or debug information' lacks '\.(symtab|debug_)' "$(readelf -SW "$tool")"
names_no_place "$to"
maker install DESTDIR="$to" >/dev/null
check 'make install without EXAMPLES leaves the tool' [ ! -e "$tool" ]
maker uninstall DESTDIR="$to" >/dev/null
check "make uninstall leaves $(tree "$to")" [ -z "$(tree "$to")" ]
