/* Uses each suite once from end to end. Compiles as C99 and as C++17, against what is installed. */
#include <pqhybrid.h>

#include <stdio.h>
#include <string.h>

#define KEM(SUITE, suite)                                                                          \
    static int suite(void)                                                                         \
    {                                                                                              \
        static uint8_t pk[PQH_##SUITE##_PUBLIC_KEY_BYTES], sk[PQH_##SUITE##_SECRET_KEY_BYTES];     \
        static uint8_t ct[PQH_##SUITE##_CIPHERTEXT_BYTES];                                         \
        uint8_t ours[PQH_##SUITE##_SHARED_SECRET_BYTES], theirs[PQH_##SUITE##_SHARED_SECRET_BYTES]; \
        return pqh_##suite##_keygen(pk, sk) == PQH_OK && pqh_##suite##_encaps(ct, theirs, pk) == PQH_OK && \
               pqh_##suite##_decaps(ours, ct, sk) == PQH_OK && pqh_ct_equal(ours, theirs, sizeof ours) == 1; \
    }

#define SIGNATURE(SUITE, suite)                                                                    \
    static int suite(void)                                                                         \
    {                                                                                              \
        static uint8_t pk[PQH_##SUITE##_PUBLIC_KEY_BYTES], sk[PQH_##SUITE##_SECRET_KEY_BYTES];     \
        static uint8_t sig[PQH_##SUITE##_SIGNATURE_BYTES];                                         \
        const uint8_t msg[3] = {1, 2, 3};                                                          \
        int good = pqh_##suite##_keygen(pk, sk) == PQH_OK &&                                       \
                   pqh_##suite##_sign(sig, msg, sizeof msg, NULL, 0, sk) == PQH_OK &&              \
                   pqh_##suite##_verify(sig, msg, sizeof msg, NULL, 0, pk) == PQH_OK;              \
        sig[sizeof sig / 2] ^= 1;                                                                  \
        return good && pqh_##suite##_verify(sig, msg, sizeof msg, NULL, 0, pk) == PQH_ERR_SIGNATURE; \
    }

KEM(MLKEM768_X25519, mlkem768_x25519)
KEM(MLKEM1024_X448, mlkem1024_x448)
SIGNATURE(MLDSA65_ED25519, mldsa65_ed25519)
SIGNATURE(MLDSA87_ED448, mldsa87_ed448)

int main(void)
{
    char version[32];

    snprintf(version, sizeof version, "%d.%d.%d", PQH_VERSION_MAJOR, PQH_VERSION_MINOR, PQH_VERSION_PATCH);
    if (strcmp(version, pqh_version()) != 0 || !mlkem768_x25519() || !mlkem1024_x448() || !mldsa65_ed25519() ||
        !mldsa87_ed448())
        return 1;
    puts("four suites work");
    return 0;
}
