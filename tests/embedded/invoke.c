/*
 * invoke.c: see invoke.h. For Armv8-M mainline, which has a stack limit register.
 */
#include "invoke.h"

#define SYST_CSR (*(volatile uint32_t *)0xE000E010u)
#define SYST_RVR (*(volatile uint32_t *)0xE000E014u)
#define SYST_CVR (*(volatile uint32_t *)0xE000E018u)

extern uint32_t __stack_limit[], __stack_top[];

/* Counts down through 24 bits: 838 million instructions, more than any operation takes. */
void start_counter(void)
{
    SYST_RVR = 0xFFFFFFu;
    SYST_CVR = 0;
    SYST_CSR = 5; /* on, by the processor's clock, no interrupt */
}

uint32_t *lowest_written(void)
{
    uint32_t *at = __stack_limit;
    while (at < __stack_top && *at == PAINT)
        at++;
    return at;
}

/* The offsets of `invocation` are 0, 4, 8 and 12. */
__asm__(".text\n.syntax unified\n.thumb\n.global invoke\n.thumb_func\n"
        "invoke:\n"
        "push {r4-r11, lr}\n"
        "sub sp, #20\n" /* room for four arguments, and alignment */
        "mov r4, r0\n mov r5, r1\n mov r6, r2\n"
        "add r0, r5, #16\n ldm r0, {r0-r3}\n mov r7, sp\n stm r7, {r0-r3}\n"
        "str r7, [r6]\n"
        /* paint */
        "ldr r0, =__stack_limit\n mov r10, r0\n ldr r1, =0xa7a7a7a7\n"
        "1: cmp r0, r7\n bhs 2f\n str r1, [r0], #4\n b 1b\n"
        /* limit */
        "2: ldr r0, [r6, #12]\n cbz r0, 3f\n sub r0, r7, r0\n msr msplim, r0\n"
        "3: ldr r8, =0xE000E018\n"
        "ldm r5, {r0-r3}\n"
        "ldr r9, [r8]\n"
        "blx r4\n"
        "ldr r8, [r8]\n"
        "msr msplim, r10\n"
        "sub r9, r9, r8\n bic r9, r9, #0xFF000000\n"
        "str r9, [r6, #4]\n str r0, [r6, #8]\n"
        "add sp, #20\n"
        "pop {r4-r11, pc}\n"
        ".ltorg\n");
