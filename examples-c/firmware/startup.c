/*
 * startup.c: what runs before main() on a Cortex-M33, and what runs when something goes wrong.
 *
 * The reset handler runs in C from its first instruction: the processor itself loads the stack pointer from the vector
 * table. Everything here is of Arm's architecture (Armv8-M mainline), nothing of the board.
 */
#include "semihosting.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* From the linker script. */
extern uint32_t __stack_limit[], __stack_top[];
extern uint8_t __data_start[], __data_end[], __data_load[], __bss_start[], __bss_end[];

#define CPACR (*(volatile uint32_t *)0xE000ED88u) /* which coprocessors may be used */
#define CFSR (*(volatile uint32_t *)0xE000ED28u)  /* what kind of fault it was */
#define STACK_OVERFLOW (1u << 20)
#define VTOR (*(volatile uint32_t *)0xE000ED08u)  /* where the vector table is */

int main(void);
void reset_handler(void);

/* A fault ends the program; a product would reset the chip. It never goes on. */
__attribute__((noreturn, used)) static void stop(void)
{
    semihosting_write((CFSR & STACK_OVERFLOW) != 0 ? "fault: the stack is too small\n"
                                                   : "fault: the program was stopped\n");
    semihosting_exit(EXIT_FAULT);
}

/* Begins with an empty stack, since the fault may be that it was full. */
__attribute__((naked)) static void fault_handler(void)
{
    __asm__ volatile("ldr r0, =__stack_top\n mov sp, r0\n b stop");
}

/* SysTick's handler is the program's, if it has one. */
__attribute__((weak)) void systick_handler(void)
{
    stop();
}

typedef void (*handler)(void);

__attribute__((section(".vectors"), used, aligned(128))) static const struct {
    uint32_t *stack;
    handler handlers[15];
} vectors = {__stack_top,
             {reset_handler, fault_handler /* NMI */, fault_handler /* hard */, fault_handler /* memory */,
              fault_handler /* bus */, fault_handler /* usage */, fault_handler /* secure */, NULL, NULL, NULL,
              fault_handler /* SVC */, fault_handler /* debug */, NULL, fault_handler /* PendSV */, systick_handler}};

void reset_handler(void)
{
    /* From here a stack that overflows is a fault, whatever lies below it. */
    __asm__ volatile("msr msplim, %0" : : "r"(__stack_limit));
    /* A program that a boot loader started has vectors of its own. */
    VTOR = (uint32_t)(uintptr_t)&vectors;
#if defined(__ARM_FP)
    CPACR |= 0xFu << 20; /* the floating-point unit, which code for eabihf may use */
    __asm__ volatile("dsb\n isb" : : : "memory");
#endif
    memcpy(__data_start, __data_load, (size_t)(__data_end - __data_start));
    memset(__bss_start, 0, (size_t)(__bss_end - __bss_start));
    semihosting_exit(main());
}
