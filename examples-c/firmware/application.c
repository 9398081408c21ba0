/*
 * application.c: what the boot loader starts: a program of its own, with its header in front, linked for the RAM that the
 * loader copies it into.
 */
#include "image.h"
#include "semihosting.h"

#ifndef APPLICATION_VERSION
#define APPLICATION_VERSION 7
#endif

extern const uint8_t __image_length[]; /* from the linker script: the address is the number */

__attribute__((section(".header"), used)) static const struct image_header header = {
    IMAGE_MAGIC, (uint32_t)(uintptr_t)__image_length, APPLICATION_VERSION, {0}};

int main(void)
{
    semihosting_write("application: hello, this is version ");
    semihosting_write_number(APPLICATION_VERSION);
    semihosting_write("\n");
    return 0;
}
