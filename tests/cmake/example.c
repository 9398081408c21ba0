/* What the CMake projects beside this build, as C and as C++. */
#include <pqhybrid.h>
#include <stdio.h>

int main(void) {
    uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES];
    uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES];
    uint8_t mine[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], theirs[sizeof mine];
    if (pqh_mlkem768_x25519_keygen(pk, sk) != PQH_OK) return 1;
    if (pqh_mlkem768_x25519_encaps(ct, theirs, pk) != PQH_OK) return 1;
    if (pqh_mlkem768_x25519_decaps(mine, ct, sk) != PQH_OK) return 1;
    if (!pqh_ct_equal(mine, theirs, sizeof mine)) return 1;
    printf("%s, %s C++\n", pqh_version(),
#ifdef __cplusplus
           "from"
#else
           "not from"
#endif
    );
    return 0;
}
