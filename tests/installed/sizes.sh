# What a program carries of the static library is what it uses, and a library built with fewer suites says what is
# missing. A part of run.sh.

link_static() { # SOURCE PROGRAM: with symbols
    check "$1 does not link" \
        "$cc" -O2 -I"$simple/include" "$1" -Wl,--gc-sections "$simple/lib/libpqhybrid.a" -o "$scratch/$2"
}

# One program that names every function, whatever it does with it.
functions=$(grep -oE '\bpqh_[a-z0-9_]+\(' "$simple/include/pqhybrid.h" | tr -d '(' | sort -u |
    grep -vx pqh_platform_random_bytes)
{
    echo '#include <pqhybrid.h>'
    echo 'void (*const functions[])(void) = {'
    printf '    (void (*)(void))%s,\n' $functions
    echo '};'
    echo 'int main(int argc, char **argv) { (void)argv; return functions[argc] == 0; }'
} >"$scratch/whole.c"
check "only $(echo "$functions" | wc -l) functions are in the header" [ "$(echo "$functions" | wc -l)" -ge 60 ]

echo 'int main(void) { return 0; }' >"$scratch/empty.c"
link_static "$scratch/empty.c" empty
link_static tests/installed/verify.c verify
link_static "$programs/example.c" kem
link_static "$scratch/whole.c" whole
prints 'zeros are no signature' "$scratch/verify"
prints 'we share a secret' "$scratch/kem"
check 'the program with every function does not run' "$scratch/whole"

others='mldsa87|ml_dsa_87|ed448|mlkem|ml_kem|x448|x25519|pqh_random'
for name in $(echo "$signing|$others" | tr '|' ' '); do
    check "nothing in the whole library has a name with $name: the checks below say nothing" \
        lists "$name" "$(held "$scratch/whole")"
done
check 'a program that only verifies carries code that signs' lacks "($signing)" "$(held "$scratch/verify")"
check 'a program that only verifies carries another suite' lacks "($others)" "$(held "$scratch/verify")"
check 'a program that only verifies does not carry what verifies' lists 'verify' "$(held "$scratch/verify")"
check 'a program for key exchange carries signatures' lacks 'mldsa|ml_dsa|ed25519|ed448' "$(held "$scratch/kem")"
for function in $functions; do
    check "$function is not in the program that names it" lists "^$function\$" "$(held "$scratch/whole")"
done

for program in empty verify kem whole; do
    strip -o "$scratch/stripped" "$scratch/$program"
    bytes=$(wc -c <"$scratch/stripped")
    case $program in
    empty) title='no function' ;;
    verify) title='mldsa65_ed25519 verify' ;;
    kem) title='mlkem768_x25519' ;;
    whole) title='every function' ;;
    esac
    printf '  %-24s %8d bytes, stripped program\n' "$title" "$bytes"
    eval "bytes_$program=$bytes"
done
# shellcheck disable=SC2154 # set by eval
check 'a program that only verifies is not half as large as one with everything' [ $((bytes_verify * 2)) -lt "$bytes_whole" ]

# ---- as the README says it -------------------------------------------------------------------------

# The README's commands for static programs, with a program that only verifies in place of the example.
as_readme() { # COMMAND: that command builds a program that runs and carries no code that signs
    rm -f "$programs/verify"
    check "fails: $1" env PKG_CONFIG_LIBDIR="$simple/lib/pkgconfig" sh -c "cd '$programs' && $1"
    is_static "$programs/verify"
    prints 'zeros are no signature' "$programs/verify"
    check "a program that only verifies carries $(signers "$programs/verify") functions that sign: $1" \
        [ "$(signers "$programs/verify")" -eq 0 ]
    count=$((count + 1))
}
count=0
grep -E '^cc .*pkg-config.*(=archive| --static )' "$readme" | sed 's/example\.c/verify.c/; s/-o example/-o verify/' \
    >"$scratch/commands"
while IFS= read -r command; do
    as_readme "$command"
    # What drops the others is what the README says, nothing that happens by itself.
    kept=$(printf '%s\n' "$command" | sed 's/-Wl,--gc-sections//')
    check "fails: $kept" env PKG_CONFIG_LIBDIR="$simple/lib/pkgconfig" sh -c "cd '$programs' && $kept"
    check "code that signs would not be found in a program that has it: $kept" [ "$(signers "$programs/verify")" -gt 10 ]
done <"$scratch/commands"
block make 1 | sed 's/example/verify/g' >"$programs/Makefile.verify"
as_readme "env -u MAKEFLAGS -u MAKELEVEL '${MAKE:-make}' -f Makefile.verify PQHYBRID='$simple'"
check "the README has $count commands for static programs, not 3" [ "$count" -eq 3 ]

# What pkg-config says acts on the library alone: a section of the program's own that nothing refers to stays.
cat >"$programs/hook.c" <<'END'
#include <pqhybrid.h>
__attribute__((used, section("hooks"))) static const char *const hook = "found by whoever looks into the program";
int main(void) { return pqh_version() == 0; }
END
flags=$(PKG_CONFIG_LIBDIR="$simple/lib/pkgconfig" pkg-config --static --cflags --libs pqhybrid)
for whole in '' -static; do
    compile "'$cc' $strict $whole" hook.c hook "$flags"
    check "the program's own section is dropped with $whole $flags" lists ' hooks ' "$(readelf -SW "$programs/hook")"
done
compile "'$cc' $strict" hook.c hook "$flags -Wl,--gc-sections"
check "a section that is dropped would not be noticed" lacks ' hooks ' "$(readelf -SW "$programs/hook")"

# ---- fewer suites --------------------------------------------------------------------------------

build=build/installed
SUITES=mldsa65-ed25519 sh tools/library.sh host $build/lib
few=$scratch/few
installer install PREFIX="$few" LIBRARIES=$build/lib SUITES=mldsa65_ed25519 >/dev/null
says '^install: build/installed/lib does not hold mlkem768_x25519, which SUITES names' \
    installer install PREFIX="$few" LIBRARIES=$build/lib SUITES='mldsa65-ed25519 mlkem768-x25519'
check 'pkg-config does not know which suites there are' \
    [ "$(PKG_CONFIG_LIBDIR=$few/lib/pkgconfig pkg-config --variable=suites pqhybrid)" = mldsa65_ed25519 ]
check 'a program for the suite that is there does not build' \
    "$cc" -std=c99 -Wall -Wextra -Wpedantic -Werror -I"$few/include" \
    tests/installed/verify.c "$few/lib/libpqhybrid.a" -o "$scratch/verify-few"
prints 'zeros are no signature' "$scratch/verify-few"
check 'the header cannot be told again what is missing' \
    "$cc" -Werror -DPQH_WITHOUT_MLDSA87_ED448 -DPQH_WITHOUT_MLKEM768_X25519 -I"$few/include" \
    -c tests/installed/verify.c -o "$scratch/few.o"
# No warning is asked for: the call itself must be an error, in both languages.
for suite in mlkem768_x25519 mlkem1024_x448 mldsa87_ed448; do
    cat >"$scratch/missing.c" <<END
#include <pqhybrid.h>
int main(void) { unsigned char a[10000], b[1000]; return (int)pqh_${suite}_keygen(a, b); }
END
    for compiler in "$cc" "$cxx"; do
        says "error: .*pqh_${suite}_keygen" "$compiler" -I"$few/include" -c "$scratch/missing.c" -o "$scratch/missing.o"
        check 'the same is an error with every suite' \
            "$compiler" -I"$simple/include" -c "$scratch/missing.c" -o "$scratch/missing.o"
    done
done
