/* pqhybrid beside other Rust libraries in one program: WITH_STD and WITH_CORE say which. */
#include <pqhybrid.h>

#include <stdio.h>

uint32_t other_std_sum(uint32_t n);
uint8_t other_core_get(const uint8_t data[3], size_t at);

int main(void)
{
    static uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES], sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES];
    const uint8_t data[3] = {1, 2, 3};

    if (pqh_mlkem1024_x448_keygen(pk, sk) != PQH_OK || data[1] != 2)
        return 1;
#ifdef WITH_STD
    if (other_std_sum(4) != 10 || other_std_sum(1000) != 0)
        return 1;
#endif
#ifdef WITH_CORE
    if (other_core_get(data, 1) != 2)
        return 1;
#endif
    puts("all Rust libraries work");
    return 0;
}
