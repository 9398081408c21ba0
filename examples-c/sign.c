/*
 * sign.c: sign a message and verify the signature, with each of the two signature suites.
 *
 *     cc examples-c/sign.c -Iinclude libpqhybrid.a && ./a.out
 *
 * A program that uses one suite calls it by name and needs no table of functions:
 *
 *     uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES];
 *     if (pqh_mldsa65_ed25519_sign(sig, msg, msg_len, ctx, ctx_len, sk) != PQH_OK) ...
 */
#include <pqhybrid.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct suite {
    const char *name, *standard;
    size_t public_key_bytes, secret_key_bytes, signature_bytes;
    size_t eddsa_bytes; /* the classical half is the last one in a signature */
    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*sign)(uint8_t *sig, const uint8_t *msg, size_t msg_len,
                       const uint8_t *ctx, size_t ctx_len, const uint8_t *sk);
    pqh_status (*verify)(const uint8_t *sig, const uint8_t *msg, size_t msg_len,
                         const uint8_t *ctx, size_t ctx_len, const uint8_t *pk);
};

static const struct suite SUITES[] = {
    {"mldsa65_ed25519", "standard: id-MLDSA65-Ed25519-SHA512",
     PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES,
     PQH_MLDSA65_ED25519_SIGNATURE_BYTES, 64,
     pqh_mldsa65_ed25519_keygen, pqh_mldsa65_ed25519_sign, pqh_mldsa65_ed25519_verify},
    {"mldsa87_ed448", "high strength: id-MLDSA87-Ed448-SHAKE256",
     PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, PQH_MLDSA87_ED448_SECRET_KEY_BYTES,
     PQH_MLDSA87_ED448_SIGNATURE_BYTES, 114,
     pqh_mldsa87_ed448_keygen, pqh_mldsa87_ed448_sign, pqh_mldsa87_ed448_verify},
};

static const char MESSAGE[] = "Pay Bob 10 euros.";
static const char CHANGED[] = "Pay Bob 90 euros.";

/* A context says what a signature is for, so that it cannot be used for something else. It may be empty. */
static const char CONTEXT[] = "example.org/payment/v1";
static const char ANOTHER[] = "example.org/invoice/v1";

/* Messages and contexts are bytes with a length, not texts with a final 0. */
static pqh_status sign(const struct suite *suite, uint8_t *sig, const char *msg, const char *ctx, const uint8_t *sk)
{
    return suite->sign(sig, (const uint8_t *)msg, strlen(msg), (const uint8_t *)ctx, strlen(ctx), sk);
}

static pqh_status verify(const struct suite *suite, const uint8_t *sig, const char *msg, const char *ctx,
                         const uint8_t *pk)
{
    return suite->verify(sig, (const uint8_t *)msg, strlen(msg), (const uint8_t *)ctx, strlen(ctx), pk);
}

/* Prints one line of the demonstration, and returns whether the status is the expected one. */
static int step(const char *what, pqh_status status, pqh_status expected)
{
    if (status == PQH_OK)
        printf("  %-50s %s\n", what, expected == PQH_OK ? "ok" : "FAILED: accepted");
    else
        printf("  %-50s %s, %" PRId32 ": %s\n", what, status == expected ? "refused" : "FAILED",
               status, pqh_status_string(status));
    return status == expected;
}

static int demonstrate(const struct suite *suite)
{
    /* Large enough for either suite; the sizes of the larger one. */
    uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES], sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES];
    uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES], other[sizeof sig], mixed[sizeof sig];
    const size_t mldsa_bytes = suite->signature_bytes - suite->eddsa_bytes;
    int ok;

    printf("\n%s (%s)\n", suite->name, suite->standard);
    printf("  bytes: public key %zu, secret key %zu, signature %zu\n",
           suite->public_key_bytes, suite->secret_key_bytes, suite->signature_bytes);

    ok = step("Alice makes a key pair", suite->keygen(pk, sk), PQH_OK)
        && step("Alice signs a message", sign(suite, sig, MESSAGE, CONTEXT, sk), PQH_OK)
        && step("Bob verifies the signature", verify(suite, sig, MESSAGE, CONTEXT, pk), PQH_OK)
        && step("... with another message", verify(suite, sig, CHANGED, CONTEXT, pk), PQH_ERR_SIGNATURE)
        && step("... with another context", verify(suite, sig, MESSAGE, ANOTHER, pk), PQH_ERR_SIGNATURE);

    /*
     * Both halves must hold. Alice's signature of another message stands for a forger who has broken one of the two
     * algorithms only: whichever half is the wrong one, the whole is refused.
     */
    ok = ok && sign(suite, other, CHANGED, CONTEXT, sk) == PQH_OK;
    if (ok) {
        memcpy(mixed, other, mldsa_bytes);
        memcpy(mixed + mldsa_bytes, sig + mldsa_bytes, suite->eddsa_bytes);
        ok = step("... with the ML-DSA half of another signature",
                  verify(suite, mixed, MESSAGE, CONTEXT, pk), PQH_ERR_SIGNATURE);
    }
    if (ok) {
        memcpy(mixed, sig, mldsa_bytes);
        memcpy(mixed + mldsa_bytes, other + mldsa_bytes, suite->eddsa_bytes);
        ok = step("... with the EdDSA half of another signature",
                  verify(suite, mixed, MESSAGE, CONTEXT, pk), PQH_ERR_SIGNATURE);
    }
    if (!ok)
        fprintf(stderr, "sign: %s: not as it should be\n", suite->name);

    pqh_secure_wipe(sk, sizeof sk);
    return ok;
}

int main(void)
{
    size_t i;

    printf("Signatures with pqhybrid %s, running as %s\n", pqh_version(), pqh_backend());
    for (i = 0; i < sizeof SUITES / sizeof SUITES[0]; i++)
        if (!demonstrate(&SUITES[i]))
            return 1;
    return 0;
}
