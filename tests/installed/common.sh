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
    grep -qE "$pattern" "$scratch/output" || {
        cat "$scratch/output" >&2
        fail "'$*' does not say '$pattern', but the above"
    }
    checks=$((checks + 1))
}

prints() { # LINE COMMAND...: the command must succeed and print that line
    line=$1
    shift
    check "failed: $*" "$@"
    grep -qxF "$line" "$scratch/output" || fail "'$*' does not print '$line'"
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

# The install script with exactly the variables that are given.
installer() { # install|uninstall [NAME=VALUE ...]
    action=$1
    shift
    env -u DESTDIR -u PREFIX -u LIBDIR -u INCLUDEDIR -u SUITES -u EXAMPLES -u RELOCATABLE -u LIBRARIES -u PROGRAMS \
        "$@" sh tools/install.sh "$action"
}

block() { # LANGUAGE NUMBER: that code block of the README
    awk -v start="\`\`\`$1" -v wanted="$2" '
        /^```/ { inside = ($0 == start && ++seen == wanted); next }
        inside' "$readme" >"$scratch/block"
    [ -s "$scratch/block" ] || fail "$readme has no code block number $2 of language $1"
    cat "$scratch/block"
}

tree() { # FOLDER: the files below it
    (cd "$1" && find . ! -type d | sed 's/^\.//' | sort)
}
