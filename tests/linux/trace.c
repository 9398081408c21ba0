/* One operation with one of several secrets of its curve, for an emulator that logs which instructions run, or for steps.c. What
 * is for the lattice half stays the same, so that nothing but the curve's secret can make a difference.
 *
 * usage: trace encaps|decaps|sign|verify NUMBER    NUMBER chooses the secret; of verify, which has none, the message */
#include <pqhybrid.h>
#include <stdlib.h>
#include <string.h>

/* The log is looked at between two calls of this. */
__attribute__((noinline)) void mark(void) {
    __asm__ volatile("");
}

/* Zeros, ones, one bit, or bytes that repeat only late. */
static void make_secret(uint8_t secret[32], int number) {
    memset(secret, number == 1 ? 0xff : 0, 32);
    if (number == 2)
        secret[20] = 1;
    for (int i = 0; i < 32 && number > 2; i++)
        secret[i] = (uint8_t)(number * 89 + i * i * 7 + i * 13);
}

int main(int argc, char **argv) {
    static uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES];
    static uint8_t sig_pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES], sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES];
    uint8_t sk[PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES] = {1}, coins[PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES] = {2};
    uint8_t sig_sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES] = {3}, rnd[PQH_MLDSA65_ED25519_SIGN_RND_BYTES] = {4};
    uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], msg[1];
    pqh_status status = PQH_ERR_INTERNAL;
    if (argc != 3)
        return 2;
    int number = atoi(argv[2]);
    msg[0] = (uint8_t)number;

    if (pqh_mlkem768_x25519_lamps_public_key(pk, sk) != PQH_OK ||
        pqh_mlkem768_x25519_encaps_derand(ct, ss, coins, pk) != PQH_OK)
        return 1;
    if (strcmp(argv[1], "encaps") == 0) {
        make_secret(coins + 32, number);
        mark();
        status = pqh_mlkem768_x25519_encaps_derand(ct, ss, coins, pk);
        mark();
    } else if (strcmp(argv[1], "decaps") == 0) {
        make_secret(sk + 64, number);
        mark();
        status = pqh_mlkem768_x25519_lamps_decaps(ss, ct, sk);
        mark();
    } else if (strcmp(argv[1], "sign") == 0) {
        make_secret(sig_sk + 32, number);
        mark();
        status = pqh_mldsa65_ed25519_sign_derand(sig, NULL, 0, NULL, 0, rnd, sig_sk);
        mark();
    } else if (strcmp(argv[1], "verify") == 0) {
        if (pqh_mldsa65_ed25519_public_key(sig_pk, sig_sk) != PQH_OK ||
            pqh_mldsa65_ed25519_sign_derand(sig, msg, sizeof msg, NULL, 0, rnd, sig_sk) != PQH_OK)
            return 1;
        mark();
        status = pqh_mldsa65_ed25519_verify(sig, msg, sizeof msg, NULL, 0, sig_pk);
        mark();
    }
    return status != PQH_OK;
}
