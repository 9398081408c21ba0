/*
 * What tests/c/getrandom.h does, where the kernel's filters are not to be had: qemu's user mode has none. The system call
 * instructions of this program that ask for random bytes, the library's own among them, are overwritten by breakpoints,
 * and the handler, on a stack of its own, answers. To be included before the test (cc -include), for a program that is
 * linked statically.
 */
#ifndef PQH_TEST_GETRANDOM_H
#define PQH_TEST_GETRANDOM_H

#define _GNU_SOURCE
#include "test.h"

#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>

#if !defined(__aarch64__)
#error "say here what the instructions of this processor are"
#endif

#define SVC UINT32_C(0xd4000001)
#define BRK UINT32_C(0xd4200000)
/* mov w8 or x8, #SYS_getrandom: the number of the call is in register 8. */
#define NUMBER_MASK UINT32_C(0x7fffffff)
#define NUMBER (UINT32_C(0x52800008) | (uint32_t)SYS_getrandom << 5)
/* So many instructions at most lie between the two. */
#define APART 32

/* What the kernel would do, for the program to define: the number of bytes written, or a negative error number. */
static long answer_getrandom(void *out, size_t len);

extern uint32_t __executable_start[], etext[];

static void on_breakpoint(int signal, siginfo_t *info, void *context) {
    mcontext_t *registers = &((ucontext_t *)context)->uc_mcontext;
    (void)signal;
    (void)info;
    registers->regs[0] = (unsigned long long)answer_getrandom((void *)registers->regs[0], (size_t)registers->regs[1]);
    registers->pc += sizeof(uint32_t);
}

static void take_over_getrandom(void) {
    static char handler_stack[1 << 16];
    stack_t signal_stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    struct sigaction action;
    unsigned long found = 0;
    size_t since = APART;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_breakpoint;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    REQUIRE(sigaltstack(&signal_stack, NULL) == 0);
    REQUIRE(sigaction(SIGTRAP, &action, NULL) == 0);

    size_t bytes = (size_t)((char *)etext - (char *)__executable_start);
    REQUIRE(mprotect(__executable_start, bytes, PROT_READ | PROT_WRITE | PROT_EXEC) == 0);
    for (uint32_t *at = __executable_start; at < etext; at++) {
        if ((*at & NUMBER_MASK) == NUMBER)
            since = 0;
        else if (since < APART && *at == SVC) {
            *at = BRK;
            found++;
        } else
            since++;
    }
    __builtin___clear_cache((char *)__executable_start, (char *)etext);
    REQUIRE(found > 0);
}

#endif
