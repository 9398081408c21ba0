/*
 * The suites and their functions as tables, so that a test is written once for all of them.
 *
 * No function takes two arguments of one kind, so an argument is named by its kind: p[PK] points to it and n[PK] is its
 * size. A call is run from such a set of pointers and sizes, whatever the function.
 */
#ifndef PQH_TEST_SUITES_H
#define PQH_TEST_SUITES_H

#include "test.h"

enum kind { PK, SK, CT, SS, COINS, SIG, RND, DIGEST, STATE, MSG, CTX, KINDS };

static const char *const KIND_NAMES[KINDS] = {"pk",  "sk",     "ct",    "ss",  "coins", "sig",
                                              "rnd", "digest", "state", "msg", "ctx"};

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
} suite;

#define MSG_BYTES 133
#define CTX_BYTES 17

#define KEM_SUITE(S, M, mlkem_pk, mlkem_ct)                                                               \
    {                                                                                                     \
        .name = #S, .pq_pk = mlkem_pk, .pq_ct = mlkem_ct,                                                 \
        .n = {[PK] = M##_PUBLIC_KEY_BYTES, [SK] = M##_SECRET_KEY_BYTES, [CT] = M##_CIPHERTEXT_BYTES,      \
              [SS] = M##_SHARED_SECRET_BYTES, [COINS] = M##_ENCAPS_COINS_BYTES},                          \
        .keygen = pqh_##S##_keygen, .public_key = pqh_##S##_public_key, .encaps = pqh_##S##_encaps,       \
        .encaps_derand = pqh_##S##_encaps_derand, .decaps = pqh_##S##_decaps                              \
    }

/* Prehash states have a type of their own in each suite; the table needs one type for all. */
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
              [MSG] = MSG_BYTES, [CTX] = CTX_BYTES},                                                      \
        .keygen = pqh_##S##_keygen, .public_key = pqh_##S##_public_key, .sign = pqh_##S##_sign,           \
        .sign_derand = pqh_##S##_sign_derand, .verify = pqh_##S##_verify, .prehash_init = S##_init,       \
        .prehash_update = S##_update, .prehash_final = S##_final,                                         \
        .sign_prehashed = pqh_##S##_sign_prehashed, .verify_prehashed = pqh_##S##_verify_prehashed        \
    }

#ifdef PQH_HAVE_MLDSA65_ED25519
PREHASH_OF(mldsa65_ed25519)
#endif
#ifdef PQH_HAVE_MLDSA87_ED448
PREHASH_OF(mldsa87_ed448)
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
           [COINS] = PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES},
     .public_key = pqh_mlkem768_x25519_lamps_public_key,
     .encaps = pqh_mlkem768_x25519_encaps,
     .encaps_derand = pqh_mlkem768_x25519_encaps_derand,
     .decaps = pqh_mlkem768_x25519_lamps_decaps},
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
      (p[SIG], p[DIGEST], p[CTX], n[CTX], p[PK]))

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

/* A key pair, a ciphertext and its secret, a signature and so on; STATE is a prehash that has begun. */
static inline fixture new_fixture(const suite *s) {
    fixture f;
    for (int k = 0; k < KINDS; k++) {
        f.p[k] = (uint8_t *)allocate(s->n[k] + 1);
        some_bytes(f.p[k], s->n[k]);
    }
    REQUIRE(s->public_key(f.p[PK], f.p[SK]) == PQH_OK);
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
