/*
 * After each call, successful or failed in every way there is, no secret is left: on the stack, in any writable page,
 * in a register. The library is the shared one, or with PQH_TEST_STATIC the archive. Each call runs on a stack that
 * this program owns; then the stack, the registers that the call left, and all writable memory that is not the test's
 * own are searched as tests/c/scan.h says.
 *
 * usage: calls             fails if anything is found
 *        calls unscrubbed  for a library that does not scrub: fails if in some suite nothing is found, or no polynomial
 *        calls registers   for a library that does not clear the vector registers: fails if nothing is found in them,
 *                          or something elsewhere
 *        calls count       says what is found, and fails in neither case
 *        calls variables SEED
 *                          prints which bytes of the library's variables its functions change, called once with
 *                          secrets of this seed: with those of another, they must be the same
 */
#include "own_memory.h"

#include "getrandom.h"
#include "memory.h"
#include "registers.h"
#include "ways.h"

#include <ucontext.h>

#define STACK_BYTES ((size_t)1 << 20)
#define PAINT 0xa7

static uint8_t *stack;
static registers left;
static size_t regions_seen, bytes_seen;

static long answer_getrandom(void *out, size_t len) {
    if (random_fails)
        return -5; /* EIO */
    if (random_bytes != NULL)
        memcpy(out, random_bytes, len);
    else /* the C library's own use */
        memset(out, 0, len);
    return (long)len;
}

static void run_and_keep_registers(void) { run_and_store(run_job, &left); }

static void on_own_stack(void) {
    static ucontext_t here, there;
    memset(stack, PAINT, STACK_BYTES);
    memset(left.vector, 0, sizeof left.vector);
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = STACK_BYTES;
    there.uc_link = &here;
    makecontext(&there, run_and_keep_registers, 0);
    REQUIRE(swapcontext(&here, &there) == 0);
}

/* The archive's, in a section that run.sh gathers them in; they lie among the test's own. */
#ifdef PQH_TEST_STATIC
extern uint8_t __start_pqh_variables[], __stop_pqh_variables[];

static void find_variables(void) {
    library_memory.start = __start_pqh_variables;
    library_memory.len = (size_t)(__stop_pqh_variables - __start_pqh_variables);
    snprintf(library_memory.name, sizeof library_memory.name, "the library's variables");
    REQUIRE(library_memory.len > 0);
}
#else
static void find_variables(void) { find_library((uintptr_t)pqh_version); }
#endif

static uint8_t kept[1 << 12];

static void keep_library(void) {
    REQUIRE(library_memory.len <= sizeof kept);
    memcpy(kept, library_memory.start, library_memory.len);
}

static int library_has_changed(void) { return memcmp(kept, library_memory.start, library_memory.len) != 0; }

/* A general register is searched for any 8 bytes of a byte string. */
static void search_general(secrets *all) {
    for (int r = 0; r < 16; r++) {
        uint64_t value = left.general[r];
        if (value < 256)
            continue;
        for (int i = 0; i < all->count; i++)
            for (size_t at = 0; at + 8 <= all->of[i].len; at++)
                if (memcmp(&value, all->of[i].bytes + at, 8) == 0)
                    all->of[i].found++;
    }
}

static void search(secrets *all, const char *how) {
    static region of[MAX_REGIONS];
    char what[64];
    scan_for(all);
    scan(all, stack, STACK_BYTES);
    take_found(all, STACK, "its own", how);
    for (uint64_t r = 0; r < left.vectors; r++) {
        scan(all, left.vector[r], (size_t)left.width);
        snprintf(what, sizeof what, "number %d, of %d bytes", (int)r, (int)left.width);
        take_found(all, VECTORS, what, how);
    }
    search_general(all);
    take_found(all, GENERAL, "any", how);
    int count = writable_regions(of);
    REQUIRE(count >= 3);
    for (int i = 0; i < count; i++) {
        scan(all, of[i].start, of[i].len);
        take_found(all, PAGES, of[i].name, how);
        regions_seen++;
        bytes_seen += of[i].len;
    }
}

/* A secret key in each place is found. */
static void test_of_the_test(void) {
    const suite *s = SUITES;
    fixture f = new_fixture(s);
    secrets *all = secrets_of(s, FUNCTIONS, &f);
    static region of[MAX_REGIONS];
    uint8_t *page = (uint8_t *)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    size_t found = 0;
    REQUIRE(page != (uint8_t *)MAP_FAILED);
    memcpy(page + 100, f.p[SK], 32);
    scan_for(all);
    for (int i = 0, count = writable_regions(of); i < count; i++)
        found += scan(all, of[i].start, of[i].len);
    CHECK(found > 0, "a secret key in a page of its own was not found");
    munmap(page, 4096);
    memcpy(left.vector[5], f.p[SK] + 8, 16);
    CHECK(scan(all, left.vector[5], (size_t)left.width) > 0, "16 bytes in a vector register were not found");
    memcpy(&left.general[3], f.p[SK] + 11, 8);
    scan_for(all);
    search_general(all);
    CHECK(all->of[0].found == 1, "8 bytes in a register were not found");
    memset(left.general, 0, sizeof left.general);

    /* One byte in the last of the library's variables. */
    keep_library();
    CHECK(!library_has_changed(), "the library's variables changed without a call");
    uint8_t *last = library_memory.start + library_memory.len - 1;
    *last ^= f.p[SK][0] | 1;
    CHECK(library_has_changed(), "a byte of a secret key in the library's variables was not seen");
    *last ^= f.p[SK][0] | 1;
}

static int print_variables(uint64_t seed) {
    static uint8_t before[sizeof kept];
    size_t changed = 0;
    test_seed = seed;
    keep_library();
    memcpy(before, kept, sizeof before);
    warm_up();
    for (size_t i = 0; i < library_memory.len; i++)
        if (kept[i] != before[i]) {
            printf("byte %zu is %d\n", i, kept[i]);
            changed++;
        }
    return changed == 0 || test_failures != 0;
}

int main(int argc, char **argv) {
    must_find = argc > 1 && strcmp(argv[1], "unscrubbed") == 0;
    registers_left = argc > 1 && strcmp(argv[1], "registers") == 0;
    only_counts = argc > 1 && strcmp(argv[1], "count") == 0;
    stack = (uint8_t *)mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(stack != (uint8_t *)MAP_FAILED);
    add_own(stack, STACK_BYTES);
    for (int k = 0; k < KINDS; k++)
        buffer[k] = (uint8_t *)own_memory(MAX_ARGUMENT);
    find_registers(&left);
    find_variables();
    take_over_getrandom();
    if (argc > 2 && strcmp(argv[1], "variables") == 0)
        return print_variables(strtoul(argv[2], NULL, 10));
    test_of_the_test();
    all_calls();
    printf("%zu calls; searched after each, of writable memory, %zu bytes in %zu parts; "
           "the library's variables take %zu bytes\n",
           calls, bytes_seen / calls, regions_seen / calls, library_memory.len);
    return test_end("residue/calls");
}
