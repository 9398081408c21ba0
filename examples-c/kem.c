/*
 * kem.c: two parties agree on a secret, with each of the two key exchange suites.
 *
 *     cc examples-c/kem.c -Iinclude libpqhybrid.a && ./a.out
 *
 * A program that uses one suite calls it by name and needs no table of functions:
 *
 *     uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES];
 *     if (pqh_mlkem768_x25519_keygen(pk, sk) != PQH_OK) ...
 */
#include <pqhybrid.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct kem {
    const char *name, *standard, *curve;
    size_t public_key_bytes, secret_key_bytes, ciphertext_bytes, shared_secret_bytes;
    size_t point_bytes; /* the classical half is the last one in keys and ciphertexts */
    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*encaps)(uint8_t *ct, uint8_t *ss, const uint8_t *pk);
    pqh_status (*decaps)(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);
};

static const struct kem KEMS[] = {
    {"mlkem768_x25519", "standard: X-Wing, id-MLKEM768-X25519-SHA3-256", "X25519",
     PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, PQH_MLKEM768_X25519_SECRET_KEY_BYTES,
     PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES, 32,
     pqh_mlkem768_x25519_keygen, pqh_mlkem768_x25519_encaps, pqh_mlkem768_x25519_decaps},
    {"mlkem1024_x448", "high strength: id-MLKEM1024-X448-SHA3-256", "X448",
     PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES, PQH_MLKEM1024_X448_SECRET_KEY_BYTES,
     PQH_MLKEM1024_X448_CIPHERTEXT_BYTES, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES, 56,
     pqh_mlkem1024_x448_keygen, pqh_mlkem1024_x448_encaps, pqh_mlkem1024_x448_decaps},
};

/* Prints one line of the demonstration, and returns whether what happened is what should have. */
static int step(const char *what, int as_expected, const char *result)
{
    printf("  %-50s %s\n", what, as_expected ? result : "FAILED");
    return as_expected;
}

static int demonstrate(const struct kem *kem)
{
    /* Large enough for either suite; the sizes of the larger one. */
    uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES], ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES];
    uint8_t alice_sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES];
    uint8_t alice_ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES], bob_ss[sizeof alice_ss];
    const size_t ss_bytes = kem->shared_secret_bytes;
    char line[80];
    pqh_status status;
    int ok;

    printf("\n%s (%s)\n", kem->name, kem->standard);
    printf("  bytes: public key %zu, secret key %zu, ciphertext %zu, shared secret %zu\n",
           kem->public_key_bytes, kem->secret_key_bytes, kem->ciphertext_bytes, ss_bytes);

    /* Alice makes a key pair. The public key may travel openly, but Bob must know that it is hers. */
    status = kem->keygen(pk, alice_sk);
    ok = step("Alice makes a key pair", status == PQH_OK, "ok");

    /* Bob makes a secret that only Alice can recover, and the ciphertext that brings it to her. */
    if (ok) {
        status = kem->encaps(ct, bob_ss, pk);
        ok = step("Bob encapsulates to her public key", status == PQH_OK, "ok");
    }

    /* Alice recovers it. Real parties never compare: they use the secret, and a wrong one shows. */
    if (ok) {
        status = kem->decaps(alice_ss, ct, alice_sk);
        ok = step("Alice decapsulates his ciphertext",
                  status == PQH_OK && pqh_ct_equal(alice_ss, bob_ss, ss_bytes), "ok, the same secret");
    }

    /* A forged ciphertext is not an error, so that a forger learns nothing from the answer. */
    if (ok) {
        ct[0] ^= 1;
        status = kem->decaps(alice_ss, ct, alice_sk);
        ok = step("Mallory flips one bit of the ciphertext",
                  status == PQH_OK && !pqh_ct_equal(alice_ss, bob_ss, ss_bytes),
                  "no error, but an unrelated secret");
    }

    /* The point 0 has small order: with it anybody would know the classical half's secret. */
    if (ok) {
        memset(pk + kem->public_key_bytes - kem->point_bytes, 0, kem->point_bytes);
        status = kem->encaps(ct, bob_ss, pk);
        snprintf(line, sizeof line, "refused, %" PRId32 ": %s", status, pqh_status_string(status));
        ok = step("Mallory sends a key with a small-order point", status == PQH_ERR_PUBLIC_KEY, line);
    }

    if (!ok)
        fprintf(stderr, "kem: %s: not as it should be; the last status is %" PRId32 ": %s\n",
                kem->name, status, pqh_status_string(status));

    /* On every way out. A plain memset at the end of a buffer's life may be optimised away. */
    pqh_secure_wipe(alice_sk, sizeof alice_sk);
    pqh_secure_wipe(alice_ss, sizeof alice_ss);
    pqh_secure_wipe(bob_ss, sizeof bob_ss);
    return ok;
}

int main(void)
{
    size_t i;

    printf("Key exchange with pqhybrid %s, running as %s\n", pqh_version(), pqh_backend());
    for (i = 0; i < sizeof KEMS / sizeof KEMS[0]; i++)
        if (!demonstrate(&KEMS[i]))
            return 1;
    return 0;
}
