/* Runs a program step by step from one call of its function `mark` to the next, and says how many instructions that were and a
 * checksum of their addresses, one after the other. So two runs with the same line took the same way through the code.
 *
 * usage: steps ADDRESS_OF_MARK PROGRAM [ARGUMENT ...]    the address in hexadecimal, of a program at a fixed place */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
    perror(what);
    exit(2);
}

/* Waits until the program stops again, which must be for what we asked of it. */
static void stopped(pid_t child) {
    int status;
    if (waitpid(child, &status, 0) != child)
        fail("waitpid");
    if (!WIFSTOPPED(status) || WSTOPSIG(status) != SIGTRAP) {
        fprintf(stderr, "steps: the program ended or was interrupted: %#x\n", (unsigned)status);
        exit(2);
    }
}

static uint64_t next(pid_t child) {
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) != 0)
        fail("PTRACE_GETREGS");
    return registers.rip;
}

int main(int argc, char **argv) {
    if (argc < 3)
        return 2;
    uint64_t mark = strtoull(argv[1], NULL, 16);
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0) {
        /* Copying takes another way for each alignment: so the stack is to lie at the same place each time. */
        if (personality(ADDR_NO_RANDOMIZE) < 0)
            fail("ADDR_NO_RANDOMIZE");
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
            fail("PTRACE_TRACEME");
        execv(argv[2], argv + 2);
        fail(argv[2]);
    }
    stopped(child);

    /* Until the first call, at full speed: a breakpoint, int3, in place of the function's first byte. */
    long word = ptrace(PTRACE_PEEKTEXT, child, (void *)mark, NULL);
    if (ptrace(PTRACE_POKETEXT, child, (void *)mark, (void *)((word & ~0xffL) | 0xcc)) != 0 ||
        ptrace(PTRACE_CONT, child, NULL, NULL) != 0)
        fail("PTRACE_POKETEXT");
    stopped(child);
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, child, NULL, &registers) != 0)
        fail("PTRACE_GETREGS");
    registers.rip = mark;
    if (ptrace(PTRACE_SETREGS, child, NULL, &registers) != 0 ||
        ptrace(PTRACE_POKETEXT, child, (void *)mark, (void *)word) != 0)
        fail("PTRACE_SETREGS");

    uint64_t count = 0, sum = 0xcbf29ce484222325; /* FNV-1a, of words */
    uint64_t address;
    do {
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0)
            fail("PTRACE_SINGLESTEP");
        stopped(child);
        address = next(child);
        count++;
        sum = (sum ^ address) * 0x100000001b3;
    } while (address != mark);
    if (ptrace(PTRACE_KILL, child, NULL, NULL) != 0)
        fail("PTRACE_KILL");
    printf("%" PRIu64 " %016" PRIx64 "\n", count, sum);
    return 0;
}
