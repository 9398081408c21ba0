/* SHAKE256, SHA3-256 and SHA3-512 (FIPS 202), plain and slow: to derive by other code what the library must not leave. */
#ifndef PQH_TEST_SHAKE_H
#define PQH_TEST_SHAKE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline void keccak_f(uint64_t a[25]) {
    uint8_t lfsr = 1;
    for (int round = 0; round < 24; round++) {
        uint64_t c[5], t;
        for (int x = 0; x < 5; x++)
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; x++)
            for (int y = 0; y < 5; y++)
                a[x + 5 * y] ^= c[(x + 4) % 5] ^ (c[(x + 1) % 5] << 1 | c[(x + 1) % 5] >> 63);
        int x = 1, y = 0;
        t = a[1];
        for (int i = 1; i <= 24; i++) {
            int next = (2 * x + 3 * y) % 5, rotation = i * (i + 1) / 2 % 64;
            x = y;
            y = next;
            uint64_t moved = a[x + 5 * y];
            a[x + 5 * y] = rotation == 0 ? t : t << rotation | t >> (64 - rotation);
            t = moved;
        }
        for (int row = 0; row < 25; row += 5) {
            memcpy(c, a + row, sizeof c);
            for (int i = 0; i < 5; i++)
                a[row + i] = c[i] ^ (~c[(i + 1) % 5] & c[(i + 2) % 5]);
        }
        for (int i = 0; i < 7; i++) {
            if (lfsr & 1)
                a[0] ^= UINT64_C(1) << ((1 << i) - 1);
            lfsr = (uint8_t)(lfsr << 1 ^ (lfsr & 0x80 ? 0x71 : 0));
        }
    }
}

/* The parts are pairs of a pointer and a size_t, ended by NULL. */
static inline void sponge(uint8_t *out, size_t out_len, size_t rate, uint8_t suffix, va_list parts) {
    uint64_t state[25] = {0};
    size_t at = 0;
    const uint8_t *part;
    while ((part = va_arg(parts, const uint8_t *)) != NULL) {
        size_t len = va_arg(parts, size_t);
        for (size_t i = 0; i < len; i++) {
            state[at / 8] ^= (uint64_t)part[i] << (at % 8 * 8);
            if (++at == rate) {
                keccak_f(state);
                at = 0;
            }
        }
    }
    state[at / 8] ^= (uint64_t)suffix << (at % 8 * 8);
    state[(rate - 1) / 8] ^= UINT64_C(0x80) << ((rate - 1) % 8 * 8);
    for (size_t i = 0; i < out_len; i++) {
        if (i % rate == 0)
            keccak_f(state);
        out[i] = (uint8_t)(state[i % rate / 8] >> (i % 8 * 8));
    }
}

static inline void shake256(uint8_t *out, size_t out_len, ...) {
    va_list parts;
    va_start(parts, out_len);
    sponge(out, out_len, 136, 0x1f, parts);
    va_end(parts);
}

/* 32 or 64 bytes of output. */
static inline void sha3(uint8_t *out, size_t out_len, ...) {
    va_list parts;
    va_start(parts, out_len);
    sponge(out, out_len, 200 - 2 * out_len, 0x06, parts);
    va_end(parts);
}

#endif
