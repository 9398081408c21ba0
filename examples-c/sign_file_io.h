/*
 * sign_file_io.h: what sign_file.c needs of files, and its exit statuses and error messages. For POSIX systems.
 *
 * Keys are read and written with read(2) and write(2), never by stdio, whose buffers would keep copies of them.
 */
#ifndef SIGN_FILE_IO_H
#define SIGN_FILE_IO_H

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum exit_status { DONE = 0, NOT_VALID = 1, WRONG_USAGE = 2, BAD_FILE = 3, LIBRARY_FAILED = 4 };

/* Prints what is wrong, in one line, and returns the exit status that it leads to. */
static enum exit_status fail(enum exit_status exit_status, const char *what, const char *why)
{
    fprintf(stderr, "sign_file: %s: %s\n", what, why);
    return exit_status;
}

static enum exit_status usage(const char *what, const char *why)
{
    fprintf(stderr, "sign_file: %s: %s; see sign_file --help\n", what, why);
    return WRONG_USAGE;
}

/* A result that nobody could read is not a success. */
static enum exit_status flushed(enum exit_status result)
{
    if ((fflush(stdout) != 0 || ferror(stdout)) && result == DONE)
        return fail(BAD_FILE, "standard output", strerror(errno));
    return result;
}

/* Like read(2), but goes on after signals, and returns less than len at the end of the file only. */
static ssize_t read_fully(int fd, uint8_t *data, size_t len)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = read(fd, data + done, len - done);
        if (n == 0)
            break;
        if (n > 0)
            done += (size_t)n;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)done;
}

static int write_fully(int fd, const uint8_t *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n >= 0)
            data += n, len -= (size_t)n;
        else if (errno != EINTR)
            return -1;
    }
    return 0;
}

/* Writes a file that must not exist: all of it, or nothing stays. */
static enum exit_status create_file(const char *path, mode_t mode, const uint8_t *data, size_t len)
{
    int error = 0, fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

    if (fd < 0)
        return fail(BAD_FILE, path, errno == EEXIST ? "exists already, and is not overwritten" : strerror(errno));
    if (write_fully(fd, data, len) != 0 || (fsync(fd) != 0 && errno != EINVAL))
        error = errno;
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error != 0) {
        unlink(path);
        return fail(BAD_FILE, path, strerror(error));
    }
    return DONE;
}

#endif
