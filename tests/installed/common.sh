# What the parts of run.sh share; see there.

fail() {
    echo "installed: $*" >&2
    exit 1
}

check() { # SENTENCE COMMAND...: the command must succeed, or the sentence says what is wrong
    sentence=$1
    shift
    "$@" >"$scratch/output" 2>&1 || {
        cat "$scratch/output" >&2
        fail "$sentence"
    }
    checks=$((checks + 1))
}

says() { # PATTERN COMMAND...: the command must fail with one sentence, or an error of the compiler, that matches
    pattern=$1
    shift
    if "$@" >"$scratch/output" 2>&1; then fail "succeeded, but should not have: $*"; fi
    grep -qE -e "$pattern" "$scratch/output" || {
        cat "$scratch/output" >&2
        fail "'$*' does not say '$pattern', but the above"
    }
    checks=$((checks + 1))
}

prints() { # LINE COMMAND...: the command must succeed and print that line
    line=$1
    shift
    check "failed: $*" "$@"
    grep -qxF -e "$line" "$scratch/output" || fail "'$*' does not print '$line'"
}

same() { # SENTENCE EXPECTED-FILE FILE
    diff -u "$2" "$3" >&2 || fail "$1"
    checks=$((checks + 1))
}

lists() { # PATTERN TEXT
    printf '%s\n' "$2" | grep -qE -e "$1"
}

lacks() { # PATTERN TEXT
    ! printf '%s\n' "$2" | grep -E -e "$1"
}

# ---- installing ----------------------------------------------------------------------------------

# No test may ever write into the system: one of the arguments must lead into the scratch folder, or to where nobody can
# make files.
stays_here() { # ARGUMENT...
    for argument in "$@"; do
        case $argument in
        "DESTDIR=$scratch"/* | "PREFIX=$scratch"/* | PREFIX=/proc | DESTDIR=/proc/*) return 0 ;;
        esac
    done
    fail "this would not stay in $scratch: $*"
}

plainly() { # [NAME=VALUE ...] COMMAND...: with no other variable of make or of the install script than those
    env -u DESTDIR -u PREFIX -u LIBDIR -u INCLUDEDIR -u prefix -u libdir -u includedir -u SUITES -u EXAMPLES -u TARGET \
        -u RELOCATABLE -u LIBRARIES -u PROGRAMS -u MAKEFLAGS -u MFLAGS -u MAKEOVERRIDES -u MAKELEVEL "$@"
}

installer() { # install|uninstall [NAME=VALUE ...]: the install script
    action=$1
    shift
    stays_here "$@"
    plainly "$@" sh tools/install.sh "$action"
}

maker() { # install|uninstall [NAME=VALUE ...]: the Makefile, with those on its command line
    stays_here "$@"
    plainly "${MAKE:-make}" --no-print-directory "$@"
}

into() { echo "$scratch/$1"; }

tree() { # FOLDER: the files below it
    (cd "$1" && find . ! -type d | sed 's/^\.//' | sort)
}

said() { # the files that an install told of on standard input
    grep '^  ' | sed 's/^  //'
}

# ---- the README ----------------------------------------------------------------------------------

block() { # LANGUAGE NUMBER: that code block of the README
    awk -v start="\`\`\`$1" -v wanted="$2" '
        /^```/ { inside = ($0 == start && ++seen == wanted); next }
        inside' "$readme" >"$scratch/block"
    [ -s "$scratch/block" ] || fail "$readme has no code block number $2 of language $1"
    cat "$scratch/block"
}

inline() { # BEGINNING: the one command between backquotes in the README that begins so
    awk -v RS='`' -v beginning="$1" 'index($0, beginning) == 1 && !/\n/ {print; seen++} END {exit seen != 1}' "$readme" ||
        fail "$readme does not show exactly one command that begins with: $1"
}

# ---- programs ------------------------------------------------------------------------------------

needs() { # PROGRAM: the shared libraries that it needs
    readelf -dW "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\].*/\1/p'
}

is_static() { # PROGRAM: it holds the library
    check "$1 needs libpqhybrid.so" lacks libpqhybrid "$(needs "$1")"
}

is_shared() { # PROGRAM: it needs the library by its soname, and the version node of its functions
    check "$1 does not need libpqhybrid.so.$major, but $(needs "$1")" lists "^libpqhybrid\.so\.$major\$" "$(needs "$1")"
    check "$1 does not need the version node pqh_0.1" lists 'Name: pqh_0\.1 ' "$(readelf -VW "$1")"
}

compile() { # COMPILER-AND-FLAGS SOURCE PROGRAM FLAGS-BEHIND: flags as pkg-config quotes them for a shell
    check "does not build: $1 $2 -o $3 $4" sh -c "cd '$programs' && $1 $2 -o $3 $4"
}

# Names of Rust are mangled: the length of each part stands before it.
signing='4sign|generate_key_pair'
held() { nm "$1" | awk '{print $NF}'; }
signers() { # PROGRAM: how many functions that sign it carries
    held "$1" | grep -cE "$signing" || true
}

# ---- where it was built --------------------------------------------------------------------------

# The paths of this machine that must not be shipped, as patterns. One that ends in a letter may go on with another name;
# one that is a single name, such as /src, may be the end of another path.
places() {
    for place in "$PWD" "$(pwd -P)" "${CARGO_HOME:-$HOME/.cargo}" "$HOME"; do
        case $place in
        / | '') continue ;;
        /*/*) head='' ;;
        *) head='(^|[^[:alnum:]_./-])' ;;
        esac
        printf '%s\n' "$place" | sed -e 's/[].[*^$\\+?(){}|]/\\&/g' -e "s/^/$(printf '%s' "$head" | sed 's:[/\\&]:\\&:g')/" \
            -e 's/$/([^[:alnum:]_.-]|$)/'
    done | sort -u
}

names_no_place() { # FOLDER: no file below it names the checkout, cargo's folder or the home folder
    places >"$scratch/places"
    while IFS= read -r pattern; do
        check "a file in $1 names a folder of the machine that it was built on: $pattern" \
            sh -c '! grep -raE -e "$1" "$2"' - "$pattern" "$1"
    done <"$scratch/places"
}
