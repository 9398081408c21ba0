/*
 * The suites and their functions as tables, so that a test is written once for all of them.
 *
 * No function takes two arguments of one kind, so an argument is named by its kind: p[PK] points to it and n[PK] is its
 * size. A call is run from such a set of pointers and sizes, whatever the function.
 */
#ifndef PQH_TEST_SUITES_H
#define PQH_TEST_SUITES_H

#include "test.h"

/* PKEY and SKEY are the prepared public and secret key. */
enum kind { PK, SK, CT, SS, COINS, SIG, RND, DIGEST, STATE, MSG, CTX, PKEY, SKEY, KINDS };

static const char *const KIND_NAMES[KINDS] = {"pk",    "sk",  "ct",  "ss",           "coins",        "sig", "rnd", "digest",
                                              "state", "msg", "ctx", "prepared pk",  "prepared sk"};

/* No argument of a call is larger, but for messages. */
#define MAX_ARGUMENT 16384

typedef struct {
    const char *name;
    /* Of MSG and CTX, the lengths that `fixture` chooses. */
    size_t n[KINDS];
    /* Bytes of the post-quantum half, which comes first. */
    size_t pq_pk, pq_ct, pq_sig;

    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*public_key)(uint8_t *pk, const uint8_t *sk);

    pqh_status (*encaps)(uint8_t *ct, uint8_t *ss, const uint8_t *pk);
    pqh_status (*encaps_derand)(uint8_t *ct, uint8_t *ss, const uint8_t *coins, const uint8_t *pk);
    pqh_status (*decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);

    pqh_status (*sign)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                       const uint8_t *sk);
    pqh_status (*sign_derand)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                              const uint8_t *rnd, const uint8_t *sk);
    pqh_status (*verify)(const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                         const uint8_t *pk);
    pqh_status (*prehash_init)(void *state);
    pqh_status (*prehash_update)(void *state, const uint8_t *data, size_t len);
    pqh_status (*prehash_final)(void *state, uint8_t *digest);
    pqh_status (*sign_prehashed)(uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                 const uint8_t *sk);
    pqh_status (*verify_prehashed)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                   const uint8_t *pk);

    /* With prepared keys. */
    pqh_status (*encaps_key_init)(void *key, const uint8_t *pk);
    pqh_status (*encaps_with)(uint8_t *ct, uint8_t *ss, const void *key);
    pqh_status (*encaps_derand_with)(uint8_t *ct, uint8_t *ss, const uint8_t *coins, const void *key);
    pqh_status (*decaps_key_init)(void *key, const uint8_t *sk);
    pqh_status (*decaps_with)(uint8_t *ss, const uint8_t *ct, const void *key);
    pqh_status (*sign_key_init)(void *key, const uint8_t *sk);
    pqh_status (*sign_with)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                            const void *key);
    pqh_status (*sign_derand_with)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                                   const uint8_t *rnd, const void *key);
    pqh_status (*sign_prehashed_with)(uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                      const void *key);
    pqh_status (*verify_key_init)(void *key, const uint8_t *pk);
    pqh_status (*verify_with)(const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                              const void *key);
    pqh_status (*verify_prehashed_with)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                        const void *key);
    void (*public_key_wipe)(void *key);
    void (*secret_key_wipe)(void *key);
} suite;

#define MSG_BYTES 133
#define CTX_BYTES 17

#define KEM_SUITE(S, M, mlkem_pk, mlkem_ct)                                                               \
    {                                                                                                     \
        .name = #S, .pq_pk = mlkem_pk, .pq_ct = mlkem_ct,                                                 \
        .n = {[PK] = M##_PUBLIC_KEY_BYTES, [SK] = M##_SECRET_KEY_BYTES, [CT] = M##_CIPHERTEXT_BYTES,      \
              [SS] = M##_SHARED_SECRET_BYTES, [COINS] = M##_ENCAPS_COINS_BYTES,                           \
              [PKEY] = M##_ENCAPS_KEY_BYTES, [SKEY] = M##_DECAPS_KEY_BYTES},                              \
        .keygen = pqh_##S##_keygen, .public_key = pqh_##S##_public_key, .encaps = pqh_##S##_encaps,       \
        .encaps_derand = pqh_##S##_encaps_derand, .decaps = pqh_##S##_decaps,                             \
        .decaps_key_init = S##_decaps_key_init, KEM_WITH_KEYS(S)                                          \
    }

#define KEM_WITH_KEYS(S)                                                                                  \
    .encaps_key_init = S##_encaps_key_init, .encaps_with = S##_encaps_with,                               \
    .encaps_derand_with = S##_encaps_derand_with, .decaps_with = S##_decaps_with,                         \
    .public_key_wipe = S##_public_key_wipe, .secret_key_wipe = S##_secret_key_wipe

/* Prepared keys and prehash states have a type of their own in each suite; the table needs one type for all. */
#define KEY_INIT_OF(S, function, type)                                                                    \
    static inline pqh_status S##_##function(void *key, const uint8_t *encoded) {                          \
        return pqh_##S##_##function((pqh_##type *)key, encoded);                                          \
    }
