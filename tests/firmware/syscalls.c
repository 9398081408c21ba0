/* What newlib asks of the system, for printf and the like: text goes to the host, and there is some heap. */
#include "semihosting.h"

#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

int _write(int file, const char *text, int len);
void *_sbrk(ptrdiff_t more);
int _close(int file);
int _fstat(int file, struct stat *about);
int _isatty(int file);
int _lseek(int file, int offset, int whence);
int _read(int file, char *to, int len);
void _exit(int status);
int _kill(int process, int signal);
int _getpid(void);

int _write(int file, const char *text, int len)
{
    char part[129];
    int at, n;

    (void)file;
    for (at = 0; at < len; at += n) {
        n = len - at < 128 ? len - at : 128;
        memcpy(part, text + at, (size_t)n);
        part[n] = '\0';
        semihosting_write(part);
    }
    return len;
}

void *_sbrk(ptrdiff_t more)
{
    static char heap[65536] __attribute__((aligned(8)));
    static ptrdiff_t used;

    if (used + more > (ptrdiff_t)sizeof heap)
        return (void *)-1;
    used += more;
    return heap + used - more;
}

int _fstat(int file, struct stat *about)
{
    (void)file;
    memset(about, 0, sizeof *about);
    about->st_mode = S_IFCHR;
    return 0;
}

int _isatty(int file) { return file >= 0; }
int _close(int file) { return file < 0; }
int _lseek(int file, int offset, int whence) { return file + offset + whence < 0; }
int _read(int file, char *to, int len) { return file + len < 0 || to == NULL; }
void _exit(int status) { semihosting_exit(status); }
int _kill(int process, int signal) { return process + signal < 0; }
int _getpid(void) { return 1; }
