/*
 * Each call of each suite, in every way it can end: as it should, with NULL, with an output over another argument,
 * with too long a context, with a point of small order, a key that is not reduced, another ciphertext or signature,
 * with a random source that fails. After each, the program that includes this looks whether a secret is left. It
 * defines
 *
 *   static void on_own_stack(void)                     runs run_job() on a stack of its own, and keeps the registers
 *   static void search(secrets *all, const char *how)  calls take_found() after each place that it searched
 *   static void keep_library(void)                     keeps what the library's variables hold, once
 *   static int library_has_changed(void)               whether they hold anything else since
 */
#ifndef PQH_TEST_WAYS_H
#define PQH_TEST_WAYS_H

#include "scan.h"

enum place { STACK, PAGES, VECTORS, GENERAL, PLACES };
static const char *const PLACE_NAMES[PLACES] = {"the stack", "a writable page", "the vector registers", "a register"};

/* must_find: nothing is scrubbed. registers_left: the vector registers are not cleared, but all else is scrubbed. */
static int must_find, registers_left, only_counts;

static struct {
    const suite *s;
    const call *c;
    uint8_t *p[KINDS];
    size_t n[KINDS];
    pqh_status status;
} job;

static const uint8_t *random_bytes;
static int random_fails;

static void on_own_stack(void);
static void search(secrets *all, const char *how);
static void keep_library(void);
static int library_has_changed(void);

static void run_job(void) { job.status = job.c->run(job.s, job.p, job.n); }

/* ---- what was found -------------------------------------------------------------------------------------------- */

static size_t found_bytes[PLACES], found_polys[PLACES], found_in_vectors, calls;

/* Takes what was found in a place, so that the next place begins with nothing. */
static void take_found(secrets *all, enum place where, const char *what, const char *how) {
    const char *name = NULL;
    size_t total = 0;
    for (int i = 0; i < all->count; i++) {
        name = name == NULL && all->of[i].found > 0 ? all->of[i].name : name;
        found_bytes[where] += all->of[i].found;
        total += all->of[i].found;
        all->of[i].found = 0;
    }
    for (int i = 0; i < all->polys; i++) {
        name = name == NULL && all->poly_of[i].found > 0 ? all->poly_of[i].name : name;
        found_polys[where] += all->poly_of[i].found;
        total += all->poly_of[i].found;
        all->poly_of[i].found = 0;
    }
    found_in_vectors += where == VECTORS ? total : 0;
    int clean = total == 0 || must_find || only_counts || (registers_left && where == VECTORS);
    CHECK(clean, "%s %s, %s, left secrets in %s (%s), at %lu places, the first %s", job.s->name, job.c->name, how,
          PLACE_NAMES[where], what, (unsigned long)total, name);
}

/* ---- the calls, and how they fail ------------------------------------------------------------------------------ */

static void one(const suite *s, const call *c, const fixture *f, secrets *all, pqh_status expected, const char *how) {
    job.s = s;
    job.c = c;
    random_bytes = c->draws == KINDS ? NULL : f->p[c->draws];
    on_own_stack();
    CHECK_STATUS(expected, job.status, "%s %s, %s", s->name, c->name, how);
    CHECK(!library_has_changed(), "%s %s, %s, changed the library's variables", s->name, c->name, how);
    search(all, how);
    calls++;
}

static uint8_t *buffer[KINDS];

static void prepare(const suite *s, const call *c, const fixture *f) {
    for (int k = 0; k < KINDS; k++) {
        job.p[k] = buffer[k];
        job.n[k] = s->n[k];
        if (c->inputs & BIT(k))
            memcpy(buffer[k], f->p[k], s->n[k]);
    }
}

