/*
 * The test in the place of the kernel and of the CPU: it answers the library's getrandom calls with bytes that valgrind
 * takes for secret, and chooses which level of the code runs.
 *
 * In the copy of the library that instrument.py made, each `syscall` of getrandom is `ud2`, which ends in a signal; its
 * handler does what the kernel would. The library's memory of what the CPU can do has global names there. Define
 * _GNU_SOURCE first.
 */
#ifndef PQH_TEST_KERNEL_H
#define PQH_TEST_KERNEL_H

#include "test.h"

#include <signal.h>
#include <ucontext.h>
#include <valgrind/memcheck.h>

#define UD2_BYTES 2

/* How many random bytes were handed out; the bytes are some_bytes, so that a case can be repeated. */
static volatile size_t random_bytes_given;

static void on_getrandom(int signal, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    uint8_t *out = (uint8_t *)registers[REG_RDI];
    size_t len = (size_t)registers[REG_RSI];
    (void)signal;
    (void)info;
    some_bytes(out, len);
    VALGRIND_MAKE_MEM_UNDEFINED(out, len);
    random_bytes_given += len;
    registers[REG_RAX] = (greg_t)len;
    registers[REG_RIP] += UD2_BYTES;
}

static void take_the_kernels_place(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_getrandom;
    action.sa_flags = SA_SIGINFO;
    REQUIRE(sigaction(SIGILL, &action, NULL) == 0);
}

extern volatile uint32_t pqh_test_level;
extern volatile uint8_t pqh_test_registers_avx;

/* The levels, as the trampolines count them. */
static const char *const LEVELS[] = {"x86-64", "x86-64-v3"};
enum { LEVEL_COUNT = sizeof LEVELS / sizeof *LEVELS };

/* Without this it is what the CPU has: valgrind's has AVX2. */
static void choose_level(uint32_t number) {
    pqh_test_level = number;
    pqh_test_registers_avx = 0; /* On the lowest level they are cleared as on a CPU that has the narrow ones alone. */
}

/* After all cases. */
static void check_level(uint32_t number) {
    CHECK(pqh_test_level == number, "the level is %u", (unsigned)pqh_test_level);
    CHECK(strcmp(pqh_backend(), LEVELS[number - 1]) == 0, "pqh_backend() is %s", pqh_backend());
    CHECK(pqh_test_registers_avx == 0, "the registers were cleared as with AVX: %d", pqh_test_registers_avx);
}

#endif
