/* Messages larger than one would hold in memory: 1 GiB in pieces, and 64 MiB in pieces and at once. */
#include "suites.h"

#include <time.h>

#define MIB ((size_t)1 << 20)
#define STREAMED_MIB 1024
#define WHOLE_MIB 64

/* The digests of what `fill` makes of 1024 pieces, computed by other software. */
static const struct {
    const char *suite;
    uint8_t digest[64];
} EXPECTED[] = {
    {"mldsa65_ed25519",
     {0x02, 0xd2, 0xb8, 0xd3, 0x77, 0x81, 0x3d, 0x1f, 0x61, 0x70, 0xf5, 0x91, 0x87, 0xfa, 0xff, 0x88,
      0x5b, 0x2f, 0x97, 0xc7, 0x59, 0x92, 0x15, 0xe7, 0xa8, 0xad, 0xac, 0x72, 0x28, 0xe2, 0xc5, 0x30,
      0x1f, 0x93, 0x7c, 0xdc, 0x92, 0x60, 0x5a, 0xde, 0xcd, 0x34, 0xd2, 0x10, 0xbf, 0x07, 0xfa, 0x0e,
      0x7f, 0x8d, 0x89, 0xe2, 0xf5, 0xdb, 0x00, 0xb1, 0x34, 0x9d, 0x89, 0xaf, 0xdb, 0x01, 0xb9, 0xfd}},
    {"mldsa87_ed448",
     {0xde, 0x22, 0x8a, 0xd2, 0x4c, 0x51, 0x62, 0x73, 0xa9, 0xcf, 0x8b, 0xdb, 0xf6, 0x7d, 0x81, 0x97,
      0x36, 0xde, 0xbf, 0x80, 0xf3, 0xdc, 0x6b, 0xfc, 0xab, 0x6c, 0x08, 0x4f, 0x8d, 0xeb, 0x94, 0x76,
      0x87, 0x16, 0x7c, 0x81, 0x8b, 0x1a, 0x29, 0x82, 0xb1, 0x67, 0x7a, 0xa2, 0xd4, 0x89, 0xed, 0x2d,
      0x84, 0xe0, 0x7e, 0x0b, 0xd8, 0x2d, 0x8e, 0x09, 0x29, 0x31, 0x92, 0x5e, 0xf5, 0xe5, 0xf6, 0xe7}},
    {NULL, {0}}};

static double seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

/* One MiB of a fixed pattern that begins with its own number. */
static void fill(uint8_t *piece, uint64_t number) {
    if (number == 0)
        for (size_t i = 0; i < MIB; i++)
            piece[i] = (uint8_t)(i * 31 + (i >> 8) * 17);
    for (int i = 0; i < 8; i++)
        piece[i] = (uint8_t)(number >> (8 * i));
}

/* Every other piece is cut into parts that fit no block. */
static void update(const suite *s, void *state, const uint8_t *piece, uint64_t number) {
    size_t part = number % 2 == 0 ? MIB : 4099 + (size_t)number * 13;
    for (size_t at = 0; at < MIB; at += part)
        REQUIRE(s->prehash_update(state, piece + at, MIB - at < part ? MIB - at : part) == PQH_OK);
}

static void streamed(const suite *s) {
    uint64_t state[32];
    uint8_t digest[64], sig[8192];
    uint8_t *piece = (uint8_t *)allocate(MIB);
    fixture f = new_fixture(s);
    double start = seconds();
    REQUIRE(s->prehash_init(state) == PQH_OK);
    for (uint64_t i = 0; i < STREAMED_MIB; i++) {
        fill(piece, i);
        update(s, state, piece, i);
    }
    CHECK_STATUS(PQH_OK, s->prehash_final(state, digest), "%s prehash_final of 1 GiB", s->name);
    printf("%s: 1 GiB streamed, %.0f MB/s\n", s->name, STREAMED_MIB * 1.048576 / (seconds() - start));

    int known = 0;
    for (int i = 0; EXPECTED[i].suite != NULL; i++)
        if (strcmp(EXPECTED[i].suite, s->name) == 0) {
            known = 1;
            CHECK(memcmp(EXPECTED[i].digest, digest, 64) == 0, "%s, the digest of 1 GiB", s->name);
        }
    CHECK(known, "%s, no digest to compare with", s->name);
    CHECK_STATUS(PQH_OK, s->sign_prehashed(sig, digest, NULL, 0, f.p[SK]), "%s sign_prehashed of 1 GiB", s->name);
    CHECK_STATUS(PQH_OK, s->verify_prehashed(sig, digest, NULL, 0, f.p[PK]), "%s verify_prehashed of 1 GiB", s->name);
    digest[0] ^= 1;
    CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify_prehashed(sig, digest, NULL, 0, f.p[PK]), "%s verify_prehashed of others",
                 s->name);
    free_fixture(&f);
    free(piece);
}

static void whole(const suite *s) {
    uint64_t state[32];
    uint8_t digest[64], sig[8192];
    size_t len = WHOLE_MIB * MIB;
    uint8_t *message = (uint8_t *)allocate(len);
    fixture f = new_fixture(s);
    for (size_t i = 0; i < len; i += 8) {
        uint64_t number = some_number();
        memcpy(message + i, &number, 8);
    }
    REQUIRE(s->prehash_init(state) == PQH_OK);
    for (uint64_t i = 0; i < WHOLE_MIB; i++)
        update(s, state, message + i * MIB, i + 1);
    REQUIRE(s->prehash_final(state, digest) == PQH_OK);

    double start = seconds();
    CHECK_STATUS(PQH_OK, s->sign(sig, message, len, f.p[CTX], CTX_BYTES, f.p[SK]), "%s sign of 64 MiB", s->name);
    printf("%s: 64 MiB signed at once, %.0f MB/s\n", s->name, WHOLE_MIB * 1.048576 / (seconds() - start));
    CHECK_STATUS(PQH_OK, s->verify(sig, message, len, f.p[CTX], CTX_BYTES, f.p[PK]), "%s verify of 64 MiB", s->name);
    CHECK_STATUS(PQH_OK, s->verify_prehashed(sig, digest, f.p[CTX], CTX_BYTES, f.p[PK]), "%s verify_prehashed of sign",
                 s->name);
    CHECK_STATUS(PQH_OK, s->sign_prehashed(sig, digest, f.p[CTX], CTX_BYTES, f.p[SK]), "%s sign_prehashed", s->name);
    CHECK_STATUS(PQH_OK, s->verify(sig, message, len, f.p[CTX], CTX_BYTES, f.p[PK]), "%s verify of sign_prehashed",
                 s->name);
    message[len - 1] ^= 1;
    CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify(sig, message, len, f.p[CTX], CTX_BYTES, f.p[PK]),
                 "%s verify of 64 MiB, the last bit differs", s->name);
    free_fixture(&f);
    free(message);
}

int main(void) {
    FOR_EACH_SIG(s) {
        streamed(s);
        whole(s);
    }
    return test_end("c/large");
}
