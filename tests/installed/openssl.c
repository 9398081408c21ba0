/* pqhybrid beside OpenSSL in one program: a shared secret of the one, hashed by the other. */
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <pqhybrid.h>

#include <stdio.h>

int main(void)
{
    static uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES];
    static uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES];
    uint8_t secret[2][PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], hash[2][EVP_MAX_MD_SIZE];
    unsigned length = 0;
    SSL_CTX *tls = SSL_CTX_new(TLS_method());
    int i;

    if (tls == NULL || pqh_mlkem768_x25519_keygen(pk, sk) != PQH_OK ||
        pqh_mlkem768_x25519_encaps(ct, secret[0], pk) != PQH_OK ||
        pqh_mlkem768_x25519_decaps(secret[1], ct, sk) != PQH_OK)
        return 1;
    for (i = 0; i < 2; i++)
        if (EVP_Digest(secret[i], sizeof secret[i], hash[i], &length, EVP_sha256(), NULL) != 1)
            return 1;
    SSL_CTX_free(tls);
    if (length != 32 || pqh_ct_equal(hash[0], hash[1], length) != 1)
        return 1;
    puts("both libraries work");
    return 0;
}
