/*
 * suites.c: every operation of the four suites on the microcontroller, and what happens when its random source fails.
 * Exits with 0 if all was as it should be.
 */
#include <pqhybrid.h>

#include "random.h"
#include "semihosting.h"

#include <string.h>

/* A microcontroller's stack is small: what is large lies in static memory, in one place for all suites. */
#define MAX_PK PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES
#define MAX_SK PQH_MLKEM1024_X448_SECRET_KEY_BYTES
#define MAX_OUT PQH_MLDSA87_ED448_SIGNATURE_BYTES

static uint8_t pk[MAX_PK], sk[MAX_SK], out[MAX_OUT]; /* out is a ciphertext or a signature */

#define SS 32
static uint8_t mine[SS], theirs[SS];

static uint32_t cases, failures;

static void check(const char *suite, const char *what, int holds)
{
    cases++;
    failures += !holds;
    semihosting_write("  ");
    semihosting_write(suite);
    semihosting_write(": ");
    semihosting_write(what);
    semihosting_write(holds ? "\n" : ": NOT SO\n");
}

static int is_zero(const uint8_t *data, size_t len)
{
    uint8_t any = 0;

    while (len-- > 0)
        any |= *data++;
    return any == 0;
}

static void wipe(void)
{
    pqh_secure_wipe(sk, sizeof sk);
    pqh_secure_wipe(mine, sizeof mine);
    pqh_secure_wipe(theirs, sizeof theirs);
}

/* ---- key exchange ------------------------------------------------------------------------------ */

struct kem {
    const char *name;
    size_t pk, sk, ct;
    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*encaps)(uint8_t *ct, uint8_t *ss, const uint8_t *pk);
    pqh_status (*decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);
};

static const struct kem kems[] = {
    {"mlkem768_x25519", PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, PQH_MLKEM768_X25519_SECRET_KEY_BYTES,
     PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, pqh_mlkem768_x25519_keygen, pqh_mlkem768_x25519_encaps,
     pqh_mlkem768_x25519_decaps},
    {"mlkem1024_x448", PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES, PQH_MLKEM1024_X448_SECRET_KEY_BYTES,
     PQH_MLKEM1024_X448_CIPHERTEXT_BYTES, pqh_mlkem1024_x448_keygen, pqh_mlkem1024_x448_encaps,
     pqh_mlkem1024_x448_decaps},
};

static void show_kem(const struct kem *kem)
{
    check(kem->name, "keygen", kem->keygen(pk, sk) == PQH_OK);
    check(kem->name, "encaps", kem->encaps(out, theirs, pk) == PQH_OK);
    check(kem->name, "decaps gives the same secret",
          kem->decaps(mine, out, sk) == PQH_OK && pqh_ct_equal(mine, theirs, SS) && !is_zero(mine, SS));
    out[0] ^= 1;
    check(kem->name, "a ciphertext that was altered gives another",
          kem->decaps(mine, out, sk) == PQH_OK && !pqh_ct_equal(mine, theirs, SS));

    /* Bytes that are not zero beforehand: those that were there must not be taken for an answer. */
    random_source_is_broken = 1;
    memset(pk, 0xA5, kem->pk);
    memset(sk, 0xA5, kem->sk);
    check(kem->name, "keygen without randomness: PQH_ERR_RANDOM, and zeros",
          kem->keygen(pk, sk) == PQH_ERR_RANDOM && is_zero(pk, kem->pk) && is_zero(sk, kem->sk));
    random_source_is_broken = 0;
    check(kem->name, "keygen again", kem->keygen(pk, sk) == PQH_OK);
    random_source_is_broken = 1;
    check(kem->name, "encaps without randomness: PQH_ERR_RANDOM, and zeros",
          kem->encaps(out, theirs, pk) == PQH_ERR_RANDOM && is_zero(out, kem->ct) && is_zero(theirs, SS));
    random_source_is_broken = 0;
    wipe();
}

/* ---- signatures -------------------------------------------------------------------------------- */

struct signature {
    const char *name;
    size_t pk, sk, sig;
    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*sign)(uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                       const uint8_t *sk);
    pqh_status (*verify)(const uint8_t *sig, const uint8_t *msg, size_t msg_len, const uint8_t *ctx, size_t ctx_len,
                         const uint8_t *pk);
};

static const struct signature signatures[] = {
    {"mldsa65_ed25519", PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES,
     PQH_MLDSA65_ED25519_SIGNATURE_BYTES, pqh_mldsa65_ed25519_keygen, pqh_mldsa65_ed25519_sign,
     pqh_mldsa65_ed25519_verify},
    {"mldsa87_ed448", PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, PQH_MLDSA87_ED448_SECRET_KEY_BYTES,
     PQH_MLDSA87_ED448_SIGNATURE_BYTES, pqh_mldsa87_ed448_keygen, pqh_mldsa87_ed448_sign, pqh_mldsa87_ed448_verify},
};

static void show_signature(const struct signature *suite)
{
    static const uint8_t msg[] = "temperature 21.5", context[] = "sensor";
    const size_t msg_len = sizeof msg - 1, context_len = sizeof context - 1;

    check(suite->name, "keygen", suite->keygen(pk, sk) == PQH_OK);
    check(suite->name, "sign", suite->sign(out, msg, msg_len, context, context_len, sk) == PQH_OK);
    check(suite->name, "verify", suite->verify(out, msg, msg_len, context, context_len, pk) == PQH_OK);
    check(suite->name, "another message is refused",
          suite->verify(out, msg, msg_len - 1, context, context_len, pk) == PQH_ERR_SIGNATURE);
    check(suite->name, "another context is refused",
          suite->verify(out, msg, msg_len, context, context_len - 1, pk) == PQH_ERR_SIGNATURE);

    random_source_is_broken = 1;
    check(suite->name, "sign without randomness: PQH_ERR_RANDOM, and zeros",
          suite->sign(out, msg, msg_len, context, context_len, sk) == PQH_ERR_RANDOM && is_zero(out, suite->sig));
    check(suite->name, "keygen without randomness: PQH_ERR_RANDOM, and zeros",
          suite->keygen(pk, sk) == PQH_ERR_RANDOM && is_zero(pk, suite->pk) && is_zero(sk, suite->sk));
    random_source_is_broken = 0;
    wipe();
}

int main(void)
{
    size_t i;

    semihosting_write("pqhybrid ");
    semihosting_write(pqh_version());
    semihosting_write(" on a Cortex-M33\n");
    for (i = 0; i < sizeof kems / sizeof kems[0]; i++)
        show_kem(&kems[i]);
    for (i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        show_signature(&signatures[i]);
    if (failures == 0) {
        semihosting_write("firmware/suites: ");
        semihosting_write_number(cases);
        semihosting_write(" cases\n");
    }
    return failures == 0 ? 0 : 1;
}
