/*
 * No secret stays on the stack. Each operation runs on a stack that this program owns, which is then searched as scan.h
 * says. And no operation reaches deeper than the library scrubs: the scrubbing is seen by wrapping memset,
 * the reach by the pattern that the stack was painted with.
 *
 * Link with -Wl,--wrap=memset.
 */
#define _GNU_SOURCE
#include "getrandom.h"
#include "scan.h"

#include <sys/mman.h>
#include <sys/types.h>
#include <ucontext.h>

#define STACK_BYTES ((size_t)1 << 20)
#define PAINT 0xa7
/* What lies between the scrubbed area and the watching memset: their frames. */
#define WATCHER_BYTES 1024

/* What src/ffi/depth.rs says is scrubbed, in KiB, by the release and by the size build. */
#ifdef PQH_TEST_SIZE_PROFILE
#define KIB(release, size) size
#else
#define KIB(release, size) release
#endif
static const struct {
    const char *suite, *function;
    size_t kib;
} SCRUBBED[] = {{"pqh", NULL, 3},
                {NULL, "prehash_init", 0},                    {NULL, "prehash_update", 3},
                {NULL, "prehash_final", 3},                   {NULL, "verify", 0},
                {NULL, "verify_prehashed", 0},                {NULL, "verify_with", 0},
                {NULL, "verify_prehashed_with", 0},           {NULL, "verify_key_init", 0},
                {NULL, "encaps_key_init", 0},
                {"mlkem768_x25519", "keygen", 33},            {"mlkem768_x25519", "public_key", 33},
                {"mlkem768_x25519_lamps", "public_key", 33},  {"mlkem768_x25519", "decaps", 31},
                {"mlkem768_x25519_lamps", "decaps", 31},      {"mlkem768_x25519", "decaps_key_init", 31},
                {"mlkem768_x25519", "decaps_with", 31},       {"mlkem768_x25519_lamps", "decaps_key_init", 31},
                {"mlkem768_x25519_lamps", "decaps_with", 31}, {"mlkem768_x25519", NULL, KIB(25, 23)},
                {"mlkem768_x25519_lamps", NULL, KIB(25, 23)},
                {"mlkem1024_x448", "keygen", 46},             {"mlkem1024_x448", "public_key", 46},
                {"mlkem1024_x448", "decaps", 44},             {"mlkem1024_x448", "decaps_key_init", 44},
                {"mlkem1024_x448", "decaps_with", 44},        {"mlkem1024_x448", NULL, KIB(33, 32)},
                {"mldsa65_ed25519", "keygen", 89},            {"mldsa65_ed25519", "public_key", 89},
                {"mldsa65_ed25519", "sign_key_init", 89},     {"mldsa65_ed25519", NULL, 139},
                {"mldsa87_ed448", "keygen", 128},             {"mldsa87_ed448", "public_key", 128},
                {"mldsa87_ed448", "sign_key_init", 128},      {"mldsa87_ed448", NULL, KIB(194, 187)}};

static size_t claimed(const suite *s, const call *c) {
    for (size_t i = 0; i < sizeof SCRUBBED / sizeof *SCRUBBED; i++)
        if ((SCRUBBED[i].suite == NULL || strcmp(SCRUBBED[i].suite, s->name) == 0) &&
            (SCRUBBED[i].function == NULL || strcmp(SCRUBBED[i].function, c->name) == 0))
            return SCRUBBED[i].kib * 1024;
    REQUIRE(!"a depth for each operation");
    return 0;
}

/* ---- the stack ------------------------------------------------------------------------------------------------ */

static uint8_t *stack;

/* The lowest byte at or above `from` that an operation wrote. Probes of a deep frame write a single zero in each page. */
static uint8_t *lowest_written(uint8_t *from) {
    uint8_t *end = stack + STACK_BYTES;
    for (uint8_t *at = from; at < end; at++) {
        if (*at == PAINT)
            continue;
        size_t painted = 0;
        if (end - at > 64 && is_zero(at, 8))
            while (painted < 56 && at[8 + painted] == PAINT)
                painted++;
        if (painted < 56)
            return at;
        at += 7;
    }
    return end;
}

static struct {
    uint8_t *start;
    size_t len;
    uint8_t *reached_before;
} scrub;

static int watching;

void *__real_memset(void *to, int value, size_t len);
void *__wrap_memset(void *to, int value, size_t len);
void *__wrap_memset(void *to, int value, size_t len) {
    uint8_t *start = (uint8_t *)to;
    if (watching && value == 0 && len >= 1024 && start >= stack + WATCHER_BYTES && start < stack + STACK_BYTES) {
        /* The last one before the operation returns is the scrubbing. */
        scrub.start = start;
        scrub.len = len;
        scrub.reached_before = lowest_written(stack);
        if (scrub.reached_before >= start - WATCHER_BYTES)
            scrub.reached_before = lowest_written(start);
    }
    return __real_memset(to, value, len);
}

/* ---- what runs on it ------------------------------------------------------------------------------------------ */

