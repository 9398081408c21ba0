/*
 * secure_memory.c: randomness, comparison and wiping of secrets, the three helpers that come with the library.
 *
 *     cc examples-c/secure_memory.c -Iinclude libpqhybrid.a && ./a.out
 */
#include <pqhybrid.h>

#include <stdio.h>
#include <string.h>

#define TOKEN_BYTES 32

/*
 * Not memcmp: it may stop at the first byte that differs, so that its time tells how many bytes were right. Whoever
 * can measure that guesses a token byte by byte, 256 tries for each, instead of all 32 bytes at once. The length is no
 * secret: a token of another length may be refused at once.
 */
static int token_is_right(const uint8_t expected[TOKEN_BYTES], const uint8_t *presented, size_t presented_len)
{
    return presented_len == TOKEN_BYTES && pqh_ct_equal(expected, presented, TOKEN_BYTES);
}

static int session_token(void)
{
    uint8_t token[TOKEN_BYTES], presented[TOKEN_BYTES];
    int right, first, last, truncated;

    /* Not rand(): it is predictable. Never go on when this fails: there would be no secret. */
    pqh_status status = pqh_random_bytes(token, sizeof token);
    if (status != PQH_OK) {
        fprintf(stderr, "secure_memory: session token: %s\n", pqh_status_string(status));
        return 0;
    }

    memcpy(presented, token, sizeof presented);
    right = token_is_right(token, presented, sizeof presented);
    truncated = token_is_right(token, presented, sizeof presented - 1);

    presented[0] ^= 1;
    first = token_is_right(token, presented, sizeof presented);
    presented[0] ^= 1;

    presented[TOKEN_BYTES - 1] ^= 1;
    last = token_is_right(token, presented, sizeof presented);

    printf("session token of %d random bytes\n", TOKEN_BYTES);
    printf("  the right token               %s\n", right ? "accepted" : "refused");
    printf("  its first byte changed        %s\n", first ? "accepted" : "refused");
    printf("  its last byte changed         %s\n", last ? "accepted" : "refused");
    printf("  its last byte missing         %s\n", truncated ? "accepted" : "refused");

    pqh_secure_wipe(token, sizeof token);
    pqh_secure_wipe(presented, sizeof presented);
    return right && !first && !last && !truncated;
}

static int password(void)
{
    /*
     * A real program reads it from the terminal with echo off, by read(2): stdio would keep a second copy in its
     * buffer. A buffer of fixed size is wiped whole; realloc would leave copies behind.
     */
    char buffer[64] = "correct horse battery staple";
    static const char zeros[sizeof buffer];
    int wiped;

    printf("\npassword in a buffer of %zu bytes\n", sizeof buffer);
    printf("  before pqh_secure_wipe        %zu characters\n", strlen(buffer)); /* here it would be hashed */

    /*
     * Not memset: when nothing reads the buffer any more, the compiler may leave the call out, and at -O2 it does. The
     * password would stay on the stack for the next bug, core dump or swapped page to give away.
     */
    pqh_secure_wipe(buffer, sizeof buffer);

    wiped = pqh_ct_equal(buffer, zeros, sizeof buffer);
    printf("  after pqh_secure_wipe         %s\n", wiped ? "all zero" : "NOT all zero");
    return wiped;
}

int main(void)
{
    int ok = session_token();

    ok = password() && ok;
    return ok ? 0 : 1;
}
