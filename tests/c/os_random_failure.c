/* The operating system's random source fails, is interrupted, or gives little at a time. */
#define _GNU_SOURCE
#include "getrandom.h"
#include "suites.h"

#include <errno.h>

enum source { WORKS, FAILS, FAILS_AFTER_HALF, FAILS_AT, GIVES_NOTHING, GIVES_TOO_MUCH, IS_INTERRUPTED, GIVES_LITTLE };

static volatile enum source source = WORKS;
static volatile unsigned long calls, calls_of_operation, failing_call;
static volatile int error_number = EIO;

static long answer_getrandom(void *out, size_t len) {
    calls++;
    calls_of_operation++;
    if (source == FAILS || (source == FAILS_AFTER_HALF && calls_of_operation > 1) ||
        (source == FAILS_AT && calls_of_operation == failing_call))
        return -error_number;
    if (source == GIVES_TOO_MUCH)
        return (long)len + 1;
    if (source == GIVES_NOTHING)
        return 0;
    if (source == IS_INTERRUPTED && calls_of_operation % 3 != 0)
        return -EINTR;
    if (source == FAILS_AFTER_HALF)
        len = (len + 1) / 2;
    if ((source == GIVES_LITTLE || source == FAILS_AT) && len > 3)
        len = 3;
    some_bytes((uint8_t *)out, len);
    return (long)len;
}

static void one_call(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS], enum source how,
                     const char *what) {
    int fails = how != WORKS && how != IS_INTERRUPTED && how != GIVES_LITTLE;
    for (int k = 0; k < KINDS; k++) {
        memset(p[k], 0xa5, MAX_ARGUMENT);
        if (c->inputs & BIT(k))
            memcpy(p[k], f->p[k], s->n[k]);
    }
    source = how;
    calls_of_operation = 0;
    pqh_status status = c->run(s, p, s->n);
    source = WORKS;
    if (c->draws == KINDS) {
        CHECK_STATUS(PQH_OK, status, "%s %s draws nothing, the source %s", s->name, c->name, what);
        CHECK(calls_of_operation == 0, "%s %s draws nothing, but called the source", s->name, c->name);
        return;
    }
    CHECK(calls_of_operation > 0, "%s %s did not call the source", s->name, c->name);
    CHECK_STATUS(fails ? PQH_ERR_RANDOM : PQH_OK, status, "%s %s, the source %s", s->name, c->name, what);
    FOR_EACH_KIND(k, c->outputs)
        CHECK(is_zero(p[k], s->n[k]) == fails, "%s %s, the source %s: %s", s->name, c->name, what, KIND_NAMES[k]);
}

/* Three bytes at a time, and the first, second, ... and last call fails: none goes unnoticed, and it is the last. */
static void each_call_in_turn(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    if (c->draws == KINDS)
        return;
    one_call(s, c, f, p, GIVES_LITTLE, "gives 3 bytes at a time");
    unsigned long last = calls_of_operation;
    CHECK(last == (s->n[c->draws] + 2) / 3, "%s %s called the source %lu times", s->name, c->name, last);
    for (failing_call = 1; failing_call <= last; failing_call++) {
        one_call(s, c, f, p, FAILS_AT, "fails at one call");
        CHECK(calls_of_operation == failing_call, "%s %s went on after call %lu had failed", s->name, c->name,
              failing_call);
    }
}

/* Whatever the error is called: not ready, forbidden, unknown to the kernel. */
static void each_error(const suite *s, const call *c, const fixture *f, uint8_t *const p[KINDS]) {
    static const int errors[] = {EPERM, ENOSYS, EAGAIN, EACCES, EINVAL, EFAULT, ENOMEM, 4095};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        error_number = errors[i];
        one_call(s, c, f, p, FAILS, strerror(errors[i]));
        CHECK(c->draws == KINDS || calls_of_operation == 1, "%s %s asked again after %s", s->name, c->name,
              strerror(errors[i]));
    }
    error_number = EIO;
}

int main(void) {
    static const struct {
        enum source how;
        const char *what;
    } sources[] = {{WORKS, "works"},
                   {FAILS, "fails"},
                   {FAILS_AFTER_HALF, "fails after half"},
                   {GIVES_NOTHING, "gives nothing"},
                   {GIVES_TOO_MUCH, "gives more than was asked for"},
                   {IS_INTERRUPTED, "is interrupted"},
                   {GIVES_LITTLE, "gives 3 bytes at a time"},
                   {WORKS, "works again"}};
    uint8_t *p[KINDS], out[40];
    for (int k = 0; k < KINDS; k++)
        p[k] = (uint8_t *)allocate(MAX_ARGUMENT);

    take_over_getrandom();
    CHECK_STATUS(PQH_OK, pqh_random_bytes(out, sizeof out), "pqh_random_bytes");
    REQUIRE(calls > 0);
    FOR_EACH_SUITE(s) {
        fixture f = new_fixture(s);
        FOR_EACH_CALL(c, s) {
            for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
                one_call(s, c, &f, p, sources[i].how, sources[i].what);
            each_call_in_turn(s, c, &f, p);
            each_error(s, c, &f, p);
        }
        free_fixture(&f);
    }
    memset(out, 0xa5, sizeof out);
    source = FAILS_AFTER_HALF;
    calls_of_operation = 0;
    CHECK_STATUS(PQH_ERR_RANDOM, pqh_random_bytes(out, sizeof out), "pqh_random_bytes, the source fails after half");
    CHECK(is_zero(out, sizeof out), "pqh_random_bytes, the source fails after half: out");
    for (int k = 0; k < KINDS; k++)
        free(p[k]);
    return test_end("c/os_random_failure");
}