/* Not a failure, and yet another path. The ciphertext's last byte is of v: m is another, too. */
static void implicit_rejection(const suite *s, const call *c, fixture *f) {
    f->p[CT][0] ^= 1;
    f->p[CT][s->pq_ct - 1] ^= 0x80;
    secrets *all = secrets_of_rejected(s, f);
    prepare(s, c, f);
    one(s, c, f, all, PQH_OK, "with another ciphertext");
    CHECK(memcmp(job.p[SS], f->p[SS], s->n[SS]) == 0, "%s %s, with another ciphertext, is not implicit rejection",
          s->name, c->name);
}

static void all_ways(const suite *s, const call *c) {
    char how[64];
    fixture f = new_fixture(s);
    secrets *all = secrets_of(s, c, &f);

    prepare(s, c, &f);
    one(s, c, &f, all, PQH_OK, "successful");
    FOR_EACH_KIND(k, c->inputs | c->outputs) {
        prepare(s, c, &f);
        job.p[k] = NULL;
        snprintf(how, sizeof how, "with NULL for %s", KIND_NAMES[k]);
        one(s, c, &f, all, PQH_ERR_NULL, how);
    }
    FOR_EACH_KIND(k, c->outputs) FOR_EACH_KIND(other, (c->inputs | c->outputs) & ~BIT(k)) {
        prepare(s, c, &f);
        job.p[k] = job.p[other];
        snprintf(how, sizeof how, "with %s over %s", KIND_NAMES[k], KIND_NAMES[other]);
        one(s, c, &f, all, PQH_ERR_OVERLAP, how);
    }
    if (c->inputs & BIT(CTX)) {
        prepare(s, c, &f);
        job.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
        one(s, c, &f, all, PQH_ERR_CONTEXT_LENGTH, "with too long a context");
    }
    if (c->inputs & BIT(CT)) {
        prepare(s, c, &f);
        memset(job.p[CT] + s->pq_ct, 0, s->n[CT] - s->pq_ct);
        one(s, c, &f, all, PQH_ERR_CIPHERTEXT, "with a point of small order in the ciphertext");
    }
    if ((c->inputs & BIT(PK)) && s->encaps != NULL) {
        prepare(s, c, &f);
        memset(job.p[PK] + s->pq_pk, 0, s->n[PK] - s->pq_pk);
        /* Preparing the key leaves it to encaps_with to find that. */
        one(s, c, &f, all, c->outputs & BIT(PKEY) ? PQH_OK : PQH_ERR_PUBLIC_KEY,
            "with a point of small order in the public key");
        prepare(s, c, &f);
        memset(job.p[PK], 0xff, s->pq_pk);
        one(s, c, &f, all, PQH_ERR_PUBLIC_KEY, "with a public key that is not reduced");
    }
    FOR_EACH_KIND(k, c->inputs & (BIT(PKEY) | BIT(SKEY))) {
        prepare(s, c, &f);
        job.p[k][0] ^= 1;
        one(s, c, &f, all, PQH_ERR_STATE, "with a prepared key of another name");
    }
    if (c->inputs & BIT(SIG)) {
        prepare(s, c, &f);
        job.p[SIG][s->pq_sig + 3] ^= 1;
        one(s, c, &f, all, PQH_ERR_SIGNATURE, "with another signature");
    }
    if (c->draws != KINDS) {
        prepare(s, c, &f);
        random_fails = 1;
        one(s, c, &f, all, PQH_ERR_RANDOM, "with a random source that fails");
        random_fails = 0;
    }
    if (c->inputs & BIT(CT))
        implicit_rejection(s, c, &f);
    free_fixture(&f);
}

/* ---- the end of a suite ---------------------------------------------------------------------------------------- */

static void suite_end(const suite *s) {
    size_t bytes = 0, polys = 0;
    if (must_find || only_counts) {
        printf("%-22s", s->name);
        for (int where = 0; where < PLACES; where++) {
            if (where == STACK || found_bytes[where] + found_polys[where] > 0)
                printf(" %s: %lu of bytes, %lu of polynomials;", PLACE_NAMES[where], (unsigned long)found_bytes[where],
                       (unsigned long)found_polys[where]);
            bytes += found_bytes[where];
            polys += found_polys[where];
            found_bytes[where] = found_polys[where] = 0;
        }
        printf("\n");
    }
    CHECK(!must_find || bytes > 0, "in %s no byte string was found, although nothing is scrubbed", s->name);
    CHECK(!must_find || polys > 0, "in %s no polynomial was found, although nothing is scrubbed", s->name);
}

