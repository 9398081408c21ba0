/* Pointers that may not be: NULL, outputs that overlap, lengths that no object has. Nothing is written then. */
#include "suites.h"

/* Each argument has a slot of its own in one arena, in the middle of which it lies. */
#define SLOT ((size_t)4 * MAX_ARGUMENT)
#define ARENA (SLOT * KINDS)
#define PATTERN 0xa5

static uint8_t *arena, *before;

typedef struct {
    uint8_t *p[KINDS];
    size_t n[KINDS];
} arguments;

static arguments in_slots(const suite *s, const call *c) {
    arguments a;
    memset(&a, 0, sizeof a);
    FOR_EACH_KIND(k, c->outputs | c->inputs) {
        a.p[k] = arena + SLOT * k + SLOT / 2;
        a.n[k] = s->n[k];
    }
    return a;
}

/* Fills the arena with a pattern and puts the inputs in it, where they are to lie. */
static void fill(const call *c, const arguments *a, const fixture *f, const size_t full[KINDS]) {
    memset(arena, PATTERN, ARENA);
    FOR_EACH_KIND(k, c->inputs) {
        if (a->p[k] >= arena && a->p[k] < arena + ARENA)
            memcpy(a->p[k], f->p[k], a->n[k] < full[k] ? a->n[k] : full[k]);
    }
    memcpy(before, arena, ARENA);
}

static void expect_refusal(pqh_status expected, const suite *s, const call *c, const arguments *a, const fixture *f,
                           const char *what, int one, int other) {
    fill(c, a, f, s->n);
    CHECK_STATUS(expected, c->run(s, a->p, a->n), "%s %s, %s: %s, %s", s->name, c->name, what, KIND_NAMES[one],
                 KIND_NAMES[other]);
    CHECK(memcmp(arena, before, ARENA) == 0, "%s %s, %s: %s, %s: memory changed", s->name, c->name, what,
          KIND_NAMES[one], KIND_NAMES[other]);
}

/* The call is admitted and does its work. */
static void expect_success(const suite *s, const call *c, const arguments *a, const fixture *f, const char *what,
                           int one, int other) {
    fill(c, a, f, s->n);
    CHECK_STATUS(PQH_OK, c->run(s, a->p, a->n), "%s %s, %s: %s, %s", s->name, c->name, what, KIND_NAMES[one],
                 KIND_NAMES[other]);
}

static void null(const suite *s, const call *c, const fixture *f) {
    FOR_EACH_KIND(k, c->outputs | c->inputs) {
        arguments a = in_slots(s, c);
        a.p[k] = NULL;
        expect_refusal(PQH_ERR_NULL, s, c, &a, f, "NULL", k, k);

        /* NULL wins over an overlap of the others and over a context that is too long. */
        if ((c->outputs | c->inputs) & BIT(CTX) && k != CTX) {
            a.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
            expect_refusal(PQH_ERR_NULL, s, c, &a, f, "NULL and a long context", k, CTX);
            if (c->outputs & BIT(SIG) && k != SIG) {
                a.p[CTX] = a.p[SIG];
                expect_refusal(PQH_ERR_NULL, s, c, &a, f, "NULL and an overlap", k, CTX);
            }
        }
    }
}

/* What is signed here is not what the fixture's signature signs. */
static pqh_status status_of_other_message(const call *c) {
    return strncmp(c->name, "verify", 6) == 0 ? PQH_ERR_SIGNATURE : PQH_OK;
}

static void empty(const suite *s, const call *c, const fixture *f) {
    FOR_EACH_KIND(k, c->inputs & (BIT(MSG) | BIT(CTX))) {
        uint8_t with_null[8192];
        int out = c->outputs & BIT(SIG) ? SIG : STATE;
        arguments a = in_slots(s, c);
        a.n[k] = 0;
        a.p[k] = NULL;
        fill(c, &a, f, s->n);
        CHECK_STATUS(status_of_other_message(c), c->run(s, a.p, a.n), "%s %s, NULL and length 0: %s", s->name, c->name,
                     KIND_NAMES[k]);
        if (c->outputs != 0)
            memcpy(with_null, a.p[out], a.n[out]);

        a = in_slots(s, c);
        a.n[k] = 0;
        fill(c, &a, f, s->n);
        CHECK_STATUS(status_of_other_message(c), c->run(s, a.p, a.n), "%s %s, a pointer and length 0: %s", s->name,
                     c->name, KIND_NAMES[k]);
        if (c->outputs != 0 && c->draws == KINDS)
            CHECK(memcmp(with_null, a.p[out], a.n[out]) == 0, "%s %s, length 0 with and without NULL: %s", s->name,
                  c->name, KIND_NAMES[k]);

        /* What is empty shares no byte with anything. */
        FOR_EACH_KIND(output, c->outputs) {
            a.p[k] = a.p[output] + 5;
            expect_success(s, c, &a, f, "an empty argument inside an output", k, output);
        }
    }
}

