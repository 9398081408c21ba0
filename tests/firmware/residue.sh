#!/bin/sh
# On a Cortex-M33 in the emulator: after each call, successful or failed, no secret is left on the stack or in RAM. With
# 'unscrubbed', for an archive that scrubs nothing: in every suite something must be found.
#
# usage: tests/firmware/residue.sh NAME ARCHIVE FOLDER [unscrubbed]
# NAME is of the build, for the last line, and begins with eabihf- for hard floating point; FOLDER is where it works.
set -eu
export LC_ALL=C
name=$1
archive=$2
folder=$3
macro=''
[ "${4:-}" != unscrubbed ] || macro=-DUNSCRUBBED

fail() {
    echo "firmware/residue $name: $*" >&2
    exit 1
}

qemu=$(sh tools/qemu-arm.sh)
cc=$(sh tools/toolchain.sh thumbv8m.main-none-eabi cc)
prefix=$(sh tools/toolchain.sh thumbv8m.main-none-eabi binutils)
case $name in
eabihf-*) abi='-mfloat-abi=hard -mfpu=fpv5-sp-d16' ;;
*) abi=-mfloat-abi=soft ;;
esac
mkdir -p "$folder"

# The library has no variables: nothing of it could be left there.
variables=$("${prefix}readelf" -SW "$archive" | sed 's/^ *\[ *[0-9]*\]//' |
    awk '$7 ~ /W/ && $1 !~ /rel\.ro/ && $5 !~ /^0+$/ {print $1}')
[ -z "$variables" ] || fail "the archive has variables: $variables"

compile() {
    # shellcheck disable=SC2086 # lists
    "$cc" -mcpu=cortex-m33 -mthumb $abi -std=c99 -O2 -g -Wall -Wextra -Wpedantic -Werror $macro -fno-common \
        -Iinclude -Iexamples-c/firmware -Itests/c -Itests/residue "$@"
}
compile -c tests/firmware/residue.c -o "$folder/residue.o"
"${prefix}objcopy" --rename-section .bss=own --rename-section .data=own_data "$folder/residue.o"
compile -ffunction-sections -fdata-sections "$folder/residue.o" tests/firmware/syscalls.c \
    examples-c/firmware/startup.c examples-c/firmware/semihosting.c "$archive" -nostartfiles \
    -Texamples-c/firmware/an505.ld -Wl,--defsym=__stack_size=393216 -Wl,--gc-sections -Wl,-z,noexecstack \
    -o "$folder/residue.elf"
status=0
timeout 600 "$qemu" -M mps2-an505 -display none -monitor none -serial none -chardev stdio,id=host \
    -semihosting-config enable=on,target=native,chardev=host -kernel "$folder/residue.elf" >"$folder/residue.log" 2>&1 \
    </dev/null || status=$?
[ "$status" -eq 0 ] || fail "status $status: $(tail -n 12 "$folder/residue.log")"
line=$(grep -E '^firmware/residue: [1-9][0-9]* cases$' "$folder/residue.log") ||
    fail "$(tail -n 3 "$folder/residue.log")"
grep -v '^firmware/residue: ' "$folder/residue.log"
echo "$line" | sed "s|:| $name:|"
