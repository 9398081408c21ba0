/*
 * semihosting.h: talks to the host through the debugger or the emulator, without any device of the board. A product has
 * a serial port instead; with no debugger attached, semihosting is a fault.
 */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stddef.h>
#include <stdint.h>

#define EXIT_FAULT 70 /* the exit status after a fault; a program's own are smaller */

/* Ends the program; the emulator exits with this status, 0 to 255. */
__attribute__((noreturn)) void semihosting_exit(int status);

/* Writes text to the host's terminal. */
void semihosting_write(const char *text);

/* Writes a number in decimal. */
void semihosting_write_number(uint32_t number);

/* Reads exactly len bytes from the beginning of a file on the host. Returns 0, or -1 if it cannot. */
int semihosting_read_file(const char *path, uint8_t *out, size_t len);

#endif
