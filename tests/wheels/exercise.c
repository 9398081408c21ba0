/*
 * What exercise.py has a wheel's library do, from C, for a machine that has no Python: loads it, round trips in all
 * four suites, refusals, and the same transcript of fixed input, which goes to standard output.
 *
 * usage: exercise LIBRARY > TRANSCRIPT       how many cases there were goes to standard error
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pqhybrid.h"

#define MOST 8192

static void *library;
static int cases;

static void must(int holds, const char *what)
{
    cases++;
    if (!holds) {
        fprintf(stderr, "exercise: %s\n", what);
        exit(1);
    }
}

/* A function by its name, in parts; ISO C has no cast from an object's address to a function's. */
static void find(void *function, const char *suite, const char *name)
{
    char whole[100];
    void *found;
    snprintf(whole, sizeof whole, "pqh_%s%s%s", suite, suite[0] ? "_" : "", name);
    found = dlsym(library, whole);
    must(found != NULL, whole);
    memcpy(function, &found, sizeof found);
}

static size_t size_of(const char *suite, const char *what)
{
    size_t (*function)(void);
    char name[50];
    snprintf(name, sizeof name, "%s_bytes", what);
    find(&function, suite, name);
    must(function() > 0 && function() <= MOST, name);
    return function();
}

static const uint8_t *pattern(uint8_t *to, size_t size, unsigned which)
{
    for (size_t i = 0; i < size; i++)
        to[i] = (uint8_t)(7 * i + which);
    return to;
}

static void write_out(const uint8_t *data, size_t size)
{
    must(fwrite(data, 1, size, stdout) == size, "standard output");
}

static void kem(const char *suite)
{
    static uint8_t pk[MOST], sk[MOST], coins[MOST], ct[MOST], ss[MOST], again[MOST];
    pqh_status (*public_key)(uint8_t *, const uint8_t *);
    pqh_status (*keygen)(uint8_t *, uint8_t *);
    pqh_status (*encaps)(uint8_t *, uint8_t *, const uint8_t *);
    pqh_status (*encaps_derand)(uint8_t *, uint8_t *, const uint8_t *, const uint8_t *);
    pqh_status (*decaps)(uint8_t *, const uint8_t *, const uint8_t *);
    size_t pk_bytes = size_of(suite, "public_key"), ct_bytes = size_of(suite, "ciphertext");
    size_t ss_bytes = size_of(suite, "shared_secret");

    find(&public_key, suite, "public_key");
    find(&keygen, suite, "keygen");
    find(&encaps, suite, "encaps");
    find(&encaps_derand, suite, "encaps_derand");
    find(&decaps, suite, "decaps");
    pattern(sk, size_of(suite, "secret_key"), 1);
    pattern(coins, size_of(suite, "encaps_coins"), 2);
    must(public_key(pk, sk) == PQH_OK, "public_key");
    must(encaps_derand(ct, ss, coins, pk) == PQH_OK, "encaps_derand");
    must(decaps(again, ct, sk) == PQH_OK && memcmp(ss, again, ss_bytes) == 0, "decaps");
    write_out(pk, pk_bytes);
    write_out(ct, ct_bytes);
    write_out(ss, ss_bytes);

    must(keygen(pk, sk) == PQH_OK && encaps(ct, ss, pk) == PQH_OK, "keygen, encaps");
    must(decaps(again, ct, sk) == PQH_OK && memcmp(ss, again, ss_bytes) == 0, "decaps after keygen");
    ct[0] ^= 1;
    must(decaps(again, ct, sk) == PQH_OK && memcmp(ss, again, ss_bytes) != 0, "decaps of a forged ciphertext");
    memset(pk, 255, pk_bytes);
    must(encaps(ct, ss, pk) == PQH_ERR_PUBLIC_KEY, "encaps to a bad public key");
    must(encaps(ct, ss, NULL) == PQH_ERR_NULL, "encaps to no public key");
}

static void lamps(void)
{
    static uint8_t pk[MOST], dk[MOST];
    pqh_status (*public_key)(uint8_t *, const uint8_t *);
    find(&public_key, "mlkem768_x25519", "lamps_public_key");
    pattern(dk, size_of("mlkem768_x25519", "lamps_secret_key"), 7);
    must(public_key(pk, dk) == PQH_OK, "lamps_public_key");
    write_out(pk, size_of("mlkem768_x25519", "public_key"));
}

static void signature(const char *suite)
{
    static uint8_t pk[MOST], sk[MOST], sig[MOST], rnd[MOST], msg[1000], ctx[PQH_CONTEXT_MAX_BYTES];
    pqh_status (*public_key)(uint8_t *, const uint8_t *);
    pqh_status (*keygen)(uint8_t *, uint8_t *);
    pqh_status (*sign)(uint8_t *, const uint8_t *, size_t, const uint8_t *, size_t, const uint8_t *);
    pqh_status (*sign_derand)(uint8_t *, const uint8_t *, size_t, const uint8_t *, size_t, const uint8_t *,
                              const uint8_t *);
    pqh_status (*verify)(const uint8_t *, const uint8_t *, size_t, const uint8_t *, size_t, const uint8_t *);

    find(&public_key, suite, "public_key");
    find(&keygen, suite, "keygen");
    find(&sign, suite, "sign");
    find(&sign_derand, suite, "sign_derand");
    find(&verify, suite, "verify");
    pattern(sk, size_of(suite, "secret_key"), 3);
    pattern(msg, sizeof msg, 4);
    pattern(ctx, sizeof ctx, 5);
    pattern(rnd, size_of(suite, "sign_rnd"), 6);
    must(public_key(pk, sk) == PQH_OK, "public_key");
    must(sign_derand(sig, msg, sizeof msg, ctx, sizeof ctx, rnd, sk) == PQH_OK, "sign_derand");
    must(verify(sig, msg, sizeof msg, ctx, sizeof ctx, pk) == PQH_OK, "verify");
    write_out(pk, size_of(suite, "public_key"));
    write_out(sig, size_of(suite, "signature"));

    must(keygen(pk, sk) == PQH_OK && sign(sig, msg, sizeof msg, NULL, 0, sk) == PQH_OK, "keygen, sign");
    must(verify(sig, msg, sizeof msg, NULL, 0, pk) == PQH_OK, "verify after keygen");
    must(verify(sig, msg, sizeof msg - 1, NULL, 0, pk) == PQH_ERR_SIGNATURE, "verify of another message");
    must(verify(sig, msg, sizeof msg, ctx, 1, pk) == PQH_ERR_SIGNATURE, "verify with another context");
    must(sign(sig, msg, sizeof msg, ctx, 256, sk) == PQH_ERR_CONTEXT_LENGTH, "sign with a long context");
}

int main(int argc, char **argv)
{
    const char *(*text)(void);
    char version[50];
    if (argc != 2)
        return 2;
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fprintf(stderr, "exercise: %s\n", dlerror());
        return 1;
    }
    find(&text, "", "version");
    snprintf(version, sizeof version, "%d.%d.%d", PQH_VERSION_MAJOR, PQH_VERSION_MINOR, PQH_VERSION_PATCH);
    must(strcmp(text(), version) == 0, "the library is of another version than the header");
    kem("mlkem768_x25519");
    kem("mlkem1024_x448");
    lamps();
    signature("mldsa65_ed25519");
    signature("mldsa87_ed448");
    must(fflush(stdout) == 0, "standard output");
    find(&text, "", "backend");
    fprintf(stderr, "%s: %d\n", text(), cases);
    return 0;
}