/* ---- what belongs to no suite ---------------------------------------------------------------------------------- */

static pqh_status run_random_bytes(const suite *s, uint8_t *const p[KINDS], const size_t n[KINDS]) {
    (void)s;
    return pqh_random_bytes(p[MSG], n[MSG]);
}

static pqh_status run_ct_equal(const suite *s, uint8_t *const p[KINDS], const size_t n[KINDS]) {
    (void)s;
    return pqh_ct_equal(p[MSG], p[CTX], n[MSG]) == 1 ? PQH_OK : PQH_ERR_SIGNATURE;
}

static void calls_of_no_suite(void) {
    static const suite none = {.name = "pqh", .n = {[MSG] = 64, [CTX] = 64}};
    static const call draw = {"random_bytes", BIT(MSG), 0, MSG, NULL, run_random_bytes};
    static const call compare = {"ct_equal", 0, BIT(MSG) | BIT(CTX), KINDS, NULL, run_ct_equal};
    static uint8_t bytes[64];
    secrets *all = secrets_begin(&MLKEM_RING);
    fixture f = {.p = {[MSG] = bytes, [CTX] = bytes}};
    some_bytes(bytes, sizeof bytes);
    add_secret(all, "what was drawn or compared", bytes, sizeof bytes);

    prepare(&none, &draw, &f);
    one(&none, &draw, &f, all, PQH_OK, "successful");
    CHECK(memcmp(job.p[MSG], bytes, sizeof bytes) == 0, "pqh_random_bytes did not draw from this program");
    job.p[MSG] = NULL;
    one(&none, &draw, &f, all, PQH_ERR_NULL, "with NULL");
    prepare(&none, &draw, &f);
    random_fails = 1;
    one(&none, &draw, &f, all, PQH_ERR_RANDOM, "with a random source that fails");
    random_fails = 0;

    prepare(&none, &compare, &f);
    one(&none, &compare, &f, all, PQH_OK, "of what is equal");
    job.p[CTX][63] ^= 1;
    one(&none, &compare, &f, all, PQH_ERR_SIGNATURE, "of what is not equal");
    job.p[CTX] = NULL;
    one(&none, &compare, &f, all, PQH_ERR_SIGNATURE, "with NULL");
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

/* The first time the library remembers what the processor can do. From then on its variables must not change, with
 * other secrets in each call. */
static void warm_up(void) {
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) {
        fixture other = new_fixture(s);
        prepare(s, c, &other);
        random_bytes = c->draws == KINDS ? NULL : other.p[c->draws];
        job.s = s;
        job.c = c;
        on_own_stack();
        CHECK_STATUS(PQH_OK, job.status, "%s %s, the first time", s->name, c->name);
        free_fixture(&other);
    }
    /* This one is the code of the lowest level whatever the processor has. */
    static const uint8_t source[16];
    uint8_t drawn[sizeof source];
    random_bytes = source;
    CHECK_STATUS(PQH_OK, pqh_random_bytes(drawn, sizeof drawn), "pqh random_bytes, the first time");
    keep_library();
}

static void all_calls(void) {
    warm_up();
    FOR_EACH_SUITE(s) {
        FOR_EACH_CALL(c, s) all_ways(s, c);
        suite_end(s);
    }
    calls_of_no_suite();
    CHECK(!registers_left || found_in_vectors > 0,
          "nothing was found in the vector registers, although they are not cleared");
    if (registers_left)
        printf("found in the vector registers, at %lu places\n", (unsigned long)found_in_vectors);
}

#endif
