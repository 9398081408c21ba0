/*
 * The search for secrets of tests/residue, on the microcontroller: after each call, successful or failed, its stack,
 * the registers that it left and all RAM that is not the test's own hold no secret.
 *
 * tests/firmware/residue.sh moves this program's variables to sections `own` and `own_data`; what it does not name is
 * searched, the C library's variables, the library's if it had any, and RAM that nobody uses. The stack that the
 * program was started on, where the secrets are derived, is its own, too. With UNSCRUBBED defined it is for a library
 * that does not scrub, in which something must be found.
 */
#include <stdlib.h>

static void *own_memory(size_t len);
static void own_release(const void *pointer);
#define malloc own_memory
#define free own_release
#include "ways.h"

#include "semihosting.h"

#define RAM ((uint8_t *)0x38000000)
#define RAM_BYTES ((size_t)2 << 20)
#define STACK_BYTES ((size_t)400 << 10)
#define OWN_BYTES ((size_t)40 << 10)
#define PAINT 0xa7

static uint8_t stack[STACK_BYTES] __attribute__((aligned(8)));
static uint8_t own_bytes[OWN_BYTES] __attribute__((aligned(8)));
static size_t own_used, own_pieces;

static void *own_memory(size_t len)
{
    const size_t start = (own_used + 7) / 8 * 8;

    REQUIRE(start + len <= OWN_BYTES);
    own_used = start + len;
    own_pieces++;
    return own_bytes + start;
}

/* One fixture lives at a time. */
static void own_release(const void *pointer)
{
    (void)pointer;
    if (--own_pieces == 0)
        own_used = 0;
}

int32_t pqh_platform_random_bytes(uint8_t *out, size_t len)
{
    if (random_fails)
        return -1;
    REQUIRE(random_bytes != NULL);
    memcpy(out, random_bytes, len);
    return 0;
}

/* ---- running --------------------------------------------------------------------------------------------------- */

/* r0 to r3 and r12, which a called function need not keep. The library uses no floating-point registers. */
static uint32_t left[5];

/* Runs a function on another stack, with its limit, and stores those registers. */
void run_there(void (*function)(void), uint8_t *top, uint8_t *limit, uint32_t to[5]);
__asm__(".pushsection .text.run_there, \"ax\"\n"
        ".thumb_func\n"
        ".global run_there\n"
        "run_there:\n"
        "    push {r4, r5, r6, lr}\n"
        "    mov r4, sp\n"
        "    mrs r5, msplim\n"
        "    mov r6, r3\n"
        "    mov r3, #0\n"
        "    msr msplim, r3\n"
        "    mov sp, r1\n"
        "    msr msplim, r2\n"
        "    blx r0\n"
        "    stm r6, {r0, r1, r2, r3, r12}\n"
        "    mov r3, #0\n"
        "    msr msplim, r3\n"
        "    mov sp, r4\n"
        "    msr msplim, r5\n"
        "    pop {r4, r5, r6, pc}\n"
        ".popsection\n");

static void on_own_stack(void)
{
    memset(stack, PAINT, sizeof stack);
    run_there(run_job, stack + sizeof stack, stack, left);
}

/* It has none: tests/firmware/residue.sh sees to that. */
static void keep_library(void) {}
static int library_has_changed(void) { return 0; }

/* ---- searching ------------------------------------------------------------------------------------------------- */

/* From the linker, and of the sections that residue.sh makes. */
extern uint8_t __stack_limit[], __stack_top[], __start_own[], __stop_own[], __start_own_data[], __stop_own_data[];

static size_t searched;

static void search_ram(secrets *all)
{
    const uint8_t *own[3][2] = {{__stack_limit, __stack_top}, {__start_own, __stop_own},
                                {__start_own_data, __stop_own_data}};
    const uint8_t *at = RAM;

    searched = 0;
    while (at < RAM + RAM_BYTES) {
        const uint8_t *end = RAM + RAM_BYTES;
        int i, is_own = 0;
        for (i = 0; i < 3; i++)
            if (at >= own[i][0] && at < own[i][1]) {
                at = own[i][1];
                is_own = 1;
            } else if (own[i][0] > at && own[i][0] < end)
                end = own[i][0];
        if (is_own)
            continue;
        scan(all, at, (size_t)(end - at));
        searched += (size_t)(end - at);
        at = end;
    }
}

static void search_registers(secrets *all)
{
    int r, i;
    size_t at;

    for (r = 0; r < 5; r++) {
        const uint32_t page = left[r] >> 20;
        /* Small numbers, and addresses of the flash and of the RAM. */
        if (left[r] < 65536 || page == 0x100 || page == 0x380 || page == 0x381)
            continue;
        for (i = 0; i < all->count; i++)
            for (at = 0; at + 4 <= all->of[i].len; at++)
                all->of[i].found += memcmp(&left[r], all->of[i].bytes + at, 4) == 0;
    }
}

static void search(secrets *all, const char *how)
{
    scan_for(all);
    scan(all, stack, sizeof stack);
    take_found(all, STACK, "its own", how);
    search_ram(all);
    take_found(all, PAGES, "RAM", how);
    search_registers(all);
    take_found(all, GENERAL, "r0 to r3, r12", how);
}

/* A secret key in memory that nobody uses, and in a register, is found. */
static void test_of_the_test(void)
{
    const suite *s = SUITES;
    fixture f = new_fixture(s);
    secrets *all = secrets_of(s, FUNCTIONS, &f);
    uint8_t *unused = RAM + RAM_BYTES - 100;

    memcpy(unused, f.p[SK], 32);
    scan_for(all);
    search_ram(all);
    CHECK(all->of[0].found > 0, "a secret key in RAM was not found");
    memset(unused, 0, 32);
    memcpy(&left[3], f.p[SK] + 11, 4);
    scan_for(all);
    search_registers(all);
    CHECK(all->of[0].found == 1, "4 bytes in a register were not found");
    free_fixture(&f);
}

int main(void)
{
    static uint8_t buffers[KINDS][MAX_ARGUMENT];
    int k;

#ifdef UNSCRUBBED
    must_find = 1;
#endif
    setvbuf(stdout, NULL, _IONBF, 0);
    for (k = 0; k < KINDS; k++)
        buffer[k] = buffers[k];
    test_of_the_test();
    all_calls();
    printf("%u calls; searched after each, of RAM that is not the test's own, %u bytes\n", (unsigned)calls,
           (unsigned)searched);
    return test_end("firmware/residue");
}
