/* Uses AVX2 whatever the processor is: one that lacks it, or an emulator of one, must end this by an illegal instruction. */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>

__attribute__((target("avx2"))) static int32_t sum(const int32_t *of) {
    int32_t out[8], total = 0;
    __m256i eight = _mm256_loadu_si256((const __m256i *)(const void *)of);
    _mm256_storeu_si256((__m256i *)(void *)out, _mm256_add_epi32(eight, _mm256_abs_epi32(eight)));
    for (int i = 0; i < 8; i++)
        total += out[i];
    return total;
}

int main(void) {
    static const volatile int32_t numbers[8] = {1, -2, 3, -4, 5, -6, 7, -8};
    int32_t copy[8];
    for (int i = 0; i < 8; i++)
        copy[i] = numbers[i];
    printf("%d\n", (int)sum(copy));
    return sum(copy) != 32;
}
