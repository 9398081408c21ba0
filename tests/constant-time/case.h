/*
 * A case: one call of the library with some of its arguments marked as secret, which is undefined memory to valgrind.
 *
 * Each case runs in a process of its own, forked, because memcheck reports a place once in a process. Lines that begin
 * with "@" tell match.py which case runs: they go through valgrind, to be in order with its reports. Define
 * _GNU_SOURCE first.
 */
#ifndef PQH_TEST_CASE_H
#define PQH_TEST_CASE_H

#include "kernel.h"
#include "suites.h"

#include <sys/wait.h>
#include <unistd.h>

/* From here on these bytes are secret. */
static void hide(const void *data, size_t len) { VALGRIND_MAKE_MEM_UNDEFINED(data, len); }

/* For the test to look at. */
static void reveal(const void *data, size_t len) { VALGRIND_MAKE_MEM_DEFINED(data, len); }

/* How many of these bytes depend on a secret, as valgrind sees it. */
static size_t tainted(const void *data, size_t len) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t bits = 0;
        REQUIRE(VALGRIND_GET_VBITS((const uint8_t *)data + i, &bits, 1) == 1);
        count += bits != 0;
    }
    return count;
}

/* ---- a case ------------------------------------------------------------------------------------------------- */

/* True in a process that was made for one case; the parent waits for its end and counts it. */
static int alone(void) {
    pid_t child;
    int status = 0;
    fflush(NULL);
    child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        /* Random bytes of its own, so that signatures take other numbers of attempts. */
        test_seed += test_cases << 32;
        test_cases = test_failures = 0;
        return 1;
    }
    REQUIRE(waitpid(child, &status, 0) == child);
    test_cases++;
    if (status != 0)
        test_failures++;
    return 0;
}

static void end_of_case(void) {
    fflush(NULL);
    _exit(test_failures != 0 || test_cases == 0);
}

/* What valgrind reports between these two is the library's. */
static void begin(const char *prefix, const char *function, const char *variant) {
    VALGRIND_PRINTF("@case pqh_%s%s%s | %s\n", prefix, *prefix ? "_" : "", function, variant);
}
static void end(void) { VALGRIND_PRINTF("@end\n"); }

/* A prepared key begins with its name, which is no secret. */
#define KEY_NAME_BYTES 32

typedef struct {
    const suite *s;
    const char *function, *variant;
    /* The kinds of argument that are secret. */
    unsigned secrets;
    pqh_status expected;
    /* How many bytes at the beginning of a secret key are not secret after all. */
    size_t public_bytes;
} scene;

static const call *find_call(const char *name) {
    for (const call *c = FUNCTIONS; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    REQUIRE(!"such a function");
    return NULL;
}

/* Runs a function of a suite with secrets marked, and checks that they went into each output. */
static void play(const scene *scene, fixture *f) {
    const suite *s = scene->s;
    const call *c = find_call(scene->function);
    uint8_t *const *p = f->p;
    pqh_status status;
    size_t given = random_bytes_given;
    FOR_EACH_KIND(k, c->outputs & ~c->inputs) memset(p[k], 0, s->n[k]);
    FOR_EACH_KIND(k, scene->secrets) {
        size_t at = k == SK ? scene->public_bytes : k == SKEY ? KEY_NAME_BYTES : 0;
        hide(p[k] + at, s->n[k] - at);
    }
    begin(s->name, c->name, scene->variant);
    status = c->run(s, p, s->n);
    end();
    reveal(&status, sizeof status);
    CHECK_STATUS(scene->expected, status, "%s %s, %s", s->name, c->name, scene->variant);
    if (c->draws != KINDS)
        CHECK(random_bytes_given - given == s->n[c->draws], "%s %s: it drew %lu random bytes", s->name, c->name,
              (unsigned long)(random_bytes_given - given));
    FOR_EACH_KIND(k, c->outputs) {
        size_t marked = tainted(p[k], s->n[k]);
        reveal(p[k], s->n[k]);
        if (status != PQH_OK)
            CHECK(is_zero(p[k], s->n[k]), "%s %s, %s: %s after a failure", s->name, c->name, scene->variant,
                  KIND_NAMES[k]);
        else if (k == SK || k == SS || k == DIGEST)
            CHECK(marked == s->n[k], "%s %s, %s: %s has %lu secret bytes", s->name, c->name, scene->variant,
                  KIND_NAMES[k], (unsigned long)marked);
        else if (k != STATE)
            CHECK(marked > s->n[k] / 2, "%s %s, %s: %s has %lu secret bytes", s->name, c->name, scene->variant,
                  KIND_NAMES[k], (unsigned long)marked);
    }
    FOR_EACH_KIND(k, scene->secrets) reveal(p[k], s->n[k]);
}

/* Whether an output is the one that the same call made of the same arguments without marks. */
static void check_same(const scene *scene, const fixture *f, const uint8_t *const *before, int k) {
    CHECK(memcmp(f->p[k], before[k], scene->s->n[k]) == 0, "%s %s, %s: another %s than without marks", scene->s->name,
          scene->function, scene->variant, KIND_NAMES[k]);
}

#endif
