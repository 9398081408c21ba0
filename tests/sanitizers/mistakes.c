/*
 * Mistakes of callers, one a run, for tests of the tests: a sanitizer must end the program, and say that the library's
 * code did it, not the caller's. Run without a number it makes none, and ends well.
 *
 * usage: mistakes [NUMBER]
 */
#include "suites.h"

/* What the next byte is: past the end of memory that is all used. */
static uint8_t *exactly(size_t len) {
    uint8_t *memory = (uint8_t *)allocate(len);
    some_bytes(memory, len);
    return memory;
}

static uint8_t global[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES - 1] = {1};
static volatile int zero;

static int make(int number) {
    const size_t pk_len = PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, sk_len = PQH_MLKEM768_X25519_SECRET_KEY_BYTES;
    const size_t sig_len = PQH_MLDSA65_ED25519_SIGNATURE_BYTES;
    uint8_t short_pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES - 1], ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], digest[64];
    uint8_t *pk = exactly(pk_len - (number == 1)), *sk = exactly(sk_len - (number == 2)), *message = exactly(100);
    uint8_t *sig = exactly(sig_len - (number == 3)), *key = exactly(PQH_MLDSA65_ED25519_SECRET_KEY_BYTES);
    uint8_t *ct = exactly(PQH_MLKEM768_X25519_CIPHERTEXT_BYTES), *state = exactly(PQH_MLDSA87_ED448_PREHASH_BYTES);
    pqh_mldsa87_ed448_prehash *prehash = (pqh_mldsa87_ed448_prehash *)(void *)state;
    pqh_status status = PQH_OK;
    switch (number) {
    default: /* no mistake, or memory that is one byte short, written by the library */
        status = pqh_mlkem768_x25519_public_key(pk, sk);
        if (status == PQH_OK)
            status = pqh_mldsa65_ed25519_sign(sig, message, 100, NULL, 0, key);
        break;
    case 4: /* on the stack */
        status = pqh_mlkem768_x25519_public_key(short_pk, sk);
        break;
    case 5: /* a global variable, read by the library */
        status = pqh_mlkem768_x25519_decaps(ss, global, sk);
        break;
    case 6: /* a length that is one too much */
        status = pqh_mldsa65_ed25519_sign(sig, message, 101, NULL, 0, key);
        break;
    case 7:
        status = pqh_mldsa87_ed448_prehash_init(prehash);
        status += pqh_mldsa87_ed448_prehash_update(prehash, message, 101);
        break;
    case 8: /* a key that was freed */
        free(sk);
        status = pqh_mlkem768_x25519_decaps(ss, ct, sk);
        sk = NULL;
        break;
    case 9: /* a state that was freed */
        status = pqh_mldsa87_ed448_prehash_init(prehash);
        free(state);
        state = NULL;
        status += pqh_mldsa87_ed448_prehash_final(prehash, digest);
        break;
    case 10: /* the caller's own: undefined behaviour */
        status = 1 << (zero + 40);
        break;
    case 11: /* the caller's own: memory that nobody frees */
        message = NULL;
        break;
    case 12: /* memory that was never written decides what is printed */
        status = pqh_ct_equal(sk, short_pk, sk_len);
        status = status ? PQH_OK : PQH_OK;
        puts(is_zero(ss, 4) ? "zero" : "not zero");
        break;
    }
    free(pk), free(sk), free(message), free(sig), free(key), free(ct), free(state);
    return status == PQH_OK ? 0 : 3;
}

int main(int argc, char **argv) {
    return make(argc > 1 ? atoi(argv[1]) : 0);
}