#define KEY_WIPE_OF(S, half, type)                                                                        \
    static inline void S##_##half##_wipe(void *key) { pqh_##S##_##type##_wipe((pqh_##S##_##type *)key); }

#define KEM_KEYS_OF(S)                                                                                    \
    KEY_INIT_OF(S, encaps_key_init, S##_encaps_key)                                                       \
    KEY_INIT_OF(S, decaps_key_init, S##_decaps_key)                                                       \
    KEY_WIPE_OF(S, public_key, encaps_key)                                                                \
    KEY_WIPE_OF(S, secret_key, decaps_key)                                                                \
    static inline pqh_status S##_encaps_with(uint8_t *ct, uint8_t *ss, const void *key) {                 \
        return pqh_##S##_encaps_with(ct, ss, (const pqh_##S##_encaps_key *)key);                          \
    }                                                                                                     \
    static inline pqh_status S##_encaps_derand_with(uint8_t *ct, uint8_t *ss, const uint8_t *coins,       \
                                                    const void *key) {                                    \
        return pqh_##S##_encaps_derand_with(ct, ss, coins, (const pqh_##S##_encaps_key *)key);            \
    }                                                                                                     \
    static inline pqh_status S##_decaps_with(uint8_t *ss, const uint8_t *ct, const void *key) {           \
        return pqh_##S##_decaps_with(ss, ct, (const pqh_##S##_decaps_key *)key);                          \
    }

#define SIG_KEYS_OF(S)                                                                                    \
    KEY_INIT_OF(S, sign_key_init, S##_sign_key)                                                           \
    KEY_INIT_OF(S, verify_key_init, S##_verify_key)                                                       \
    KEY_WIPE_OF(S, public_key, verify_key)                                                                \
    KEY_WIPE_OF(S, secret_key, sign_key)                                                                  \
    static inline pqh_status S##_sign_with(uint8_t *sig, const uint8_t *msg, size_t msg_len,              \
                                           const uint8_t *ctx, size_t ctx_len, const void *key) {         \
        return pqh_##S##_sign_with(sig, msg, msg_len, ctx, ctx_len, (const pqh_##S##_sign_key *)key);     \
    }                                                                                                     \
    static inline pqh_status S##_sign_derand_with(uint8_t *sig, const uint8_t *msg, size_t msg_len,       \
                                                  const uint8_t *ctx, size_t ctx_len, const uint8_t *rnd, \
                                                  const void *key) {                                      \
        return pqh_##S##_sign_derand_with(sig, msg, msg_len, ctx, ctx_len, rnd,                           \
                                          (const pqh_##S##_sign_key *)key);                               \
    }                                                                                                     \
    static inline pqh_status S##_sign_prehashed_with(uint8_t *sig, const uint8_t *digest,                 \
                                                     const uint8_t *ctx, size_t ctx_len,                  \
                                                     const void *key) {                                   \
        return pqh_##S##_sign_prehashed_with(sig, digest, ctx, ctx_len, (const pqh_##S##_sign_key *)key); \
    }                                                                                                     \
    static inline pqh_status S##_verify_with(const uint8_t *sig, const uint8_t *msg, size_t msg_len,      \
                                             const uint8_t *ctx, size_t ctx_len, const void *key) {       \
        return pqh_##S##_verify_with(sig, msg, msg_len, ctx, ctx_len,                                     \
                                     (const pqh_##S##_verify_key *)key);                                  \
    }                                                                                                     \
    static inline pqh_status S##_verify_prehashed_with(const uint8_t *sig, const uint8_t *digest,         \
                                                       const uint8_t *ctx, size_t ctx_len,                \
                                                       const void *key) {                                 \
        return pqh_##S##_verify_prehashed_with(sig, digest, ctx, ctx_len,                                 \
                                               (const pqh_##S##_verify_key *)key);                        \
    }

#define PREHASH_OF(S)                                                                                     \
    static inline pqh_status S##_init(void *state) {                                                      \
        return pqh_##S##_prehash_init((pqh_##S##_prehash *)state);                                        \
    }                                                                                                     \
    static inline pqh_status S##_update(void *state, const uint8_t *data, size_t len) {                   \
        return pqh_##S##_prehash_update((pqh_##S##_prehash *)state, data, len);                           \
    }                                                                                                     \
    static inline pqh_status S##_final(void *state, uint8_t *digest) {                                    \
        return pqh_##S##_prehash_final((pqh_##S##_prehash *)state, digest);                               \
    }