static void huge(const suite *s, const call *c, const fixture *f) {
    FOR_EACH_KIND(k, c->inputs & (BIT(MSG) | BIT(CTX))) {
        arguments a = in_slots(s, c);
        a.n[k] = (size_t)PTRDIFF_MAX + 1;
        expect_refusal(PQH_ERR_NULL, s, c, &a, f, "a length of PTRDIFF_MAX + 1", k, k);
        a.n[k] = SIZE_MAX;
        expect_refusal(PQH_ERR_NULL, s, c, &a, f, "a length of SIZE_MAX", k, k);
        a.p[k] = (uint8_t *)(UINTPTR_MAX - 9);
        a.n[k] = 20;
        expect_refusal(PQH_ERR_NULL, s, c, &a, f, "a length over the end of memory", k, k);
    }
}

static void overlap(const suite *s, const call *c, const fixture *f) {
    FOR_EACH_KIND(output, c->outputs) {
        FOR_EACH_KIND(k, (c->outputs | c->inputs) & ~BIT(output)) {
            arguments a = in_slots(s, c);
            uint8_t *start = a.p[output], *end = start + a.n[output];
            struct {
                const char *what;
                uint8_t *place;
            } bad[] = {{"the same address", start},
                       {"one byte from below", start - a.n[k] + 1},
                       {"one byte from above", end - 1},
                       {"the middle", start + a.n[output] / 2},
                       {"the second byte", start + 1},
                       {"the same end", end - a.n[k]}},
              good[] = {{"adjacent from below", start - a.n[k]}, {"adjacent from above", end}};

            for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                a.p[k] = bad[i].place;
                expect_refusal(PQH_ERR_OVERLAP, s, c, &a, f, bad[i].what, output, k);
                if (k != CTX && c->inputs & BIT(CTX)) {
                    a.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
                    expect_refusal(PQH_ERR_OVERLAP, s, c, &a, f, "an overlap and a long context", output, k);
                    a.n[CTX] = s->n[CTX];
                }
            }
            for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
                a.p[k] = good[i].place;
                expect_success(s, c, &a, f, good[i].what, output, k);
            }
        }
    }
}

static void inputs_may_overlap(const suite *s, const call *c, const fixture *f) {
    unsigned inputs = c->inputs & ~c->outputs;
    FOR_EACH_KIND(k, inputs) {
        FOR_EACH_KIND(other, inputs & ~BIT(k)) {
            arguments a = in_slots(s, c);
            a.p[other] = a.p[k];
            fill(c, &a, f, s->n);
            pqh_status status = c->run(s, a.p, a.n);
            CHECK(status != PQH_ERR_OVERLAP && status != PQH_ERR_NULL, "%s %s, overlapping inputs: %s, %s: %s",
                  s->name, c->name, KIND_NAMES[k], KIND_NAMES[other], pqh_status_string(status));
        }
    }
}

static void memory_functions(void) {
    uint8_t a[64], b[64];
    memset(a, PATTERN, sizeof a);
    memset(b, PATTERN, sizeof b);
    pqh_secure_wipe(NULL, 0);
    pqh_secure_wipe(NULL, 64);
    pqh_secure_wipe(NULL, SIZE_MAX);
    pqh_secure_wipe(a, 0);
    CHECK(memcmp(a, b, sizeof a) == 0, "pqh_secure_wipe of 0 bytes");

    CHECK(pqh_ct_equal(NULL, NULL, 0) == 1, "pqh_ct_equal of nothing");
    CHECK(pqh_ct_equal(NULL, a, 0) == 1, "pqh_ct_equal of nothing, a NULL");
    CHECK(pqh_ct_equal(a, NULL, 0) == 1, "pqh_ct_equal of nothing, b NULL");
    CHECK(pqh_ct_equal(NULL, NULL, 1) == 0, "pqh_ct_equal of two NULL and a length");
    CHECK(pqh_ct_equal(NULL, a, 64) == 0, "pqh_ct_equal, a NULL");
    CHECK(pqh_ct_equal(a, NULL, 64) == 0, "pqh_ct_equal, b NULL");
    CHECK(pqh_ct_equal(a, a, SIZE_MAX) == 0, "pqh_ct_equal of a length over PTRDIFF_MAX");

    CHECK_STATUS(PQH_ERR_NULL, pqh_random_bytes(NULL, 0), "pqh_random_bytes, NULL and length 0");
    CHECK_STATUS(PQH_ERR_NULL, pqh_random_bytes(NULL, 64), "pqh_random_bytes, NULL");
    CHECK_STATUS(PQH_ERR_NULL, pqh_random_bytes(a, SIZE_MAX), "pqh_random_bytes, length SIZE_MAX");
    CHECK_STATUS(PQH_ERR_NULL, pqh_random_bytes(a, (size_t)PTRDIFF_MAX + 1), "pqh_random_bytes, PTRDIFF_MAX + 1");
    CHECK_STATUS(PQH_OK, pqh_random_bytes(a, 0), "pqh_random_bytes, length 0");
    CHECK(memcmp(a, b, sizeof a) == 0, "pqh_random_bytes without work to do");
}

int main(void) {
    arena = (uint8_t *)allocate(ARENA);
    before = (uint8_t *)allocate(ARENA);
    FOR_EACH_SUITE(s) {
        fixture f = new_fixture(s);
        FOR_EACH_CALL(c, s) {
            null(s, c, &f);
            empty(s, c, &f);
            huge(s, c, &f);
            overlap(s, c, &f);
            inputs_may_overlap(s, c, &f);
        }
        free_fixture(&f);
    }
    memory_functions();
    free(arena);
    free(before);
    return test_end("c/null_overlap");
}
