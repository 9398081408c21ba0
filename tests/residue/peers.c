/*
 * What other libraries leave: the same search as in calls.c, of the same secrets, after the same operations by
 * libsodium, the crate x-wing and OpenSSL. That they are the same is seen from what they compute. Prints figures, and
 * fails only if an operation does. This library's own operations come last, for comparison.
 *
 * Looked into are the stack, the registers and the C library's heap; the variables of libraries that are linked
 * statically are not.
 */
#include "own_memory.h"

#include "memory.h"
#include "registers.h"
#include "scan.h"
#undef malloc
#undef free

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <ucontext.h>

#define STACK_BYTES ((size_t)1 << 20)
#define PAINT 0xa7

void x_wing_public_key(uint8_t *pk, const uint8_t *sk);
void x_wing_encaps(uint8_t *ct, uint8_t *ss, const uint8_t *pk, const uint8_t *coins);
void x_wing_decaps(uint8_t *ss, const uint8_t *ct, const uint8_t *sk);

/* What an operation works on: a fixture, and what it says of halves. `out` is compared with `wanted`. */
static const suite *s;
static fixture f;
static uint8_t *out, *message;
static const uint8_t *dk, *wanted;
static size_t message_len, wanted_len;

static void expect(const uint8_t *what, size_t len) {
    wanted = what;
    wanted_len = len;
}

/* ---- X-Wing ----------------------------------------------------------------------------------------------------- */

static void sodium_keygen(void) {
    uint8_t sk[32];
    REQUIRE(crypto_kem_xwing_seed_keypair(out, sk, f.p[SK]) == 0);
    expect(f.p[PK], s->n[PK]);
    pqh_secure_wipe(sk, sizeof sk);
}
static void sodium_encaps(void) {
    REQUIRE(crypto_kem_xwing_enc_deterministic(out, out + s->n[CT], f.p[PK], f.p[COINS]) == 0);
    expect(f.p[CT], s->n[CT]);
}
static void sodium_decaps(void) {
    REQUIRE(crypto_kem_xwing_dec(out, f.p[CT], f.p[SK]) == 0);
    expect(f.p[SS], 32);
}
static void crate_keygen(void) {
    x_wing_public_key(out, f.p[SK]);
    expect(f.p[PK], s->n[PK]);
}
static void crate_encaps(void) {
    x_wing_encaps(out, out + s->n[CT], f.p[PK], f.p[COINS]);
    expect(f.p[CT], s->n[CT]);
}
static void crate_decaps(void) {
    x_wing_decaps(out, f.p[CT], f.p[SK]);
    expect(f.p[SS], 32);
}

/* ---- OpenSSL ----------------------------------------------------------------------------------------------------- */

static EVP_PKEY *openssl_lattice_key(const char *name, const char *parameter, const uint8_t *seed, size_t len) {
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, name, NULL);
    OSSL_PARAM parameters[] = {OSSL_PARAM_octet_string(parameter, (void *)seed, len), OSSL_PARAM_END};
    REQUIRE(ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1);
    REQUIRE(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, parameters) == 1);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static const char *openssl_mlkem_name(void) { return s->pq_pk == 1184 ? "ML-KEM-768" : "ML-KEM-1024"; }

