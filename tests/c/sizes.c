/* Every size four ways: the macro, the function, an array declared with the macro, the contract's number. C and C++. */
#include "test.h"

static void size(const char *name, size_t macro, size_t function, size_t array, size_t contract) {
    CHECK(macro == contract, "%s: the macro, %lu", name, (unsigned long)macro);
    CHECK(function == contract, "%s: the function, %lu", name, (unsigned long)function);
    CHECK(array == contract, "%s: an array, %lu", name, (unsigned long)array);
}

#define SIZE(macro, function, contract)                                                                   \
    do {                                                                                                  \
        typedef uint8_t array[PQH_##macro];                                                               \
        size("PQH_" #macro, PQH_##macro, pqh_##function(), sizeof(array), contract);                      \
    } while (0)

#define KEY_SIZE(macro, type)                                                                             \
    CHECK(PQH_##macro == sizeof(type), "PQH_" #macro " is not the size of " #type)

/* A macro that is not a literal could not be used by the preprocessor. */
#if PQH_OK != 0 || PQH_ERR_INTERNAL != -10 || PQH_VERSION_MAJOR < 0
#error "the macros of pqhybrid.h are not integer literals"
#endif

int main(void) {
#ifdef PQH_HAVE_MLKEM768_X25519
    SIZE(MLKEM768_X25519_PUBLIC_KEY_BYTES, mlkem768_x25519_public_key_bytes, 1216);
    SIZE(MLKEM768_X25519_SECRET_KEY_BYTES, mlkem768_x25519_secret_key_bytes, 32);
    SIZE(MLKEM768_X25519_CIPHERTEXT_BYTES, mlkem768_x25519_ciphertext_bytes, 1120);
    SIZE(MLKEM768_X25519_SHARED_SECRET_BYTES, mlkem768_x25519_shared_secret_bytes, 32);
    SIZE(MLKEM768_X25519_ENCAPS_COINS_BYTES, mlkem768_x25519_encaps_coins_bytes, 64);
    SIZE(MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES, mlkem768_x25519_lamps_secret_key_bytes, 96);
    SIZE(MLKEM768_X25519_ENCAPS_KEY_BYTES, mlkem768_x25519_encaps_key_bytes, 6272);
    SIZE(MLKEM768_X25519_DECAPS_KEY_BYTES, mlkem768_x25519_decaps_key_bytes, 7872);
    KEY_SIZE(MLKEM768_X25519_ENCAPS_KEY_BYTES, pqh_mlkem768_x25519_encaps_key);
    KEY_SIZE(MLKEM768_X25519_DECAPS_KEY_BYTES, pqh_mlkem768_x25519_decaps_key);
#endif
#ifdef PQH_HAVE_MLKEM1024_X448
    SIZE(MLKEM1024_X448_PUBLIC_KEY_BYTES, mlkem1024_x448_public_key_bytes, 1624);
    SIZE(MLKEM1024_X448_SECRET_KEY_BYTES, mlkem1024_x448_secret_key_bytes, 120);
    SIZE(MLKEM1024_X448_CIPHERTEXT_BYTES, mlkem1024_x448_ciphertext_bytes, 1624);
    SIZE(MLKEM1024_X448_SHARED_SECRET_BYTES, mlkem1024_x448_shared_secret_bytes, 32);
    SIZE(MLKEM1024_X448_ENCAPS_COINS_BYTES, mlkem1024_x448_encaps_coins_bytes, 88);
    SIZE(MLKEM1024_X448_ENCAPS_KEY_BYTES, mlkem1024_x448_encaps_key_bytes, 10400);
    SIZE(MLKEM1024_X448_DECAPS_KEY_BYTES, mlkem1024_x448_decaps_key_bytes, 12544);
    KEY_SIZE(MLKEM1024_X448_ENCAPS_KEY_BYTES, pqh_mlkem1024_x448_encaps_key);
    KEY_SIZE(MLKEM1024_X448_DECAPS_KEY_BYTES, pqh_mlkem1024_x448_decaps_key);
#endif
#ifdef PQH_HAVE_MLDSA65_ED25519
    SIZE(MLDSA65_ED25519_PUBLIC_KEY_BYTES, mldsa65_ed25519_public_key_bytes, 1984);
    SIZE(MLDSA65_ED25519_SECRET_KEY_BYTES, mldsa65_ed25519_secret_key_bytes, 64);
    SIZE(MLDSA65_ED25519_SIGNATURE_BYTES, mldsa65_ed25519_signature_bytes, 3373);
    SIZE(MLDSA65_ED25519_SIGN_RND_BYTES, mldsa65_ed25519_sign_rnd_bytes, 32);
    SIZE(MLDSA65_ED25519_DIGEST_BYTES, mldsa65_ed25519_digest_bytes, 64);
    SIZE(MLDSA65_ED25519_PREHASH_BYTES, mldsa65_ed25519_prehash_bytes, sizeof(pqh_mldsa65_ed25519_prehash));
    SIZE(MLDSA65_ED25519_SIGN_KEY_BYTES, mldsa65_ed25519_sign_key_bytes, 6144);
    SIZE(MLDSA65_ED25519_VERIFY_KEY_BYTES, mldsa65_ed25519_verify_key_bytes, 3104);
    KEY_SIZE(MLDSA65_ED25519_SIGN_KEY_BYTES, pqh_mldsa65_ed25519_sign_key);
    KEY_SIZE(MLDSA65_ED25519_VERIFY_KEY_BYTES, pqh_mldsa65_ed25519_verify_key);
#endif
#ifdef PQH_HAVE_MLDSA87_ED448
    SIZE(MLDSA87_ED448_PUBLIC_KEY_BYTES, mldsa87_ed448_public_key_bytes, 2649);
    SIZE(MLDSA87_ED448_SECRET_KEY_BYTES, mldsa87_ed448_secret_key_bytes, 89);
    SIZE(MLDSA87_ED448_SIGNATURE_BYTES, mldsa87_ed448_signature_bytes, 4741);
    SIZE(MLDSA87_ED448_SIGN_RND_BYTES, mldsa87_ed448_sign_rnd_bytes, 32);
    SIZE(MLDSA87_ED448_DIGEST_BYTES, mldsa87_ed448_digest_bytes, 64);
    SIZE(MLDSA87_ED448_PREHASH_BYTES, mldsa87_ed448_prehash_bytes, sizeof(pqh_mldsa87_ed448_prehash));
    SIZE(MLDSA87_ED448_SIGN_KEY_BYTES, mldsa87_ed448_sign_key_bytes, 7752);
    SIZE(MLDSA87_ED448_VERIFY_KEY_BYTES, mldsa87_ed448_verify_key_bytes, 2688);
    KEY_SIZE(MLDSA87_ED448_SIGN_KEY_BYTES, pqh_mldsa87_ed448_sign_key);
    KEY_SIZE(MLDSA87_ED448_VERIFY_KEY_BYTES, pqh_mldsa87_ed448_verify_key);
#endif
#ifdef PQH_CONTEXT_MAX_BYTES
    SIZE(CONTEXT_MAX_BYTES, context_max_bytes, 255);
#endif

    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", PQH_VERSION_MAJOR, PQH_VERSION_MINOR, PQH_VERSION_PATCH);
    CHECK(strcmp(version, pqh_version()) == 0, "the header is %s, the library %s", version, pqh_version());

    const int statuses[] = {PQH_OK,
                            PQH_ERR_NULL,
                            PQH_ERR_OVERLAP,
                            PQH_ERR_CONTEXT_LENGTH,
                            PQH_ERR_PUBLIC_KEY,
                            PQH_ERR_SECRET_KEY,
                            PQH_ERR_CIPHERTEXT,
                            PQH_ERR_SIGNATURE,
                            PQH_ERR_RANDOM,
                            PQH_ERR_STATE,
                            PQH_ERR_INTERNAL};
    for (int i = 0; i <= 10; i++)
        CHECK(statuses[i] == -i, "status %d is %d", -i, statuses[i]);
    CHECK(sizeof(pqh_status) == 4, "sizeof(pqh_status)");
    return test_end("c/sizes");
}
