/* What each function answers, and what it leaves in its outputs: contexts, halves, alignment, hedging, the helpers. */
#include "suites.h"

/* ---- contexts ------------------------------------------------------------------------------------------------- */

static void contexts(const suite *s) {
    const size_t too_long[] = {256, 257, 511, 512, 65536 + 5, (size_t)1 << 31, SIZE_MAX / 2};
    /* The context lies above the output, so that they are apart however long the context claims to be. */
    uint8_t area[8192 + 600], *sig = area, *ctx = area + 8192;
    uint8_t *p[KINDS];
    size_t n[KINDS];
    fixture f = new_fixture(s);
    some_bytes(area, sizeof area);
    memcpy(p, f.p, sizeof p);
    memcpy(n, s->n, sizeof n);
    memcpy(sig, f.p[SIG], s->n[SIG]);
    p[SIG] = sig;
    p[CTX] = ctx;
    for (n[CTX] = 0; n[CTX] <= 255; n[CTX] += n[CTX] == 0 ? 1 : 127) {
        CHECK_STATUS(PQH_OK, run_sign_derand(s, p, n), "%s sign_derand, ctx of %d bytes", s->name, (int)n[CTX]);
        CHECK_STATUS(PQH_OK, run_verify(s, p, n), "%s verify, ctx of %d bytes", s->name, (int)n[CTX]);
        if (n[CTX] != 0) {
            n[CTX]--;
            CHECK_STATUS(PQH_ERR_SIGNATURE, run_verify(s, p, n), "%s verify, a shorter ctx", s->name);
            n[CTX]++;
        }
    }
    /* The context is refused before the message is read, which is nowhere. */
    p[MSG] = (uint8_t *)16;
    for (size_t i = 0; i < sizeof too_long / sizeof *too_long; i++) {
        n[CTX] = too_long[i];
        FOR_EACH_CALL(c, s) {
            if (!(c->inputs & BIT(CTX)))
                continue;
            memset(sig, 0xa5, s->n[SIG]);
            CHECK_STATUS(PQH_ERR_CONTEXT_LENGTH, c->run(s, p, n), "%s %s, ctx of %zu bytes", s->name, c->name,
                         too_long[i]);
            if (c->outputs != 0)
                CHECK(is_zero(sig, s->n[SIG]), "%s %s, ctx of %zu bytes: sig", s->name, c->name, too_long[i]);
        }
    }
    free_fixture(&f);
}

/* ---- both halves must be valid -------------------------------------------------------------------------------- */

static void halves(const suite *s) {
    fixture a = new_fixture(s), b = new_fixture(s);
    uint8_t sig[8192], rnd[64];
    size_t pq = s->pq_sig, rest = s->n[SIG] - pq;

    /* b signs a's message with a key of its own; then a signs b's message. */
    for (int same_message = 0; same_message < 2; same_message++) {
        if (same_message) {
            REQUIRE(s->sign_derand(sig, a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, a.p[RND], b.p[SK]) == PQH_OK);
        } else {
            REQUIRE(s->sign_derand(sig, b.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, a.p[RND], a.p[SK]) == PQH_OK);
        }
        uint8_t mixed[8192];
        memcpy(mixed, a.p[SIG], s->n[SIG]);
        memcpy(mixed, sig, pq);
        CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify(mixed, a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, a.p[PK]),
                     "%s verify, the ML-DSA half of another %s", s->name, same_message ? "key" : "message");
        memcpy(mixed, a.p[SIG], s->n[SIG]);
        memcpy(mixed + pq, sig + pq, rest);
        CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify(mixed, a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, a.p[PK]),
                     "%s verify, the EdDSA half of another %s", s->name, same_message ? "key" : "message");
    }
    /* Keys too. */
    for (int second = 0; second < 2; second++) {
        uint8_t pk[4096];
        memcpy(pk, a.p[PK], s->n[PK]);
        memcpy(pk + (second ? s->pq_pk : 0), b.p[PK] + (second ? s->pq_pk : 0), second ? s->n[PK] - s->pq_pk : s->pq_pk);
        CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify(a.p[SIG], a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, pk),
                     "%s verify, half %d of pk of another key", s->name, second);
    }
    /* Two valid signatures of one message do mix, which is why a signature is not an identifier. */
    some_bytes(rnd, sizeof rnd);
    REQUIRE(s->sign_derand(sig, a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, rnd, a.p[SK]) == PQH_OK);
    CHECK(memcmp(sig, a.p[SIG], pq) != 0, "%s sign_derand, another rnd, the same ML-DSA half", s->name);
    CHECK(memcmp(sig + pq, a.p[SIG] + pq, rest) == 0, "%s sign_derand, another rnd, another EdDSA half", s->name);
    memcpy(sig + pq, a.p[SIG] + pq, rest);
    CHECK_STATUS(PQH_OK, s->verify(sig, a.p[MSG], MSG_BYTES, a.p[CTX], CTX_BYTES, a.p[PK]),
                 "%s verify, halves of two signatures of the message", s->name);
    free_fixture(&a);
    free_fixture(&b);
}

