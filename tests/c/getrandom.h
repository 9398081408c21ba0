/*
 * A program that answers its own getrandom system calls. The library makes the call itself, so there is no function to
 * take the place of: the kernel is asked to turn every getrandom of this program into a signal, and the handler, on a stack
 * of its own, answers. Define _GNU_SOURCE first.
 */
#ifndef PQH_TEST_GETRANDOM_H
#define PQH_TEST_GETRANDOM_H

#include "test.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>

/* What the kernel would do, for the program to define: the number of bytes written, or a negative error number. */
static long answer_getrandom(void *out, size_t len);

static void on_system_call(int signal, siginfo_t *info, void *context) {
    mcontext_t *registers = &((ucontext_t *)context)->uc_mcontext;
    (void)signal;
    (void)info;
#if defined(__x86_64__)
    registers->gregs[REG_RAX] = answer_getrandom((void *)registers->gregs[REG_RDI], (size_t)registers->gregs[REG_RSI]);
#elif defined(__aarch64__)
    registers->regs[0] = (unsigned long long)answer_getrandom((void *)registers->regs[0], (size_t)registers->regs[1]);
#else
#error "say here where this processor keeps the arguments and the result of a system call"
#endif
}

static void take_over_getrandom(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    static char handler_stack[1 << 16];
    stack_t signal_stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_system_call;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    REQUIRE(sigaltstack(&signal_stack, NULL) == 0);
    REQUIRE(sigaction(SIGSYS, &action, NULL) == 0);
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

#endif
