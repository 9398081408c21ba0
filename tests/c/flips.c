/* One byte changed, anywhere in a public key, a ciphertext or a signature: nothing of it goes unnoticed. */
#include "suites.h"

static uint8_t some_mask(void) { return (uint8_t)(some_number() % 255 + 1); }

/* Decapsulates a changed ciphertext: another secret, or a refusal where the classical half may give one. */
static void expect_other_secret(const suite *s, const fixture *f, int may_refuse, const char *what, size_t at) {
    uint8_t ss[64];
    memset(ss, 0xa5, sizeof ss);
    pqh_status status = s->decaps(ss, f->p[CT], f->p[SK]);
    if (may_refuse && status == PQH_ERR_CIPHERTEXT) {
        CHECK(is_zero(ss, s->n[SS]), "%s decaps, ct %s %zu: secret after a refusal", s->name, what, at);
        return;
    }
    CHECK_STATUS(PQH_OK, status, "%s decaps, ct %s %zu", s->name, what, at);
    CHECK(memcmp(ss, f->p[SS], s->n[SS]) != 0, "%s decaps, ct %s %zu: the real secret", s->name, what, at);
    CHECK(!is_zero(ss, s->n[SS]), "%s decaps, ct %s %zu: a secret of zeros", s->name, what, at);
}

/* Encapsulates to a changed public key: a refusal, or a secret that the recipient does not get. */
static void expect_no_common_secret(const suite *s, const fixture *f, const uint8_t *ct_before, const char *what,
                                    size_t at) {
    uint8_t ss[64], other[64], ct[4096];
    memset(ss, 0xa5, sizeof ss);
    memset(ct, 0xa5, sizeof ct);
    pqh_status status = s->encaps_derand(ct, ss, f->p[COINS], f->p[PK]);
    if (status == PQH_ERR_PUBLIC_KEY) {
        CHECK(is_zero(ct, s->n[CT]) && is_zero(ss, s->n[SS]), "%s encaps, pk %s %zu: outputs after a refusal", s->name,
              what, at);
        return;
    }
    CHECK_STATUS(PQH_OK, status, "%s encaps, pk %s %zu", s->name, what, at);
    CHECK(memcmp(ss, f->p[SS], s->n[SS]) != 0, "%s encaps, pk %s %zu: the secret of the real key", s->name, what, at);
    if (at < s->pq_pk)
        CHECK(memcmp(ct, ct_before, s->n[CT]) != 0, "%s encaps, pk %s %zu: the same ciphertext", s->name, what, at);
    CHECK_STATUS(PQH_OK, s->decaps(other, ct, f->p[SK]), "%s decaps, pk %s %zu", s->name, what, at);
    CHECK(memcmp(ss, other, s->n[SS]) != 0, "%s, pk %s %zu: the recipient has the secret", s->name, what, at);
}

static void kem(const suite *s) {
    fixture f = new_fixture(s);
    for (size_t i = 0; i < s->n[CT]; i++) {
        /* The top bit of an X25519 ciphertext does not change the point, but is hashed. */
        uint8_t masks[] = {some_mask(), 0x80};
        for (int j = 0; j < 2; j++) {
            f.p[CT][i] ^= masks[j];
            expect_other_secret(s, &f, i >= s->pq_ct, "byte", i);
            f.p[CT][i] ^= masks[j];
        }
    }
    for (size_t i = 0; i < s->n[PK]; i++) {
        uint8_t masks[] = {some_mask(), 0x80};
        for (int j = 0; j < 2; j++) {
            f.p[PK][i] ^= masks[j];
            expect_no_common_secret(s, &f, f.p[CT], "byte", i);
            f.p[PK][i] ^= masks[j];
        }
    }
    free_fixture(&f);
}

