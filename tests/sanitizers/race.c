/*
 * Two threads that use one prehash state at once, which the header forbids: the thread sanitizer must see the race
 * within the library. Without an argument each has a state of its own, and there is none, although the library's first
 * calls in this program, which find out what the processor can do, are made by both at once.
 *
 * usage: race [together]
 */
#define _POSIX_C_SOURCE 200809L
#include "suites.h"

#include <pthread.h>
#include <sched.h>

static pqh_mldsa65_ed25519_prehash states[2];
static pthread_barrier_t start;

static void *hash(void *state) {
    uint8_t data[200] = {1}, pk[8192], sk[128];
    int failed = 0;
    pthread_barrier_wait(&start);
    FOR_EACH_SUITE(s)
        if (s->keygen != NULL)
            failed += s->keygen(pk, sk) != PQH_OK;
    /* Both run by turns, however busy the machine is. */
    for (int i = 0; i < 5000; i++) {
        failed += pqh_mldsa65_ed25519_prehash_update((pqh_mldsa65_ed25519_prehash *)state, data, sizeof data) != PQH_OK;
        sched_yield();
    }
    return failed == 0 ? NULL : state;
}

int main(int argc, char **argv) {
    pthread_t threads[2];
    (void)argv;
    REQUIRE(pthread_barrier_init(&start, NULL, 2) == 0);
    for (int i = 0; i < 2; i++)
        REQUIRE(pqh_mldsa65_ed25519_prehash_init(&states[i]) == PQH_OK);
    for (int i = 0; i < 2; i++)
        REQUIRE(pthread_create(&threads[i], NULL, hash, &states[argc > 1 ? 0 : i]) == 0);
    void *failed;
    for (int i = 0; i < 2; i++) {
        REQUIRE(pthread_join(threads[i], &failed) == 0);
        CHECK(failed == NULL, "thread %d", i);
    }
    return test_end("race");
}
