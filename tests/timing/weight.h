/*
 * How many coefficients of the lattice secret that a secret key stands for are zero: by that, keys are told apart whose
 * public parts are alike. The seeds are expanded here by other code than the library's; that it is right is seen from
 * rho, which comes out of the same hash and is in the public key.
 */
#ifndef PQH_TIMING_WEIGHT_H
#define PQH_TIMING_WEIGHT_H

#include "shake.h"
#include "suites.h"

/* ML-KEM's s: FIPS 203 algorithms 13 and 8, with eta 2. */
static inline int mlkem_zeros(const suite *s, const uint8_t *sk, uint8_t rho[32]) {
    uint8_t d[64], g[64], noise[128], k = s->pq_pk == 1184 ? 3 : 4;
    int zeros = 0;
    if (s->n[SK] == 32)
        shake256(d, sizeof d, sk, s->n[SK], NULL);
    else
        memcpy(d, sk, sizeof d);
    sha3(g, 64, d, (size_t)32, &k, (size_t)1, NULL);
    memcpy(rho, g, 32);
    for (uint8_t i = 0; i < k; i++) {
        shake256(noise, sizeof noise, g + 32, (size_t)32, &i, (size_t)1, NULL);
        for (int j = 0; j < 256; j++) {
            int bits = noise[j / 2] >> (j % 2 * 4);
            zeros += (bits & 1) + (bits >> 1 & 1) == (bits >> 2 & 1) + (bits >> 3 & 1);
        }
    }
    return zeros;
}

/* ML-DSA's s1 and s2: FIPS 204 algorithms 6, 33 and 31, with eta 4 and 2. */
static inline int mldsa_zeros(const suite *s, const uint8_t *sk, uint8_t rho[32]) {
    int is_65 = s->pq_pk == 1952, zeros = 0;
    const uint8_t dimensions[2] = {is_65 ? 6 : 8, is_65 ? 5 : 7};
    uint8_t expanded[128], stream[5 * 136];
    shake256(expanded, sizeof expanded, sk, (size_t)32, dimensions, sizeof dimensions, NULL);
    memcpy(rho, expanded, 32);
    for (uint8_t i = 0; i < dimensions[0] + dimensions[1]; i++) {
        const uint8_t nonce[2] = {i, 0};
        int found = 0;
        shake256(stream, sizeof stream, expanded + 32, (size_t)64, nonce, sizeof nonce, NULL);
        for (size_t j = 0; j < 2 * sizeof stream && found < 256; j++) {
            int half = stream[j / 2] >> (j % 2 * 4) & 15;
            if (half >= (is_65 ? 9 : 15))
                continue;
            found++;
            zeros += is_65 ? half == 4 : half % 5 == 2;
        }
        REQUIRE(found == 256);
    }
    return zeros;
}

static inline int zeros_of(const suite *s, const uint8_t *sk, uint8_t rho[32]) {
    return s->encaps != NULL ? mlkem_zeros(s, sk, rho) : mldsa_zeros(s, sk, rho);
}

/* What half of the keys have more than, and how far from it a key must be to belong to a class. */
static inline int usual_zeros(const suite *s) {
    return s->encaps != NULL ? (s->pq_pk == 1184 ? 288 : 384) : s->pq_pk == 1952 ? 313 : 768;
}

static inline void require_right_expansion(const suite *s, const uint8_t *sk, const uint8_t *pk) {
    uint8_t rho[32];
    (void)zeros_of(s, sk, rho);
    REQUIRE(memcmp(rho, s->encaps != NULL ? pk + s->pq_pk - 32 : pk, 32) == 0);
}

#endif
