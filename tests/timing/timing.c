/*
 * Statistical timing test in the manner of dudect (Reparaz, Balasch, Verbauwhede 2017): each operation is measured on
 * inputs of two classes, in random order, and Welch's t tells whether the classes differ in time. |t| above 4.5 would
 * be a sign of it.
 *
 * What two keys differ in is not secret alone: the matrix A is sampled from rho, which is public, with rejections that
 * take time. Keys are therefore drawn afresh for every measurement, in both classes, and the classes differ in the
 * secret: in how many coefficients of it are zero, or in the classical half. That ML-DSA's secret coefficients are
 * sampled by rejection shows how many candidates were rejected, but nothing of those that were kept. How many attempts
 * a signature takes is public by design; what is compared is the fastest eighth, which took one.
 *
 * usage: timing SAMPLES      A line of comma-separated values a test on standard output, progress on standard error.
 */
#define _GNU_SOURCE
#include "clock.h"
#include "weight.h"
#include "welch.h"

/* What a test is about: the library's own secrets; what is public; or a leak that must be seen. */
enum purpose { OURS, PUBLIC, CONTROL };

typedef struct {
    const suite *s;
    fixture f;     /* what the operation works on */
    fixture fixed; /* what one class always has */
    uint8_t *scratch;
} setting;

typedef struct {
    const char *operation, *classes;
    enum purpose purpose;
    double keep;
    int (*applies)(const suite *s);
    void (*prepare)(setting *x, int class);
    void (*run)(setting *x);
} test;

static uint64_t status_sum;

/* ---- inputs: both classes do the same work ----------------------------------------------------------------------- */

/* Bytes from `at` on of an input: as they always are, or fresh. */
static void fixed_or_fresh(setting *x, int class, enum kind kind, size_t at) {
    size_t len = x->s->n[kind] - at;
    some_bytes(x->scratch + len, len);
    memcpy(x->scratch, x->fixed.p[kind] + at, len);
    memcpy(x->f.p[kind] + at, x->scratch + (class == 0 ? 0 : len), len);
}

static void fresh_message(setting *x) {
    some_bytes(x->f.p[MSG], x->s->n[MSG]);
    some_bytes(x->f.p[RND], x->s->n[RND]);
}

/* A fresh key of the class: few coefficients of its lattice secret are zero, or many. */
static void key_by_zeros(setting *x, int class) {
    uint8_t rho[32];
    int usual = usual_zeros(x->s), zeros;
    do {
        some_bytes(x->f.p[SK], x->s->n[SK]);
        zeros = zeros_of(x->s, x->f.p[SK], rho);
    } while (class == 0 ? zeros > usual - 7 : zeros < usual + 7);
    if (x->s->sign != NULL)
        fresh_message(x);
}

static void encapsulate(setting *x) {
    some_bytes(x->f.p[COINS], x->s->n[COINS]);
    REQUIRE(x->s->public_key(x->f.p[PK], x->f.p[SK]) == PQH_OK);
    REQUIRE(x->s->encaps_derand(x->f.p[CT], x->f.p[SS], x->f.p[COINS], x->f.p[PK]) == PQH_OK);
}

static void key_by_zeros_and_ciphertext(setting *x, int class) {
    key_by_zeros(x, class);
    encapsulate(x);
}

static void whole_key(setting *x, int class) {
    fixed_or_fresh(x, class, SK, 0);
    if (x->s->encaps != NULL)
        encapsulate(x);
    else
        fresh_message(x);
}

/* The lattice half's seed stays, so that nothing public differs but the classical half. */
static void classical_key(setting *x, int class) {
    fixed_or_fresh(x, class, SK, x->s->encaps != NULL ? 64 : 32);
    if (x->s->sign != NULL)
        fresh_message(x);
}

static void forge(setting *x, int class) {
    some_bytes(x->f.p[COINS], x->s->n[COINS]);
    REQUIRE(x->s->encaps_derand(x->f.p[CT], x->f.p[SS], x->f.p[COINS], x->f.p[PK]) == PQH_OK);
    x->f.p[CT][some_number() % x->s->pq_ct] ^= (uint8_t)(class << (some_number() % 8));
}

static void coins(setting *x, int class) { fixed_or_fresh(x, class, COINS, 0); }

#define COMPARED 4096
static uint8_t left[COMPARED], right[COMPARED], contents[2][COMPARED];

static void differ_at_once(setting *x, int class) {
    (void)x;
    some_bytes(left, COMPARED);
    memcpy(right, left, COMPARED);
    right[0] ^= (uint8_t)class;
}

static void zero_or_random(setting *x, int class) {
    (void)x;
    memset(contents[0], 0, COMPARED);
    some_bytes(contents[1], COMPARED);
    memcpy(left, contents[class], COMPARED);
}

/* ---- operations -------------------------------------------------------------------------------------------------- */

static void public_key(setting *x) { status_sum += (uint64_t)x->s->public_key(x->f.p[PK], x->f.p[SK]); }
static void encaps(setting *x) {
    status_sum += (uint64_t)x->s->encaps_derand(x->f.p[CT], x->f.p[SS], x->f.p[COINS], x->fixed.p[PK]);
}
static void decaps(setting *x) { status_sum += (uint64_t)x->s->decaps(x->f.p[SS], x->f.p[CT], x->f.p[SK]); }
static void sign(setting *x) { status_sum += (uint64_t)run_sign_derand(x->s, x->f.p, x->s->n); }