/* ---- hedged and deterministic --------------------------------------------------------------------------------- */

static void hedging(const suite *s) {
    uint8_t zero[64] = {0}, sig[2][8192];
    fixture f = new_fixture(s);
    for (int i = 0; i < 2; i++)
        CHECK_STATUS(PQH_OK, s->sign_derand(sig[i], f.p[MSG], MSG_BYTES, f.p[CTX], CTX_BYTES, zero, f.p[SK]),
                     "%s sign_derand, rnd zero", s->name);
    CHECK(memcmp(sig[0], sig[1], s->n[SIG]) == 0, "%s sign_derand, rnd zero, is not deterministic", s->name);
    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(PQH_OK, s->sign(sig[i], f.p[MSG], MSG_BYTES, f.p[CTX], CTX_BYTES, f.p[SK]), "%s sign", s->name);
        CHECK_STATUS(PQH_OK, s->verify(sig[i], f.p[MSG], MSG_BYTES, f.p[CTX], CTX_BYTES, f.p[PK]), "%s verify", s->name);
        CHECK(memcmp(sig[i], f.p[SIG], s->pq_sig) != 0, "%s sign is not hedged", s->name);
    }
    CHECK(memcmp(sig[0], sig[1], s->pq_sig) != 0, "%s sign is not hedged", s->name);
    for (int i = 0; i < 2; i++)
        CHECK_STATUS(PQH_OK, s->sign_prehashed(sig[i], f.p[DIGEST], f.p[CTX], CTX_BYTES, f.p[SK]), "%s sign_prehashed",
                     s->name);
    CHECK(memcmp(sig[0], sig[1], s->pq_sig) != 0, "%s sign_prehashed is not hedged", s->name);
    free_fixture(&f);
}

/* ---- alignment ------------------------------------------------------------------------------------------------ */

/* Runs the call with every argument `offset` bytes after an aligned address. */
static pqh_status run_at(const suite *s, const call *c, const fixture *f, uint8_t *memory, size_t offset,
                         uint8_t *p[KINDS]) {
    memset(memory, 0xa5, MAX_ARGUMENT * KINDS);
    for (int k = 0; k < KINDS; k++) {
        p[k] = memory + (size_t)k * MAX_ARGUMENT + offset;
        if (c->inputs & BIT(k))
            memcpy(p[k], f->p[k], s->n[k]);
    }
    return c->run(s, p, s->n);
}

/* The outputs of a call that draws randomness can only be tried out. */
static int outputs_work(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    uint8_t out[4096];
    if (c->draws == SK)
        return s->public_key(out, p[SK]) == PQH_OK && memcmp(out, p[PK], s->n[PK]) == 0;
    if (c->draws == COINS)
        return s->decaps(out, p[CT], f->p[SK]) == PQH_OK && memcmp(out, p[SS], s->n[SS]) == 0;
    return s->verify(p[SIG], f->p[MSG], MSG_BYTES, f->p[CTX], CTX_BYTES, f->p[PK]) == PQH_OK;
}

