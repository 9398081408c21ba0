# Read in by the other scripts of this folder: compiling tests and examples, running them under an emulator, counting.
#
# Who reads this in has set: name, what is tested, and cc, its C compiler. It may set: emulator, the command that runs a
# program for it, and root, where the emulator finds the loader of shared programs.
# shellcheck shell=sh disable=SC2154

work=build/linux/$name
mkdir -p "$work"
cases=0
flags='-std=c99 -O2 -g -Wall -Wextra -Wpedantic -Werror -Iinclude'
examples='kem sign secure_memory sign_file'
# Left out here, and run natively by `make test-c`: 'large', which hashes gigabytes; 'flips', which takes minutes under an
# emulator and is about the checks around the cryptography, not about the processor; 'threads', whose small stack some C
# libraries refuse, and which an emulator on a strongly ordered processor would not make any stricter.
c_tests='null_overlap statuses prehash prepared sizes'
# Slow as well, and of the curves' code, which is the same on every processor of a target: run on one of them.
slow=points

fail() {
    echo "linux: $name: $*" >&2
    exit 1
}

# Compiles one program, statically ('static', with $static) or with the shared library ('shared').
compile() { # KIND FOLDER_OF_THE_LIBRARY SOURCE PROGRAM [FLAG ...]
    how=$1 library=$2 source=$3 made=$4
    shift 4
    mkdir -p "${made%/*}"
    # shellcheck disable=SC2086 # lists
    case $how in
    static) "$cc" $flags ${static:-} "$@" "$source" "$library/libpqhybrid.a" -o "$made" ;;
    shared) "$cc" $flags "$@" "$source" -L"$library" -lpqhybrid -Wl,-rpath,"$(cd "$library" && pwd)" -o "$made" ;;
    esac || fail "$source does not compile"
}

# Everything that is to run, as $work/static and $work/shared.
compile_all() { # FOLDER_OF_THE_LIBRARY
    for kind in static shared; do
        for program in $examples; do
            compile $kind "$1" "examples-c/$program.c" "$work/$kind/$program"
        done
        for program in $c_tests $slow vectors; do
            compile $kind "$1" "tests/c/$program.c" "$work/$kind/$program"
        done
        compile $kind "$1" tests/linux/backend.c "$work/$kind/backend"
    done
}

# On a processor; an empty CPU is that of this machine.
run() { # CPU PROGRAM [ARGUMENT ...]
    cpu=$1
    shift
    if [ -z "$cpu" ]; then
        "$@"
    else
        # shellcheck disable=SC2086 # nothing, or one option
        $emulator ${root:+-L "$root"} -cpu "$cpu" "$@"
    fi
}

must() { # CPU PROGRAM [ARGUMENT ...]: its output is in $work/said, without the emulator's warnings
    status=0
    [ -x "$2" ] || fail "$2 is not there"
    run "$@" >"$work/said" 2>"$work/complained" || status=$?
    [ "$status" -eq 0 ] ||
        fail "${2##*/} on ${1:-this machine} ended with status $status: $(tail -n 5 "$work/said" "$work/complained")"
}

# A test that counts its cases.
count() { # CPU PROGRAM [ARGUMENT ...]
    must "$@"
    ran=$(sed -n 's/^c\/[a-z_]*: \([0-9]*\) cases$/\1/p' "$work/said")
    [ "${ran:-0}" -gt 0 ] || fail "${2##*/} on ${1:-this machine} ran no case"
    here=$((here + ran))
}

passed() {
    here=$((here + 1))
}

# All programs on one processor, and a line that says so.
all_on() { # CPU BACKEND [C_TEST ...]: tests beside those that always run
    here=0 cpu_name=${1:-native} on=$1 backend=$2
    shift 2
    more=$*
    set -- "$on" "$backend"
    for kind in static shared; do
        must "$1" "$work/$kind/backend"
        [ "$(cat "$work/said")" = "$2" ] || fail "the backend on ${1:-this machine} is $(cat "$work/said"), not $2"
        passed
        [ ! -e build/linux/vectors.txt ] || count "$1" "$work/$kind/vectors" build/linux/vectors.txt
        for program in kem sign secure_memory; do
            must "$1" "$work/$kind/$program"
            [ -s "$work/said" ] || fail "$program says nothing"
            ! grep -q FAILED "$work/said" || fail "$program: $(grep FAILED "$work/said")"
            passed
        done
        signed_files "$1" "$work/$kind/sign_file"
    done
    for program in $c_tests $more; do
        count "$1" "$work/static/$program"
    done
    printf '  %-26s %-12s %-13s %7s cases\n' "$name" "$cpu_name" "$2" "$here"
    cases=$((cases + here))
}

# What is signed there is valid here, and the other way round; a changed file is valid nowhere.
signed_files() { # CPU PROGRAM
    native=build/linux/native/sign_file
    for suite in standard high; do
        files=$work/files
        rm -rf "$files"
        mkdir -p "$files"
        head -c 100000 libpqhybrid.a >"$files/file"
        must "$1" "$2" keygen --suite $suite "$files/key" "$files/pub"
        must "$1" "$2" sign --context linux "$files/key" "$files/file" "$files/there"
        must '' "$native" sign --context linux "$files/key" "$files/file" "$files/here"
        must '' "$native" verify --context linux "$files/pub" "$files/file" "$files/there"
        must "$1" "$2" verify --context linux "$files/pub" "$files/file" "$files/here"
        echo >>"$files/file"
        if run "$1" "$2" verify --context linux "$files/pub" "$files/file" "$files/here" >"$work/said" 2>&1; then
            fail "sign_file on ${1:-this machine} takes a changed file"
        fi
        grep -q 'NOT valid' "$work/said" || fail "sign_file on ${1:-this machine}: $(cat "$work/said")"
        passed
        passed
        passed
    done
}

# How many of the instructions that a program ran, inside the library, fit a pattern. The emulator logs each block of
# instructions when it is about to be run for the first time, with the function's name; those of Rust begin with _R.
executed() { # CPU PATTERN PROGRAM [ARGUMENT ...]: PATTERN is about a logged line without its address
    pattern=$2 cpu=$1
    shift 2
    rm -f "$work/log"
    $emulator -cpu "$cpu" -d in_asm -D "$work/log" "$@" >/dev/null 2>&1 || fail "${1##*/} does not run on $cpu"
    awk '/^IN:/ { inside = $2 ~ /^(_R|_ZN|pqh_)/; next } inside && sub(/^0x[0-9a-f]+: +/, "")' "$work/log" >"$work/lines"
    rm "$work/log"
    [ "$(wc -l <"$work/lines")" -gt 1000 ] || fail "$emulator logs no instructions of ${1##*/}: it must be able to disassemble"
    grep -cE "$pattern" "$work/lines" || true
}

more_than() { # LEAST COUNT WHAT
    [ "$2" -gt "$1" ] || fail "$3: $2 instructions executed, not more than $1"
    cases=$((cases + 1))
}

none() { # COUNT WHAT
    [ "$1" -eq 0 ] || fail "$2: $1 instructions executed, not none"
    cases=$((cases + 1))
}