static struct {
    const suite *s;
    const call *c;
    uint8_t *p[KINDS];
    pqh_status status;
    uint8_t *top;
} job;

static const uint8_t *random_bytes;

/* The library's random bytes are the fixture's, and so known. */
static long answer_getrandom(void *out, size_t len) {
    if (random_bytes != NULL)
        memcpy(out, random_bytes, len);
    else /* the C library's own use */
        memset(out, 0, len);
    return (long)len;
}

static void run_job(void) {
    job.top = (uint8_t *)__builtin_frame_address(0);
    job.status = job.c->run(job.s, job.p, job.s->n);
}

/* A library that leaves its secret key behind. */
static void leak(void) {
    volatile uint8_t local[200];
    for (size_t i = 0; i < job.s->n[SK]; i++)
        local[100 - 32 + i % 100] = job.p[SK][i];
    job.status = local[70] == 0 ? PQH_OK : PQH_OK;
    job.top = (uint8_t *)__builtin_frame_address(0);
}

static void on_own_stack(void (*function)(void)) {
    static ucontext_t here, there;
    memset(stack, PAINT, STACK_BYTES);
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = STACK_BYTES;
    there.uc_link = &here;
    makecontext(&there, function, 0);
    memset(&scrub, 0, sizeof scrub);
    watching = 1;
    REQUIRE(swapcontext(&here, &there) == 0);
    watching = 0;
}

/* ---- searching ------------------------------------------------------------------------------------------------ */

static void report_found(const suite *s, const call *c, const char *name, size_t found, const uint8_t *first) {
    CHECK(found == 0, "%s %s left %s on the stack, at %zu places, the deepest %zu bytes below it", s->name, c->name, name,
          found, (size_t)(job.top - first));
}

static size_t search(const suite *s, const call *c, const fixture *f, int report) {
    secrets *all = secrets_of(s, c, f);
    scan_for(all);
    size_t total = scan(all, stack, STACK_BYTES);
    for (int i = 0; report && i < all->count; i++)
        report_found(s, c, all->of[i].name, all->of[i].found, all->of[i].first);
    for (int i = 0; report && i < all->polys; i++)
        report_found(s, c, all->poly_of[i].name, all->poly_of[i].found, all->poly_of[i].first);
    return total;
}

/* ---- the operations ------------------------------------------------------------------------------------------- */

static void depths(const suite *s, const call *c, size_t runs_deepest, int same_scrub) {
    size_t scrubbed = claimed(s, c);
    printf("%-22s %-17s %9zu %9zu\n", s->name, c->name, runs_deepest, scrubbed);
    CHECK(same_scrub, "%s %s does not scrub the %zu bytes that are claimed, but %zu", s->name, c->name, scrubbed,
          scrub.len);
    CHECK(scrubbed == 0 || runs_deepest <= scrubbed, "%s %s reaches %zu bytes deep and scrubs %zu", s->name, c->name,
          runs_deepest, scrubbed);
}

static void one_call(const suite *s, const call *c, uint8_t *const p[KINDS]) {
    size_t deepest = 0;
    int same_scrub = 1;
    /* The first run binds what the linker binds lazily. Signing takes another number of attempts in each. */
    for (int run = 0; run < 12; run++) {
        fixture f = new_fixture(s);
        job.s = s;
        job.c = c;
        for (int k = 0; k < KINDS; k++) {
            job.p[k] = p[k];
            if (c->inputs & BIT(k))
                memcpy(p[k], f.p[k], s->n[k]);
        }
        random_bytes = c->draws == KINDS ? NULL : f.p[c->draws];
        on_own_stack(run_job);
        CHECK_STATUS(PQH_OK, job.status, "%s %s", s->name, c->name);
        search(s, c, &f, 1);

        /* What is not scrubbed may zero a large variable, which is not scrubbing. */
        if (claimed(s, c) == 0)
            memset(&scrub, 0, sizeof scrub);
        uint8_t *reached = scrub.len == 0 ? lowest_written(stack) : scrub.reached_before;
        if ((size_t)(job.top - reached) > deepest)
            deepest = (size_t)(job.top - reached);
        /* Seen from the operation, not from here: nothing lies below what is scrubbed. */
        CHECK(scrub.len == 0 || reached >= scrub.start, "%s %s reaches %zu bytes deeper than is scrubbed", s->name,
              c->name, (size_t)(scrub.start - reached));
        same_scrub = same_scrub && scrub.len == claimed(s, c);
        free_fixture(&f);
    }
    depths(s, c, deepest, same_scrub);
}

/* The same for pqh_random_bytes, which belongs to no suite. */
static pqh_status run_random_bytes(const suite *s, uint8_t *const p[KINDS], const size_t n[KINDS]) {
    (void)s;
    return pqh_random_bytes(p[MSG], n[MSG]);
}

