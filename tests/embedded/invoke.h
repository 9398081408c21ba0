/*
 * invoke.h: calls a function with a painted stack and a running counter. Everything is in assembler, so that the compiler
 * adds nothing to what is measured.
 */
#ifndef INVOKE_H
#define INVOKE_H

#include <stdint.h>

#define PAINT 0xa7a7a7a7u
/* In QEMU with -icount shift=0 an instruction takes 1 ns, and this board's counter runs at 20 MHz. */
#define INSTRUCTIONS_PER_TICK 50u

typedef void (*function)(void);

typedef struct {
    uint32_t *top;      /* out: the stack pointer at the call */
    uint32_t ticks;     /* out */
    int32_t result;     /* out: what the function returned */
    uint32_t may_take;  /* in: bytes of stack below `top`, after which the processor faults; 0 for all that there is */
} invocation;

/* Calls `what` with eight words of arguments: the first four in registers, the others on the stack, above `top`. */
void invoke(function what, const void *const arguments[8], invocation *record);

/* The lowest word of the stack that is not painted. */
uint32_t *lowest_written(void);

void start_counter(void);

#endif
