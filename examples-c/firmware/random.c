/*
 * random.c: pqh_platform_random_bytes, which the library calls wherever it needs randomness. FOR THE EMULATOR ONLY: the
 * board has no random number generator, so the bytes are the host's, from /dev/urandom. They are real; nothing here is a
 * constant, a counter or a clock.
 *
 * A product has the chip's true random number generator here, its health tests on, or a generator seeded from it: each
 * call must return bytes that nobody can guess, also the first after power-up. Where that cannot be had, return -1: the
 * operation then fails with PQH_ERR_RANDOM, which is right, while a weak key looks like a good one.
 */
#include <pqhybrid.h>

#include "random.h"
#include "semihosting.h"

int random_source_is_broken;

int32_t pqh_platform_random_bytes(uint8_t *out, size_t len)
{
    if (random_source_is_broken)
        return -1;
    return semihosting_read_file("/dev/urandom", out, len);
}
