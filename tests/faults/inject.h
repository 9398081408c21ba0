/* Stepping through a call and forking a child at each fault: the machinery of inject.c. Define _GNU_SOURCE first. */
#ifndef PQH_TEST_INJECT_H
#define PQH_TEST_INJECT_H

#include "suites.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef __x86_64__
#error "this test steps through the call with the trap flag of x86-64"
#endif

#define MAX_SIG 8192
#define TRAP_FLAG 0x100

enum model { REGISTER, VECTOR, STACK, SKIP, MODELS };
static const char *const MODEL_NAMES[MODELS] = {"register bit", "vector bit", "stack bit", "skipped"};

/* One fault, and what the child that had it gave out; the children write here. */
typedef struct {
    unsigned long at;
    enum model model;
    uint64_t random;
    int wait_status, returned;
    pqh_status status;
    uint8_t sig[MAX_SIG];
} trial;

#define MAX_TRIALS 20000

static trial *injected;
static unsigned long mean_gap, next_at, trials;
static volatile unsigned long step;
static volatile enum { IDLE, WAITING, STEPPING } phase;
static volatile int is_child, is_probe;
static uintptr_t entry, top;
static volatile uintptr_t *probed;

/* Runs this program again with the addresses that it has without randomisation, and with an environment that takes always the
 * same place on the stack, so that a seed says everything. */
static void same_addresses(char **argv) {
    char tried[] = "PQH_SAME_ADDRESSES=tried";
    char *environment[] = {tried, NULL};
    int now = personality(0xffffffff);
    if (getenv("PQH_SAME_ADDRESSES") != NULL)
        return;
    if (now != -1)
        personality((unsigned long)now | ADDR_NO_RANDOMIZE);
    execve("/proc/self/exe", argv, environment);
    REQUIRE(!"/proc/self/exe can be run again");
}

/* ---- the faults ----------------------------------------------------------------------------------------------- */

/* Of a branch; 0 for anything else, whose length is told by where the next instruction is. */
static uintptr_t branch_length(const uint8_t *at) {
    if (at[0] == 0xf2 || at[0] == 0xf3 || at[0] == 0x3e)
        return at[1] == 0xc3 ? 2 : 0;
    if ((at[0] >= 0x70 && at[0] <= 0x7f) || at[0] == 0xeb)
        return 2;
    if (at[0] == 0x0f && at[1] >= 0x80 && at[1] <= 0x8f)
        return 6;
    if (at[0] == 0xe8 || at[0] == 0xe9)
        return 5;
    if (at[0] == 0xc3)
        return 1;
    if (at[0] == 0xff && (at[1] == 0x15 || at[1] == 0x25))
        return 6;
    if (at[0] == 0xff && at[1] >= 0xd0)
        return 2;
    return 0;
}

static void skip(greg_t *registers) {
    uintptr_t here = (uintptr_t)registers[REG_RIP];
    const uint8_t *code = (const uint8_t *)here;
    uintptr_t length = branch_length(code);
    if (length == 0 && *probed == here) /* a string instruction that goes on */
        length = code[1] == 0x48 ? 3 : 2;
    if (length == 0)
        length = *probed - here;
    registers[REG_RIP] += (greg_t)(length <= 15 ? length : 2);
}

static void flip_vector(fpregset_t saved, uint64_t random) {
    /* The lower halves lie in the legacy area, the upper ones of AVX 576 bytes from its start, if they are in use. */
    uint8_t *area = (uint8_t *)saved;
    uint64_t in_use;
    size_t lane = (random >> 8) % 16, bit = (random >> 16) % 128;
    memcpy(&in_use, area + 512, sizeof in_use);
    int upper = (in_use & 4) != 0 && (random & 1) != 0;
    area[(upper ? 576 : 160) + 16 * lane + bit / 8] ^= (uint8_t)(1u << bit % 8);
}

static void go_wrong(ucontext_t *context, const trial *t) {
    static const int REGISTERS[] = {REG_RAX, REG_RBX, REG_RCX, REG_RDX, REG_RSI, REG_RDI, REG_RBP, REG_R8,
                                    REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};
    greg_t *registers = context->uc_mcontext.gregs;
    if (t->model == REGISTER)
        registers[REGISTERS[(t->random >> 8) % 15]] ^= (greg_t)(UINT64_C(1) << t->random % 64);
    if (t->model == VECTOR)
        flip_vector(context->uc_mcontext.fpregs, t->random);
    if (t->model == STACK) {
        uintptr_t bottom = (uintptr_t)registers[REG_RSP];
        uint8_t *byte = (uint8_t *)bottom + (t->random >> 8) % (top - bottom);
        *byte ^= (uint8_t)(1u << t->random % 8);
    }
    if (t->model == SKIP)
        skip(registers);
}

