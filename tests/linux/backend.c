/* Says which backend the library has chosen; with an argument, also uses a suite, for an emulator that looks on. */
#include <pqhybrid.h>
#include <stdio.h>
#include <string.h>

static int kem(void) {
    static uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES];
    uint8_t sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES], one[32], other[32];
    if (pqh_mlkem768_x25519_keygen(pk, sk) != PQH_OK || pqh_mlkem768_x25519_encaps(ct, one, pk) != PQH_OK ||
        pqh_mlkem768_x25519_decaps(other, ct, sk) != PQH_OK)
        return 1;
    return !pqh_ct_equal(one, other, sizeof one);
}

static int sign(void) {
#ifndef PQH_WITHOUT_MLDSA65_ED25519
    static uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES], sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES];
    uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES];
    if (pqh_mldsa65_ed25519_keygen(pk, sk) != PQH_OK || pqh_mldsa65_ed25519_sign(sig, NULL, 0, NULL, 0, sk) != PQH_OK)
        return 1;
    return pqh_mldsa65_ed25519_verify(sig, NULL, 0, NULL, 0, pk) != PQH_OK;
#else
    return 1;
#endif
}

int main(int argc, char **argv) {
    puts(pqh_backend());
    if (argc < 2)
        return 0;
    return strcmp(argv[1], "kem") == 0 ? kem() : sign();
}