#define SIG_SUITE(S, M, mldsa_pk, mldsa_sig)                                                              \
    {                                                                                                     \
        .name = #S, .pq_pk = mldsa_pk, .pq_sig = mldsa_sig,                                               \
        .n = {[PK] = M##_PUBLIC_KEY_BYTES, [SK] = M##_SECRET_KEY_BYTES, [SIG] = M##_SIGNATURE_BYTES,      \
              [RND] = M##_SIGN_RND_BYTES, [DIGEST] = M##_DIGEST_BYTES, [STATE] = M##_PREHASH_BYTES,       \
              [MSG] = MSG_BYTES, [CTX] = CTX_BYTES, [PKEY] = M##_VERIFY_KEY_BYTES,                        \
              [SKEY] = M##_SIGN_KEY_BYTES},                                                               \
        .keygen = pqh_##S##_keygen, .public_key = pqh_##S##_public_key, .sign = pqh_##S##_sign,           \
        .sign_derand = pqh_##S##_sign_derand, .verify = pqh_##S##_verify, .prehash_init = S##_init,       \
        .prehash_update = S##_update, .prehash_final = S##_final,                                         \
        .sign_prehashed = pqh_##S##_sign_prehashed, .verify_prehashed = pqh_##S##_verify_prehashed,       \
        .sign_key_init = S##_sign_key_init, .sign_with = S##_sign_with,                                   \
        .sign_derand_with = S##_sign_derand_with, .sign_prehashed_with = S##_sign_prehashed_with,         \
        .verify_key_init = S##_verify_key_init, .verify_with = S##_verify_with,                           \
        .verify_prehashed_with = S##_verify_prehashed_with, .public_key_wipe = S##_public_key_wipe,       \
        .secret_key_wipe = S##_secret_key_wipe                                                            \
    }

#ifdef PQH_HAVE_MLKEM768_X25519
KEM_KEYS_OF(mlkem768_x25519)
KEY_INIT_OF(mlkem768_x25519, lamps_decaps_key_init, mlkem768_x25519_decaps_key)
#endif
#ifdef PQH_HAVE_MLKEM1024_X448
KEM_KEYS_OF(mlkem1024_x448)
#endif
#ifdef PQH_HAVE_MLDSA65_ED25519
PREHASH_OF(mldsa65_ed25519)
SIG_KEYS_OF(mldsa65_ed25519)
#endif
#ifdef PQH_HAVE_MLDSA87_ED448
PREHASH_OF(mldsa87_ed448)
SIG_KEYS_OF(mldsa87_ed448)
#endif

/* Ends with a suite without a name. */
static const suite SUITES[] = {
#ifdef PQH_HAVE_MLKEM768_X25519
    KEM_SUITE(mlkem768_x25519, PQH_MLKEM768_X25519, 1184, 1088),
    /* The same KEM with its secret key in the LAMPS form, which the library reads but does not generate. */
    {.name = "mlkem768_x25519_lamps",
     .pq_pk = 1184,
     .pq_ct = 1088,
     .n = {[PK] = PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES,
           [SK] = PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES,
           [CT] = PQH_MLKEM768_X25519_CIPHERTEXT_BYTES,
           [SS] = PQH_MLKEM768_X25519_SHARED_SECRET_BYTES,
           [COINS] = PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES,
           [PKEY] = PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES,
           [SKEY] = PQH_MLKEM768_X25519_DECAPS_KEY_BYTES},
     .public_key = pqh_mlkem768_x25519_lamps_public_key,
     .encaps = pqh_mlkem768_x25519_encaps,
     .encaps_derand = pqh_mlkem768_x25519_encaps_derand,
     .decaps = pqh_mlkem768_x25519_lamps_decaps,
     .decaps_key_init = mlkem768_x25519_lamps_decaps_key_init,
     KEM_WITH_KEYS(mlkem768_x25519)},
#endif
#ifdef PQH_HAVE_MLKEM1024_X448
    KEM_SUITE(mlkem1024_x448, PQH_MLKEM1024_X448, 1568, 1568),
#endif
#ifdef PQH_HAVE_MLDSA65_ED25519
    SIG_SUITE(mldsa65_ed25519, PQH_MLDSA65_ED25519, 1952, 3309),
#endif
#ifdef PQH_HAVE_MLDSA87_ED448
    SIG_SUITE(mldsa87_ed448, PQH_MLDSA87_ED448, 2592, 4627),
#endif
    {.name = NULL}};

#define FOR_EACH_SUITE(s) for (const suite *s = SUITES; s->name != NULL; s++)
#define FOR_EACH_KEM(s) FOR_EACH_SUITE(s) if (s->encaps != NULL)
#define FOR_EACH_SIG(s) FOR_EACH_SUITE(s) if (s->sign != NULL)

/* ---- the functions -------------------------------------------------------------------------------------------- */

#define BIT(kind) (1u << (kind))

/* function, its outputs, its inputs, what it draws at random (KINDS: nothing), its arguments */
#define CALLS(X)                                                                                          \
    X(keygen, BIT(PK) | BIT(SK), 0, SK, (p[PK], p[SK]))                                                   \
    X(public_key, BIT(PK), BIT(SK), KINDS, (p[PK], p[SK]))                                                \
    X(encaps, BIT(CT) | BIT(SS), BIT(PK), COINS, (p[CT], p[SS], p[PK]))                                   \
    X(encaps_derand, BIT(CT) | BIT(SS), BIT(COINS) | BIT(PK), KINDS, (p[CT], p[SS], p[COINS], p[PK]))     \
    X(decaps, BIT(SS), BIT(CT) | BIT(SK), KINDS, (p[SS], p[CT], p[SK]))                                   \
    X(sign, BIT(SIG), BIT(MSG) | BIT(CTX) | BIT(SK), RND,                                                 \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[SK]))                                                    \
    X(sign_derand, BIT(SIG), BIT(MSG) | BIT(CTX) | BIT(RND) | BIT(SK), KINDS,                             \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[RND], p[SK]))                                            \
    X(verify, 0, BIT(SIG) | BIT(MSG) | BIT(CTX) | BIT(PK), KINDS,                                         \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[PK]))                                                    \
    X(prehash_init, BIT(STATE), 0, KINDS, (p[STATE]))                                                     \
    X(prehash_update, BIT(STATE), BIT(STATE) | BIT(MSG), KINDS, (p[STATE], p[MSG], n[MSG]))               \
    X(prehash_final, BIT(STATE) | BIT(DIGEST), BIT(STATE), KINDS, (p[STATE], p[DIGEST]))                  \
    X(sign_prehashed, BIT(SIG), BIT(DIGEST) | BIT(CTX) | BIT(SK), RND,                                    \
      (p[SIG], p[DIGEST], p[CTX], n[CTX], p[SK]))                                                         \
    X(verify_prehashed, 0, BIT(SIG) | BIT(DIGEST) | BIT(CTX) | BIT(PK), KINDS,                            \
      (p[SIG], p[DIGEST], p[CTX], n[CTX], p[PK]))                                                         \
    X(encaps_key_init, BIT(PKEY), BIT(PK), KINDS, (p[PKEY], p[PK]))                                       \
    X(encaps_with, BIT(CT) | BIT(SS), BIT(PKEY), COINS, (p[CT], p[SS], p[PKEY]))                          \
    X(encaps_derand_with, BIT(CT) | BIT(SS), BIT(COINS) | BIT(PKEY), KINDS,                               \
      (p[CT], p[SS], p[COINS], p[PKEY]))                                                                  \
    X(decaps_key_init, BIT(SKEY), BIT(SK), KINDS, (p[SKEY], p[SK]))                                       \
    X(decaps_with, BIT(SS), BIT(CT) | BIT(SKEY), KINDS, (p[SS], p[CT], p[SKEY]))                          \
    X(sign_key_init, BIT(SKEY), BIT(SK), KINDS, (p[SKEY], p[SK]))                                         \
    X(sign_with, BIT(SIG), BIT(MSG) | BIT(CTX) | BIT(SKEY), RND,                                          \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[SKEY]))                                                  \
    X(sign_derand_with, BIT(SIG), BIT(MSG) | BIT(CTX) | BIT(RND) | BIT(SKEY), KINDS,                      \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[RND], p[SKEY]))                                          \
    X(sign_prehashed_with, BIT(SIG), BIT(DIGEST) | BIT(CTX) | BIT(SKEY), RND,                             \
      (p[SIG], p[DIGEST], p[CTX], n[CTX], p[SKEY]))                                                       \
    X(verify_key_init, BIT(PKEY), BIT(PK), KINDS, (p[PKEY], p[PK]))                                       \
    X(verify_with, 0, BIT(SIG) | BIT(MSG) | BIT(CTX) | BIT(PKEY), KINDS,                                  \
      (p[SIG], p[MSG], n[MSG], p[CTX], n[CTX], p[PKEY]))                                                  \
    X(verify_prehashed_with, 0, BIT(SIG) | BIT(DIGEST) | BIT(CTX) | BIT(PKEY), KINDS,                     \
      (p[SIG], p[DIGEST], p[CTX], n[CTX], p[PKEY]))

