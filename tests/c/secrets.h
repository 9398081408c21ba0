/*
 * What an operation knows and must forget, derived by other code than the library's from the secret key, the coins
 * and the signing randomness of a fixture: byte strings and polynomials. That they are right is seen from what is
 * public: each file derives the public key, the ciphertext or the signature again.
 */
#ifndef PQH_TEST_SECRETS_H
#define PQH_TEST_SECRETS_H

#include "ladder.h"
#include "ring.h"
#include "suites.h"

#define MAX_SECRETS 160
#define MAX_POLYS 128
#define POOL_BYTES ((size_t)32 << 10)

typedef struct {
    const char *name;
    size_t len;
    const uint8_t *bytes;
    /* What a search found: how often, and where first. */
    size_t found;
    const uint8_t *first;
} secret;

typedef struct {
    const char *name;
    poly p;
    /* So many coefficients in a row are no coincidence. */
    int run;
    /* Whether they are sought in their order; large ones are recognised in any. */
    int ordered;
    size_t found;
    const uint8_t *first;
} secret_poly;

typedef struct {
    secret of[MAX_SECRETS];
    int count;
    const ring *r;
    secret_poly poly_of[MAX_POLYS];
    int polys;
    uint8_t pool[POOL_BYTES];
    size_t used;
} secrets;

static inline uint8_t *add_secret(secrets *all, const char *name, const uint8_t *bytes, size_t len) {
    uint8_t *copy = all->pool + all->used;
    REQUIRE(all->count < MAX_SECRETS && len >= 16 && all->used + len <= POOL_BYTES);
    secret *one = &all->of[all->count++];
    memset(one, 0, sizeof *one);
    all->used += len;
    memcpy(copy, bytes, len);
    one->name = name;
    one->len = len;
    one->bytes = copy;
    return copy;
}

/* How many coefficients of a polynomial must be found for it to be found. Of 5 to 9 values, 16 in their order; of some
 * thousands, 8. In any order, 4 of ML-DSA's 23 bits each, 16 of ML-KEM's 12. */
enum { SMALL = 16, MEDIUM = 8, ANY_ORDER = 0 };

static inline void add_poly(secrets *all, const char *name, int run, const poly *p) {
    REQUIRE(all->polys < MAX_POLYS);
    secret_poly *one = &all->poly_of[all->polys++];
    memset(one, 0, sizeof *one);
    one->name = name;
    one->p = *p;
    one->ordered = run != ANY_ORDER;
    one->run = run != ANY_ORDER ? run : all->r == &MLDSA_RING ? 4 : 16;
}

static inline void add_scalar(secrets *all, const char *name, const uint8_t *scalar, size_t len) {
    uint8_t *clamped = add_secret(all, name, scalar, len);
    if (len == 32) {
        clamped[0] &= 0xf8;
        clamped[31] = (uint8_t)((clamped[31] & 0x7f) | 0x40);
    } else if (len == 56) {
        clamped[0] &= 0xfc;
        clamped[55] |= 0x80;
    } else {
        clamped[0] &= 0xfc;
        clamped[55] |= 0x80;
        clamped[56] = 0;
    }
}

#include "secrets_mldsa.h"
#include "secrets_mlkem.h"

static inline void kem_secrets(secrets *all, const suite *s, const fixture *f) {
    uint8_t dk[120], hash[64], ek_hash[32], sigma[32], k = s->pq_pk == 1184 ? 3 : 4;
    size_t scalar_len = s->n[PK] - s->pq_pk;
    if (s->n[SK] == 32)
        shake256(dk, 64 + scalar_len, f->p[SK], s->n[SK], NULL);
    else
        memcpy(dk, f->p[SK], s->n[SK]);
    add_secret(all, "the seed d || z", dk, 64);
    add_secret(all, "the recipient's scalar", dk + 64, scalar_len);
    add_scalar(all, "the recipient's clamped scalar", dk + 64, scalar_len);
    sha3(hash, 64, dk, (size_t)32, &k, (size_t)1, NULL);
    memcpy(sigma, hash + 32, 32);
    add_secret(all, "sigma", sigma, 32);

    /* The public key shows that the ladder is right. */
    uint8_t base[56] = {0}, shared[56];
    base[0] = scalar_len == 32 ? 9 : 5;
    ladder(shared, dk + 64, base, (int)scalar_len);
    REQUIRE(memcmp(shared, f->p[PK] + s->pq_pk, scalar_len) == 0);
    ladder(shared, dk + 64, f->p[CT] + s->pq_ct, (int)scalar_len);
    add_secret(all, "the classical shared secret", shared, scalar_len);

    add_secret(all, "m", f->p[COINS], 32);
    add_secret(all, "the ephemeral scalar", f->p[COINS] + 32, scalar_len);
    add_scalar(all, "the clamped ephemeral scalar", f->p[COINS] + 32, scalar_len);
    sha3(ek_hash, 32, f->p[PK], s->pq_pk, NULL);
    sha3(hash, 64, f->p[COINS], (size_t)32, ek_hash, sizeof ek_hash, NULL);
    add_secret(all, "ML-KEM's K", hash, 32);
    add_secret(all, "ML-KEM's r", hash + 32, 32);
    mlkem_secrets(all, k, sigma, f->p[COINS], hash + 32, f->p[PK], f->p[CT]);
    shake256(hash, 32, dk + 32, (size_t)32, f->p[CT], s->pq_ct, NULL);
    add_secret(all, "the secret of implicit rejection", hash, 32);
    add_secret(all, "the shared secret", f->p[SS], s->n[SS]);
}

