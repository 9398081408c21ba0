/*
 * Each call of each suite, in every way it can end: as it should, with NULL, with an output over another argument,
 * with too long a context, with a point of small order, a key that is not reduced, another ciphertext or signature,
 * with a random source that fails. After each, the program that includes this looks whether a secret is left. It
 * defines
 *
 *   static void on_own_stack(void)                     runs run_job() on a stack of its own, and keeps the registers
 *   static void search(secrets *all, const char *how)  calls take_found() after each place that it searched
 *   static int library_has_changed(void)               whether the library's variables are others than the last time
 */
#ifndef PQH_TEST_WAYS_H
#define PQH_TEST_WAYS_H

#include "scan.h"

enum place { STACK, PAGES, VECTORS, GENERAL, PLACES };
static const char *const PLACE_NAMES[PLACES] = {"the stack", "a writable page", "the vector registers", "a register"};

static int must_find, only_counts;

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
static int library_has_changed(void);

static void run_job(void) { job.status = job.c->run(job.s, job.p, job.n); }

/* ---- what was found -------------------------------------------------------------------------------------------- */

static size_t found_bytes[PLACES], found_polys[PLACES], calls;

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
    int clean = total == 0 || must_find || only_counts;
    CHECK(clean, "%s %s, %s, left secrets in %s (%s), at %lu places, the first %s", job.s->name, job.c->name, how,
          PLACE_NAMES[where], what, (unsigned long)total, name);
}

/* ---- the calls, and how they fail ------------------------------------------------------------------------------ */

static void one(const suite *s, const call *c, const fixture *f, secrets *all, pqh_status expected, const char *how) {
    job.s = s;
    job.c = c;
    random_bytes = c->draws == KINDS ? NULL : f->p[c->draws];
    library_has_changed();
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

static void all_ways(const suite *s, const call *c) {
    char how[64];
    fixture f = new_fixture(s);
    secrets *all = secrets_of(s, c, &f);

    /* The first time the library remembers what the processor can do. */
    prepare(s, c, &f);
    random_bytes = c->draws == KINDS ? NULL : f.p[c->draws];
    job.s = s;
    job.c = c;
    on_own_stack();
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
        /* Implicit rejection: not a failure, and yet another path. */
        prepare(s, c, &f);
        job.p[CT][0] ^= 1;
        one(s, c, &f, all, PQH_OK, "with another ciphertext");
    }
    if ((c->inputs & BIT(PK)) && s->encaps != NULL) {
        prepare(s, c, &f);
        memset(job.p[PK] + s->pq_pk, 0, s->n[PK] - s->pq_pk);
        one(s, c, &f, all, PQH_ERR_PUBLIC_KEY, "with a point of small order in the public key");
        prepare(s, c, &f);
        memset(job.p[PK], 0xff, s->pq_pk);
        one(s, c, &f, all, PQH_ERR_PUBLIC_KEY, "with a public key that is not reduced");
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

static void all_calls(void) {
    FOR_EACH_SUITE(s) {
        FOR_EACH_CALL(c, s) all_ways(s, c);
        suite_end(s);
    }
}

#endif
