/*
 * After fork, parent and children draw what the others do not: the library keeps no randomness between calls. A
 * prehash that was begun before goes on in each of them, and each has its own.
 */
#define _GNU_SOURCE
#include "suites.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 4
#define PROCESSES (CHILDREN + 1)
#define ROUNDS 3
#define MAX_CALLS 64
#define MAX_BYTES MAX_ARGUMENT

/* What each process drew: of a call, its first output. */
typedef struct {
    size_t count;
    const char *suites[MAX_CALLS], *names[MAX_CALLS];
    size_t lengths[MAX_CALLS];
    uint8_t bytes[MAX_CALLS][MAX_BYTES];
    uint8_t digests[8][64];
    int failed;
} process;

static process *processes;
static fixture fixtures[8];
static uint8_t states[8][256];

static int is_valid(const suite *s, const call *c, uint8_t *const p[KINDS]) {
    uint8_t mine[64];
    if (c->draws == SK)
        return s->public_key(p[CT], p[SK]) == PQH_OK && memcmp(p[CT], p[PK], s->n[PK]) == 0;
    if (c->draws == COINS)
        return s->decaps(mine, p[CT], fixtures[s - SUITES].p[SK]) == PQH_OK && memcmp(mine, p[SS], s->n[SS]) == 0;
    return s->verify(p[SIG], p[MSG], s->n[MSG], p[CTX], s->n[CTX], fixtures[s - SUITES].p[PK]) == PQH_OK;
}

static void draw(process *mine, uint8_t *const p[KINDS]) {
    FOR_EACH_SUITE(s) FOR_EACH_CALL(c, s) {
        if (c->draws == KINDS)
            continue;
        for (int k = 0; k < KINDS; k++)
            if (s->n[k] != 0)
                memcpy(p[k], fixtures[s - SUITES].p[k], s->n[k]);
        if (c->run(s, p, s->n) != PQH_OK || !is_valid(s, c, p))
            mine->failed = 1;
        FOR_EACH_KIND(k, c->outputs) {
            REQUIRE(mine->count < MAX_CALLS);
            mine->suites[mine->count] = s->name;
            mine->names[mine->count] = c->name;
            mine->lengths[mine->count] = s->n[k];
            memcpy(mine->bytes[mine->count++], p[k], s->n[k]);
        }
    }
    REQUIRE(mine->count < MAX_CALLS);
    mine->suites[mine->count] = "pqh";
    mine->names[mine->count] = "random_bytes";
    mine->lengths[mine->count] = 32;
    if (pqh_random_bytes(mine->bytes[mine->count++], 32) != PQH_OK)
        mine->failed = 1;
}

/* The state goes on with what only this process says. */
static void go_on(process *mine, uint8_t number) {
    FOR_EACH_SIG(s) {
        uint8_t *state = states[s - SUITES];
        if (s->prehash_update(state, &number, 1) != PQH_OK ||
            s->prehash_final(state, mine->digests[s - SUITES]) != PQH_OK)
            mine->failed = 1;
    }
}

/* How many outputs are the same in two processes, or twice in one. */
static unsigned long same_outputs(int report) {
    unsigned long same = 0;
    for (int a = 0; a < PROCESSES; a++)
        for (int b = a + 1; b < PROCESSES; b++)
            for (size_t i = 0; i < processes[a].count; i++) {
                int equal = memcmp(processes[a].bytes[i], processes[b].bytes[i], processes[a].lengths[i]) == 0;
                same += (unsigned long)equal;
                if (report)
                    CHECK(!equal, "%s %s gave process %d what it gave process %d", processes[a].suites[i],
                          processes[a].names[i], a, b);
            }
    return same;
}

static void expect_own_digests(const uint8_t *begun, size_t len) {
    for (int i = 0; i < PROCESSES; i++)
        FOR_EACH_SIG(s) {
            uint8_t state[256], digest[64], number = (uint8_t)i;
            REQUIRE(s->prehash_init(state) == PQH_OK && s->prehash_update(state, begun, len) == PQH_OK &&
                    s->prehash_update(state, &number, 1) == PQH_OK && s->prehash_final(state, digest) == PQH_OK);
            CHECK(memcmp(digest, processes[i].digests[s - SUITES], 64) == 0, "%s: the prehash of process %d", s->name,
                  i);
        }
}

static void in_all_processes(void (*work)(process *mine, uint8_t number)) {
    memset(processes, 0, PROCESSES * sizeof *processes);
    fflush(NULL);
    for (int i = 1; i < PROCESSES; i++) {
        pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            work(&processes[i], (uint8_t)i);
            _exit(0);
        }
    }
    work(&processes[0], 0);
    for (int i = 1; i < PROCESSES; i++) {
        int status;
        REQUIRE(wait(&status) > 0);
        CHECK(status == 0, "a child ended with %d", status);
    }
}

static uint8_t *memory[KINDS];

static void use_library(process *mine, uint8_t number) {
    draw(mine, memory);
    go_on(mine, number);
}

/* The test of the test: a generator that keeps a state, as the library's would be. */
static void use_kept_state(process *mine, uint8_t number) {
    (void)number;
    mine->count = 1;
    mine->lengths[0] = 32;
    some_bytes(mine->bytes[0], 32);
}

int main(void) {
    uint8_t begun[200];
    processes = (process *)mmap(NULL, PROCESSES * sizeof *processes, PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(processes != (process *)MAP_FAILED);
    for (int k = 0; k < KINDS; k++)
        memory[k] = (uint8_t *)allocate(MAX_BYTES);
    in_all_processes(use_kept_state);
    CHECK(same_outputs(0) == PROCESSES * (PROCESSES - 1) / 2, "a generator that keeps its state was not found out");
    FOR_EACH_SUITE(s) {
        REQUIRE(s - SUITES < 8);
        fixtures[s - SUITES] = new_fixture(s);
    }
    some_bytes(begun, sizeof begun);
    for (int round = 0; round < ROUNDS; round++) {
        FOR_EACH_SIG(s)
            REQUIRE(s->prehash_init(states[s - SUITES]) == PQH_OK &&
                    s->prehash_update(states[s - SUITES], begun, sizeof begun) == PQH_OK);
        in_all_processes(use_library);
        for (int i = 0; i < PROCESSES; i++)
            CHECK(!processes[i].failed && processes[i].count > 12, "process %d drew %zu outputs", i,
                  processes[i].count);
        same_outputs(1);
        expect_own_digests(begun, sizeof begun);
    }
    FOR_EACH_SUITE(s) free_fixture(&fixtures[s - SUITES]);
    for (int k = 0; k < KINDS; k++)
        free(memory[k]);
    return test_end("faults/fork");
}
