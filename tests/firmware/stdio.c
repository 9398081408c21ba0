/* See stdio.h. VECTORS is the path of the text, in quotes. */
#include <stdio.h>

#include "semihosting.h"

#include <stdarg.h>
#include <stdint.h>

__asm__(".section .rodata.vectors, \"a\"\n"
        ".global vectors_text, vectors_text_end\n"
        "vectors_text: .incbin \"" VECTORS "\"\n"
        "vectors_text_end:\n"
        ".text\n");
extern const char vectors_text[], vectors_text_end[];

struct file {
    const char *at;
};
static struct file text, console;
FILE *const stdout = &console, *const stderr = &console;

FILE *fopen(const char *path, const char *mode)
{
    (void)path, (void)mode;
    text.at = vectors_text;
    return &text;
}

char *fgets(char *line, int size, FILE *file)
{
    int n = 0;

    while (n < size - 1 && file->at < vectors_text_end) {
        line[n++] = *file->at++;
        if (line[n - 1] == '\n')
            break;
    }
    line[n] = '\0';
    return n > 0 ? line : NULL;
}

int ferror(FILE *file)
{
    (void)file;
    return 0;
}

int fclose(FILE *file)
{
    (void)file;
    return 0;
}

static void print(const char *format, va_list arguments)
{
    char letter[2] = {0, 0};

    for (; *format != '\0'; format++) {
        if (*format != '%') {
            letter[0] = *format;
            semihosting_write(letter);
        } else if (*++format == 's') {
            semihosting_write(va_arg(arguments, const char *));
        } else {
            semihosting_write_number(va_arg(arguments, unsigned));
        }
    }
}

int fprintf(FILE *file, const char *format, ...)
{
    va_list arguments;

    (void)file;
    va_start(arguments, format);
    print(format, arguments);
    va_end(arguments);
    return 0;
}

int printf(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(format, arguments);
    va_end(arguments);
    return 0;
}
