#!/bin/sh
# Writes the assembly that makes one library of several levels of code for x86-64: each exported function jumps to that of the
# level which runs. Which that is is asked of pqhybrid_choose_level, in src/ffi/level.rs, when the library is loaded: it reads the
# environment, which no thread may be changing meanwhile. Where nobody runs constructors, the first function to be called asks.
#
# usage: tools/trampolines.sh FOLDER LEVEL ...
# FOLDER/LEVEL lists the functions that the level has, one a line; in its object the function F is called F.LEVEL. Levels come
# lowest first, and the lowest has all functions: where a higher one lacks one, the next below runs.
set -eu
folder=$1
shift

# The level is 0 until it is chosen. Threads that come here at a time write the same. What a function was called with stays in
# its registers, and on the stack, which is aligned for a call after six of them are saved: whoever calls pqhybrid_ask_level has
# itself just been called, and has pushed nothing.
cat <<'END'
        .section .bss.pqhybrid_level, "aw", @nobits
        .balign 4
        .globl pqhybrid_level
        .hidden pqhybrid_level
        .type pqhybrid_level, @object
        .size pqhybrid_level, 4
pqhybrid_level:
        .zero 4

        .section .text.pqhybrid_ask_level, "ax", @progbits
        .type pqhybrid_ask_level, @function
pqhybrid_ask_level:
        .cfi_startproc
END
for register in rdi rsi rdx rcx r8 r9; do
    printf '        push %%%s\n        .cfi_adjust_cfa_offset 8\n' $register
done
printf '        call pqhybrid_choose_level\n        mov %%eax, pqhybrid_level(%%rip)\n'
for register in r9 r8 rcx rdx rsi rdi; do
    printf '        pop %%%s\n        .cfi_adjust_cfa_offset -8\n' $register
done
cat <<'END'
        ret
        .cfi_endproc
        .size pqhybrid_ask_level, . - pqhybrid_ask_level

        .type pqhybrid_load, @function
pqhybrid_load:
        .cfi_startproc
        endbr64
        call pqhybrid_ask_level
        ret
        .cfi_endproc
        .size pqhybrid_load, . - pqhybrid_load

        .section .init_array, "aw", @init_array
        .balign 8
        .quad pqhybrid_load
END

highest=$#
while read -r name; do
    # A section for each, so that a program keeps only what it uses.
    cat <<END

        .section .text.$name, "ax", @progbits
        .globl $name
        .type $name, @function
$name:
        .cfi_startproc
        endbr64
        mov pqhybrid_level(%rip), %eax
        test %eax, %eax
        je 2f
1:
END
    number=$highest
    while [ "$number" -gt 1 ]; do
        eval "level=\$$number"
        ! grep -qx "$name" "$folder/$level" || printf '        cmp $%d, %%eax\n        jae %s.%s\n' "$number" "$name" "$level"
        number=$((number - 1))
    done
    cat <<END
        jmp $name.$1
2:
        call pqhybrid_ask_level
        jmp 1b
        .cfi_endproc
        .size $name, . - $name
END
done <"$folder/$1"
printf '\n        .section .note.GNU-stack, "", @progbits\n'
