/*
 * Prepared keys: they give what encoded keys give, wherever they lie; what is no such key is refused; any bytes in one do no
 * harm; a failure leaves nothing in one, and wiping neither.
 *
 * usage: prepared              the checks
 *        prepared make FILE    prints the level of CPU, and writes prepared keys; for prepared.sh, as is
 *        prepared use FILE     prints the level and uses them
 */
#include "suites.h"

/* Room for a key at any offset from an address that is divisible by 64, and the key in it. */
static uint8_t *area, *key;

#define AREA_BYTES (MAX_ARGUMENT + 256)

static uint8_t *at_offset(size_t offset) {
    return area + (64 - (uintptr_t)area % 64) + offset;
}

/* The functions that take a prepared key of this kind. */
#define FOR_EACH_WITH(c, s, kind) FOR_EACH_CALL(c, s) if (c->inputs & BIT(kind))

/* Runs the call with a prepared key that lies at `place`; its outputs are in `out` afterwards. */
static pqh_status run_with(const suite *s, const call *c, const fixture *f, int kind, uint8_t *place,
                           uint8_t *const out[KINDS]) {
    uint8_t *p[KINDS];
    memcpy(p, f->p, sizeof p);
    p[kind] = place;
    FOR_EACH_KIND(k, c->outputs) {
        p[k] = out[k];
        memset(p[k], 0xa5, s->n[k]);
    }
    return c->run(s, p, s->n);
}

static void outputs_are_zero(const suite *s, const call *c, uint8_t *const out[KINDS], const char *what) {
    FOR_EACH_KIND(k, c->outputs)
        CHECK(is_zero(out[k], s->n[k]), "%s %s, %s: %s", s->name, c->name, what, KIND_NAMES[k]);
}

/* The fixture's ciphertext, secret and signature come from the functions that take encoded keys. */
static void expect_the_same(const suite *s, const call *c, const fixture *f, uint8_t *const out[KINDS], size_t offset) {
    if (c->draws == COINS) {
        uint8_t ss[64];
        CHECK_STATUS(PQH_OK, s->decaps(ss, out[CT], f->p[SK]), "%s decaps of %s", s->name, c->name);
        CHECK(memcmp(ss, out[SS], s->n[SS]) == 0, "%s %s at %zu: another secret", s->name, c->name, offset);
    } else if (c->draws == RND) {
        CHECK_STATUS(PQH_OK, s->verify(out[SIG], f->p[MSG], MSG_BYTES, f->p[CTX], CTX_BYTES, f->p[PK]),
                     "%s verify of %s at %zu", s->name, c->name, offset);
        CHECK(memcmp(out[SIG] + s->pq_sig, f->p[SIG] + s->pq_sig, s->n[SIG] - s->pq_sig) == 0,
              "%s %s at %zu: another EdDSA half", s->name, c->name, offset);
    } else {
        FOR_EACH_KIND(k, c->outputs)
            CHECK(memcmp(out[k], f->p[k], s->n[k]) == 0, "%s %s at %zu: another %s", s->name, c->name, offset,
                  KIND_NAMES[k]);
    }
}

static void same_results_anywhere(const suite *s, const fixture *f, int kind, uint8_t *const out[KINDS]) {
    for (size_t offset = 0; offset < 64; offset += offset < 9 ? 1 : 5) {
        key = at_offset(offset);
        memset(area, 0xa5, AREA_BYTES);
        memcpy(key, f->p[kind], s->n[kind]);
        FOR_EACH_WITH(c, s, kind) {
            CHECK_STATUS(PQH_OK, run_with(s, c, f, kind, key, out), "%s %s, a copy at %zu", s->name, c->name, offset);
            expect_the_same(s, c, f, out, offset);
        }
        CHECK(memcmp(key, f->p[kind], s->n[kind]) == 0, "%s, %s at %zu was changed by using it", s->name,
              KIND_NAMES[kind], offset);
    }
}

/* ---- what is no key ------------------------------------------------------------------------------------------- */

static void expect_refusal(const suite *s, const fixture *f, int kind, uint8_t *const out[KINDS], const char *what) {
    FOR_EACH_WITH(c, s, kind) {
        CHECK_STATUS(PQH_ERR_STATE, run_with(s, c, f, kind, key, out), "%s %s, %s", s->name, c->name, what);
        outputs_are_zero(s, c, out, what);
        if (c->inputs & BIT(CTX)) {
            suite long_context = *s;
            long_context.n[CTX] = PQH_CONTEXT_MAX_BYTES + 1;
            CHECK_STATUS(PQH_ERR_CONTEXT_LENGTH, run_with(&long_context, c, f, kind, key, out),
                         "%s %s, a long context and a key that is %s", s->name, c->name, what);
        }
    }
}

