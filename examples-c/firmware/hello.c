/*
 * hello.c: the smallest program: start-up code, text on the host's terminal, an exit status.
 */
#include <pqhybrid.h>

#include "semihosting.h"

int main(void)
{
    semihosting_write("hello from a Cortex-M33, pqhybrid ");
    semihosting_write(pqh_version());
    semihosting_write(", backend ");
    semihosting_write(pqh_backend());
    semihosting_write("\n");
    return 0;
}