static volatile int differs;
static void compare(setting *x) {
    (void)x;
    differs = !pqh_ct_equal(left, right, COMPARED);
}
static void wipe(setting *x) {
    (void)x;
    pqh_secure_wipe(left, COMPARED);
}
/* What must not be: it stops at the first difference. */
static void leaky_compare(setting *x) {
    (void)x;
    size_t i = 0;
    while (i < COMPARED && ((volatile uint8_t *)left)[i] == ((volatile uint8_t *)right)[i])
        i++;
    differs = i < COMPARED;
}

/* ---- which tests there are --------------------------------------------------------------------------------------- */

static int kem(const suite *s) { return s != NULL && s->encaps != NULL; }
static int sig(const suite *s) { return s != NULL && s->sign != NULL; }
static int kem_with_scalar(const suite *s) { return kem(s) && s->n[SK] > 64; }
static int x_wing(const suite *s) { return kem(s) && s->n[SK] == 32; }
static int none(const suite *s) { return s == NULL; }

#define ONE_ATTEMPT 0.125
static const test TESTS[] = {
    {"memcmp-like comparison", "equal | differs at once", CONTROL, 1, none, differ_at_once, leaky_compare},
    {"ct_equal", "equal | differs at once", OURS, 1, none, differ_at_once, compare},
    {"secure_wipe", "zeros | random bytes", OURS, 1, none, zero_or_random, wipe},
    {"decaps", "valid | forged ciphertext", OURS, 1, kem, forge, decaps},
    {"decaps", "s with few | many zeros", OURS, 1, kem, key_by_zeros_and_ciphertext, decaps},
    {"decaps", "scalar fixed | random", OURS, 1, kem_with_scalar, classical_key, decaps},
    {"public_key", "s with few | many zeros", OURS, 1, kem, key_by_zeros, public_key},
    {"public_key", "scalar fixed | random", OURS, 1, kem_with_scalar, classical_key, public_key},
    {"encaps_derand", "coins fixed | random", OURS, 1, kem, coins, encaps},
    {"decaps", "key fixed | random", PUBLIC, 1, x_wing, whole_key, decaps},
    {"public_key", "EdDSA seed fixed | random", OURS, 1, sig, classical_key, public_key},
    {"public_key", "s1, s2 with few | many zeros", OURS, 1, sig, key_by_zeros, public_key},
    {"sign_derand", "EdDSA seed fixed | random", OURS, ONE_ATTEMPT, sig, classical_key, sign},
    {"sign_derand", "s1, s2 with few | many zeros", OURS, ONE_ATTEMPT, sig, key_by_zeros, sign},
    {"public_key", "key fixed | random", PUBLIC, 1, sig, whole_key, public_key},
    {NULL, NULL, OURS, 0, NULL, NULL, NULL}};

static void measure(const test *t, const suite *s, size_t samples) {
    static const char *const PURPOSES[] = {"ours", "public", "control"};
    setting x = {.s = s};
    size_t n = (size_t)((double)samples / (t->keep < 1 ? 4 * t->keep : 1)), warm = 50;
    sample *all = (sample *)allocate(n * sizeof *all);
    if (s != NULL) {
        x.f = new_fixture(s);
        x.fixed = new_fixture(s);
        for (int k = 0; k < KINDS; k++)
            memcpy(x.f.p[k], x.fixed.p[k], s->n[k]);
        x.scratch = (uint8_t *)allocate(1 << 14);
        require_right_expansion(s, x.fixed.p[SK], x.fixed.p[PK]);
    }
    status_sum = 0;
    for (size_t i = 0; i < warm + n; i++) {
        int class = (int)(some_number() >> 63);
        t->prepare(&x, class);
        uint64_t start = ticks();
        t->run(&x);
        uint64_t end = ticks();
        if (i >= warm)
            all[i - warm] = (sample){end - start, class};
    }
    REQUIRE(status_sum == 0);
    verdict v = judge(all, n, t->keep);
    printf("%s,%s,\"%s\",%s,%zu,%zu,%.1f,%.1f,%.3f,%.2f\n", s != NULL ? s->name : "", t->operation, t->classes,
           PURPOSES[t->purpose], v.n[0], v.n[1], v.mean[0], v.mean[1], v.t, v.percent);
    fflush(stdout);
    fprintf(stderr, "  %-22s %-24s %-30s |t| %8.2f\n", s != NULL ? s->name : "", t->operation, t->classes, fabs(v.t));
    free(all);
    if (s != NULL) {
        free_fixture(&x.f);
        free_fixture(&x.fixed);
        free(x.scratch);
    }
}

int main(int argc, char **argv) {
    long samples = argc == 2 ? strtol(argv[1], NULL, 10) : 0;
    if (samples < 1000) {
        fprintf(stderr, "usage: timing SAMPLES, at least 1000\n");
        return 2;
    }
    stay_on_this_processor();
    /* Another order of inputs every time; the figures are statistics anyway. */
    test_seed = ticks();
    printf("suite,operation,classes,purpose,n0,n1,mean0,mean1,t,percent\n");
    for (const test *t = TESTS; t->operation != NULL; t++) {
        if (t->applies(NULL))
            measure(t, NULL, (size_t)samples);
        FOR_EACH_SUITE(s)
            if (t->applies(s))
                measure(t, s, (size_t)samples);
    }
    fprintf(stderr, "in %s, by %s\n", CLOCK_UNIT, pqh_backend());
    return 0;
}
