/* Sixteen threads at once, each on keys of its own, and all of them on one prepared key: what one thread computed before,
 * each computes again and again. */
#define _POSIX_C_SOURCE 200809L
#include "suites.h"

#include <pthread.h>
#include <unistd.h>

#define THREADS 16
#ifndef ROUNDS
#define ROUNDS 20
#endif
#define MAX_SUITES 8
#define PREPARED (BIT(PKEY) | BIT(SKEY))
#define MAX_BYTES MAX_ARGUMENT

typedef struct {
    fixture fixtures[MAX_SUITES];
    unsigned long done;
    char failure[200];
} worker;

static worker workers[THREADS];
static pthread_barrier_t start;

/* Runs the call on inputs of its own and compares, or where it draws randomness, tries its outputs out. Of the kinds that
 * are shared, the input is the fixture's. */
static int one_call(const suite *s, const call *c, const fixture *f, unsigned shared, uint8_t (*memory)[MAX_BYTES]) {
    uint8_t *p[KINDS], out[MAX_BYTES];
    for (int k = 0; k < KINDS; k++) {
        p[k] = memory[k];
        memset(p[k], 0, s->n[k]);
        if (c->inputs & shared & BIT(k))
            p[k] = f->p[k];
        else if (c->inputs & BIT(k))
            memcpy(p[k], f->p[k], s->n[k]);
    }
    if (c->run(s, p, s->n) != PQH_OK)
        return 0;
    if (c->draws == SK)
        return s->public_key(out, p[SK]) == PQH_OK && memcmp(out, p[PK], s->n[PK]) == 0;
    if (c->draws == COINS)
        return s->decaps(out, p[CT], f->p[SK]) == PQH_OK && memcmp(out, p[SS], s->n[SS]) == 0;
    if (c->draws == RND)
        return s->verify(p[SIG], f->p[MSG], MSG_BYTES, f->p[CTX], CTX_BYTES, f->p[PK]) == PQH_OK &&
               memcmp(p[SIG] + s->pq_sig, f->p[SIG] + s->pq_sig, s->n[SIG] - s->pq_sig) == 0;
    if (c->outputs & BIT(STATE)) {
        /* The fixture's digest is that of the message: begin, update, end. */
        return s->prehash_init(p[STATE]) == PQH_OK && s->prehash_update(p[STATE], f->p[MSG], MSG_BYTES) == PQH_OK &&
               s->prehash_final(p[STATE], out) == PQH_OK && memcmp(out, f->p[DIGEST], 64) == 0;
    }
    FOR_EACH_KIND(k, c->outputs)
        if (memcmp(p[k], f->p[k], s->n[k]) != 0)
            return 0;
    return 1;
}

static void *work(void *argument) {
    worker *w = (worker *)argument;
    uint8_t(*memory)[MAX_BYTES] = (uint8_t(*)[MAX_BYTES])allocate(KINDS * MAX_BYTES);
    pthread_barrier_wait(&start);
    for (int round = 0; round < ROUNDS; round++) {
        FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) {
            int prepared = (c->inputs & PREPARED) != 0;
            if (!one_call(s, c, &w->fixtures[s - SUITES], 0, memory) ||
                (prepared && !one_call(s, c, &workers[0].fixtures[s - SUITES], PREPARED, memory))) {
                snprintf(w->failure, sizeof w->failure, "%s %s, round %d", s->name, c->name, round);
                free(memory);
                return NULL;
            }
            w->done += 1 + (unsigned)prepared;
        }
    }
    free(memory);
    return NULL;
}

/* What is refused before any work is done for it needs no more stack than a small thread has. */
static void *refused_on_a_small_stack(void *argument) {
    static uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES], sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES], ctx[256];
    *(pqh_status *)argument = pqh_mldsa87_ed448_sign(sig, NULL, 0, ctx, sizeof ctx, sk);
    return NULL;
}

static void small_stack(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    pqh_status status = PQH_OK;
    size_t least = (size_t)sysconf(_SC_THREAD_STACK_MIN), stack = least > 64 * 1024 ? least : 64 * 1024;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, stack) == 0);
    REQUIRE(pthread_create(&thread, &attributes, refused_on_a_small_stack, &status) == 0);
    REQUIRE(pthread_join(thread, NULL) == 0);
    pthread_attr_destroy(&attributes);
    CHECK_STATUS(PQH_ERR_CONTEXT_LENGTH, status, "mldsa87_ed448 sign with little stack, ctx of 256 bytes");
}

int main(void) {
    pthread_t threads[THREADS];
    unsigned long per_round = 0;
    FOR_EACH_SUITE(s) {
        REQUIRE(s - SUITES < MAX_SUITES);
        for (int i = 0; i < THREADS; i++)
            workers[i].fixtures[s - SUITES] = new_fixture(s);
        FOR_EACH_CALL(c, s) per_round += c->inputs & PREPARED ? 2 : 1;
    }
    REQUIRE(pthread_barrier_init(&start, NULL, THREADS) == 0);
    for (int i = 0; i < THREADS; i++)
        REQUIRE(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
    for (int i = 0; i < THREADS; i++) {
        REQUIRE(pthread_join(threads[i], NULL) == 0);
        CHECK(workers[i].done == per_round * ROUNDS, "thread %d: %s", i, workers[i].failure);
        test_cases += workers[i].done;
    }
    pthread_barrier_destroy(&start);
    small_stack();
    FOR_EACH_SUITE(s) for (int i = 0; i < THREADS; i++) free_fixture(&workers[i].fixtures[s - SUITES]);
    return test_end("c/threads");
}
