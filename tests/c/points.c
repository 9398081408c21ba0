/* Points and keys that are not to be used: of small order, not canonical, not on the curve, out of range. */
#include "suites.h"

typedef struct {
    const char *name;
    uint8_t bytes[57];
} point;

#define FF4 0xff, 0xff, 0xff, 0xff
#define FF12 FF4, FF4, FF4
#define FF27 FF12, FF12, 0xff, 0xff, 0xff
#define FF28 FF12, FF12, FF4
#define FF30 FF28, 0xff, 0xff
#define ZERO31                                                                                            \
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0

/* The u-coordinates of small order on curve25519 and its twist; bit 255 is ignored, so each has two encodings. */
static const point X25519_SMALL[] = {
    {"0", {0}},
    {"1", {1}},
    {"order 8", {0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
                 0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00}},
    {"order 8, the other", {0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1,
                            0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c,
                            0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57}},
    {"p - 1", {0xec, FF30, 0x7f}},
    {"p", {0xed, FF30, 0x7f}},
    {"p + 1", {0xee, FF30, 0x7f}},
    {NULL, {0}}};

/* The same for curve448, where every bit counts. */
static const point X448_SMALL[] = {{"0", {0}},
                                   {"1", {1}},
                                   {"p - 1", {0xfe, FF27, 0xfe, FF27}},
                                   {"p", {FF28, 0xfe, FF27}},
                                   {"p + 1", {ZERO31 /* 28 and more */}},
                                   {NULL, {0}}};

/* Encodings of y on edwards25519 whose points have small order, canonical or not; bit 255 is the sign of x. */
static const point ED25519_SMALL[] = {
    {"y = 0", {0}},
    {"y = 1", {1}},
    {"order 8", {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
                 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05}},
    {"order 8, the other", {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b,
                            0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39,
                            0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a}},
    {"y = p - 1", {0xec, FF30, 0x7f}},
    {NULL, {0}}};

static const point ED448_SMALL[] = {{"y = 0", {0}}, {"y = 1", {1}}, {"y = p - 1", {0xfe, FF27, 0xfe, FF27}}, {NULL, {0}}};