static void no_key(const suite *s, const fixture *f, int kind, uint8_t *const out[KINDS]) {
    key = at_offset(0);
    memset(key, 0, s->n[kind]);
    expect_refusal(s, f, kind, out, "never made");
    some_bytes(key, s->n[kind]);
    expect_refusal(s, f, kind, out, "random bytes");

    memset(area, 0xa5, AREA_BYTES);
    memcpy(key, f->p[kind], s->n[kind]);
    (kind == PKEY ? s->public_key_wipe : s->secret_key_wipe)(key);
    CHECK(is_zero(key, s->n[kind]), "%s, wiped %s", s->name, KIND_NAMES[kind]);
    CHECK(key[-1] == 0xa5 && key[s->n[kind]] == 0xa5, "%s, around a wiped %s", s->name, KIND_NAMES[kind]);
    expect_refusal(s, f, kind, out, "wiped");
    (kind == PKEY ? s->public_key_wipe : s->secret_key_wipe)(NULL);

    for (size_t i = 0; i < 32; i++) {
        memcpy(key, f->p[kind], s->n[kind]);
        key[i] ^= (uint8_t)(some_number() % 255 + 1);
        expect_refusal(s, f, kind, out, "another name");
    }
    /* Keys of other suites and kinds. The two forms of the first suite's secret key give one kind of prepared key. */
    FOR_EACH_SUITE(other) for (int k = PKEY; k <= SKEY; k++) {
        if (strncmp(s->name, other->name, strlen("mlkem768")) == 0 && k == kind)
            continue;
        fixture theirs = new_fixture(other);
        memset(key, 0, MAX_ARGUMENT);
        memcpy(key, theirs.p[k], other->n[k]);
        expect_refusal(s, f, kind, out, "of another suite or kind");
        free_fixture(&theirs);
    }
}

/* ---- any bytes ------------------------------------------------------------------------------------------------ */

/* Bytes that nobody should write into a key make some result, or an error, and nothing else. */
static void any_bytes(const suite *s, const fixture *f, int kind, uint8_t *const out[KINDS]) {
    const uint8_t patterns[] = {0xff, 0x7f, 0x80, 0x01, 0};
    /* What else the header lists for the functions of such a key. */
    const pqh_status listed = s->encaps_key_init != NULL ? (kind == PKEY ? PQH_ERR_PUBLIC_KEY : PQH_ERR_CIPHERTEXT)
                                                         : (kind == PKEY ? PQH_ERR_SIGNATURE : PQH_ERR_INTERNAL);
    for (int round = 0; round < 25; round++) {
        key = at_offset((size_t)(round % 2) * 8);
        memcpy(key, f->p[kind], s->n[kind]);
        if (round < 5)
            memset(key + 32, patterns[round], s->n[kind] - 32);
        else if (round < 15)
            some_bytes(key + 32, s->n[kind] - 32);
        else
            for (int i = 0; i < 3; i++)
                key[32 + some_number() % (s->n[kind] - 32)] ^= (uint8_t)(some_number() % 255 + 1);
        FOR_EACH_WITH(c, s, kind) {
            pqh_status status = run_with(s, c, f, kind, key, out);
            CHECK(status == PQH_OK || status == PQH_ERR_INTERNAL || status == listed,
                  "%s %s, a key of any bytes, round %d: %s", s->name, c->name, round, pqh_status_string(status));
            if (status != PQH_OK)
                outputs_are_zero(s, c, out, "a key of any bytes");
        }
    }
}

/* A prepared signing key of which a bit of either copy of the EdDSA public key has changed must not sign: with a signature of
 * the same message by the right key that would give away the scalar. */
static void changed_public_key(const suite *s, const fixture *f, uint8_t *const out[KINDS]) {
    size_t len = s->n[PK] - s->pq_pk, copies = 0;
    for (size_t at = 32; at + len <= s->n[SKEY]; at++) {
        if (memcmp(f->p[SKEY] + at, f->p[PK] + s->pq_pk, len) != 0)
            continue;
        copies++;
        for (size_t bit = 0; bit < 8 * len; bit++) {
            key = at_offset(0);
            memcpy(key, f->p[SKEY], s->n[SKEY]);
            key[at + bit / 8] ^= (uint8_t)(1 << bit % 8);
            FOR_EACH_WITH(c, s, SKEY) {
                CHECK_STATUS(PQH_ERR_INTERNAL, run_with(s, c, f, SKEY, key, out), "%s %s, bit %zu of copy %zu of the public key",
                             s->name, c->name, bit, copies);
                outputs_are_zero(s, c, out, "a changed public key");
            }
        }
    }
    CHECK(copies == 2, "%s, %zu copies of the EdDSA public key in a prepared signing key", s->name, copies);
}

