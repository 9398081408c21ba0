/* What signing costs, in nanoseconds of processor time: the same keys, messages and randomness in every run. */
#define _POSIX_C_SOURCE 200809L
#include "suites.h"

#include <time.h>

#define SIGNATURES 100
#define ROUNDS 5

static double now(void) {
    struct timespec t;
    REQUIRE(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(void) {
    FOR_EACH_SIG(s) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            test_seed = 1;
            for (int i = 0; i < SIGNATURES; i++) {
                fixture f = new_fixture(s);
                double start = now();
                REQUIRE(run_sign_derand(s, f.p, s->n) == PQH_OK);
                sum += now() - start;
                free_fixture(&f);
            }
            best = best == 0 || sum < best ? sum : best;
        }
        printf("%s %.0f\n", s->name, best / SIGNATURES);
    }
    return 0;
}
