#!/bin/sh
# What the archive for Cortex-M asks of the firmware and brings along, and what ends up in linked images.
#
# usage: tests/firmware/symbols.sh NAME ARCHIVE FOLDER
# NAME is of the build that is checked, for the last line. FOLDER holds suites.elf, and boot.elf of each signature suite in a
# folder of the suite's name.
set -eu
export LC_ALL=C
name=$1
archive=$2
folder=$3
binutils=${BINUTILS:-arm-none-eabi-}
checks=0

fail() {
    echo "firmware/symbols $name: $*" >&2
    exit 1
}

ok() { checks=$((checks + 1)); }

symbols() { # FILE
    "${binutils}readelf" -sW "$1" | awk '$1 ~ /^[0-9]+:$/ && $8 != "" && $4 != "SECTION" && $4 != "FILE"'
}

defined() { symbols "$1" | awk '$7 != "UND" && $8 !~ /^\$/ {print $8}' | sort -u; }

none() { # WHAT PATTERN FILE: no symbol of the file, defined or not, fits the pattern
    # crypto_bigint has a module for the signs of numbers.
    found=$(symbols "$3" | awk '{print $8}' | grep -v crypto_bigint | grep -E -e "$2" | sort -u | tr '\n' ' ' || true)
    [ -z "$found" ] || fail "$3 has $1: $found"
    ok
}

some() { # WHAT PATTERN FILE: shows that the pattern finds what it is to find
    symbols "$3" | awk '{print $8}' | grep -qE -e "$2" || fail "$3 has no $1: a check for its absence checks nothing"
    ok
}

# ---- what the firmware has to supply -----------------------------------------------------------------

# Random bytes come from the firmware, since only it knows the chip. Copying, clearing and comparing memory is what every
# compiler asks of a freestanding environment; the C library's are the best ones for the chip, and are there already.
# __aeabi_… are their names by Arm's run-time ABI.
allowed='pqh_platform_random_bytes memcpy memmove memset memcmp bcmp
    __aeabi_memcpy __aeabi_memcpy4 __aeabi_memcpy8 __aeabi_memmove __aeabi_memmove4 __aeabi_memmove8
    __aeabi_memset __aeabi_memset4 __aeabi_memset8 __aeabi_memclr __aeabi_memclr4 __aeabi_memclr8'
undefined=$(symbols "$archive" | awk '$7 == "UND" {print $8}' | sort -u)
for symbol in $undefined; do
    echo "$allowed" | tr -s ' ' '\n' | grep -qx -e "$symbol" || fail "the archive asks the firmware for $symbol"
    ok
done
echo "$undefined" | grep -qx pqh_platform_random_bytes || fail 'pqh_platform_random_bytes is not asked for'
ok

# ---- what the archive brings ---------------------------------------------------------------------------

exported=$(symbols "$archive" | awk '$5 != "LOCAL" && $7 != "UND" {print $8}' | sort -u)
for symbol in $exported; do
    case $symbol in
    pqh_platform_random_bytes) fail 'the archive defines pqh_platform_random_bytes, which is the firmware'"'s" ;;
    pqh_*) ok ;;
    *) fail "the archive defines $symbol for everyone, and it is no function of the library" ;;
    esac
done
for suite in mlkem768_x25519 mlkem1024_x448 mldsa65_ed25519 mldsa87_ed448; do
    echo "$exported" | grep -qx "pqh_${suite}_keygen" || fail "pqh_${suite}_keygen is missing"
    ok
done
memory='^(__wrap_)?(mem(cpy|move|set|cmp|chr)|bcmp|strlen|__aeabi_mem(cpy|move|set|clr)[48]?)$'
found=$(defined "$archive" | grep -E "$memory" | tr '\n' ' ' || true)
[ -z "$found" ] || fail "the archive has memory functions of its own: $found"
defined "$folder/suites.elf" | grep -qE "$memory" || fail 'the image has no memory functions: a check for them checks nothing'
ok
libm='^(__aeabi_[df](add|sub|mul|div|cmp.*|2.*)|__[a-z]+[sd]f[0-9]?|(sin|cos|tan|exp|exp2|log|log2|log10|pow|sqrt|cbrt|floor|ceil|trunc|round|rint|fma|fmod|fmin|fmax)f?)$'
found=$(defined "$archive" | grep -E "$libm" | tr '\n' ' ' || true)
[ -z "$found" ] || fail "the archive has floating-point functions: $found"
ok
"${binutils}readelf" -SW "$archive" | grep -qE '\.(ARM\.extab|eh_frame|gcc_except_table|init_array|ctors|fini_array)' &&
    fail 'the archive has tables for unwinding, or constructors'
