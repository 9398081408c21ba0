/*
 * measure.c: runs every operation of every suite and prints what it took, a line each:
 *
 *   SUITE OPERATION instructions N stack N
 *
 * Instructions and stack are those of the call, the stack counted from the caller's frame downwards, with what the library
 * overwrites on its way out. With -DWATCH, and linked with --wrap for the memory functions, a line ends in `reach N scrub N`
 * instead: how deep the operation itself came, and down to where the library then overwrote it (0: it did not). With -DLIMITED each operation gets as many bytes as the header says, and the processor faults if
 * one takes more. With -DATTEMPTS it prints instead what signatures with different randomness take.
 *
 * All inputs are fixed, so that every run gives the same numbers.
 */
#include "invoke.h"
#include "semihosting.h"

#include <pqhybrid.h>
#include <stddef.h>
#include <string.h>

extern uint32_t __stack_limit[], __stack_top[];

static uint8_t pk[2649], sk[120], dk[96], ct[1624], ss[32], expected[32], coins[88], rnd[32], sig[4741], digest[64];
static uint8_t message[1024];
static uint64_t state[32], secret_key[1568], public_key[1300];

/* ---- randomness ----------------------------------------------------------------------------------------------- */

static uint8_t drawn;

static void fill(uint8_t *out, size_t len, uint8_t first)
{
    for (size_t i = 0; i < len; i++)
        out[i] = (uint8_t)(first + 7 * i);
}

/* It takes a little more stack than the header grants. */
int32_t pqh_platform_random_bytes(uint8_t *out, size_t len)
{
    volatile uint8_t local[1024];
    local[0] = 0;
    (void)local[0];
    fill(out, len, drawn);
    return 0;
}

/* ---- how deep an operation reaches before its stack is overwritten ---------------------------------------------- */

static uint32_t *reached, *overwritten;

#ifdef WATCH
uint32_t watchers_stack[256] __attribute__((aligned(8)));
void watch(uint32_t *to, size_t len);

/* The last large piece of stack that is zeroed before an operation returns is the scrubbing. */
__attribute__((used)) void watch(uint32_t *to, size_t len)
{
    if (len >= 512 && to >= __stack_limit && to + len / 4 <= __stack_top) {
        reached = lowest_written();
        overwritten = to;
    }
}

/* The watcher has a stack of its own, so that it leaves no trace on the one it watches. `length` is the register. */
#define WATCH_FUNCTION(name, length)                                                                                   \
    __asm__(".text\n.syntax unified\n.thumb\n.global __wrap_" name "\n.thumb_func\n__wrap_" name ":\n"                 \
            "mov ip, sp\n ldr r3, =watchers_stack + 1024\n mov sp, r3\n"                                              \
            "push {r0-r2, r4, ip, lr}\n mov r1, " length "\n bl watch\n pop {r0-r2, r4, ip, lr}\n"                    \
            "mov sp, ip\n b __real_" name "\n.ltorg\n");
WATCH_FUNCTION("__aeabi_memclr", "r1")
WATCH_FUNCTION("__aeabi_memclr4", "r1")
WATCH_FUNCTION("__aeabi_memclr8", "r1")
WATCH_FUNCTION("memset", "r2")
#endif

/* ---- the operations --------------------------------------------------------------------------------------------- */

typedef struct {
    const char *suite, *operation;
    function what;
    const void *arguments[8];
    uint32_t may_take;
    uint8_t drawn;
} row;

