#!/bin/sh
# The library on a Cortex-M33, in the emulator: the examples of examples-c/firmware, the published vectors, the boot loader
# against everything that it must refuse, and the symbols of archive and images.
#
# usage: tests/firmware/run.sh [BUILD ...]
# A BUILD is eabi-release, eabi-size, eabihf-release or eabihf-size; by default all.
# The vectors, the search for residue and the boot loader run on the first BUILD named; on the others what runs is every
# operation, and a boot. SIGN_FILE is the tool that is built from examples-c/sign_file.c for this machine. PYTHON,
# PQHYBRID_VECTORS, CI and what tools/library.sh reads come from the environment.
set -eu
[ $# -gt 0 ] || set -- eabi-release eabi-size eabihf-release eabihf-size
all_suites='mlkem768-x25519 mlkem1024-x448 mldsa65-ed25519 mldsa87-ed448'
python=${PYTHON:-python3}
out=$PWD/build/firmware
sign_file=${SIGN_FILE:-build/examples/sign_file}

fail() {
    echo "firmware: $*" >&2
    exit 1
}

case $sign_file in
/*) ;;
*) sign_file=$PWD/$sign_file ;;
esac
[ -x "$sign_file" ] || fail "$sign_file is missing: run 'make build/examples/sign_file'"
qemu=$(sh tools/qemu-arm.sh)
cc=$(sh tools/toolchain.sh thumbv8m.main-none-eabi cc)
prefix=$(sh tools/toolchain.sh thumbv8m.main-none-eabi binutils)
case $cc in
*gcc) ;;
*) fail "the examples' Makefile wants a gcc, not $cc" ;;
esac
mkdir -p "$out"
BINUTILS=$prefix
export BINUTILS

# ---- building ------------------------------------------------------------------------------------------

float() { # BUILD
    case $1 in
    eabihf-*) echo hard ;;
    *) echo soft ;;
    esac
}

build_library() { # BUILD
    PROFILE=${1#*-} CARGO_FOLDER=${CARGO_FOLDER:-build/firmware/cargo} SUITES=$all_suites \
        sh tools/library.sh "thumbv8m.main-none-${1%-*}" "build/firmware/$1"
}

examples() { # BUILD TARGET [VARIABLE=VALUE ...]
    build=$1
    shift
    make -s --no-print-directory -C examples-c/firmware OUT="$out/$build" LIBRARY="$out/$build/libpqhybrid.a" \
        FLOAT="$(float "$build")" SIGN_FILE="$sign_file" QEMU="$qemu" ARM_PREFIX="${cc%gcc}" "$@"
}

compile() { # BUILD ARGUMENT ...: as the examples' Makefile does
    case $1 in
    eabihf-*) abi='-mfloat-abi=hard -mfpu=fpv5-sp-d16' ;;
    *) abi=-mfloat-abi=soft ;;
    esac
    shift
    # shellcheck disable=SC2086 # a list
    "$cc" -mcpu=cortex-m33 -mthumb $abi -std=c99 -Os -g -Wall -Wextra -Wpedantic -Werror -ffreestanding \
        -ffunction-sections -fdata-sections -Itests/firmware -Iinclude -Iexamples-c/firmware "$@"
}

linked() { # BUILD: what every image is linked with
    echo examples-c/firmware/startup.c examples-c/firmware/semihosting.c "build/firmware/$1/libpqhybrid.a" \
        -nostartfiles -Texamples-c/firmware/an505.ld -Wl,--gc-sections -Wl,-z,noexecstack
}

emulate() { #  IMAGE [OPTION ...]
    image=$1
    shift
    timeout 300 "$qemu" -M mps2-an505 -display none -monitor none -serial none -chardev stdio,id=host \
        -semihosting-config enable=on,target=native,chardev=host -kernel "$image" "$@" </dev/null
}

# ---- the parts -----------------------------------------------------------------------------------------

vectors() { # BUILD: the program that runs them on this machine too, tests/c/vectors.c
    folder=$out/$1
    text=$out/vectors.txt
    CI='' "$python" tests/vectors_to_text.py "$text" >"$out/vectors.log"
    if [ ! -e "$text" ]; then
        missing=$(sed 's|^skipped c/|firmware/|' "$out/vectors.log")
        [ "${CI:-}" != true ] || fail "$missing"
        echo "skipped $missing"
        return
    fi
    compile "$1" -Dmain=vectors_main -c tests/c/vectors.c -o "$folder/vectors.o"
    # shellcheck disable=SC2046 # a list
    compile "$1" "-DVECTORS=\"$text\"" "$folder/vectors.o" tests/firmware/vectors_main.c tests/firmware/stdio.c \
        examples-c/firmware/random.c $(linked "$1") -o "$folder/vectors.elf"
    output=$(emulate "$folder/vectors.elf") || fail "vectors, ${folder##*/}: $output"
    cases=$(echo "$output" | sed -n 's|^c/vectors: \([0-9]*\) cases$|\1|p')
    # All of them fit into the 4 MB of flash: not one may get lost on the way.
    [ "$cases" = "$(wc -l <"$text")" ] || fail "of $(wc -l <"$text") vectors ${cases:-none} ran on ${folder##*/}: $output"
    echo "firmware/vectors ${folder##*/}: $cases cases"
}

