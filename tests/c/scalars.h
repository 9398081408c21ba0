/*
 * Integers modulo the order of Ed25519's and Ed448's group (RFC 8032), one bit after the other: to know the scalars in
 * the form in which a library computes with them. Little-endian, as many bytes as in a signature.
 */
#ifndef PQH_TEST_SCALARS_H
#define PQH_TEST_SCALARS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MAX_SCALAR_BYTES 57

typedef struct {
    size_t len;
    uint8_t order[MAX_SCALAR_BYTES];
} scalars;

/* 2^252 + 27742317777372353535851937790883648493 */
static const scalars ED25519_SCALARS = {32, {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2,
                                             0xde, 0xf9, 0xde, 0x14, [31] = 0x10}};

/* 2^446 - 13818066809895115352007386748515426880336692474882178609894547503885 */
static const scalars ED448_SCALARS = {
    57, {0xf3, 0x44, 0x58, 0xab, 0x92, 0xc2, 0x78, 0x23, 0x55, 0x8f, 0xc5, 0x8d, 0x72, 0xc2,
         0x6c, 0x21, 0x90, 0x36, 0xd6, 0xae, 0x49, 0xdb, 0x4e, 0xc4, 0xe9, 0x23, 0xca, 0x7c,
         0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
         0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f}};

/* sum = sum + b; both are below the order, of which twice fits. */
static inline void scalar_add(const scalars *group, uint8_t *sum, const uint8_t *b) {
    uint8_t less[MAX_SCALAR_BYTES];
    int carry = 0, borrow = 0;
    for (size_t i = 0; i < group->len; i++) {
        carry += sum[i] + b[i];
        sum[i] = (uint8_t)carry;
        carry >>= 8;
        borrow = sum[i] - group->order[i] - borrow;
        less[i] = (uint8_t)borrow;
        borrow = borrow < 0;
    }
    if (!borrow)
        memcpy(sum, less, group->len);
}

/* out = a b, with `a` of any size, and `b` below the order. */
static inline void scalar_multiply(const scalars *group, uint8_t *out, const uint8_t *a, size_t a_len,
                                   const uint8_t *b) {
    uint8_t product[MAX_SCALAR_BYTES] = {0}, doubled[MAX_SCALAR_BYTES];
    for (size_t bit = 8 * a_len; bit-- > 0;) {
        memcpy(doubled, product, sizeof doubled);
        scalar_add(group, product, doubled);
        if (a[bit / 8] >> (bit % 8) & 1)
            scalar_add(group, product, b);
    }
    memcpy(out, product, group->len);
}

/* out = a */
static inline void scalar_reduce(const scalars *group, uint8_t *out, const uint8_t *a, size_t a_len) {
    const uint8_t one[MAX_SCALAR_BYTES] = {1};
    scalar_multiply(group, out, a, a_len, one);
}

#endif
