/*
 * flash.c: a program that does nothing. What the linker is told to keep (-u) is what it takes.
 */
#include <pqhybrid.h>

int32_t pqh_platform_random_bytes(uint8_t *out, size_t len)
{
    (void)out;
    (void)len;
    return -1;
}

int main(void)
{
    return 0;
}