/* ---- stepping ------------------------------------------------------------------------------------------------- */

/* What a call that does not come back has written into the caller's buffer so far. */
static const uint8_t *volatile given_out;
static volatile size_t given_out_len;

static void on_end(int number) {
    memcpy(injected[trials - 1].sig, (const uint8_t *)given_out, given_out_len);
    signal(number, SIG_DFL);
    raise(number);
}

static void child_begins(ucontext_t *context, const trial *t) {
    static const int ENDS[] = {SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGALRM, SIGXCPU};
    struct rlimit seconds = {2, 4};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_end;
    action.sa_flags = SA_ONSTACK;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        sigaction(ENDS[i], &action, NULL);
    is_child = 1;
    setrlimit(RLIMIT_CPU, &seconds);
    alarm(20);
    context->uc_mcontext.gregs[REG_EFL] &= ~(greg_t)TRAP_FLAG;
    go_wrong(context, t);
}

static void fork_here(ucontext_t *context) {
    trial *t = &injected[trials];
    int status;
    pid_t child;
    t->at = step;
    t->model = (enum model)(trials++ % MODELS);
    t->random = some_number();
    next_at += 1 + some_number() % (2 * mean_gap);
    if (t->model == SKIP && branch_length((const uint8_t *)context->uc_mcontext.gregs[REG_RIP]) == 0) {
        /* A first child only says where the next instruction is. */
        *probed = 0;
        child = fork();
        if (child == 0) {
            is_probe = 1;
            return;
        }
        REQUIRE(child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status));
    }
    child = fork();
    if (child == 0) {
        child_begins(context, t);
        return;
    }
    REQUIRE(child > 0 && waitpid(child, &t->wait_status, 0) == child);
}

static void on_step(int signal, siginfo_t *info, void *context_) {
    ucontext_t *context = (ucontext_t *)context_;
    greg_t *registers = context->uc_mcontext.gregs;
    (void)signal;
    (void)info;
    if (is_probe) {
        *probed = (uintptr_t)registers[REG_RIP];
        _exit(0);
    }
    if (phase == IDLE) {
        registers[REG_EFL] &= ~(greg_t)TRAP_FLAG;
        return;
    }
    registers[REG_EFL] |= TRAP_FLAG;
    if (phase == WAITING) {
        if ((uintptr_t)registers[REG_RIP] != entry)
            return;
        top = (uintptr_t)registers[REG_RSP];
        phase = STEPPING;
    } else if ((uintptr_t)registers[REG_RSP] > top) {
        phase = IDLE;
        registers[REG_EFL] &= ~(greg_t)TRAP_FLAG;
        return;
    }
    if (step++ == next_at && trials < MAX_TRIALS)
        fork_here(context);
}

/* Injects a fault every `gap` instructions on average where `function` runs from `entry_point` to its return. */
static void inject_into(uintptr_t entry_point, pqh_status (*function)(void), uint8_t *sig, size_t sig_len,
                        unsigned long gap) {
    static char handler_stack[1 << 16];
    stack_t signal_stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    struct sigaction action;
    struct rlimit none = {0, 0};
    size_t room = MAX_TRIALS * sizeof(trial) + sizeof *probed;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_step;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    REQUIRE(setrlimit(RLIMIT_CORE, &none) == 0);
    REQUIRE(sigaltstack(&signal_stack, NULL) == 0);
    REQUIRE(sigaction(SIGTRAP, &action, NULL) == 0);
    injected = (trial *)mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    REQUIRE(injected != (trial *)MAP_FAILED);
    probed = (volatile uintptr_t *)(injected + MAX_TRIALS);
    entry = entry_point;
    given_out = sig;
    given_out_len = sig_len;
    mean_gap = gap;
    next_at = some_number() % (2 * gap);

    phase = WAITING;
    REQUIRE(raise(SIGTRAP) == 0);
    pqh_status status = function();
    if (is_child) {
        trial *t = &injected[trials - 1];
        t->status = status;
        /* Not from this function's own variables: the fault may have hit where the callee kept them. */
        memcpy(t->sig, (const uint8_t *)given_out, given_out_len);
        t->returned = 1;
        _exit(0);
    }
    REQUIRE(status == PQH_OK && phase == IDLE && step > 1000);
    CHECK(trials < MAX_TRIALS, "%lu faults were too many", trials);
}

#endif
