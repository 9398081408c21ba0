/*
 * What scrubbing costs: each operation in two builds of the shared library that differ in nothing else, called in
 * turns in one process. Prints a table of medians; it is a figure, not a check.
 *
 * usage: cost SCRUBBED UNSCRUBBED [ROUNDS]      the two libraries, with a slash in their names
 */
#define _GNU_SOURCE
#include "suites.h"

#include <dlfcn.h>
#include <time.h>

#define MAX_ROUNDS 10000
_Static_assert(MSG_BYTES == 133, "as the table says");

#define PIECE_SECONDS 0.0003

static void *function_of(void *library, const suite *s, const char *function) {
    char name[80];
    snprintf(name, sizeof name, "pqh_%s_%s", s->name, function);
    return dlsym(library, name);
}

/* A suite's table with the functions of another build; POSIX says that dlsym's pointer can be one to a function. */
static suite suite_of(void *library, const suite *s) {
    suite other = *s;
#define TAKE(function)                                                                                    \
    do {                                                                                                  \
        void *pointer = function_of(library, s, #function);                                               \
        memcpy(&other.function, &pointer, sizeof pointer);                                                \
    } while (0)
    TAKE(keygen);
    TAKE(public_key);
    TAKE(encaps);
    TAKE(encaps_derand);
    TAKE(decaps);
    TAKE(sign);
    TAKE(sign_derand);
    TAKE(verify);
    TAKE(prehash_init);
    TAKE(prehash_update);
    TAKE(prehash_final);
    TAKE(sign_prehashed);
    TAKE(verify_prehashed);
    TAKE(encaps_key_init);
    TAKE(encaps_with);
    TAKE(encaps_derand_with);
    TAKE(decaps_key_init);
    TAKE(decaps_with);
    TAKE(sign_key_init);
    TAKE(sign_with);
    TAKE(sign_derand_with);
    TAKE(sign_prehashed_with);
    TAKE(verify_key_init);
    TAKE(verify_with);
    TAKE(verify_prehashed_with);
    return other;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(const suite *s, const call *c, uint8_t *const p[KINDS], int times) {
    double start = now();
    for (int i = 0; i < times; i++)
        REQUIRE(c->run(s, p, s->n) == PQH_OK);
    return (now() - start) / times;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *of, int count) {
    qsort(of, (size_t)count, sizeof *of, compare);
    return of[count / 2];
}

static int operations, above;
static double worst;
static char worst_name[80];

static void measure(const suite two[2], const call *c, int rounds, const char *remark) {
    static double took[2][MAX_ROUNDS];
    double middle[2], percent;
    fixture f = new_fixture(&two[0]);
    char name[40];
    int times = 1 + (int)(PIECE_SECONDS / seconds(&two[0], c, f.p, 3));
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < 2; i++) {
            int which = (i + round) % 2;
            took[which][round] = seconds(&two[which], c, f.p, times);
        }
    for (int i = 0; i < 2; i++)
        middle[i] = median(took[i], rounds);
    percent = 100 * (middle[0] / middle[1] - 1);
    snprintf(name, sizeof name, "%s%s", c->name, remark);
    printf("%-22s %-28s %9.2f %9.2f %7.1f %%\n", two[0].name, name, 1e6 * middle[0], 1e6 * middle[1], percent);
    operations++;
    above += percent > 5;
    if (operations == 1 || percent > worst) {
        worst = percent;
        snprintf(worst_name, sizeof worst_name, "%s %s", two[0].name, name);
    }
    free_fixture(&f);
}

int main(int argc, char **argv) {
    void *library[2];
    int rounds = argc > 3 ? atoi(argv[3]) : 501;
    if (argc < 3 || rounds < 3 || rounds > MAX_ROUNDS) {
        fprintf(stderr, "usage: cost SCRUBBED UNSCRUBBED [ROUNDS]\n");
        return 2;
    }
    for (int i = 0; i < 2; i++) {
        library[i] = dlopen(argv[1 + i], RTLD_NOW | RTLD_LOCAL);
        if (library[i] == NULL) {
            fprintf(stderr, "cost: %s\n", dlerror());
            return 1;
        }
    }
    REQUIRE(library[0] != library[1]);
    printf("%-22s %-28s %9s %9s %9s\n", "suite", "operation", "scrubbed", "not, us", "more");
    FOR_EACH_SUITE(s) {
        suite two[2] = {suite_of(library[0], s), suite_of(library[1], s)};
        /* The LAMPS form's functions have names of their own. */
        if (two[0].public_key == NULL || two[0].encaps != NULL ? two[0].encaps == NULL : two[0].sign == NULL)
            continue;
        FOR_EACH_CALL(c, s) {
            /* A state must not be finished twice, and signing with fresh randomness takes another number of attempts in
             * each call: sign_derand is the same work in all. */
            if (strcmp(c->name, "prehash_init") == 0 || strcmp(c->name, "prehash_final") == 0 || c->draws == RND)
                continue;
            if (strcmp(c->name, "prehash_update") != 0) {
                measure(two, c, rounds, "");
                continue;
            }
            measure(two, c, rounds, ", 133 bytes");
            two[0].n[MSG] = two[1].n[MSG] = 4096;
            measure(two, c, rounds, ", 4096 bytes");
            two[0].n[MSG] = two[1].n[MSG] = MSG_BYTES;
        }
    }
    printf("report: residue | what scrubbing costs, scrubbed against not, in medians of %d | "
           "%d operations | %d cost over 5 %%; the most is %.1f %%, for %s\n",
           rounds, operations, above, worst, worst_name);
    return operations == 0;
}