static void alignment(const suite *s) {
    uint8_t *aligned = (uint8_t *)allocate(MAX_ARGUMENT * KINDS), *shifted = (uint8_t *)allocate(MAX_ARGUMENT * KINDS);
    fixture f = new_fixture(s);
    FOR_EACH_CALL(c, s) {
        uint8_t *p[KINDS], *q[KINDS];
        CHECK_STATUS(PQH_OK, run_at(s, c, &f, aligned, 0, p), "%s %s", s->name, c->name);
        for (size_t offset = 1; offset < 8; offset++) {
            CHECK_STATUS(PQH_OK, run_at(s, c, &f, shifted, offset, q), "%s %s, %zu bytes off", s->name, c->name, offset);
            if (c->draws != KINDS)
                CHECK(outputs_work(s, c, &f, q), "%s %s, %zu bytes off", s->name, c->name, offset);
            else
                FOR_EACH_KIND(k, c->outputs)
                    CHECK(memcmp(p[k], q[k], s->n[k]) == 0, "%s %s, %s %zu bytes off", s->name, c->name, KIND_NAMES[k],
                          offset);
            /* Nothing beside the outputs is written. */
            FOR_EACH_KIND(k, c->outputs)
                CHECK(q[k][-1] == 0xa5 && q[k][s->n[k]] == 0xa5, "%s %s, around %s", s->name, c->name, KIND_NAMES[k]);
        }
    }
    free_fixture(&f);
    free(aligned);
    free(shifted);
}

/* ---- the helpers ---------------------------------------------------------------------------------------------- */

static void status_strings(void) {
    const pqh_status unknown[] = {1, -11, 42, INT32_MIN, INT32_MAX};
    const char *sentence[12];
    for (int i = 0; i <= 10; i++) {
        sentence[i] = pqh_status_string(-i);
        REQUIRE(sentence[i] != NULL);
        CHECK(strlen(sentence[i]) > 5, "pqh_status_string(%d)", -i);
        for (int j = 0; j < i; j++)
            CHECK(strcmp(sentence[i], sentence[j]) != 0, "pqh_status_string(%d) is that of %d", -i, -j);
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        sentence[11] = pqh_status_string(unknown[i]);
        REQUIRE(sentence[11] != NULL);
        CHECK(strlen(sentence[11]) > 5, "pqh_status_string(%ld)", (long)unknown[i]);
        CHECK(strcmp(sentence[11], sentence[0]) != 0, "pqh_status_string(%ld) is success", (long)unknown[i]);
    }
    CHECK(pqh_backend() != NULL && strlen(pqh_backend()) > 0, "pqh_backend");
}

static void equality_and_wiping(void) {
    uint8_t a[300], b[300];
    for (size_t len = 0; len < 260; len += len < 70 ? 1 : 37) {
        some_bytes(a, sizeof a);
        some_bytes(b, sizeof b);
        memcpy(b, a, len);
        CHECK(pqh_ct_equal(a, b, len) == 1, "pqh_ct_equal of %zu equal bytes", len);
        for (size_t i = 0; i < len; i++) {
            b[i] ^= (uint8_t)(1 << (i % 8));
            CHECK(pqh_ct_equal(a, b, len) == 0, "pqh_ct_equal of %zu bytes, byte %zu differs", len, i);
            memcpy(b, a, len);
        }
        /* Two differences that add up to nothing. */
        if (len >= 2) {
            b[0] ^= 0x55;
            b[len - 1] ^= 0x55;
            CHECK(pqh_ct_equal(a, b, len) == 0, "pqh_ct_equal of %zu bytes, two differ", len);
        }
        memset(a, 0xa5, sizeof a);
        pqh_secure_wipe(a + 3, len);
        CHECK(is_zero(a + 3, len), "pqh_secure_wipe of %zu bytes", len);
        CHECK(a[2] == 0xa5 && a[3 + len] == 0xa5, "pqh_secure_wipe of %zu bytes, around them", len);
    }
    CHECK_STATUS(PQH_OK, pqh_random_bytes(a, 64), "pqh_random_bytes");
    CHECK_STATUS(PQH_OK, pqh_random_bytes(b, 64), "pqh_random_bytes");
    CHECK(memcmp(a, b, 64) != 0 && !is_zero(a, 64), "pqh_random_bytes twice the same");
}

int main(void) {
    FOR_EACH_SUITE(s) alignment(s);
    FOR_EACH_SIG(s) {
        contexts(s);
        halves(s);
        hedging(s);
    }
    status_strings();
    equality_and_wiping();
    return test_end("c/statuses");
}
