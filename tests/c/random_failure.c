/*
 * The random source is the platform's hook, and fails: no operation goes on without randomness, and what is drawn is used
 * as the header says. Linked with a library that was built with the feature platform-random.
 */
#include "suites.h"

/* ---- the source: fails at the call number `failing`, counted from 1; 0 is never ------------------------------- */

static int calls, failing;
static uint8_t drawn[256];
static size_t drawn_len;

int32_t pqh_platform_random_bytes(uint8_t *out, size_t len) {
    calls++;
    REQUIRE(len <= sizeof drawn);
    some_bytes(drawn, len);
    drawn_len = len;
    if (calls == failing) {
        memcpy(out, drawn, len / 2);
        /* Any value but 0 is a failure. */
        const int32_t failures[] = {-1, 1, INT32_MIN, INT32_MAX, 256};
        return failures[some_number() % 5];
    }
    memcpy(out, drawn, len);
    return 0;
}

static void source_fails_at(int call_number) {
    calls = 0;
    failing = call_number;
}

/* ---- the test ------------------------------------------------------------------------------------------------- */

static void reset_outputs(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    for (int k = 0; k < KINDS; k++) {
        memset(p[k], 0xa5, MAX_ARGUMENT);
        if (c->inputs & BIT(k))
            memcpy(p[k], f->p[k], s->n[k]);
    }
}

/* What was drawn, put in the place of the argument that the derandomised function takes, gives the same outputs. */
static void expect_documented_use(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    uint8_t out[8192], ss[64];
    CHECK(drawn_len == s->n[c->draws], "%s %s drew %zu bytes", s->name, c->name, drawn_len);
    if (c->draws == SK) {
        CHECK(memcmp(p[SK], drawn, s->n[SK]) == 0, "%s keygen: sk is not what was drawn", s->name);
        REQUIRE(s->public_key(out, drawn) == PQH_OK);
        CHECK(memcmp(p[PK], out, s->n[PK]) == 0, "%s keygen: pk is not that of what was drawn", s->name);
    } else if (c->draws == COINS) {
        REQUIRE(s->encaps_derand(out, ss, drawn, f->p[PK]) == PQH_OK);
        CHECK(memcmp(p[CT], out, s->n[CT]) == 0 && memcmp(p[SS], ss, s->n[SS]) == 0,
              "%s encaps is not encaps_derand of what was drawn", s->name);
    } else {
        REQUIRE(s->sign_derand(out, f->p[MSG], s->n[MSG], f->p[CTX], s->n[CTX], drawn, f->p[SK]) == PQH_OK);
        CHECK(memcmp(p[SIG], out, s->n[SIG]) == 0, "%s %s is not sign_derand of what was drawn", s->name, c->name);
    }
}

static void one_call(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    reset_outputs(s, c, f, p);
    source_fails_at(0);
    CHECK_STATUS(PQH_OK, c->run(s, p, s->n), "%s %s, a working source", s->name, c->name);
    int total = calls;
    CHECK(total == (c->draws == KINDS ? 0 : 1), "%s %s called the source %d times", s->name, c->name, total);
    if (total == 1)
        expect_documented_use(s, c, f, p);

    for (int i = 1; i <= total; i++) {
        reset_outputs(s, c, f, p);
        source_fails_at(i);
        CHECK_STATUS(PQH_ERR_RANDOM, c->run(s, p, s->n), "%s %s, call %d of the source fails", s->name, c->name, i);
        CHECK(calls == i, "%s %s went on after call %d of the source had failed", s->name, c->name, i);
        FOR_EACH_KIND(k, c->outputs)
            CHECK(is_zero(p[k], s->n[k]), "%s %s, call %d of the source fails: %s", s->name, c->name, i, KIND_NAMES[k]);
    }
    /* A bad context is found before anything is drawn. */
    if (c->draws == RND) {
        size_t n[KINDS];
        memcpy(n, s->n, sizeof n);
        n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
        source_fails_at(1);
        CHECK_STATUS(PQH_ERR_CONTEXT_LENGTH, c->run(s, p, n), "%s %s, a long context", s->name, c->name);
        CHECK(calls == 0, "%s %s, a long context: the source was called", s->name, c->name);
    }
    /* A failing source is found before a bad public key. */
    if (c->draws == COINS) {
        reset_outputs(s, c, f, p);
        memset(p[PK], 0xff, s->n[PK]);
        source_fails_at(1);
        CHECK_STATUS(PQH_ERR_RANDOM, c->run(s, p, s->n), "%s %s, a bad pk and a failing source", s->name, c->name);
    }
    /* And before a key that was not prepared. */
    if (c->draws != KINDS && c->inputs & (BIT(PKEY) | BIT(SKEY))) {
        reset_outputs(s, c, f, p);
        memset(p[c->inputs & BIT(PKEY) ? PKEY : SKEY], 0, MAX_ARGUMENT);
        source_fails_at(1);
        CHECK_STATUS(PQH_ERR_RANDOM, c->run(s, p, s->n), "%s %s, no key and a failing source", s->name, c->name);
        source_fails_at(0);
        CHECK_STATUS(PQH_ERR_STATE, c->run(s, p, s->n), "%s %s, no key", s->name, c->name);
    }
}

static void random_bytes(void) {
    uint8_t out[100];
    source_fails_at(0);
    CHECK_STATUS(PQH_OK, pqh_random_bytes(out, sizeof out), "pqh_random_bytes");
    CHECK(calls == 1 && drawn_len == sizeof out && memcmp(out, drawn, sizeof out) == 0, "pqh_random_bytes");
    memset(out, 0xa5, sizeof out);
    source_fails_at(1);
    CHECK_STATUS(PQH_ERR_RANDOM, pqh_random_bytes(out, sizeof out - 1), "pqh_random_bytes, the source fails");
    CHECK(is_zero(out, sizeof out - 1) && out[sizeof out - 1] == 0xa5, "pqh_random_bytes, the source fails: out");
}

int main(void) {
    uint8_t *p[KINDS];
    for (int k = 0; k < KINDS; k++)
        p[k] = (uint8_t *)allocate(MAX_ARGUMENT);
    FOR_EACH_SUITE(s) {
        fixture f = new_fixture(s);
        FOR_EACH_CALL(c, s) for (int i = 0; i < 10; i++) one_call(s, c, &f, p);
        free_fixture(&f);
    }
    random_bytes();
    for (int k = 0; k < KINDS; k++)
        free(p[k]);
    return test_end("c/random_failure");
}