typedef struct {
    const char *name;
    unsigned outputs, inputs;
    enum kind draws;
    int (*has)(const suite *s);
    pqh_status (*run)(const suite *s, uint8_t *const p[KINDS], const size_t n[KINDS]);
} call;

#define CALL_FUNCTIONS(fn, outputs, inputs, draws, arguments)                                             \
    static inline int has_##fn(const suite *s) { return s->fn != NULL; }                                  \
    static inline pqh_status run_##fn(const suite *s, uint8_t *const p[KINDS], const size_t n[KINDS]) {   \
        (void)n;                                                                                          \
        return s->fn arguments;                                                                           \
    }
CALLS(CALL_FUNCTIONS)

#define CALL_ROW(fn, outputs, inputs, draws, arguments) {#fn, outputs, inputs, draws, has_##fn, run_##fn},
/* Ends with a call without a name. */
static const call FUNCTIONS[] = {CALLS(CALL_ROW){NULL, 0, 0, KINDS, NULL, NULL}};

#define FOR_EACH_CALL(c, s)                                                                               \
    for (const call *c = FUNCTIONS; c->name != NULL; c++)                                                 \
        if (c->has(s))
#define FOR_EACH_KIND(k, set)                                                                             \
    for (int k = 0; k < KINDS; k++)                                                                       \
        if ((set) & BIT(k))

