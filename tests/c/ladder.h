/*
 * X25519 and X448 (RFC 7748), plain and slow: to know the classical shared secret that the library must not leave behind.
 * An element of the field has `n` limbs of 16 bits: 16 modulo 2^256 - 38, twice the prime, or 28 modulo 2^448 - 2^224 - 1.
 */
#ifndef PQH_TEST_LADDER_H
#define PQH_TEST_LADDER_H

#include <stdint.h>
#include <string.h>

typedef int64_t element[28];

static inline void element_carry(element a, int n) {
    for (int pass = 0; pass < 3; pass++) {
        int64_t carry = 0;
        for (int i = 0; i < n; i++) {
            a[i] += carry;
            int64_t low = a[i] & 0xffff;
            carry = (a[i] - low) / 65536;
            a[i] = low;
        }
        a[0] += n == 16 ? 38 * carry : carry;
        if (n == 28)
            a[14] += carry;
    }
}

/* out = a + factor b */
static inline void element_add(element out, const element a, int64_t factor, const element b, int n) {
    for (int i = 0; i < n; i++)
        out[i] = a[i] + factor * b[i];
    element_carry(out, n);
}

static inline void element_multiply(element out, const element a, const element b, int n) {
    int64_t t[56] = {0};
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            t[i + j] += a[i] * b[j];
    for (int i = 2 * n - 1; i >= n; i--) {
        t[i - n] += n == 16 ? 38 * t[i] : t[i];
        if (n == 28)
            t[i - 14] += t[i];
    }
    memcpy(out, t, (size_t)n * sizeof *t);
    element_carry(out, n);
}

/* By Fermat: the power p - 2, whose bits are all 1 but two. */
static inline void element_invert(element out, const element a, int n) {
    element power = {1};
    for (int bit = n == 16 ? 254 : 447; bit >= 0; bit--) {
        element_multiply(power, power, power, n);
        if (n == 16 ? bit != 2 && bit != 4 : bit != 1 && bit != 224)
            element_multiply(power, power, a, n);
    }
    memcpy(out, power, sizeof power);
}

static inline void element_encode(uint8_t *out, element a, int n) {
    element_carry(a, n);
    for (int pass = 0; pass < 3; pass++) {
        element less;
        int64_t borrow = 0;
        for (int i = 0; i < n; i++) {
            int64_t p = n == 16 ? (i == 0 ? 0xffed : i == 15 ? 0x7fff : 0xffff) : (i == 14 ? 0xfffe : 0xffff);
            int64_t difference = a[i] - p - borrow;
            borrow = difference < 0;
            less[i] = difference + borrow * 65536;
        }
        if (!borrow)
            memcpy(a, less, (size_t)n * sizeof *a);
    }
    for (int i = 0; i < 2 * n; i++)
        out[i] = (uint8_t)(a[i / 2] >> (8 * (i % 2)));
}

/* X25519 if `len` is 32, X448 if it is 56. */
static inline void ladder(uint8_t *out, const uint8_t *scalar, const uint8_t *u, int len) {
    int n = len / 2;
    element x1 = {0}, x2 = {1}, z2 = {0}, x3, z3 = {1}, a, b, aa, bb, e, da, cb;
    uint8_t k[56];
    memcpy(k, scalar, (size_t)len);
    k[0] &= n == 16 ? 0xf8 : 0xfc;
    k[len - 1] = (uint8_t)(n == 16 ? (k[31] & 0x7f) | 0x40 : k[55] | 0x80);
    for (int i = 0; i < n; i++)
        x1[i] = u[2 * i] | (n == 16 && i == 15 ? u[31] & 0x7f : u[2 * i + 1]) << 8;
    memcpy(x3, x1, sizeof x3);
    for (int bit = 8 * len - 1; bit >= 0; bit--) {
        int set = k[bit / 8] >> (bit % 8) & 1;
        int64_t *xa = set ? x3 : x2, *za = set ? z3 : z2, *xb = set ? x2 : x3, *zb = set ? z2 : z3;
        element_add(a, xa, 1, za, n);
        element_add(b, xa, -1, za, n);
        element_multiply(aa, a, a, n);
        element_multiply(bb, b, b, n);
        element_add(e, aa, -1, bb, n);
        element_add(cb, xb, 1, zb, n);
        element_multiply(cb, cb, b, n);
        element_add(da, xb, -1, zb, n);
        element_multiply(da, da, a, n);
        element_multiply(xa, aa, bb, n);
        element_add(aa, aa, n == 16 ? 121665 : 39081, e, n);
        element_multiply(za, e, aa, n);
        element_add(xb, da, 1, cb, n);
        element_multiply(xb, xb, xb, n);
        element_add(zb, da, -1, cb, n);
        element_multiply(zb, zb, zb, n);
        element_multiply(zb, zb, x1, n);
    }
    element_invert(z2, z2, n);
    element_multiply(x2, x2, z2, n);
    element_encode(out, x2, n);
}

#endif
