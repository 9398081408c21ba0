# What the parts of run.sh share; see there.

fail() {
    echo "cmake: $*" >&2
    exit 1
}

ran() { checks=$((checks + 1)); }

run() { # COMMAND...: must succeed
    "$@" >"$log" 2>&1 || {
        cat "$log" >&2
        fail "failed: $*"
    }
}

says() { # PATTERN COMMAND...: must fail, and say so; CMake breaks lines, which does not count
    pattern=$1
    shift
    if "$@" >"$log" 2>&1; then fail "succeeded, but should not have: $*"; fi
    tr -s ' \n' ' ' <"$log" | grep -qE -e "$pattern" || {
        cat "$log" >&2
        fail "does not say '$pattern': $*"
    }
    ran
}

holds() { # SENTENCE COMMAND...
    sentence=$1
    shift
    "$@" >/dev/null || fail "$sentence"
    ran
}

same() { # SENTENCE EXPECTED-FILE FILE
    diff -u "$2" "$3" >&2 || fail "$1"
    ran
}

needs_shared() { readelf -d "$1" | grep -q 'NEEDED.*\[libpqhybrid\.so\.[0-9]*\]'; }
lacks_shared() { ! needs_shared "$1"; }
is_for() { readelf -h "$1" | grep -q "Machine: .*$2"; }
carries() { nm "$1" | grep -qE "pqh_($2)"; }
lacks() { ! carries "$@"; }
has_section() { readelf -SW "$1" | grep -q " $2 "; }
lacks_section() { ! has_section "$@"; }
exports() { nm -D --defined-only "$1" | grep -q " [A-Z] $2"; }
exports_no() { ! exports "$@"; }
prints() { # LINE COMMAND...
    line=$1
    shift
    output=$("$@")
    [ "$output" = "$line" ]
}

# ---- the README ----------------------------------------------------------------------------------

block() { # LANGUAGE WORD: the code block of that language in the README that has this word
    awk -v start="\`\`\`$1" -v word="$2" '
        /^```/ { if (inside && index(text, word)) { printf "%s", text; seen++ } inside = $0 == start; text = ""; next }
        inside { text = text $0 "\n" }
        END { exit seen != 1 }' "$readme" || fail "$readme has not exactly one block of $1 with $2"
}

inline() { # BEGINNING: the one command between backquotes in the README that begins so
    awk -v RS='`' -v beginning="$1" 'index($0, beginning) == 1 && !/\n/ {print; seen++} END {exit seen != 1}' "$readme" ||
        fail "$readme does not show exactly one command that begins with: $1"
}

# ---- projects ------------------------------------------------------------------------------------

project() { # KIND NAME: a project with one of the README's snippets, or a copy of a folder of this one, with the program
    rm -rf "${projects:?}/$2"
    mkdir -p "$projects/$2"
    case $1 in
    find_package | FetchContent_Declare) block cmake "$1" >"$projects/$2/CMakeLists.txt" ;;
    *) cp "tests/cmake/$1/"* "$projects/$2/" ;;
    esac
    [ "$1" = firmware ] || cp tests/cmake/example.c "$projects/$2/"
}

edit() { # PROJECT SED-SCRIPT: which must change something
    cp "$projects/$1/CMakeLists.txt" "$scratch/before"
    sed -i "$2" "$projects/$1/CMakeLists.txt"
    ! cmp -s "$scratch/before" "$projects/$1/CMakeLists.txt" || fail "the project $1 has nothing to edit with $2"
}

add() { # PROJECT LINE...: to its CMakeLists.txt
    name=$1
    shift
    printf '%s\n' "$@" >>"$projects/$name/CMakeLists.txt"
}

to_cxx() { # PROJECT
    mv "$projects/$1/example.c" "$projects/$1/example.cpp"
    edit "$1" 's/(example C)/(example CXX)/; s/example\.c/example.cpp/'
}

configure() { # CMAKE PROJECT BUILD ARGUMENT...: the command, for `run` and `says`
    cmake=$1
    source=$projects/$2
    build=$source/$3
    shift 3
    "$cmake" -S "$source" -B "$build" "$@"
}

build() { # CMAKE PROJECT BUILD ARGUMENT...
    run configure "$@"
    run "$1" --build "$projects/$2/$3" --parallel 2
}

install() { # LIBRARIES PREFIX: which must lie in the scratch folder, whatever happens
    case $2 in
    "$scratch"/*) ;;
    *) fail "this would not stay in $scratch: $2" ;;
    esac
    run env -u SUITES -u EXAMPLES -u LIBDIR -u INCLUDEDIR -u RELOCATABLE \
        LIBRARIES="$1" DESTDIR= PREFIX="$2" sh tools/install.sh install
}

# ---- what the static library brings along ----------------------------------------------------------

# To a project that has pqhybrid: a program with a section of its own that nothing refers to, and a plug-in.
add_consumers() { # PROJECT
    cat >"$projects/$1/hook.c" <<'END'
#include <pqhybrid.h>
__attribute__((used, section("hooks"))) static const char *const hook = "found by whoever looks into the program";
int main(void) { return pqh_version() == 0; }
END
    printf '%s\n' '#include <pqhybrid.h>' 'const char *plugin(void) { return pqh_version(); }' >"$projects/$1/plugin.c"
    add "$1" 'add_executable(hook hook.c)' 'target_link_libraries(hook PRIVATE pqhybrid::static)' \
        'add_library(plugin SHARED plugin.c)' 'target_link_libraries(plugin PRIVATE pqhybrid::static)'
}

consumers_hold() { # FOLDER: where those were built
    holds "pqhybrid::static drops a section of the consumer's own" has_section "$1/hook" hooks
    holds 'the plug-in does not export its own function' exports "$1/libplugin.so" plugin
    holds "the plug-in exports pqhybrid's functions" exports_no "$1/libplugin.so" pqh_
    holds 'the plug-in does not hold pqhybrid' carries "$1/libplugin.so" version
}
