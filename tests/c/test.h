/* What every test program shares: counting checks, reporting the first failures, reproducible bytes. */
#ifndef PQH_TEST_H
#define PQH_TEST_H

#include "pqhybrid.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef TEST_FAILURES_SHOWN
#define TEST_FAILURES_SHOWN 10
#endif

static unsigned long test_cases;
static unsigned long test_failures;

/* Ends a program; a program that checked nothing has failed. */
static inline int test_end(const char *name) {
    if (test_failures != 0) {
        fprintf(stderr, "%s: FAILED, %lu of %lu cases\n", name, test_failures, test_cases);
        return 1;
    }
    printf("%s: %lu cases\n", name, test_cases);
    return test_cases == 0;
}

#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
static inline void
test_report(const char *file, int line, const char *wanted, const char *got, const char *format, ...) {
    va_list arguments;
    test_failures++;
    fprintf(stderr, "%s:%d: ", file, line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, ": expected %s, got %s\n", wanted, got);
    if (test_failures >= TEST_FAILURES_SHOWN) {
        fprintf(stderr, "giving up after %lu failures\n", test_failures);
        exit(1);
    }
}

/* CHECK_STATUS(expected, actual, "format", ...): the format names the suite and the argument. */
#define CHECK_STATUS(expected, actual, ...)                                                               \
    do {                                                                                                  \
        pqh_status actual_ = (actual);                                                                    \
        test_cases++;                                                                                     \
        if (actual_ != (expected))                                                                        \
            test_report(__FILE__, __LINE__, pqh_status_string(expected), pqh_status_string(actual_),      \
                        __VA_ARGS__);                                                                     \
    } while (0)

/* CHECK(condition, "format", ...) */
#define CHECK(condition, ...)                                                                             \
    do {                                                                                                  \
        test_cases++;                                                                                     \
        if (!(condition))                                                                                 \
            test_report(__FILE__, __LINE__, #condition, "the contrary", __VA_ARGS__);                     \
    } while (0)

/* For what a test only builds upon. */
#define REQUIRE(condition)                                                                                \
    do {                                                                                                  \
        if (!(condition)) {                                                                               \
            fprintf(stderr, "%s:%d: this test needs %s\n", __FILE__, __LINE__, #condition);               \
            exit(1);                                                                                      \
        }                                                                                                 \
    } while (0)

static inline int is_zero(const void *data, size_t len) {
    const uint8_t *bytes = (const uint8_t *)data;
    for (size_t i = 0; i < len; i++)
        if (bytes[i] != 0)
            return 0;
    return 1;
}

static inline void *allocate(size_t len) {
    void *memory = malloc(len);
    REQUIRE(memory != NULL);
    return memory;
}

/* SplitMix64: the same bytes in every run. Not for cryptography. */
static uint64_t test_seed = 1;

static inline uint64_t some_number(void) {
    uint64_t z = (test_seed += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline void some_bytes(uint8_t *out, size_t len) {
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(some_number() >> 56);
}

#endif
