/*
 * The operating system's random source as the kernel really refuses, delays and interrupts it. The filter that refuses
 * also ends the program at any other system call, so that a call that succeeds or fails properly has opened no file,
 * and read none, in place of getrandom.
 */
#define _GNU_SOURCE
#include "kernel.h"
#include "suites.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <ucontext.h>

/* What a child, which may not print, found out. */
typedef struct {
    unsigned long calls, drew;
    char failure[100];
} report;

static report *shared;
static fixture fixtures[8];
static uint8_t *p[KINDS], out[40];

static void complain(const suite *s, const call *c, const char *what) {
    if (shared->failure[0] != '\0')
        return;
    /* Without printf, whose system calls and memory are not the library's. */
    strcpy(shared->failure, s->name);
    strcat(shared->failure, " ");
    strcat(shared->failure, c->name);
    strcat(shared->failure, what);
}

/* Every function of every suite: those that draw end with `wanted`, their outputs zero if that is a failure. */
static void every_call(pqh_status wanted) {
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) {
        pqh_status expected = c->draws == KINDS ? PQH_OK : wanted;
        const fixture *f = &fixtures[s - SUITES];
        for (int k = 0; k < KINDS; k++) {
            memset(p[k], 0xa5, MAX_ARGUMENT);
            if (c->inputs & BIT(k))
                memcpy(p[k], f->p[k], s->n[k]);
        }
        if (c->run(s, p, s->n) != expected)
            complain(s, c, ": another status");
        /* A prehash state that has ended is zero. */
        FOR_EACH_KIND(k, c->outputs & ~BIT(STATE))
            if (is_zero(p[k], s->n[k]) != (expected != PQH_OK))
                complain(s, c, expected == PQH_OK ? ": an output is all zero" : ": an output is not all zero");
        shared->calls++;
        shared->drew += c->draws != KINDS;
    }
    memset(out, 0xa5, sizeof out);
    if (pqh_random_bytes(out, sizeof out) != wanted || is_zero(out, sizeof out) != (wanted != PQH_OK))
        strcpy(shared->failure, "pqh_random_bytes");
    shared->calls++;
    shared->drew++;
}

/* ---- refused -------------------------------------------------------------------------------------------------- */

/* In a child under the filter; gives how it ended. */
static int under_filter(unsigned answer, int others_end_it, void (*work)(pqh_status), pqh_status wanted) {
    int status;
    memset(shared, 0, sizeof *shared);
    fflush(NULL);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        filter_getrandom(answer, others_end_it);
        work(wanted);
        _exit(0);
    }
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

static void expect_every_call(unsigned answer, pqh_status wanted, const char *what) {
    int status = under_filter(answer, 1, every_call, wanted);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0, "getrandom %s: ended by signal %d after %lu calls", what,
          WIFSIGNALED(status) ? WTERMSIG(status) : 0, shared->calls);
    CHECK(shared->failure[0] == '\0', "getrandom %s: %s", what, shared->failure);
    CHECK(shared->drew >= 12, "getrandom %s: only %lu calls drew", what, shared->drew);
    test_cases += shared->calls;
}

