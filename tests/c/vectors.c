/*
 * The published vectors through the C ABI. Usage: vectors FILE, where FILE is what tests/vectors_to_text.py writes;
 * its operations are explained there.
 */
#include <pqhybrid.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LINE 65536
#define MAX_FIELDS 4
#define PIECE 7 /* bytes that the streaming prehash is given at a time */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct bytes {
    uint8_t *data;
    size_t len;
};

struct kem {
    const char *name;
    size_t pk, sk, ct, ss, coins, lamps_sk; /* lamps_sk is 0 for a suite without this form */
    pqh_status (*public_key)(uint8_t *pk, const uint8_t *sk);
    pqh_status (*encaps_derand)(uint8_t *ct, uint8_t *ss, const uint8_t *coins, const uint8_t *pk);
    pqh_status (*decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);
    pqh_status (*lamps_public_key)(uint8_t *pk, const uint8_t *dk);
    pqh_status (*lamps_decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *dk);
    /* The same with a key that is prepared from the encoded one. */
    pqh_status (*prepared_encaps_derand)(uint8_t *ct, uint8_t *ss, const uint8_t *coins, const uint8_t *pk);
    pqh_status (*prepared_decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);
    pqh_status (*prepared_lamps_decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *dk);
};

struct signature {
    const char *name;
    size_t pk, sk, sig;
    pqh_status (*public_key)(uint8_t *pk, const uint8_t *sk);
    pqh_status (*sign_derand)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                              const uint8_t *rnd, const uint8_t *sk);
    pqh_status (*verify)(const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                         const uint8_t *pk);
    pqh_status (*prehash)(uint8_t *digest, const struct bytes *msg);
    pqh_status (*sign_prehashed)(uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                 const uint8_t *sk);
    pqh_status (*verify_prehashed)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                   const uint8_t *pk);
    /* The same with a key that is prepared from the encoded one. */
    pqh_status (*prepared_sign_derand)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx,
                                       size_t ctx_len, const uint8_t *rnd, const uint8_t *sk);
    pqh_status (*prepared_sign_prehashed)(uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                                          const uint8_t *sk);
    pqh_status (*prepared_verify)(const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx,
                                  size_t ctx_len, const uint8_t *pk);
    pqh_status (*prepared_verify_prehashed)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx,
                                            size_t ctx_len, const uint8_t *pk);
};

/* A function that prepares the encoded key, its last argument, makes the call with it and wipes it. */
#define PREPARED(name, parameters, encoded, type, init, call)                                             \
    static pqh_status name parameters {                                                                   \
        type##_key key;                                                                                   \
        pqh_status status = init(&key, encoded);                                                          \
        if (status == PQH_OK) status = call;                                                              \
        type##_key_wipe(&key);                                                                            \
        return status;                                                                                    \
    }

