/*
 * semihosting.c: see semihosting.h. The operations and their parameters are those of Arm's "Semihosting for AArch32 and
 * AArch64": the number of the operation in r0, the address of its parameters in r1, the answer in r0.
 */
#include "semihosting.h"

#include <string.h>

enum { SYS_OPEN = 0x01, SYS_CLOSE = 0x02, SYS_WRITE0 = 0x04, SYS_READ = 0x06, SYS_EXIT_EXTENDED = 0x20 };
enum { OPEN_READ_BINARY = 1 };
enum { APPLICATION_EXIT = 0x20026 };

static int32_t call(uint32_t operation, const void *parameters)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = parameters;

    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

void semihosting_exit(int status)
{
    const uint32_t parameters[2] = {APPLICATION_EXIT, (uint32_t)status};

    call(SYS_EXIT_EXTENDED, parameters);
    for (;;) {
    }
}

void semihosting_write(const char *text)
{
    call(SYS_WRITE0, text);
}

void semihosting_write_number(uint32_t number)
{
    char text[11];
    char *at = text + sizeof text - 1;

    *at = '\0';
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    semihosting_write(at);
}

int semihosting_read_file(const char *path, uint8_t *out, size_t len)
{
    const uint32_t open_parameters[3] = {(uint32_t)(uintptr_t)path, OPEN_READ_BINARY, (uint32_t)strlen(path)};
    const int32_t file = call(SYS_OPEN, open_parameters);
    uint32_t missing = (uint32_t)len;

    if (file == -1)
        return -1;
    while (missing > 0) {
        const uint32_t parameters[3] = {(uint32_t)file, (uint32_t)(uintptr_t)(out + (len - missing)), missing};
        const int32_t left = call(SYS_READ, parameters); /* how much of it was not read */

        if (left < 0 || (uint32_t)left >= missing)
            break;
        missing = (uint32_t)left;
    }
    {
        const uint32_t parameters[1] = {(uint32_t)file};
        call(SYS_CLOSE, parameters);
    }
    return missing == 0 ? 0 : -1;
}
