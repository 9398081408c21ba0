/*
 * What an operation knows and must forget, derived by other code than the library's from the secret key, the coins
 * and the signing randomness of a fixture: byte strings and polynomials. That they are right is seen from what is
 * public: each file derives the public key, the ciphertext or the signature again; and from the shared secret.
 */
#ifndef PQH_TEST_SECRETS_H
#define PQH_TEST_SECRETS_H

#include "ladder.h"
#include "ring.h"
#include "scalars.h"
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

static inline uint8_t *add_scalar(secrets *all, const char *name, const uint8_t *scalar, size_t len) {
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
    return clamped;
}

#include "secrets_mldsa.h"
#include "secrets_mlkem.h"

/* Whether the ciphertext is another than the coins make; then decapsulation rejects it, and the shared secret
 * is written to the fixture. */
static inline void kem_secrets(secrets *all, const suite *s, const fixture *f, int is_other) {
    uint8_t dk[120], hash[64], ek_hash[32], sigma[32], m[32], rejected[32], k = s->pq_pk == 1184 ? 3 : 4;
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
    mlkem_key key = mlkem_key_secrets(all, k, sigma, f->p[PK]);

    /* The public key shows that the ladder is right. */
    uint8_t base[56] = {0}, shared[56];
    base[0] = scalar_len == 32 ? 9 : 5;
    ladder(shared, dk + 64, base, (int)scalar_len);
    REQUIRE(memcmp(shared, f->p[PK] + s->pq_pk, scalar_len) == 0);
    ladder(shared, dk + 64, f->p[CT] + s->pq_ct, (int)scalar_len);
    add_secret(all, "the classical shared secret", shared, scalar_len);

    mlkem_decryption_secrets(all, k, &key, f->p[CT], m);
    REQUIRE(is_other || memcmp(m, f->p[COINS], 32) == 0);
    add_secret(all, "m", m, 32);
    if (!is_other) {
        add_secret(all, "the ephemeral scalar", f->p[COINS] + 32, scalar_len);
        add_scalar(all, "the clamped ephemeral scalar", f->p[COINS] + 32, scalar_len);
    }
    sha3(ek_hash, 32, f->p[PK], s->pq_pk, NULL);
    sha3(hash, 64, m, (size_t)32, ek_hash, sizeof ek_hash, NULL);
    add_secret(all, "ML-KEM's K", hash, 32);
    add_secret(all, "ML-KEM's r", hash + 32, 32);
    REQUIRE(mlkem_encryption_secrets(all, k, &key, m, hash + 32, f->p[PK] + 384 * k, f->p[CT]) == !is_other);
    shake256(rejected, 32, dk + 32, (size_t)32, f->p[CT], s->pq_ct, NULL);
    add_secret(all, "the secret of implicit rejection", rejected, 32);

    const char *label = k == 3 ? "\\.//^\\" : "MLKEM1024-X448";
    sha3(hash, 32, is_other ? rejected : hash, (size_t)32, shared, scalar_len, f->p[CT] + s->pq_ct, scalar_len,
         f->p[PK] + s->pq_pk, scalar_len, label, strlen(label), NULL);
    if (is_other)
        memcpy(f->p[SS], hash, 32);
    REQUIRE(memcmp(f->p[SS], hash, 32) == 0);
    add_secret(all, "the shared secret", f->p[SS], s->n[SS]);
}

/* SHA-512 comes from the library, whose prehash it is; it is not under test here. */
static inline void sha512(const suite *s, uint8_t out[64], const uint8_t *a, size_t a_len, const uint8_t *b,
                          size_t b_len) {
    uint64_t state[32];
    REQUIRE(s->prehash_init(state) == PQH_OK && s->prehash_update(state, a, a_len) == PQH_OK &&
            s->prehash_update(state, b, b_len) == PQH_OK && s->prehash_final(state, out) == PQH_OK);
}

/* The scalars modulo the order of the group, as libraries hold them. The signature shows that they are right. */
static inline void eddsa_scalars(secrets *all, const scalars *group, const uint8_t *a, const uint8_t *r,
                                 const uint8_t *k, size_t hash_len, const uint8_t *sig_s) {
    uint8_t reduced_a[MAX_SCALAR_BYTES], reduced_r[MAX_SCALAR_BYTES], product[MAX_SCALAR_BYTES];
    scalar_reduce(group, reduced_a, a, group->len);
    scalar_reduce(group, reduced_r, r, hash_len);
    scalar_multiply(group, product, k, hash_len, reduced_a);
    add_secret(all, "EdDSA's scalar, reduced", reduced_a, group->len);
    add_secret(all, "EdDSA's r, reduced", reduced_r, group->len);
    add_secret(all, "EdDSA's k times the scalar", product, group->len);
    scalar_add(group, product, reduced_r);
    REQUIRE(memcmp(product, sig_s, group->len) == 0);
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

    const uint8_t *pk = f->p[PK] + s->pq_pk, *sig = f->p[SIG] + s->pq_sig;
    if (is_65) {
        uint8_t r[64], k[64], points[64];
        sha512(s, hash, f->p[SK] + 32, 32, NULL, 0);
        add_secret(all, "Ed25519's hashed seed", hash, 64);
        uint8_t *a = add_scalar(all, "Ed25519's scalar", hash, 32);
        sha512(s, r, hash + 32, 32, message, sizeof message);
        add_secret(all, "Ed25519's r", r, 64);
        memcpy(points, sig, 32);
        memcpy(points + 32, pk, 32);
        sha512(s, k, points, 64, message, sizeof message);
        eddsa_scalars(all, &ED25519_SCALARS, a, r, k, 64, sig + 32);
    } else {
        uint8_t r[114], k[114];
        shake256(hash, 114, f->p[SK] + 32, (size_t)57, NULL);
        add_secret(all, "Ed448's hashed seed", hash, 114);
        uint8_t *a = add_scalar(all, "Ed448's scalar", hash, 57);
        shake256(r, 114, "SigEd448\0", (size_t)10, hash + 57, (size_t)57, message, sizeof message, NULL);
        add_secret(all, "Ed448's r", r, 114);
        shake256(k, 114, "SigEd448\0", (size_t)10, sig, (size_t)57, pk, (size_t)57, message, sizeof message, NULL);
        eddsa_scalars(all, &ED448_SCALARS, a, r, k, 114, sig + 57);
    }
}

/* There is one set at a time: it is large for a microcontroller. */
static inline secrets *secrets_begin(const ring *r) {
    static secrets all;
    all.count = all.polys = 0;
    all.used = 0;
    all.r = r;
    return &all;
}

static inline secrets *secrets_of(const suite *s, const call *c, const fixture *f) {
    secrets *all = secrets_begin(s->encaps != NULL ? &MLKEM_RING : &MLDSA_RING);
    add_secret(all, "the secret key", f->p[SK], s->n[SK]);
    if (s->encaps != NULL)
        kem_secrets(all, s, f, 0);
    else
        sig_secrets(all, s, f);
    /* A message may be secret until it is signed; a verified one has been sent. */
    if (s->sign != NULL && strncmp(c->name, "verify", 6) != 0)
        add_secret(all, "the message", f->p[MSG], MSG_BYTES);
    return all;
}

/* Of decapsulating a ciphertext that is rejected implicitly, in the fixture in place of its own; the shared secret that
 * this yields is written there, too. */
static inline secrets *secrets_of_rejected(const suite *s, fixture *f) {
    secrets *all = secrets_begin(&MLKEM_RING);
    add_secret(all, "the secret key", f->p[SK], s->n[SK]);
    kem_secrets(all, s, f, 1);
    return all;
}

#endif