static void refused(void) {
    static const struct {
        int number;
        const char *what;
    } errors[] = {{EPERM, "gives EPERM"},   {ENOSYS, "gives ENOSYS"}, {EAGAIN, "gives EAGAIN"},
                  {EACCES, "gives EACCES"}, {EINVAL, "gives EINVAL"}, {EFAULT, "gives EFAULT"},
                  {EIO, "gives EIO"},       {ENOMEM, "gives ENOMEM"}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        expect_every_call(SECCOMP_RET_ERRNO | (unsigned)errors[i].number, PQH_ERR_RANDOM, errors[i].what);
    expect_every_call(SECCOMP_RET_ALLOW, PQH_OK, "works, and nothing else does");
}

/*
 * The tests of this test: what reads /dev/urandom instead, or does anything else, is ended; and so is the program if
 * the filter says so of getrandom, which is its own affair.
 */
static void reads_urandom(pqh_status wanted) {
    (void)wanted;
    FILE *file = fopen("/dev/urandom", "rb");
    _exit(file != NULL && fread(out, 1, sizeof out, file) == sizeof out ? 0 : 1);
}

static void asks_who_it_is(pqh_status wanted) {
    (void)wanted;
    _exit(getppid() > 0 ? 0 : 1);
}

static int ended_by_filter(int status) {
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static void filter_works(void) {
    unsigned denied = SECCOMP_RET_ERRNO | ENOSYS;
    CHECK(ended_by_filter(under_filter(denied, 1, reads_urandom, 0)), "who reads /dev/urandom was not ended");
    CHECK(WEXITSTATUS(under_filter(denied, 0, reads_urandom, 0)) == 0, "/dev/urandom cannot be read unfiltered");
    CHECK(ended_by_filter(under_filter(denied, 1, asks_who_it_is, 0)), "another system call did not end the program");
    under_filter(SECCOMP_RET_ALLOW, 1, every_call, PQH_ERR_RANDOM);
    CHECK(shared->failure[0] != '\0', "a source that works was taken for one that fails");
    under_filter(denied, 1, every_call, PQH_OK);
    CHECK(shared->failure[0] != '\0', "a source that fails was taken for one that works");
    CHECK(ended_by_filter(under_filter(SECCOMP_RET_KILL_PROCESS, 0, every_call, PQH_OK)),
          "the filter that ends the program at getrandom did not");
}

/* ---- slow, and interrupted while it is ------------------------------------------------------------------------- */

enum { INTERRUPTED_TIMES = 3, SLOW_MILLISECONDS = 20 };
static pthread_t drawer;
static volatile unsigned long asked, interrupted, answered, wrong_flags;
static volatile sig_atomic_t signals;

static void on_signal(int number) {
    (void)number;
    signals++;
}

/*
 * Stands for a kernel whose pool is not ready: the caller sleeps in the system call. A signal wakes it three times,
 * then it sleeps until it gets 3 bytes; the next call gives it the rest at once.
 */
static void *slow_kernel(void *listener_) {
    int listener = *(const int *)listener_, times = 0, partial = 0;
    struct seccomp_notif request;
    for (;;) {
        if (!receive(listener, &request))
            return NULL;
        uint64_t len = request.data.args[1];
        asked++;
        wrong_flags += request.data.args[2] != 0;
        if (times < INTERRUPTED_TIMES) {
            times++;
            REQUIRE(pthread_kill(drawer, SIGUSR1) == 0);
            /* Until the system call has ended, or the signal had no effect. */
            for (int i = 0; i < 1000 && is_waiting(listener, &request); i++)
                milliseconds(1);
            interrupted += !is_waiting(listener, &request);
            continue;
        }
        if (!partial) {
            milliseconds(SLOW_MILLISECONDS);
            len = len > 3 ? 3 : len;
        }
        some_bytes((uint8_t *)(uintptr_t)request.data.args[0], (size_t)len);
        REQUIRE(answer(listener, &request, (int64_t)len));
        answered++;
        partial = !partial;
        if (!partial)
            times = 0;
    }
}

static void *draw_slowly(void *listener_) {
    *(int *)listener_ = filter_to_listener();
    pthread_t kernel;
    drawer = pthread_self();
    /* The thread that answers inherits the filter, but never calls what it filters. */
    REQUIRE(pthread_create(&kernel, NULL, slow_kernel, listener_) == 0);
    every_call(PQH_OK);
    pthread_cancel(kernel);
    REQUIRE(pthread_join(kernel, NULL) == 0);
    return NULL;
}

static void slow_and_interrupted(void) {
    pthread_t thread;
    int listener;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal; /* without SA_RESTART: the system call ends with EINTR */
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);
    memset(shared, 0, sizeof *shared);
    REQUIRE(pthread_create(&thread, NULL, draw_slowly, &listener) == 0);
    REQUIRE(pthread_join(thread, NULL) == 0);
    CHECK(shared->failure[0] == '\0', "a source that is slow and interrupted: %s", shared->failure);
    CHECK(shared->drew >= 12 && answered == 2 * shared->drew, "%lu calls drew, and were answered %lu times",
          shared->drew, answered);
    CHECK(interrupted == INTERRUPTED_TIMES * shared->drew && (unsigned long)signals == interrupted,
          "%lu calls drew, and were interrupted %lu times by %ld signals", shared->drew, interrupted, (long)signals);
    CHECK(asked == answered + interrupted, "asked %lu times, answered %lu, interrupted %lu", asked, answered,
          interrupted);
    /* With flags they would not wait, or take what is not random yet. */
    CHECK(wrong_flags == 0, "%lu calls of getrandom had flags", wrong_flags);
    test_cases += shared->calls;
    close(listener);
}

/* The kernel's own source, interrupted in the middle of a long answer. */
static volatile unsigned long in_the_call, cut_short;

static void on_timer(int number, siginfo_t *info, void *context) {
    const greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const uint8_t *code = (const uint8_t *)registers[REG_RIP];
    (void)number;
    (void)info;
    if (code[-2] == 0x0f && code[-1] == 0x05) {
        in_the_call++;
        cut_short += registers[REG_RAX] > 0;
    }
}

static void cut_short_by_signals(void) {
    size_t len = (size_t)64 << 20, zero_blocks = 0;
    uint8_t *big = (uint8_t *)allocate(len);
    struct sigaction action;
    struct itimerval often = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
    memset(big, 0, len);
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_timer;
    action.sa_flags = SA_SIGINFO;
    REQUIRE(sigaction(SIGALRM, &action, NULL) == 0);
    REQUIRE(setitimer(ITIMER_REAL, &often, NULL) == 0);
    pqh_status status = pqh_random_bytes(big, len);
    REQUIRE(setitimer(ITIMER_REAL, &never, NULL) == 0);
    CHECK_STATUS(PQH_OK, status, "pqh_random_bytes of 64 MiB, with signals");
    CHECK(cut_short > 0, "of %lu signals during getrandom none cut it short", in_the_call);
    for (size_t at = 0; at < len; at += 16)
        zero_blocks += is_zero(big + at, 16);
    CHECK(zero_blocks == 0, "pqh_random_bytes of 64 MiB left %zu blocks of 16 bytes", zero_blocks);
    printf("getrandom was cut short %lu times within 64 MiB\n", cut_short);
    free(big);
}

int main(void) {
    shared = (report *)mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(shared != (report *)MAP_FAILED);
    for (int k = 0; k < KINDS; k++)
        p[k] = (uint8_t *)allocate(MAX_ARGUMENT);
    FOR_EACH_SUITE(s) {
        REQUIRE(s - SUITES < 8);
        fixtures[s - SUITES] = new_fixture(s);
    }
    filter_works();
    refused();
    slow_and_interrupted();
    cut_short_by_signals();
    FOR_EACH_SUITE(s) free_fixture(&fixtures[s - SUITES]);
    for (int k = 0; k < KINDS; k++)
        free(p[k]);
    return test_end("faults/getrandom");
}
