/*
 * Prints how many bytes of stack each operation scrubs, and how many vector registers it leaves in use, whether it succeeds
 * or fails: tests/mutants/judge.sh compares them with those of the library as it is. c/residue says what they have to be, and
 * needs the library as it is shipped for it.
 *
 * Link with -Wl,--wrap=memset.
 */
#define _GNU_SOURCE
#include "getrandom.h"
#include "suites.h"

#include <errno.h>
#include <sys/mman.h>
#include <ucontext.h>

#define STACK_BYTES ((size_t)1 << 21)

static uint8_t *stack;
static size_t scrubbed;
static int source_fails;

static long answer_getrandom(void *out, size_t len) {
    if (source_fails)
        return -EIO;
    memset(out, 0x5a, len);
    return (long)len;
}

void *__real_memset(void *to, int value, size_t len);
void *__wrap_memset(void *to, int value, size_t len);
void *__wrap_memset(void *to, int value, size_t len) {
    uint8_t *start = (uint8_t *)to;
    /* The last one before the operation returns is the scrubbing. */
    if (value == 0 && len >= 1024 && start >= stack && start < stack + STACK_BYTES)
        scrubbed = len;
    return __real_memset(to, value, len);
}

static struct {
    suite s;
    const call *c;
    uint8_t *p[KINDS];
    pqh_status status;
} job;

/* Wide registers, which most calls do not use: what lies in them beforehand is still there unless they are cleared. */
#define REGISTERS 32
#define REGISTER_BYTES 64
static uint8_t registers[REGISTERS][REGISTER_BYTES];

#if defined(__x86_64__)
#define SSE_LOAD(n) "movups " #n "*64(%0), %%xmm" #n "\n\t"
#define SSE_STORE(n) "movups %%xmm" #n ", " #n "*64(%0)\n\t"
#define AVX_LOAD(n) "vmovups " #n "*64(%0), %%ymm" #n "\n\t"
#define AVX_STORE(n) "vmovups %%ymm" #n ", " #n "*64(%0)\n\t"
#define AVX512_LOAD(n) "vmovups " #n "*64(%0), %%zmm" #n "\n\t"
#define AVX512_STORE(n) "vmovups %%zmm" #n ", " #n "*64(%0)\n\t"
#define FIRST_16(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15)
#define LAST_16(X) X(16) X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31)
#define EACH(WHAT) __asm__ volatile(WHAT : : "r"(registers) : "memory")

static void fill_registers(void) {
    memset(registers, 0xc3, sizeof registers);
    if (__builtin_cpu_supports("avx512f"))
        EACH(LAST_16(AVX512_LOAD));
    if (__builtin_cpu_supports("avx"))
        EACH(FIRST_16(AVX_LOAD));
    else
        EACH(FIRST_16(SSE_LOAD));
}

static void keep_registers(void) {
    memset(registers, 0, sizeof registers);
    if (__builtin_cpu_supports("avx512f"))
        EACH(LAST_16(AVX512_STORE));
    if (__builtin_cpu_supports("avx"))
        EACH(FIRST_16(AVX_STORE));
    else
        EACH(FIRST_16(SSE_STORE));
}
#else
static void fill_registers(void) {}
static void keep_registers(void) {}
#endif

static void run_job(void) {
    fill_registers();
    pqh_status status = job.c == NULL ? pqh_random_bytes(job.p[MSG], 64) : job.c->run(&job.s, job.p, job.s.n);
    keep_registers();
    job.status = status;
}

static void on_own_stack(const char *what) {
    static ucontext_t here, there;
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = STACK_BYTES;
    there.uc_link = &here;
    makecontext(&there, run_job, 0);
    scrubbed = 0;
    REQUIRE(swapcontext(&here, &there) == 0);
    int in_use = 0;
    for (int i = 0; i < REGISTERS; i++)
        in_use += !is_zero(registers[i], sizeof registers[i]);
    printf("%s %s, %s: status %d, %lu bytes, %d registers\n", job.c == NULL ? "pqh" : job.s.name,
           job.c == NULL ? "random_bytes" : job.c->name, what, (int)job.status, (unsigned long)scrubbed, in_use);
    test_cases++;
}

/* What touches nothing secret scrubs nothing, and the last memset says nothing about it. */
static int scrubs(const call *c) { return strncmp(c->name, "verify", 6) != 0 && strcmp(c->name, "prehash_init") != 0; }

static void one_call(const suite *s, const call *c) {
    fixture f = new_fixture(s);
    job.s = *s;
    job.c = c;
    memcpy(job.p, f.p, sizeof job.p);
    on_own_stack("as it is");
    source_fails = 1;
    if (c->draws != KINDS)
        on_own_stack("the source fails");
    source_fails = 0;
    if (c->inputs & BIT(CT)) {
        memset(f.p[CT], 0, s->n[CT]);
        on_own_stack("a bad ciphertext");
    }
    if (c->inputs & BIT(PK)) {
        memset(f.p[PK], 0xff, s->n[PK]);
        on_own_stack("a bad public key");
    }
    if (c->inputs & BIT(CTX)) {
        job.s.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
        on_own_stack("a long context");
    }
    if (c->inputs & BIT(STATE)) {
        memset(f.p[STATE], 0, s->n[STATE]);
        on_own_stack("a bad state");
    }
    free_fixture(&f);
}

int main(void) {
    uint8_t out[64];
    stack = (uint8_t *)mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(stack != (uint8_t *)MAP_FAILED);
    take_over_getrandom();
    job.p[MSG] = out;
    for (source_fails = 0; source_fails < 2; source_fails++)
        on_own_stack(source_fails ? "the source fails" : "as it is");
    source_fails = 0;
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) if (scrubs(c)) one_call(s, c);
    munmap(stack, STACK_BYTES);
    return test_end("mutants/scrubbing");
}