ok
none 'calls for unwinding' '^(_Unwind_|__aeabi_unwind_|__gnu_unwind|rust_eh_personality|__gxx_personality)' "$archive"

# Floating-point registers would have to be saved in every interrupt, and exclusive accesses are what atomics are made of.
"${binutils}objdump" -d "$archive" >"$folder/disassembly"
instructions() { # PATTERN: how many instructions of the archive fit
    awk -F '\t' -v pattern="^($1)\$" 'NF > 2 {split($3, word, " "); if (word[1] ~ pattern) n++} END {print n + 0}' "$folder/disassembly"
}
[ "$(instructions '(add|ldr).*')" -gt 1000 ] || fail "$archive cannot be disassembled"
[ "$(instructions 'v[a-z]+(\\..*)?')" -eq 0 ] || fail 'the archive has floating-point instructions'
[ "$(instructions '(ld|st)(r?ex|aex|lex|a|l)[bhd]?')" -eq 0 ] || fail 'the archive has atomic instructions'
rm "$folder/disassembly"
ok && ok

# ---- what is linked ------------------------------------------------------------------------------------

heap='^(_?malloc(_r)?|_?free(_r)?|_?calloc(_r)?|_?realloc(_r)?|_?sbrk(_r)?|_?memalign(_r)?|__rust_.*alloc.*|__rdl_.*|__rg_.*)$|_5alloc[0-9]|_[0-9]+dlmalloc'
# An atomic operation that the chip lacks would be a call; that it has them, the compiler knows, and the library needs none.
atomics='^__(atomic|sync)_'
# Names by Rust's v0 mangling, in which every part of a path is preceded by its length.
formatting='4core3fmt|3fmt[0-9]+[A-Z]|9Formatter|9Arguments'
for image in "$folder/suites.elf" "$folder/mldsa65_ed25519/boot.elf" "$folder/mldsa87_ed448/boot.elf"; do
    none 'a heap' "$heap" "$image"
    none 'calls of atomic operations' "$atomics" "$image"
    none 'code that formats text' "$formatting" "$image"
    # What panics would say. A panic is one trap instruction; where there is one is for tests/machine-code to say.
    "${binutils}objcopy" -O binary -R .stack "$image" "$image.bin"
    for text in 'index out of bounds' 'attempt to ' 'called `' 'panicked' '.rs'; do
        ! grep -qaF -e "$text" "$image.bin" || fail "$image holds the text '$text'"
        ok
    done
    grep -qaF 'the random source failed' "$image.bin" || grep -qaF 'boot: refused' "$image.bin" ||
        fail "$image.bin holds no text at all: a check for its absence checks nothing"
    rm "$image.bin"
    # One entry of 8 bytes, "cannot unwind", is all that the linker makes of empty tables.
    entries=$("${binutils}readelf" -u "$image" 2>/dev/null | grep -E '^0x[0-9a-f]+ ' || true)
    ! echo "$entries" | grep . | grep -qv cantunwind || fail "$image has unwinding tables: $entries"
    [ "$(echo "$entries" | wc -l)" -le 1 ] || fail "$image has more than one entry in its unwinding tables"
    ok
done
for pattern in "$heap" "$atomics" "$formatting"; do
    printf '%s\n' _malloc_r __atomic_load_4 _RNvMsa_NtCsksv8YsMX5os_4core3fmtNtB5_9Formatter3pad | grep -qE -e "$pattern" ||
        fail "nothing fits the pattern $pattern"
done

# ---- an image that only verifies -----------------------------------------------------------------------

signing='(^|[^s])sign([^a]|$)|Sign(ing|er)|keygen|key_pair|keypair|random'
for suite in mldsa65_ed25519 mldsa87_ed448; do
    image=$folder/$suite/boot.elf
    none 'code that signs or makes keys' "$signing" "$image"
    none 'code of KEMs' 'ml_kem|mlkem|encaps|decaps|x25519_dalek|4x448' "$image"
    some 'code that verifies' 'verify' "$image"
done
none 'code of the other suite' 'ed448|ml_dsa_87' "$folder/mldsa65_ed25519/boot.elf"
none 'code of the other suite' 'ed25519|ml_dsa_65' "$folder/mldsa87_ed448/boot.elf"
some 'code that signs or makes keys' "$signing" "$folder/suites.elf"
some 'code of KEMs' 'ml_kem' "$folder/suites.elf"
echo "firmware/symbols $name: $checks checks"