#define PREPARED_KEM(S)                                                                                   \
    PREPARED(S##_prepared_encaps, (uint8_t *ct, uint8_t *ss, const uint8_t *coins, const uint8_t *pk),    \
             pk, pqh_##S##_encaps, pqh_##S##_encaps_key_init,                                             \
             pqh_##S##_encaps_derand_with(ct, ss, coins, &key))                                           \
    PREPARED(S##_prepared_decaps, (uint8_t *ss, const uint8_t *ct, const uint8_t *sk), sk,                \
             pqh_##S##_decaps, pqh_##S##_decaps_key_init, pqh_##S##_decaps_with(ss, ct, &key))

#define PREPARED_SIGNATURE(S)                                                                             \
    PREPARED(S##_prepared_sign,                                                                           \
             (uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,       \
              const uint8_t *rnd, const uint8_t *sk), sk, pqh_##S##_sign, pqh_##S##_sign_key_init,        \
             pqh_##S##_sign_derand_with(sig, msg, msg_len, ctx, ctx_len, rnd, &key))                      \
    PREPARED(S##_prepared_sign_prehashed,                                                                 \
             (uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len, const uint8_t *sk),\
             sk, pqh_##S##_sign, pqh_##S##_sign_key_init,                                                 \
             pqh_##S##_sign_prehashed_with(sig, digest, ctx, ctx_len, &key))                              \
    PREPARED(S##_prepared_verify,                                                                         \
             (const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len, \
              const uint8_t *pk), pk, pqh_##S##_verify, pqh_##S##_verify_key_init,                        \
             pqh_##S##_verify_with(sig, msg, msg_len, ctx, ctx_len, &key))                                \
    PREPARED(S##_prepared_verify_prehashed,                                                               \
             (const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,              \
              const uint8_t *pk), pk, pqh_##S##_verify, pqh_##S##_verify_key_init,                        \
             pqh_##S##_verify_prehashed_with(sig, digest, ctx, ctx_len, &key))

PREPARED_KEM(mlkem768_x25519)
PREPARED_KEM(mlkem1024_x448)
PREPARED(mlkem768_x25519_prepared_lamps_decaps, (uint8_t *ss, const uint8_t *ct, const uint8_t *dk), dk,
         pqh_mlkem768_x25519_decaps, pqh_mlkem768_x25519_lamps_decaps_key_init,
         pqh_mlkem768_x25519_decaps_with(ss, ct, &key))
PREPARED_SIGNATURE(mldsa65_ed25519)
PREPARED_SIGNATURE(mldsa87_ed448)

static pqh_status prehash_sha512(uint8_t *digest, const struct bytes *msg) {
    pqh_mldsa65_ed25519_prehash state;
    pqh_status status = pqh_mldsa65_ed25519_prehash_init(&state);
    for (size_t at = 0; at < msg->len && status == PQH_OK; at += PIECE) {
        size_t left = msg->len - at;
        status = pqh_mldsa65_ed25519_prehash_update(&state, msg->data + at, left < PIECE ? left : PIECE);
    }
    return status == PQH_OK ? pqh_mldsa65_ed25519_prehash_final(&state, digest) : status;
}

static pqh_status prehash_shake256(uint8_t *digest, const struct bytes *msg) {
    pqh_mldsa87_ed448_prehash state;
    pqh_status status = pqh_mldsa87_ed448_prehash_init(&state);
    for (size_t at = 0; at < msg->len && status == PQH_OK; at += PIECE) {
        size_t left = msg->len - at;
        status = pqh_mldsa87_ed448_prehash_update(&state, msg->data + at, left < PIECE ? left : PIECE);
    }
    return status == PQH_OK ? pqh_mldsa87_ed448_prehash_final(&state, digest) : status;
}

static const struct kem kems[] = {
    {"mlkem768_x25519", PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, PQH_MLKEM768_X25519_SECRET_KEY_BYTES,
     PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES,
     PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES,
     pqh_mlkem768_x25519_public_key, pqh_mlkem768_x25519_encaps_derand, pqh_mlkem768_x25519_decaps,
     pqh_mlkem768_x25519_lamps_public_key, pqh_mlkem768_x25519_lamps_decaps,
     mlkem768_x25519_prepared_encaps, mlkem768_x25519_prepared_decaps, mlkem768_x25519_prepared_lamps_decaps},
    {"mlkem1024_x448", PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES, PQH_MLKEM1024_X448_SECRET_KEY_BYTES,
     PQH_MLKEM1024_X448_CIPHERTEXT_BYTES, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES,
     PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES, 0,
     pqh_mlkem1024_x448_public_key, pqh_mlkem1024_x448_encaps_derand, pqh_mlkem1024_x448_decaps, NULL, NULL,
     mlkem1024_x448_prepared_encaps, mlkem1024_x448_prepared_decaps, NULL},
};

static const struct signature signatures[] = {
    {"mldsa65_ed25519", PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES,
     PQH_MLDSA65_ED25519_SIGNATURE_BYTES, pqh_mldsa65_ed25519_public_key, pqh_mldsa65_ed25519_sign_derand,
     pqh_mldsa65_ed25519_verify, prehash_sha512, pqh_mldsa65_ed25519_sign_prehashed,
     pqh_mldsa65_ed25519_verify_prehashed, mldsa65_ed25519_prepared_sign, mldsa65_ed25519_prepared_sign_prehashed,
     mldsa65_ed25519_prepared_verify, mldsa65_ed25519_prepared_verify_prehashed},
    {"mldsa87_ed448", PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, PQH_MLDSA87_ED448_SECRET_KEY_BYTES,
     PQH_MLDSA87_ED448_SIGNATURE_BYTES, pqh_mldsa87_ed448_public_key, pqh_mldsa87_ed448_sign_derand,
     pqh_mldsa87_ed448_verify, prehash_shake256, pqh_mldsa87_ed448_sign_prehashed,
     pqh_mldsa87_ed448_verify_prehashed, mldsa87_ed448_prepared_sign, mldsa87_ed448_prepared_sign_prehashed,
     mldsa87_ed448_prepared_verify, mldsa87_ed448_prepared_verify_prehashed},
};

/* The largest output of any suite is a signature. */
static uint8_t out[PQH_MLDSA87_ED448_SIGNATURE_BYTES], out2[PQH_MLDSA87_ED448_SIGNATURE_BYTES];

static int is(const struct bytes *expected, const uint8_t *actual, size_t len) {
    return expected->len == len && memcmp(expected->data, actual, len) == 0;
}

/* Each run_ function returns whether the record holds; a record that it cannot read does not. */

static int run_public_key(pqh_status (*public_key)(uint8_t *, const uint8_t *), size_t pk, size_t sk,
                          const struct bytes *f, size_t n) {
    return n == 2 && f[0].len == sk && public_key(out, f[0].data) == PQH_OK && is(&f[1], out, pk);
}

static int run_decaps(pqh_status (*decaps)(uint8_t *, const uint8_t *, const uint8_t *), const struct kem *kem,
                      size_t sk, const struct bytes *f, size_t n) {
    return n == 3 && f[0].len == kem->ct && f[1].len == sk && decaps(out, f[0].data, f[1].data) == PQH_OK &&
           is(&f[2], out, kem->ss);
}

static int run_encaps(const struct kem *kem, const struct bytes *f, size_t n) {
    return n == 4 && f[0].len == kem->coins && f[1].len == kem->pk &&
           kem->encaps_derand(out, out2, f[0].data, f[1].data) == PQH_OK && is(&f[2], out, kem->ct) &&
           is(&f[3], out2, kem->ss) && kem->prepared_encaps_derand(out, out2, f[0].data, f[1].data) == PQH_OK &&
           is(&f[2], out, kem->ct) && is(&f[3], out2, kem->ss);
}

static int run_kem(const struct kem *kem, const char *operation, const struct bytes *f, size_t n) {
    if (strcmp(operation, "public_key") == 0) return run_public_key(kem->public_key, kem->pk, kem->sk, f, n);
    if (strcmp(operation, "decaps") == 0)
        return run_decaps(kem->decaps, kem, kem->sk, f, n) && run_decaps(kem->prepared_decaps, kem, kem->sk, f, n);
    if (strcmp(operation, "encaps_derand") == 0) return run_encaps(kem, f, n);
    if (kem->lamps_sk == 0) return 0;
    if (strcmp(operation, "lamps_public_key") == 0)
        return run_public_key(kem->lamps_public_key, kem->pk, kem->lamps_sk, f, n);
    if (strcmp(operation, "lamps_decaps") == 0)
        return run_decaps(kem->lamps_decaps, kem, kem->lamps_sk, f, n) &&
               run_decaps(kem->prepared_lamps_decaps, kem, kem->lamps_sk, f, n);
    return 0;
}

static int run_verify(const struct signature *suite, pqh_status expected, const struct bytes *f, size_t n) {
    uint8_t digest[64];
    if (n != 4 || f[0].len != suite->sig || f[3].len != suite->pk) return 0;
    const struct bytes *msg = &f[1], *ctx = &f[2];
    return suite->verify(f[0].data, msg->data, msg->len, ctx->data, ctx->len, f[3].data) == expected &&
           suite->prehash(digest, msg) == PQH_OK &&
           suite->verify_prehashed(f[0].data, digest, ctx->data, ctx->len, f[3].data) == expected &&
           suite->prepared_verify(f[0].data, msg->data, msg->len, ctx->data, ctx->len, f[3].data) == expected &&
           suite->prepared_verify_prehashed(f[0].data, digest, ctx->data, ctx->len, f[3].data) == expected;
}

static int run_sign_eddsa(const struct signature *suite, const struct bytes *f, size_t n) {
    static const uint8_t without_randomness[32];
    uint8_t digest[64];
    if (n != 4 || f[2].len != suite->sk || f[3].len >= suite->sig) return 0;
    const struct bytes *msg = &f[0], *ctx = &f[1], *half = &f[3];
    size_t at = suite->sig - half->len;
    return suite->sign_derand(out, msg->data, msg->len, ctx->data, ctx->len, without_randomness, f[2].data) == PQH_OK &&
           is(half, out + at, suite->sig - at) && suite->prehash(digest, msg) == PQH_OK &&
           suite->sign_prehashed(out2, digest, ctx->data, ctx->len, f[2].data) == PQH_OK &&
           is(half, out2 + at, suite->sig - at) &&
           /* The deterministic variant: all of the signature is the same. */
           suite->prepared_sign_derand(out2, msg->data, msg->len, ctx->data, ctx->len, without_randomness,
                                       f[2].data) == PQH_OK &&
           memcmp(out, out2, suite->sig) == 0 &&
           suite->prepared_sign_prehashed(out2, digest, ctx->data, ctx->len, f[2].data) == PQH_OK &&
           is(half, out2 + at, suite->sig - at);
}

static int run_signature(const struct signature *suite, const char *operation, const struct bytes *f, size_t n) {
    if (strcmp(operation, "public_key") == 0) return run_public_key(suite->public_key, suite->pk, suite->sk, f, n);
    if (strcmp(operation, "verify") == 0) return run_verify(suite, PQH_OK, f, n);
    if (strcmp(operation, "refuse") == 0) return run_verify(suite, PQH_ERR_SIGNATURE, f, n);
    if (strcmp(operation, "sign_eddsa") == 0) return run_sign_eddsa(suite, f, n);
    return 0;
}

static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes hex in place; "-" is the empty string. */
static int unhex(struct bytes *field, char *hex) {
    size_t len = strcmp(hex, "-") == 0 ? 0 : strlen(hex);
    if (len % 2 != 0) return 0;
    field->data = (uint8_t *)hex;
    field->len = len / 2;
    for (size_t i = 0; i < field->len; i++) {
        int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return 0;
        field->data[i] = (uint8_t)(high << 4 | low);
    }
    return 1;
}

static int run(char *line) {
    struct bytes fields[MAX_FIELDS];
    size_t n = 0;
    const char *suite = strtok(line, " \n"), *operation = strtok(NULL, " \n");
    if (suite == NULL || operation == NULL) return 0;
    for (char *hex = strtok(NULL, " \n"); hex != NULL; hex = strtok(NULL, " \n")) {
        if (n == MAX_FIELDS || !unhex(&fields[n++], hex)) return 0;
    }
    for (size_t i = 0; i < COUNT(kems); i++) {
        if (strcmp(suite, kems[i].name) == 0) return run_kem(&kems[i], operation, fields, n);
    }
    for (size_t i = 0; i < COUNT(signatures); i++) {
        if (strcmp(suite, signatures[i].name) == 0) return run_signature(&signatures[i], operation, fields, n);
    }
    return 0;
}

int main(int argc, char **argv) {
    static char line[MAX_LINE];
    unsigned cases = 0, failed = 0;
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: vectors FILE, a file that vectors_to_text.py wrote\n");
        return 1;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        cases++;
        /* A line that does not fit has no end, and would be taken for two. */
        if (strchr(line, '\n') == NULL || !run(line)) {
            fprintf(stderr, "c/vectors: line %u of %s does not hold\n", cases, argv[1]);
            failed++;
        }
    }
    if (ferror(file)) failed++;
    fclose(file);
    if (failed > 0) fprintf(stderr, "c/vectors: %u of %u failed\n", failed, cases);
    else printf("c/vectors: %u cases\n", cases);
    return failed > 0 || cases == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