/* ---- a failing init ------------------------------------------------------------------------------------------- */

static void failing_init(const suite *s, const fixture *f) {
    pqh_status (*init)(void *, const uint8_t *) = s->encaps_key_init != NULL ? s->encaps_key_init : s->verify_key_init;
    uint8_t *pk = f->p[PK], saved[4096];
    memcpy(saved, pk, s->n[PK]);
    key = at_offset(0);
    /* The half that init looks into: ML-KEM's, or the point of EdDSA, which is no canonical one. */
    if (s->encaps_key_init != NULL)
        memset(pk, 0xff, s->pq_pk);
    else
        memset(pk + s->pq_pk, 0xff, s->n[PK] - s->pq_pk);
    memset(area, 0xa5, AREA_BYTES);
    CHECK_STATUS(PQH_ERR_PUBLIC_KEY, init(key, pk), "%s, preparing a bad public key", s->name);
    CHECK(is_zero(key, s->n[PKEY]), "%s, a bad public key left something in the prepared key", s->name);
    CHECK(key[-1] == 0xa5 && key[s->n[PKEY]] == 0xa5, "%s, around a key that was not prepared", s->name);

    /* Small order: the signature's at once, the KEM's when it is used. */
    memcpy(pk, saved, s->n[PK]);
    memset(pk + s->pq_pk, 0, s->n[PK] - s->pq_pk);
    if (s->encaps_key_init == NULL)
        pk[s->pq_pk] = 1;
    CHECK_STATUS(s->encaps_key_init != NULL ? PQH_OK : PQH_ERR_PUBLIC_KEY, init(key, pk), "%s, small order", s->name);
    if (s->encaps_key_init != NULL) {
        uint8_t ct[4096], ss[64];
        memset(ct, 0xa5, sizeof ct);
        memset(ss, 0xa5, sizeof ss);
        CHECK_STATUS(PQH_ERR_PUBLIC_KEY, s->encaps_with(ct, ss, key), "%s encaps_with, small order", s->name);
        CHECK(is_zero(ct, s->n[CT]) && is_zero(ss, s->n[SS]), "%s encaps_with, small order: outputs", s->name);
    }
    memcpy(pk, saved, s->n[PK]);
}

/* ---- made by one level of CPU, used by another ---------------------------------------------------------------- */

/* Keys, and what the functions with encoded keys give, go into a file; another process, or another level, uses them. */
static void hand_over(const suite *s, FILE *file) {
    fixture f = new_fixture(s);
    for (int k = 0; k < KINDS; k++)
        REQUIRE(fwrite(f.p[k], 1, s->n[k], file) == s->n[k]);
    free_fixture(&f);
}

static void take_over(const suite *s, FILE *file, uint8_t *const out[KINDS]) {
    fixture f = new_fixture(s);
    for (int k = 0; k < KINDS; k++)
        REQUIRE(fread(f.p[k], 1, s->n[k], file) == s->n[k]);
    for (int kind = PKEY; kind <= SKEY; kind++)
        FOR_EACH_WITH(c, s, kind) {
            CHECK_STATUS(PQH_OK, run_with(s, c, &f, kind, f.p[kind], out), "%s %s, a key that was handed over", s->name,
                         c->name);
            expect_the_same(s, c, &f, out, 0);
        }
    free_fixture(&f);
}

int main(int argc, char **argv) {
    uint8_t *out[KINDS];
    area = (uint8_t *)allocate(AREA_BYTES + 64);
    for (int k = 0; k < KINDS; k++)
        out[k] = (uint8_t *)allocate(MAX_ARGUMENT);
    if (argc == 3) {
        int making = strcmp(argv[1], "make") == 0;
        FILE *file = fopen(argv[2], making ? "wb" : "rb");
        REQUIRE(file != NULL && (making || strcmp(argv[1], "use") == 0));
        printf("%s\n", pqh_backend());
        FOR_EACH_SUITE(s) making ? hand_over(s, file) : take_over(s, file, out);
        REQUIRE(fclose(file) == 0);
        return making ? 0 : test_end("c/prepared-levels");
    }
    REQUIRE(argc == 1);
    FOR_EACH_SUITE(s) {
        fixture f = new_fixture(s);
        for (int kind = PKEY; kind <= SKEY; kind++) {
            same_results_anywhere(s, &f, kind, out);
            no_key(s, &f, kind, out);
            any_bytes(s, &f, kind, out);
        }
        if (s->sign != NULL)
            changed_public_key(s, &f, out);
        failing_init(s, &f);
        free_fixture(&f);
    }
    for (int k = 0; k < KINDS; k++)
        free(out[k]);
    free(area);
    return test_end("c/prepared");
}
