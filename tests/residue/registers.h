/*
 * What a call leaves in the registers: clears the vector registers, runs a function, and stores the registers before
 * anything else does something. They are those that a called function need not keep: all vector registers that an
 * x86-64 has; an AArch64's too, of which it need keep half of eight.
 */
#ifndef PQH_TEST_REGISTERS_H
#define PQH_TEST_REGISTERS_H

#include <stdint.h>

#define VECTOR_REGISTERS 32

typedef struct {
    uint64_t general[24];
    _Alignas(64) uint8_t vector[VECTOR_REGISTERS][64];
    /* How many vector registers there are, and how wide. */
    uint64_t vectors, width;
} registers;

void run_and_store(void (*function)(void), registers *to);

#if defined(__x86_64__)
#define VECTOR_NAMES "xmm", "ymm", "zmm"
__asm__(".pushsection .text\n"
        ".globl run_and_store\n"
        ".type run_and_store, @function\n"
        "run_and_store:\n"
        "    push %rbx\n"
        "    mov %rsi, %rbx\n"
        "    mov 2248(%rbx), %rcx\n"
        "    cmp $32, %rcx\n"
        "    jb 0f\n"
        "    vzeroall\n"
        "    je 1f\n"
        ".irp n, 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "    vpxord %zmm\\n, %zmm\\n, %zmm\\n\n"
        ".endr\n"
        "    jmp 1f\n"
        "0:\n"
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
        "    pxor %xmm\\n, %xmm\\n\n"
        ".endr\n"
        "1:\n"
        "    call *%rdi\n"
        "    mov %rax, 0(%rbx)\n"
        "    mov %rcx, 8(%rbx)\n"
        "    mov %rdx, 16(%rbx)\n"
        "    mov %rsi, 24(%rbx)\n"
        "    mov %rdi, 32(%rbx)\n"
        "    mov %r8, 40(%rbx)\n"
        "    mov %r9, 48(%rbx)\n"
        "    mov %r10, 56(%rbx)\n"
        "    mov %r11, 64(%rbx)\n"
        "    lea 192(%rbx), %rax\n"
        "    mov 2248(%rbx), %rcx\n"
        "    cmp $32, %rcx\n"
        "    je 2f\n"
        "    ja 3f\n"
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
        "    movdqu %xmm\\n, 64*\\n(%rax)\n"
        ".endr\n"
        "    jmp 4f\n"
        "2:\n"
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
        "    vmovdqu %ymm\\n, 64*\\n(%rax)\n"
        ".endr\n"
        "    jmp 4f\n"
        "3:\n"
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "    vmovdqu64 %zmm\\n, 64*\\n(%rax)\n"
        ".endr\n"
        "4:\n"
        "    pop %rbx\n"
        "    ret\n"
        ".size run_and_store, . - run_and_store\n"
        ".popsection\n");

static inline void find_registers(registers *to) {
    to->vectors = __builtin_cpu_supports("avx512f") ? 32 : 16;
    to->width = to->vectors == 32 ? 64 : __builtin_cpu_supports("avx") ? 32 : 16;
}
#elif defined(__aarch64__)
__asm__(".pushsection .text\n"
        ".globl run_and_store\n"
        ".type run_and_store, %function\n"
        "run_and_store:\n"
        "    stp x29, x30, [sp, #-32]!\n"
        "    str x19, [sp, #16]\n"
        "    mov x19, x1\n"
        ".irp n, 0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "    movi v\\n\\().2d, #0\n"
        ".endr\n"
        "    blr x0\n"
        "    stp x0, x1, [x19, #0]\n"
        "    stp x2, x3, [x19, #16]\n"
        "    stp x4, x5, [x19, #32]\n"
        "    stp x6, x7, [x19, #48]\n"
        "    stp x8, x9, [x19, #64]\n"
        "    stp x10, x11, [x19, #80]\n"
        "    stp x12, x13, [x19, #96]\n"
        "    stp x14, x15, [x19, #112]\n"
        "    stp x16, x17, [x19, #128]\n"
        "    str x18, [x19, #144]\n"
        "    add x0, x19, #192\n"
        ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
        "    str q\\n, [x0], #64\n"
        ".endr\n"
        "    ldr x19, [sp, #16]\n"
        "    ldp x29, x30, [sp], #32\n"
        "    ret\n"
        ".size run_and_store, . - run_and_store\n"
        ".popsection\n");

static inline void find_registers(registers *to) {
    to->vectors = 32;
    to->width = 16;
}
#else
#error "say here how this processor stores its registers"
#endif

#endif