/* SHA-512 comes from the library, whose prehash it is; it is not under test here. */
static inline void sha512(const suite *s, uint8_t out[64], const uint8_t *a, size_t a_len, const uint8_t *b,
                          size_t b_len) {
    uint64_t state[32];
    REQUIRE(s->prehash_init(state) == PQH_OK && s->prehash_update(state, a, a_len) == PQH_OK &&
            s->prehash_update(state, b, b_len) == PQH_OK && s->prehash_final(state, out) == PQH_OK);
}

static inline void sig_secrets(secrets *all, const suite *s, const fixture *f) {
    int is_65 = s->pq_pk == 1952;
    const char *label = is_65 ? "COMPSIG-MLDSA65-Ed25519-SHA512" : "COMPSIG-MLDSA87-Ed448-SHAKE256";
    const uint8_t dimensions[2] = {is_65 ? 6 : 8, is_65 ? 5 : 7}, before_label[2] = {0, 30};
    uint8_t message[32 + 30 + 1 + CTX_BYTES + 64], seed_hash[128], tr[64], mu[64], hash[114];

    memcpy(message, "CompositeAlgorithmSignatures2025", 32);
    memcpy(message + 32, label, 30);
    message[62] = CTX_BYTES;
    memcpy(message + 63, f->p[CTX], CTX_BYTES);
    memcpy(message + 63 + CTX_BYTES, f->p[DIGEST], 64);

    shake256(seed_hash, 128, f->p[SK], (size_t)32, dimensions, (size_t)2, NULL);
    add_secret(all, "rho'", seed_hash + 32, 64);
    add_secret(all, "ML-DSA's K", seed_hash + 96, 32);
    shake256(tr, 64, f->p[PK], s->pq_pk, NULL);
    shake256(mu, 64, tr, (size_t)64, before_label, (size_t)2, label, (size_t)30, message, sizeof message, NULL);
    shake256(hash, 64, seed_hash + 96, (size_t)32, f->p[RND], (size_t)32, mu, (size_t)64, NULL);
    add_secret(all, "rho''", hash, 64);
    add_secret(all, "the signing randomness", f->p[RND], 32);
    mldsa_secrets(all, dimensions, seed_hash + 32, hash, mu, f->p[PK], f->p[SIG]);

    if (is_65) {
        uint8_t r[64];
        sha512(s, hash, f->p[SK] + 32, 32, NULL, 0);
        add_secret(all, "Ed25519's hashed seed", hash, 64);
        add_scalar(all, "Ed25519's scalar", hash, 32);
        sha512(s, r, hash + 32, 32, message, sizeof message);
        add_secret(all, "Ed25519's r", r, 64);
    } else {
        uint8_t r[114];
        shake256(hash, 114, f->p[SK] + 32, (size_t)57, NULL);
        add_secret(all, "Ed448's hashed seed", hash, 114);
        add_scalar(all, "Ed448's scalar", hash, 57);
        shake256(r, 114, "SigEd448\0", (size_t)10, hash + 57, (size_t)57, message, sizeof message, NULL);
        add_secret(all, "Ed448's r", r, 114);
    }
}

static inline secrets *secrets_of(const suite *s, const call *c, const fixture *f) {
    static secrets all;
    all.count = all.polys = 0;
    all.used = 0;
    all.r = s->encaps != NULL ? &MLKEM_RING : &MLDSA_RING;
    add_secret(&all, "the secret key", f->p[SK], s->n[SK]);
    if (s->encaps != NULL)
        kem_secrets(&all, s, f);
    else
        sig_secrets(&all, s, f);
    /* A message may be secret until it is signed; a verified one has been sent. */
    if (s->sign != NULL && strncmp(c->name, "verify", 6) != 0)
        add_secret(&all, "the message", f->p[MSG], MSG_BYTES);
    return &all;
}

#endif
