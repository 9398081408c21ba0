/*
 * stdio.h: as much of it as tests/c/vectors.c uses, so that the very same program runs in firmware. The one file there is,
 * is the text of the vectors, linked into the image.
 */
#ifndef FIRMWARE_STDIO_H
#define FIRMWARE_STDIO_H

#include <stddef.h>

typedef struct file FILE;
extern FILE *const stdout, *const stderr;

FILE *fopen(const char *path, const char *mode);
char *fgets(char *line, int size, FILE *file);
int ferror(FILE *file);
int fclose(FILE *file);
/* Of conversions, %s and %u. */
int fprintf(FILE *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