suites() { # BUILD
    output=$(emulate "$out/$1/suites.elf") || fail "suites.elf of $1: $output"
    line=$(echo "$output" | grep -E '^firmware/suites: [1-9][0-9]* cases$') || fail "suites.elf of $1: $output"
    echo "$line" | sed "s|:| $1:|"
}

flash_changes() { # BUILD: what is checked is what is run
    suite=mldsa65_ed25519
    folder=$out/$1/$suite
    # shellcheck disable=SC2046 # a list
    compile "$1" -I"$folder" examples-c/firmware/boot.c tests/firmware/flash_changes.c $(linked "$1") \
        -Wl,--defsym=__ram_size=0x100000 -Wl,--wrap=pqh_${suite}_prehash_update \
        -Wl,--wrap=pqh_${suite}_verify_prehashed -Wl,--wrap=semihosting_exit -o "$folder/flash_changes.elf"
    output=$(emulate "$folder/flash_changes.elf" \
        -device "loader,file=$folder/application.slot,addr=0x10200000,force-raw=on") || fail "flash_changes, $1: $output"
    echo "$output" | grep -qx 'the flash has changed' || fail "flash_changes, $1: the flash did not change: $output"
    echo "$output" | grep -q '^application: hello' || fail "flash_changes, $1: $output"
    # Refused, for the signature is missing.
    status=0
    output=$(emulate "$folder/flash_changes.elf" \
        -device "loader,file=$out/$1/application.bin,addr=0x10200000,force-raw=on") || status=$?
    echo "$output" | grep -q '^boot: refused: the signature' || fail "flash_changes, $1: $output"
    { [ "$status" -eq 1 ] && echo "$output" | grep -qx 'RAM is clean'; } || fail "flash_changes, $1: $output"
    echo "firmware/flash_changes $1: 2 cases"
}

boot_inside() { # BUILD: what is in the loader, called on its own
    for suite in mldsa65_ed25519 mldsa87_ed448; do
        folder=$out/$1/$suite
        macro=''
        [ $suite = mldsa65_ed25519 ] || macro=-DBOOT_MLDSA87_ED448
        # shellcheck disable=SC2046,SC2086 # lists
        compile "$1" $macro -I"$folder" tests/firmware/boot_inside.c $(linked "$1") \
            -Wl,--defsym=__ram_size=0x100000 -o "$folder/boot_inside.elf"
        output=$(emulate "$folder/boot_inside.elf" \
            -device "loader,file=$folder/altered.slot,addr=0x10200000,force-raw=on") || fail "boot_inside, $suite, $1: $output"
        line=$(echo "$output" | grep -E '^firmware/boot_inside: [1-9][0-9]* cases$') || fail "boot_inside, $suite, $1: $output"
        echo "$line" | sed "s|:| $suite:|"
    done
}

boots() { # BUILD
    for suite in mldsa65_ed25519 mldsa87_ed448; do
        output=$(emulate "$out/$1/$suite/boot.elf" \
            -device "loader,file=$out/$1/$suite/application.slot,addr=0x10200000,force-raw=on") ||
            fail "boot, $suite, $1: $output"
        echo "$output" | grep -q '^application: hello' || fail "boot, $suite, $1: $output"
    done
    echo "firmware/boots $1: 2 cases"
}

base() { # BUILD: the start-up code and the emulator carry failures to the host
    folder=$out/$1
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml)
    output=$(emulate "$folder/hello.elf") || fail "hello.elf: $output"
    [ "$output" = "hello from a Cortex-M33, pqhybrid $version, backend portable" ] || fail "hello.elf says: $output"
    status=0
    # A stack that is too small for ML-DSA is a fault that is reported, and overwrites nothing in silence.
    examples "$1" "$folder/small/suites.elf" OUT="$folder/small" STACK=32768
    emulate "$folder/small/suites.elf" >"$folder/small.log" || status=$?
    if [ "$status" -ne 70 ] || ! grep -qx 'fault: the stack is too small' "$folder/small.log"; then
        fail "a stack overflow ends with status $status: $(tail -n 1 "$folder/small.log")"
    fi
    echo "firmware/base $1: 2 cases"
}

first=$1
for build in "$@"; do
    case $build in
    eabi-release | eabi-size | eabihf-release | eabihf-size) ;;
    *) fail "$build is none of eabi-release, eabi-size, eabihf-release, eabihf-size" ;;
    esac
    build_library "$build"
    for suite in mldsa65_ed25519 mldsa87_ed448; do
        examples "$build" all BOOT_SUITE=$suite
    done
    suites "$build"
    boots "$build"
    if [ "$build" = "$first" ]; then
        base "$build"
        vectors "$build"
        flash_changes "$build"
        boot_inside "$build"
        sh tests/firmware/residue.sh "$build" "$out/$build/libpqhybrid.a" "$out/$build"
        for suite in mldsa65_ed25519 mldsa87_ed448; do
            "$python" -B tests/firmware/boot.py "$qemu" "$sign_file" $suite "$out/$build/$suite"
        done
    fi
    sh tests/firmware/symbols.sh "$build" "$out/$build/libpqhybrid.a" "$out/$build"
done
