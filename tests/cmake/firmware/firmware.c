/* The least firmware that uses the library: vectors, a reset handler and a random source. It is linked, not run. */
#include <pqhybrid.h>

extern uint8_t stack_top[];
void reset(void);

__attribute__((section(".vectors"), used)) static const void *const vectors[] = {stack_top, (const void *)reset};

/* A real one asks the chip's random number generator. Failing is the one right answer of a firmware that has none. */
int32_t pqh_platform_random_bytes(uint8_t *out, size_t len) {
    (void)out, (void)len;
    return -1;
}

static uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES];

void reset(void) {
    volatile pqh_status status = pqh_mlkem768_x25519_keygen(pk, sk);
    (void)status;
    for (;;) {
    }
}