static void random_bytes_alone(uint8_t *const p[KINDS]) {
    static const suite none = {.name = "pqh", .n = {[MSG] = 64}};
    static const call c = {"random_bytes", BIT(MSG), 0, KINDS, NULL, run_random_bytes};
    static secrets drawn;
    uint8_t bytes[64];
    some_bytes(bytes, sizeof bytes);
    drawn.r = &MLKEM_RING;
    add_secret(&drawn, "what was drawn", bytes, sizeof bytes);
    scan_for(&drawn);
    random_bytes = bytes;
    job.s = &none;
    job.c = &c;
    memcpy(job.p, p, sizeof job.p);
    on_own_stack(run_job);
    CHECK_STATUS(PQH_OK, job.status, "pqh_random_bytes");
    CHECK(memcmp(p[MSG], bytes, sizeof bytes) == 0, "pqh_random_bytes did not draw from this program");
    CHECK(scan(&drawn, stack, STACK_BYTES) == 0, "pqh_random_bytes left its bytes on the stack");
    depths(&none, &c, (size_t)(job.top - scrub.reached_before), scrub.len == claimed(&none, &c));
}

/* A call that fails is scrubbed like one that does not: a ciphertext whose classical half is of
 * small order, a context that is too long. */
static void failing_calls(uint8_t *const p[KINDS]) {
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) {
        int bad_ct = (c->inputs & BIT(CT)) != 0, bad_ctx = (c->inputs & BIT(CTX)) != 0 && (c->inputs & (BIT(SK) | BIT(SKEY))) != 0;
        fixture f;
        if (!bad_ct && !bad_ctx)
            continue;
        f = new_fixture(s);
        random_bytes = c->draws == KINDS ? NULL : f.p[c->draws];
        memcpy(job.p, p, sizeof job.p);
        for (int k = 0; k < KINDS; k++)
            if (c->inputs & BIT(k))
                memcpy(p[k], f.p[k], s->n[k]);
        suite failing = *s;
        if (bad_ct)
            memset(p[CT], 0, s->n[CT]);
        else
            failing.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
        job.s = &failing;
        job.c = c;
        memset(&scrub, 0, sizeof scrub);
        on_own_stack(run_job);
        CHECK_STATUS(bad_ct ? PQH_ERR_CIPHERTEXT : PQH_ERR_CONTEXT_LENGTH, job.status, "%s %s", s->name, c->name);
        /* A context that is too long is found out before the depth is reached. */
        CHECK(scrub.len == (bad_ct ? claimed(s, c) : 3 * 1024), "%s %s fails, and scrubs %zu bytes", s->name, c->name,
              scrub.len);
        search(s, c, &f, 1);
        free_fixture(&f);
    }
}

/* Every polynomial is found, as integers that are negative, in Montgomery's form, and, where order is no matter, reversed. */
static void planted_polynomials(const suite *s) {
    fixture f = new_fixture(s);
    secrets *all = secrets_of(s, FUNCTIONS, &f);
    const size_t width = all->r == &MLKEM_RING ? 2 : 4;
    for (int i = 0; i < all->polys; i++) {
        const secret_poly *one = &all->poly_of[i];
        int at = 0;
        while (one->ordered && !is_telling(one->p.c + at, one->run))
            REQUIRE(++at + one->run <= 256);
        memset(stack, PAINT, STACK_BYTES);
        for (int j = 0; j < one->run; j++) {
            int64_t value = one->p.c[one->ordered ? at + j : at + one->run - 1 - j] * (i % 2 ? all->r->montgomery : 1);
            int32_t lane = modulo(all->r, value) - all->r->q;
            uint8_t *to = stack + STACK_BYTES / 2 + (size_t)j * width;
            for (size_t byte = 0; byte < width; byte++)
                to[byte] = (uint8_t)((uint32_t)lane >> (8 * byte));
        }
        scan_for(all);
        scan(all, stack, STACK_BYTES);
        CHECK(one->found > 0, "%s: %s, number %d of its polynomials, was not found", s->name, one->name, i);
    }
    free_fixture(&f);
}

static void test_of_the_test(uint8_t *const p[KINDS]) {
    const suite *s = SUITES;
    const call *c = FUNCTIONS;
    fixture f = new_fixture(s);
    job.s = s;
    memcpy(job.p, p, sizeof job.p);
    memcpy(p[SK], f.p[SK], s->n[SK]);
    on_own_stack(leak);
    CHECK(search(s, c, &f, 0) > 0, "a secret key left on the stack was not found");
    free_fixture(&f);
    FOR_EACH_SUITE(each) planted_polynomials(each);
}

int main(void) {
    uint8_t *p[KINDS];
    stack = (uint8_t *)mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(stack != (uint8_t *)MAP_FAILED);
    for (int k = 0; k < KINDS; k++)
        p[k] = (uint8_t *)allocate(MAX_ARGUMENT);
    take_over_getrandom();
    test_of_the_test(p);
    printf("%-22s %-17s %9s %9s\n", "suite", "operation", "deep", "scrubbed");
    random_bytes_alone(p);
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) one_call(s, c, p);
    failing_calls(p);
    for (int k = 0; k < KINDS; k++)
        free(p[k]);
    munmap(stack, STACK_BYTES);
    return test_end("c/residue");
}