/* Everything from some byte on is zero, as after a short read. */
static void kem_truncated(const suite *s) {
    for (int half = 0; half < 2; half++) {
        size_t ct_start = half ? s->pq_ct : s->n[CT] / 2, pk_start = half ? s->pq_pk : s->n[PK] / 2;
        uint8_t ss[64], ct[4096];
        fixture f = new_fixture(s);
        memset(f.p[CT] + ct_start, 0, s->n[CT] - ct_start);
        memset(ss, 0xa5, sizeof ss);
        CHECK_STATUS(PQH_ERR_CIPHERTEXT, s->decaps(ss, f.p[CT], f.p[SK]), "%s decaps, ct zero from %zu", s->name,
                     ct_start);
        CHECK(is_zero(ss, s->n[SS]), "%s decaps, ct zero from %zu: outputs", s->name, ct_start);

        memset(f.p[PK] + pk_start, 0, s->n[PK] - pk_start);
        memset(ss, 0xa5, sizeof ss);
        memset(ct, 0xa5, sizeof ct);
        CHECK_STATUS(PQH_ERR_PUBLIC_KEY, s->encaps(ct, ss, f.p[PK]), "%s encaps, pk zero from %zu", s->name, pk_start);
        CHECK(is_zero(ss, s->n[SS]) && is_zero(ct, s->n[CT]), "%s encaps, pk zero from %zu: outputs", s->name,
              pk_start);
        free_fixture(&f);
    }
    fixture f = new_fixture(s);
    memset(f.p[CT] + s->pq_ct / 2, 0, s->pq_ct - s->pq_ct / 2);
    expect_other_secret(s, &f, 0, "ML-KEM half zero from", s->pq_ct / 2);
    memset(f.p[PK] + s->pq_pk / 2, 0, s->pq_pk - s->pq_pk / 2);
    expect_no_common_secret(s, &f, f.p[CT], "ML-KEM half zero from", s->pq_pk / 2);
    free_fixture(&f);
}

static pqh_status verify(const suite *s, const fixture *f) { return run_verify(s, f->p, s->n); }

/* A change to the public key may show before the signature is looked at, if it is in the EdDSA half. */
static void expect_bad_public_key(const suite *s, const fixture *f, size_t at, const char *what) {
    pqh_status status = verify(s, f);
    if (at >= s->pq_pk && status == PQH_ERR_PUBLIC_KEY)
        status = PQH_ERR_SIGNATURE;
    CHECK_STATUS(PQH_ERR_SIGNATURE, status, "%s verify, pk %s %zu", s->name, what, at);
}

static void sig(const suite *s) {
    static const int parts[] = {SIG, DIGEST, MSG, CTX};
    fixture f = new_fixture(s);
    CHECK_STATUS(PQH_OK, verify(s, &f), "%s verify", s->name);
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
        int k = parts[part];
        for (size_t i = 0; i < s->n[k]; i++) {
            uint8_t mask = some_mask();
            f.p[k][i] ^= mask;
            if (k != DIGEST)
                CHECK_STATUS(PQH_ERR_SIGNATURE, verify(s, &f), "%s verify, %s byte %zu, mask %02x", s->name,
                             KIND_NAMES[k], i, mask);
            if (k == DIGEST || i % 64 == 0)
                CHECK_STATUS(k == MSG ? PQH_OK : PQH_ERR_SIGNATURE, run_verify_prehashed(s, f.p, s->n),
                             "%s verify_prehashed, %s byte %zu, mask %02x", s->name, KIND_NAMES[k], i, mask);
            f.p[k][i] ^= mask;
        }
    }
    for (size_t i = 0; i < s->n[PK]; i++) {
        uint8_t mask = some_mask();
        f.p[PK][i] ^= mask;
        expect_bad_public_key(s, &f, i, "byte");
        f.p[PK][i] ^= mask;
    }
    CHECK_STATUS(PQH_OK, verify(s, &f), "%s verify, nothing changed", s->name);
    free_fixture(&f);
}

static void sig_truncated(const suite *s) {
    const size_t sig_starts[] = {0, s->pq_sig / 2, s->n[SIG] / 2, s->pq_sig, s->n[SIG] - (s->n[SIG] - s->pq_sig) / 2};
    const size_t pk_starts[] = {0, s->pq_pk / 2, s->n[PK] / 2, s->pq_pk};
    for (size_t i = 0; i < sizeof sig_starts / sizeof *sig_starts; i++) {
        fixture f = new_fixture(s);
        memset(f.p[SIG] + sig_starts[i], 0, s->n[SIG] - sig_starts[i]);
        CHECK_STATUS(PQH_ERR_SIGNATURE, verify(s, &f), "%s verify, sig zero from %zu", s->name, sig_starts[i]);
        free_fixture(&f);
    }
    for (size_t i = 0; i < sizeof pk_starts / sizeof *pk_starts; i++) {
        fixture f = new_fixture(s);
        memset(f.p[PK] + pk_starts[i], 0, s->n[PK] - pk_starts[i]);
        expect_bad_public_key(s, &f, s->pq_pk, "zero from");
        free_fixture(&f);
    }
}

int main(void) {
    FOR_EACH_KEM(s) {
        kem(s);
        kem_truncated(s);
    }
    FOR_EACH_SIG(s) {
        sig(s);
        sig_truncated(s);
    }
    return test_end("c/flips");
}