static void openssl_mlkem_keygen(void) {
    EVP_PKEY *key = openssl_lattice_key(openssl_mlkem_name(), "seed", dk, 64);
    size_t len = s->pq_pk;
    REQUIRE(EVP_PKEY_get_raw_public_key(key, out, &len) == 1);
    EVP_PKEY_free(key);
    expect(f.p[PK], s->pq_pk);
}
static void openssl_mlkem_encaps(void) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, openssl_mlkem_name(), NULL, f.p[PK], s->pq_pk);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    OSSL_PARAM parameters[] = {OSSL_PARAM_octet_string("ikme", f.p[COINS], 32), OSSL_PARAM_END};
    size_t ct_len = s->pq_ct, ss_len = 32;
    REQUIRE(key != NULL && ctx != NULL && EVP_PKEY_encapsulate_init(ctx, parameters) == 1);
    REQUIRE(EVP_PKEY_encapsulate(ctx, out, &ct_len, out + ct_len, &ss_len) == 1);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
    expect(f.p[CT], s->pq_ct);
}
static void openssl_mlkem_decaps(void) {
    EVP_PKEY *key = openssl_lattice_key(openssl_mlkem_name(), "seed", dk, 64);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    size_t len = 32;
    REQUIRE(ctx != NULL && EVP_PKEY_decapsulate_init(ctx, NULL) == 1);
    REQUIRE(EVP_PKEY_decapsulate(ctx, out, &len, f.p[CT], s->pq_ct) == 1);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
}
static void openssl_dh(void) {
    const char *name = s->pq_pk == 1184 ? "X25519" : "X448";
    size_t len = s->n[PK] - s->pq_pk, out_len = len;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(NULL, name, NULL, dk + 64, len);
    EVP_PKEY *peer = EVP_PKEY_new_raw_public_key_ex(NULL, name, NULL, f.p[CT] + s->pq_ct, len);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    REQUIRE(key != NULL && peer != NULL && ctx != NULL && EVP_PKEY_derive_init(ctx) == 1);
    REQUIRE(EVP_PKEY_derive_set_peer(ctx, peer) == 1 && EVP_PKEY_derive(ctx, out, &out_len) == 1);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(peer);
    EVP_PKEY_free(key);
}

static const char *openssl_mldsa_name(void) { return s->pq_pk == 1952 ? "ML-DSA-65" : "ML-DSA-87"; }

static void openssl_mldsa_keygen(void) {
    EVP_PKEY *key = openssl_lattice_key(openssl_mldsa_name(), "seed", f.p[SK], 32);
    size_t len = s->pq_pk;
    REQUIRE(EVP_PKEY_get_raw_public_key(key, out, &len) == 1);
    EVP_PKEY_free(key);
    expect(f.p[PK], s->pq_pk);
}
static void openssl_mldsa_sign(void) {
    EVP_PKEY *key = openssl_lattice_key(openssl_mldsa_name(), "seed", f.p[SK], 32);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    EVP_SIGNATURE *how = EVP_SIGNATURE_fetch(NULL, openssl_mldsa_name(), NULL);
    int one = 1;
    OSSL_PARAM parameters[] = {OSSL_PARAM_int("deterministic", &one),
                               OSSL_PARAM_octet_string("context-string", message + 32, 30), OSSL_PARAM_END};
    size_t len = s->pq_sig;
    REQUIRE(ctx != NULL && how != NULL && EVP_PKEY_sign_message_init(ctx, how, parameters) == 1);
    REQUIRE(EVP_PKEY_sign(ctx, out, &len, message, message_len) == 1);
    EVP_SIGNATURE_free(how);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(key);
    expect(f.p[SIG], s->pq_sig);
}
static void openssl_eddsa_sign(void) {
    const char *name = s->pq_pk == 1952 ? "ED25519" : "ED448";
    size_t len = s->n[SIG] - s->pq_sig;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(NULL, name, NULL, f.p[SK] + 32, s->n[SK] - 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    REQUIRE(key != NULL && EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) == 1);
    REQUIRE(EVP_DigestSign(ctx, out, &len, message, message_len) == 1);
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    expect(f.p[SIG] + s->pq_sig, len);
}

/* ---- this library ------------------------------------------------------------------------------------------------ */

static void own_keygen(void) {
    REQUIRE(s->public_key(out, f.p[SK]) == PQH_OK);
    expect(f.p[PK], s->n[PK]);
}
static void own_encaps(void) {
    REQUIRE(s->encaps_derand(out, out + s->n[CT], f.p[COINS], f.p[PK]) == PQH_OK);
    expect(f.p[CT], s->n[CT]);
}
static void own_decaps(void) {
    REQUIRE(s->decaps(out, f.p[CT], f.p[SK]) == PQH_OK);
    expect(f.p[SS], 32);
}
static void own_sign(void) {
    REQUIRE(s->sign_derand(out, f.p[MSG], s->n[MSG], f.p[CTX], s->n[CTX], f.p[RND], f.p[SK]) == PQH_OK);
    expect(f.p[SIG], s->n[SIG]);
}