static inline int is_sized(int kind) { return kind == MSG || kind == CTX; }

/* ---- values that belong together ------------------------------------------------------------------------------ */

typedef struct {
    uint8_t *p[KINDS];
} fixture;

/* A key pair, prepared too, a ciphertext and its secret, a signature and so on; STATE is a prehash that has begun. */
static inline fixture new_fixture(const suite *s) {
    fixture f;
    for (int k = 0; k < KINDS; k++) {
        f.p[k] = (uint8_t *)allocate(s->n[k] + 1);
        some_bytes(f.p[k], s->n[k]);
    }
    REQUIRE(s->public_key(f.p[PK], f.p[SK]) == PQH_OK);
    if (s->encaps_key_init != NULL)
        REQUIRE(s->encaps_key_init(f.p[PKEY], f.p[PK]) == PQH_OK && s->decaps_key_init(f.p[SKEY], f.p[SK]) == PQH_OK);
    if (s->sign_key_init != NULL)
        REQUIRE(s->verify_key_init(f.p[PKEY], f.p[PK]) == PQH_OK && s->sign_key_init(f.p[SKEY], f.p[SK]) == PQH_OK);
    if (s->encaps_derand != NULL)
        REQUIRE(s->encaps_derand(f.p[CT], f.p[SS], f.p[COINS], f.p[PK]) == PQH_OK);
    if (s->sign_derand != NULL) {
        REQUIRE(run_sign_derand(s, f.p, s->n) == PQH_OK);
        REQUIRE(s->prehash_init(f.p[STATE]) == PQH_OK);
        REQUIRE(s->prehash_update(f.p[STATE], f.p[MSG], s->n[MSG]) == PQH_OK);
        REQUIRE(s->prehash_final(f.p[STATE], f.p[DIGEST]) == PQH_OK);
        REQUIRE(s->prehash_init(f.p[STATE]) == PQH_OK);
    }
    return f;
}

static inline void free_fixture(fixture *f) {
    for (int k = 0; k < KINDS; k++)
        free(f->p[k]);
}

#endif
