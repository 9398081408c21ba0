/*
 * Polynomials of ML-KEM (FIPS 203) and ML-DSA (FIPS 204), plain and slow: to know by other code what the library
 * computes with, and must not leave. Coefficients lie in 0 to q - 1. The two transforms differ in their prime, their
 * root of unity and the number of layers: ML-KEM's stops at pairs.
 */
#ifndef PQH_TEST_RING_H
#define PQH_TEST_RING_H

#include "shake.h"

typedef struct {
    int32_t c[256];
} poly;

typedef struct {
    int32_t q, root;
    int layers;
    /* 2 to the power of the width of a coefficient in memory: the factor of Montgomery's form. */
    int64_t montgomery;
} ring;

static const ring MLKEM_RING = {3329, 17, 7, INT64_C(1) << 16};
static const ring MLDSA_RING = {8380417, 1753, 8, INT64_C(1) << 32};

static inline int32_t modulo(const ring *r, int64_t a) {
    int64_t rest = a % r->q;
    return (int32_t)(rest < 0 ? rest + r->q : rest);
}

/* The representative nearest to zero. */
static inline int32_t centered(const ring *r, int32_t a) { return a > r->q / 2 ? a - r->q : a; }

static inline int32_t power(const ring *r, int64_t base, int exponent) {
    int64_t result = 1;
    for (base = modulo(r, base); exponent > 0; exponent >>= 1) {
        if (exponent & 1)
            result = modulo(r, result * base);
        base = modulo(r, base * base);
    }
    return (int32_t)result;
}

static inline int32_t invert(const ring *r, int64_t a) { return power(r, a, r->q - 2); }

/* The root to the power that is `i` with its bits reversed. */
static inline int32_t twiddle(const ring *r, int i) {
    int reversed = 0;
    for (int bit = 0; bit < r->layers; bit++)
        reversed |= (i >> bit & 1) << (r->layers - 1 - bit);
    return power(r, r->root, reversed);
}

static inline poly ntt(const ring *r, poly f) {
    for (int layer = 0, i = 1; layer < r->layers; layer++) {
        int len = 128 >> layer;
        for (int start = 0; start < 256; start += 2 * len) {
            int64_t zeta = twiddle(r, i++);
            for (int j = start; j < start + len; j++) {
                int64_t t = zeta * f.c[j + len];
                f.c[j + len] = modulo(r, f.c[j] - t);
                f.c[j] = modulo(r, f.c[j] + t);
            }
        }
    }
    return f;
}

static inline poly inverse_ntt(const ring *r, poly f) {
    int64_t scale = invert(r, 1 << r->layers);
    for (int layer = r->layers - 1; layer >= 0; layer--) {
        int len = 128 >> layer, i = (2 << layer) - 1;
        for (int start = 0; start < 256; start += 2 * len) {
            int64_t zeta = twiddle(r, i--);
            for (int j = start; j < start + len; j++) {
                int64_t t = f.c[j];
                f.c[j] = modulo(r, t + f.c[j + len]);
                f.c[j + len] = modulo(r, zeta * (f.c[j + len] - t));
            }
        }
    }
    for (int j = 0; j < 256; j++)
        f.c[j] = modulo(r, scale * f.c[j]);
    return f;
}

/* sum + f g, all transformed. */
static inline poly multiply_add(const ring *r, poly sum, const poly *f, const poly *g) {
    if (r->layers == 8) {
        for (int j = 0; j < 256; j++)
            sum.c[j] = modulo(r, sum.c[j] + (int64_t)f->c[j] * g->c[j]);
        return sum;
    }
    for (int j = 0; j < 128; j++) {
        const int32_t *a = f->c + 2 * j, *b = g->c + 2 * j;
        int64_t zeta = twiddle(r, 64 + j / 2), high = modulo(r, (int64_t)a[1] * b[1]);
        zeta = j % 2 ? r->q - zeta : zeta;
        sum.c[2 * j] = modulo(r, sum.c[2 * j] + (int64_t)a[0] * b[0] + zeta * high);
        sum.c[2 * j + 1] = modulo(r, sum.c[2 * j + 1] + (int64_t)a[0] * b[1] + (int64_t)a[1] * b[0]);
    }
    return sum;
}

static inline poly multiply(const ring *r, const poly *f, const poly *g) {
    poly zero = {{0}};
    return multiply_add(r, zero, f, g);
}

/* f + factor g */
static inline poly add(const ring *r, poly f, int factor, const poly *g) {
    for (int j = 0; j < 256; j++)
        f.c[j] = modulo(r, f.c[j] + (int64_t)factor * g->c[j]);
    return f;
}

/* ---- bits and bytes ------------------------------------------------------------------------------------------- */

static inline int32_t get_bits(const uint8_t *from, size_t at, int width) {
    int32_t value = 0;
    for (int i = 0; i < width; i++, at++)
        value |= (from[at / 8] >> (at % 8) & 1) << i;
    return value;
}

/* What was zero before. */
static inline void put_bits(uint8_t *to, size_t at, int width, int32_t value) {
    for (int i = 0; i < width; i++, at++)
        to[at / 8] = (uint8_t)(to[at / 8] | (value >> i & 1) << (at % 8));
}

static inline void shake128(uint8_t *out, size_t out_len, ...) {
    va_list parts;
    va_start(parts, out_len);
    sponge(out, out_len, 168, 0x1f, parts);
    va_end(parts);
}

/* A transformed polynomial of the public matrix, from `rho`: 12 bits a candidate for ML-KEM, 23 of 24 for ML-DSA. */
static inline poly sample_uniform(const ring *r, const uint8_t rho[32], int column, int row) {
    uint8_t stream[6 * 168];
    const uint8_t at[2] = {(uint8_t)column, (uint8_t)row};
    poly f = {{0}};
    int width = r->layers == 8 ? 24 : 12, n = 0;
    shake128(stream, sizeof stream, rho, (size_t)32, at, sizeof at, NULL);
    for (size_t bit = 0; n < 256 && bit + (size_t)width <= 8 * sizeof stream; bit += (size_t)width) {
        int32_t candidate = get_bits(stream, bit, width == 24 ? 23 : 12);
        if (candidate < r->q)
            f.c[n++] = candidate;
    }
    return f;
}

#endif