/* Group orders, little endian. */
static const uint8_t L25519[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                   0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                   0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
static const uint8_t L448[57] = {0xf3, 0x44, 0x58, 0xab, 0x92, 0xc2, 0x78, 0x23, 0x55, 0x8f, 0xc5, 0x8d, 0x72,
                                 0xc2, 0x6c, 0x21, 0x90, 0x36, 0xd6, 0xae, 0x49, 0xdb, 0x4e, 0xc4, 0xe9, 0x23,
                                 0xca, 0x7c, FF27, 0x3f};

/* ---- key encapsulation ---------------------------------------------------------------------------------------- */

static void expect_bad_kem_key(const suite *s, const fixture *f, const char *name) {
    uint8_t ct[4096], ss[64];
    for (int derand = 0; derand < 2; derand++) {
        memset(ct, 0xa5, sizeof ct);
        memset(ss, 0xa5, sizeof ss);
        CHECK_STATUS(PQH_ERR_PUBLIC_KEY,
                     derand ? s->encaps_derand(ct, ss, f->p[COINS], f->p[PK]) : s->encaps(ct, ss, f->p[PK]),
                     "%s encaps%s, pk: %s", s->name, derand ? "_derand" : "", name);
        CHECK(is_zero(ct, s->n[CT]) && is_zero(ss, s->n[SS]), "%s encaps, pk: %s: outputs", s->name, name);
    }
}

static void small_order_shares(const suite *s) {
    int is_25519 = s->n[PK] - s->pq_pk == 32;
    for (const point *small = is_25519 ? X25519_SMALL : X448_SMALL; small->name != NULL; small++) {
        for (int top = 0; top < (is_25519 ? 2 : 1); top++) {
            size_t len = is_25519 ? 32 : 56;
            uint8_t bytes[57], ss[64];
            fixture f = new_fixture(s);
            memcpy(bytes, small->bytes, sizeof bytes);
            if (!is_25519 && strcmp(small->name, "p + 1") == 0)
                memset(bytes + 28, 0xff, 28);
            if (top)
                bytes[31] |= 0x80;
            memcpy(f.p[PK] + s->pq_pk, bytes, len);
            expect_bad_kem_key(s, &f, small->name);
            memcpy(f.p[CT] + s->pq_ct, bytes, len);
            memset(ss, 0xa5, sizeof ss);
            CHECK_STATUS(PQH_ERR_CIPHERTEXT, s->decaps(ss, f.p[CT], f.p[SK]), "%s decaps, ct: %s", s->name,
                         small->name);
            CHECK(is_zero(ss, s->n[SS]), "%s decaps, ct: %s: outputs", s->name, small->name);
            free_fixture(&f);
        }
    }
    /* Other u-coordinates that are not reduced are not refused (RFC 7748, section 5). */
    for (uint8_t k = 2; k < 19; k++) {
        uint8_t ct[4096], ss[64];
        fixture f = new_fixture(s);
        uint8_t *u = f.p[PK] + s->pq_pk;
        if (is_25519) {
            memset(u, 0xff, 32);
            u[0] = (uint8_t)(0xed + k);
            u[31] = 0x7f;
        } else {
            memset(u, 0, 28);
            memset(u + 28, 0xff, 28);
            u[0] = (uint8_t)(k - 1);
        }
        CHECK_STATUS(PQH_OK, s->encaps_derand(ct, ss, f.p[COINS], f.p[PK]), "%s encaps, pk: u = p + %d", s->name, k);
        free_fixture(&f);
    }
}

/* Sets the 12-bit coefficient `i` of an encoded ML-KEM key. */
static void set_coefficient(uint8_t *key, size_t i, unsigned value) {
    uint8_t *pair = key + i / 2 * 3;
    if (i % 2 == 0) {
        pair[0] = (uint8_t)value;
        pair[1] = (uint8_t)((pair[1] & 0xf0) | (value >> 8));
    } else {
        pair[1] = (uint8_t)((pair[1] & 0x0f) | ((value & 0x0f) << 4));
        pair[2] = (uint8_t)(value >> 4);
    }
}

static void coefficients_out_of_range(const suite *s) {
    const unsigned q = 3329;
    uint8_t ct[4096], ss[64], key[4096];
    fixture f = new_fixture(s);
    memcpy(key, f.p[PK], s->n[PK]);
    for (size_t i = 0; i < (s->pq_pk - 32) * 2 / 3; i++) {
        char name[64];
        set_coefficient(f.p[PK], i, i % 2 == 0 ? q : 4095);
        snprintf(name, sizeof name, "coefficient %u is not under q", (unsigned)i);
        expect_bad_kem_key(s, &f, name);
        set_coefficient(f.p[PK], i, q - 1);
        CHECK_STATUS(PQH_OK, s->encaps_derand(ct, ss, f.p[COINS], f.p[PK]), "%s encaps, pk: coefficient %u is q - 1",
                     s->name, (unsigned)i);
        memcpy(f.p[PK], key, s->n[PK]);
    }
    free_fixture(&f);
}

/* ---- signatures ----------------------------------------------------------------------------------------------- */

static void expect_bad_sig_key(const suite *s, fixture *f, const char *name, int sign) {
    CHECK_STATUS(PQH_ERR_PUBLIC_KEY, run_verify(s, f->p, s->n), "%s verify, pk: %s, sign %d", s->name, name, sign);
    CHECK_STATUS(PQH_ERR_PUBLIC_KEY, run_verify_prehashed(s, f->p, s->n), "%s verify_prehashed, pk: %s, sign %d",
                 s->name, name, sign);
    /* The key is judged before the signature, whichever half of that is bad too. */
    f->p[SIG][0] ^= 1;
    CHECK_STATUS(PQH_ERR_PUBLIC_KEY, run_verify(s, f->p, s->n), "%s verify, a bad ML-DSA half, pk: %s, sign %d", s->name,
                 name, sign);
    f->p[SIG][0] ^= 1;
}

static void eddsa_keys(const suite *s) {
    size_t len = s->n[PK] - s->pq_pk;
    fixture f = new_fixture(s);
    uint8_t *key = f.p[PK] + s->pq_pk, *r = f.p[SIG] + s->pq_sig;
    char name[32];

    /* With R of the same order and s = 0 a lenient verifier would take these for anybody's message. */
    for (const point *small = len == 32 ? ED25519_SMALL : ED448_SMALL; small->name != NULL; small++) {
        for (int sign = 0; sign < 2; sign++) {
            memcpy(key, small->bytes, len);
            key[len - 1] |= (uint8_t)(sign << 7);
            memcpy(r, key, len);
            memset(r + len, 0, len);
            expect_bad_sig_key(s, &f, small->name, sign);
            memset(r, 0, len);
            r[0] = 1;
            expect_bad_sig_key(s, &f, small->name, sign);
        }
    }
    /* y = p + k, which is not canonical whatever the point. */
    for (int k = 0; k < (len == 32 ? 19 : 64); k++) {
        for (int sign = 0; sign < 2; sign++) {
            if (len == 32) {
                memset(key, 0xff, 32);
                key[0] = (uint8_t)(0xed + k);
                key[31] = 0x7f;
            } else {
                memset(key, k == 0 ? 0xff : 0, 28);
                memset(key + 28, 0xff, 28);
                key[56] = 0;
                if (k == 0)
                    key[28] = 0xfe;
                else
                    key[0] = (uint8_t)(k - 1);
            }
            key[len - 1] |= (uint8_t)(sign << 7);
            snprintf(name, sizeof name, "y = p + %d", k);
            expect_bad_sig_key(s, &f, name, sign);
        }
    }
    /* Of the small y, some are on the curve and some are not. */
    int on = 0, off = 0;
    for (uint8_t y = 2; y < 42; y++) {
        memset(key, 0, len);
        key[0] = y;
        pqh_status status = run_verify(s, f.p, s->n);
        on += status == PQH_ERR_SIGNATURE;
        off += status == PQH_ERR_PUBLIC_KEY;
    }
    CHECK(on + off == 40 && on > 0 && off > 0, "%s verify, pk: %d small y on the curve, %d not", s->name, on, off);
    free_fixture(&f);

    if (len == 57) {
        f = new_fixture(s);
        for (int bit = 0; bit < 7; bit++) {
            f.p[PK][s->n[PK] - 1] ^= (uint8_t)(1 << bit);
            expect_bad_sig_key(s, &f, "a bit between y and the sign", bit);
            f.p[PK][s->n[PK] - 1] ^= (uint8_t)(1 << bit);
        }
        free_fixture(&f);
    }
}

/* s + L verifies for whoever does not check s < L. */
static void scalar_out_of_range(const suite *s) {
    size_t len = (s->n[SIG] - s->pq_sig) / 2;
    const uint8_t *order = len == 32 ? L25519 : L448;
    fixture f = new_fixture(s);
    uint8_t *scalar = f.p[SIG] + s->pq_sig + len;
    for (int times = 1; times <= 2; times++) {
        unsigned carry = 0;
        for (size_t i = 0; i < len; i++) {
            carry += (unsigned)scalar[i] + order[i];
            scalar[i] = (uint8_t)carry;
            carry >>= 8;
        }
        CHECK_STATUS(PQH_ERR_SIGNATURE, run_verify(s, f.p, s->n), "%s verify, sig: s + %d L", s->name, times);
    }
    free_fixture(&f);

    /* The last byte of s is 0 for Ed448 and at most 0x10 for Ed25519. */
    f = new_fixture(s);
    for (int value = len == 57 ? 1 : 0x11; value < 256; value++) {
        f.p[SIG][s->n[SIG] - 1] = (uint8_t)value;
        CHECK_STATUS(PQH_ERR_SIGNATURE, run_verify(s, f.p, s->n), "%s verify, sig: the last byte of s is %02x", s->name,
                     value);
    }
    free_fixture(&f);
}

int main(void) {
    FOR_EACH_KEM(s) {
        small_order_shares(s);
        coefficients_out_of_range(s);
    }
    FOR_EACH_SIG(s) {
        eddsa_keys(s);
        scalar_out_of_range(s);
    }
    return test_end("c/points");
}