#define LENGTH(n) ((const void *)(n))
#define ROW(suite, operation, macro, random, ...)                                                                      \
    {#suite, #operation, (function)pqh_##suite##_##operation, {__VA_ARGS__}, macro, random}

/* Prints nothing. */
#define QUIETLY(suite, operation, ...) {#suite, NULL, (function)pqh_##suite##_##operation, {__VA_ARGS__}, 0, 1}

/* With which random bytes a signature takes one attempt, and with which more, of these keys and this message. It follows from
 * FIPS 204, not from how it is implemented; -DATTEMPTS=60 shows it, since each attempt takes nearly the same. */
enum { ONE_65 = 9, MORE_65 = 1 /* seven */, ONE_87 = 9, MORE_87 = 1 /* six */ };

#ifdef LIMITED
#define BYTES(macro) macro
#else
#define BYTES(macro) 0
#endif

#define KEM(suite, S)                                                                                                  \
    ROW(suite, keygen, BYTES(PQH_##S##_KEYGEN_STACK_BYTES), 1, pk, sk),                                                \
    ROW(suite, public_key, BYTES(PQH_##S##_PUBLIC_KEY_STACK_BYTES), 1, pk, sk),                                        \
    ROW(suite, encaps, BYTES(PQH_##S##_ENCAPS_STACK_BYTES), 2, ct, expected, pk),                                      \
    ROW(suite, encaps_derand, BYTES(PQH_##S##_ENCAPS_STACK_BYTES), 2, ct, expected, coins, pk),                        \
    ROW(suite, decaps, BYTES(PQH_##S##_DECAPS_STACK_BYTES), 1, ss, ct, sk),                                            \
    ROW(suite, encaps_key_init, BYTES(PQH_##S##_ENCAPS_KEY_INIT_STACK_BYTES), 1, public_key, pk),                      \
    ROW(suite, encaps_with, BYTES(PQH_##S##_ENCAPS_WITH_STACK_BYTES), 2, ct, expected, public_key),                    \
    ROW(suite, encaps_derand_with, BYTES(PQH_##S##_ENCAPS_WITH_STACK_BYTES), 2, ct, expected, coins, public_key),      \
    ROW(suite, decaps_key_init, BYTES(PQH_##S##_DECAPS_KEY_INIT_STACK_BYTES), 1, secret_key, sk),                      \
    ROW(suite, decaps_with, BYTES(PQH_##S##_DECAPS_WITH_STACK_BYTES), 1, ss, ct, secret_key)

#define SIGNATURES(suite, S, one, more)                                                                                \
    ROW(suite, keygen, BYTES(PQH_##S##_KEYGEN_STACK_BYTES), 1, pk, sk),                                                \
    ROW(suite, public_key, BYTES(PQH_##S##_PUBLIC_KEY_STACK_BYTES), 1, pk, sk),                                        \
    {#suite, "sign_more", (function)pqh_##suite##_sign, {sig, message, LENGTH(32), NULL, NULL, sk},                    \
     BYTES(PQH_##S##_SIGN_STACK_BYTES), more},                                                                         \
    ROW(suite, sign, BYTES(PQH_##S##_SIGN_STACK_BYTES), one, sig, message, LENGTH(32), NULL, NULL, sk),                \
    ROW(suite, sign_derand, BYTES(PQH_##S##_SIGN_STACK_BYTES), one, sig, message, LENGTH(32), NULL, NULL, rnd, sk),    \
    ROW(suite, verify, BYTES(PQH_##S##_VERIFY_STACK_BYTES), 1, sig, message, LENGTH(32), NULL, NULL, pk),              \
    ROW(suite, prehash_init, BYTES(PQH_##S##_PREHASH_STACK_BYTES), 1, state),                                          \
    ROW(suite, prehash_update, BYTES(PQH_##S##_PREHASH_STACK_BYTES), 1, state, message, LENGTH(1024)),                 \
    ROW(suite, prehash_final, BYTES(PQH_##S##_PREHASH_STACK_BYTES), 1, state, digest),                                 \
    QUIETLY(suite, prehash_init, state), QUIETLY(suite, prehash_update, state, message, LENGTH(32)),                 \
    QUIETLY(suite, prehash_final, state, digest),                                                                      \
    ROW(suite, sign_prehashed, BYTES(PQH_##S##_SIGN_STACK_BYTES), one, sig, digest, NULL, NULL, sk),                   \
    ROW(suite, verify_prehashed, BYTES(PQH_##S##_VERIFY_STACK_BYTES), 1, sig, digest, NULL, NULL, pk),                 \
    ROW(suite, sign_key_init, BYTES(PQH_##S##_SIGN_KEY_INIT_STACK_BYTES), 1, secret_key, sk),                          \
    ROW(suite, sign_with, BYTES(PQH_##S##_SIGN_WITH_STACK_BYTES), one, sig, message, LENGTH(32), NULL, NULL,           \
        secret_key),                                                                                                   \
    ROW(suite, sign_derand_with, BYTES(PQH_##S##_SIGN_WITH_STACK_BYTES), one, sig, message, LENGTH(32), NULL, NULL,    \
        rnd, secret_key),                                                                                              \
    ROW(suite, verify_key_init, BYTES(PQH_##S##_VERIFY_KEY_INIT_STACK_BYTES), 1, public_key, pk),                      \
    ROW(suite, verify_with, BYTES(PQH_##S##_VERIFY_WITH_STACK_BYTES), 1, sig, message, LENGTH(32), NULL, NULL,         \
        public_key),                                                                                                   \
    ROW(suite, sign_prehashed_with, BYTES(PQH_##S##_SIGN_WITH_STACK_BYTES), one, sig, digest, NULL, NULL, secret_key), \
    ROW(suite, verify_prehashed_with, BYTES(PQH_##S##_VERIFY_WITH_STACK_BYTES), 1, sig, digest, NULL, NULL,            \
        public_key)

static const row rows[] = {
    KEM(mlkem768_x25519, MLKEM768_X25519),
    ROW(mlkem768_x25519, lamps_public_key, BYTES(PQH_MLKEM768_X25519_LAMPS_PUBLIC_KEY_STACK_BYTES), 1, pk, dk),
    ROW(mlkem768_x25519, lamps_decaps, BYTES(PQH_MLKEM768_X25519_LAMPS_DECAPS_STACK_BYTES), 1, ss, ct, dk),
    ROW(mlkem768_x25519, lamps_decaps_key_init, BYTES(PQH_MLKEM768_X25519_DECAPS_KEY_INIT_STACK_BYTES), 1, secret_key,
        dk),
    KEM(mlkem1024_x448, MLKEM1024_X448),
    SIGNATURES(mldsa65_ed25519, MLDSA65_ED25519, ONE_65, MORE_65),
    SIGNATURES(mldsa87_ed448, MLDSA87_ED448, ONE_87, MORE_87),
    {"pqh", "random_bytes", (function)pqh_random_bytes, {ss, LENGTH(32)}, BYTES(PQH_RANDOM_BYTES_STACK_BYTES), 1},
};

/* ---- measuring -------------------------------------------------------------------------------------------------- */

static void number(const char *title, uint32_t value)
{
    semihosting_write(title);
    semihosting_write_number(value);
}

static void run(const row *r, invocation *call)
{
    call->may_take = r->may_take;
    drawn = r->drawn;
    fill(rnd, sizeof rnd, drawn);
    reached = NULL;
    overwritten = NULL;
    start_counter();
    invoke(r->what, r->arguments, call);
    if (call->result != PQH_OK) {
        number(" failed with -", (uint32_t)-call->result);
        semihosting_exit(1);
    }
}

#ifndef ATTEMPTS
static void measure(const row *r)
{
    invocation call;
    if (r->operation == NULL) {
        run(r, &call);
        return;
    }
    semihosting_write(r->suite);
    semihosting_write(" ");
    semihosting_write(r->operation);
    run(r, &call);
    uint32_t *lowest = lowest_written();
#ifdef WATCH
    number(" reach ", (uint32_t)(call.top - (reached == NULL ? lowest : reached)) * 4);
    number(" scrub ", reached == NULL ? 0 : (uint32_t)(call.top - overwritten) * 4);
#else
    number(" instructions ", call.ticks * INSTRUCTIONS_PER_TICK);
    number(" stack ", (uint32_t)(call.top - lowest) * 4);
#endif
    semihosting_write("\n");
    if (strncmp(r->operation, "decaps", 6) == 0 && r->arguments[0] == ss && memcmp(ss, expected, sizeof ss) != 0) {
        semihosting_write("the shared secrets differ\n");
        semihosting_exit(1);
    }
}
#endif

int main(void)
{
    fill(message, sizeof message, 3);
    fill(coins, sizeof coins, 4);
    fill(dk, sizeof dk, 5);
#ifdef ATTEMPTS
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        invocation call;
        row r = rows[i];
        if (r.operation == NULL)
            continue;
        if (strcmp(r.operation, "keygen") == 0)
            run(&r, &call);
        for (int first = 0; strcmp(r.operation, "sign") == 0 && first < ATTEMPTS; first++) {
            r.drawn = (uint8_t)first;
            run(&r, &call);
            semihosting_write(r.suite);
            number(" ", r.drawn);
            number(" ", call.ticks * INSTRUCTIONS_PER_TICK);
            semihosting_write("\n");
        }
    }
#else
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        measure(&rows[i]);
#endif
    return 0;
}