#define XWING "mlkem768_x25519"
#define KEM_HIGH "mlkem1024_x448"
#define SIG_STANDARD "mldsa65_ed25519"
#define SIG_HIGH "mldsa87_ed448"
static const struct {
    const char *library, *operation, *suite;
    void (*run)(void);
} OPERATIONS[] = {{"libsodium", "X-Wing keygen", XWING, sodium_keygen},
                  {"libsodium", "X-Wing encaps", XWING, sodium_encaps},
                  {"libsodium", "X-Wing decaps", XWING, sodium_decaps},
                  {"x-wing", "X-Wing keygen", XWING, crate_keygen},
                  {"x-wing", "X-Wing encaps", XWING, crate_encaps},
                  {"x-wing", "X-Wing decaps", XWING, crate_decaps},
                  {"OpenSSL", "ML-KEM-768 keygen", XWING, openssl_mlkem_keygen},
                  {"OpenSSL", "ML-KEM-768 encaps", XWING, openssl_mlkem_encaps},
                  {"OpenSSL", "ML-KEM-768 decaps", XWING, openssl_mlkem_decaps},
                  {"OpenSSL", "ML-KEM-1024 decaps", KEM_HIGH, openssl_mlkem_decaps},
                  {"OpenSSL", "X25519", XWING, openssl_dh},
                  {"OpenSSL", "X448", KEM_HIGH, openssl_dh},
                  {"OpenSSL", "ML-DSA-65 keygen", SIG_STANDARD, openssl_mldsa_keygen},
                  {"OpenSSL", "ML-DSA-65 sign", SIG_STANDARD, openssl_mldsa_sign},
                  {"OpenSSL", "ML-DSA-87 sign", SIG_HIGH, openssl_mldsa_sign},
                  {"OpenSSL", "Ed25519 sign", SIG_STANDARD, openssl_eddsa_sign},
                  {"OpenSSL", "Ed448 sign", SIG_HIGH, openssl_eddsa_sign},
                  {"pqhybrid", "X-Wing keygen", XWING, own_keygen},
                  {"pqhybrid", "X-Wing encaps", XWING, own_encaps},
                  {"pqhybrid", "X-Wing decaps", XWING, own_decaps},
                  {"pqhybrid", "MLKEM1024-X448 decaps", KEM_HIGH, own_decaps},
                  {"pqhybrid", "MLDSA65-Ed25519 keygen", SIG_STANDARD, own_keygen},
                  {"pqhybrid", "MLDSA65-Ed25519 sign", SIG_STANDARD, own_sign},
                  {"pqhybrid", "MLDSA87-Ed448 sign", SIG_HIGH, own_sign}};

/* ---- running and searching --------------------------------------------------------------------------------------- */

static uint8_t *stack, *top;
static registers left;
static void (*operation)(void);

static void run_it(void) {
    top = (uint8_t *)__builtin_frame_address(0);
    run_and_store(operation, &left);
}

static void on_own_stack(void) {
    static ucontext_t here, there;
    memset(stack, PAINT, STACK_BYTES);
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = STACK_BYTES;
    there.uc_link = &here;
    makecontext(&there, run_it, 0);
    REQUIRE(swapcontext(&here, &there) == 0);
}

/* Prints the names of what was found, each once, and forgets it. */
static size_t names(secrets *all) {
    const char *printed[MAX_SECRETS];
    size_t total = 0;
    int count = 0;
    for (int i = 0; i < all->count + all->polys; i++) {
        int is_poly = i >= all->count, seen = 0;
        const char *name = is_poly ? all->poly_of[i - all->count].name : all->of[i].name;
        size_t *found = is_poly ? &all->poly_of[i - all->count].found : &all->of[i].found;
        if (*found == 0)
            continue;
        total += *found;
        *found = 0;
        for (int j = 0; j < count; j++)
            seen |= strcmp(printed[j], name) == 0;
        if (seen)
            continue;
        REQUIRE(count < MAX_SECRETS);
        printf("%s%s", count == 0 ? " | " : ", ", name);
        printed[count++] = name;
    }
    if (count == 0)
        printf(" | nothing");
    return total;
}

static size_t total_left[2];

static void one(size_t which) {
    static region of[MAX_REGIONS];
    secrets *all = secrets_of(s, FUNCTIONS, &f);
    uint8_t *lowest = stack;
    size_t found;
    dk = f.p[SK];
    for (int i = 0; s->encaps != NULL && i < all->count; i++)
        if (strcmp(all->of[i].name, "the seed d || z") == 0)
            dk = all->of[i].bytes; /* followed by the scalar */
    /* The first run fetches, initialises and fills caches. */
    operation = OPERATIONS[which].run;
    for (int run = 0; run < 2; run++) {
        memset(out, 0, 8192);
        wanted_len = 0;
        on_own_stack();
        REQUIRE(memcmp(out, wanted, wanted_len) == 0);
    }
    memset(out, 0, 8192);
    while (lowest < stack + STACK_BYTES && *lowest == PAINT)
        lowest++;
    printf("%s | %s | %zu", OPERATIONS[which].library, OPERATIONS[which].operation, (size_t)(top - lowest));
    scan_for(all);
    scan(all, stack, STACK_BYTES);
    found = names(all);
    for (uint64_t r = 0; r < left.vectors; r++)
        scan(all, left.vector[r], (size_t)left.width);
    found += names(all);
    for (int i = 0, count = writable_regions(of); i < count; i++)
        scan(all, of[i].start, of[i].len);
    found += names(all);
    printf("\n");
    total_left[strcmp(OPERATIONS[which].library, "pqhybrid") != 0] += found > 0;
    test_cases++;
}

static void prepare(const char *name) {
    const char *label;
    FOR_EACH_SUITE(each) if (strcmp(each->name, name) == 0) s = each;
    f = new_fixture(s);
    if (s->sign == NULL)
        return;
    /* Deterministic signing, and the message that both halves sign. */
    memset(f.p[RND], 0, s->n[RND]);
    REQUIRE(run_sign_derand(s, f.p, s->n) == PQH_OK);
    label = s->pq_pk == 1952 ? "COMPSIG-MLDSA65-Ed25519-SHA512" : "COMPSIG-MLDSA87-Ed448-SHAKE256";
    memcpy(message, "CompositeAlgorithmSignatures2025", 32);
    memcpy(message + 32, label, 30);
    message[62] = CTX_BYTES;
    memcpy(message + 63, f.p[CTX], CTX_BYTES);
    memcpy(message + 63 + CTX_BYTES, f.p[DIGEST], 64);
    message_len = 63 + CTX_BYTES + 64;
}

int main(void) {
    stack = (uint8_t *)mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(stack != (uint8_t *)MAP_FAILED && sodium_init() >= 0);
    add_own(stack, STACK_BYTES);
    out = (uint8_t *)own_memory(8192);
    message = (uint8_t *)own_memory(256);
    find_registers(&left);
    printf("# libsodium %s, x-wing 0.1.1 with zeroize, %s\n", sodium_version_string(),
           OpenSSL_version(OPENSSL_VERSION));
    printf("# library | operation | bytes of stack | on the stack | in vector registers | on the heap\n");
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++) {
        prepare(OPERATIONS[i].suite);
        one(i);
    }
    printf("report: residue | what libsodium, the crate x-wing and OpenSSL leave, beside this library | "
           "%lu operations | %zu of theirs left something, %zu of ours\n", test_cases, total_left[1], total_left[0]);
    return test_end("residue/peers");
}
