/*
 * The polynomials of ML-DSA (FIPS 204) that must not be left, and the bytes that they are made from or packed into.
 * What signing computed is derived backwards from the signature: y = z - c s1, and how many attempts there were from
 * y.
 */
#ifndef PQH_TEST_SECRETS_MLDSA_H
#define PQH_TEST_SECRETS_MLDSA_H

#define MLDSA_GAMMA1 (1 << 19)
#define MLDSA_ALPHA 523776 /* 2 gamma2 */

/* ExpandS: coefficients from -eta to eta. */
static inline poly mldsa_small(secrets *all, const char *name, const uint8_t seed[64], int nonce, int eta) {
    uint8_t stream[3 * 136], packed[128] = {0}, at[2] = {(uint8_t)nonce, 0};
    poly f = {{0}};
    size_t n = 0, used = 0;
    shake256(stream, sizeof stream, seed, (size_t)64, at, sizeof at, NULL);
    for (; n < 256 && used < 2 * sizeof stream; used++) {
        int half = get_bits(stream, 4 * used, 4), value = eta == 2 ? 2 - half % 5 : 4 - half;
        if (half >= (eta == 2 ? 15 : 9))
            continue;
        put_bits(packed, n * (eta == 2 ? 3u : 4u), eta == 2 ? 3 : 4, eta - value);
        f.c[n++] = modulo(&MLDSA_RING, value);
    }
    REQUIRE(n == 256);
    add_secret(all, "the bytes that s1 and s2 are sampled from", stream, used / 2);
    add_secret(all, "the packed s1 and s2", packed, eta == 2 ? 96 : 128);
    add_poly(all, name, SMALL, &f);
    return f;
}

static inline poly mldsa_ball(const uint8_t *hash, size_t hash_len, int tau) {
    uint8_t stream[2 * 136];
    poly c = {{0}};
    size_t at = 8;
    shake256(stream, sizeof stream, hash, hash_len, NULL);
    for (int i = 256 - tau; i < 256; i++) {
        while (stream[at] > i) {
            at++;
            REQUIRE(at < sizeof stream);
        }
        c.c[i] = c.c[stream[at]];
        c.c[stream[at]] = get_bits(stream, (size_t)(i + tau - 256), 1) ? MLDSA_RING.q - 1 : 1;
        REQUIRE(++at < sizeof stream);
    }
    return c;
}

/* The attempt's part `i` of y, from rho''. */
static inline poly mldsa_mask(uint8_t stream[640], const uint8_t seed[64], int attempt, int l, int i) {
    int nonce = attempt * l + i;
    uint8_t at[2] = {(uint8_t)nonce, (uint8_t)(nonce >> 8)};
    poly y;
    shake256(stream, (size_t)640, seed, (size_t)64, at, sizeof at, NULL);
    for (size_t j = 0; j < 256; j++)
        y.c[j] = modulo(&MLDSA_RING, MLDSA_GAMMA1 - get_bits(stream, 20 * j, 20));
    return y;
}

static inline void mldsa_signing(secrets *all, int k, int l, const uint8_t mask_seed[64], const uint8_t mu[64],
                                 const uint8_t *rho, const poly *s1_hat, const poly *s2_hat, const poly *t0_hat,
                                 const uint8_t *sig) {
    const ring *r = &MLDSA_RING;
    const size_t hash_len = k == 6 ? 48 : 64;
    uint8_t stream[640], high[8 * 128] = {0}, hash[64];
    poly c_hat = mldsa_ball(sig, hash_len, k == 6 ? 49 : 60), y_hat[7];
    int attempt = 0;

    c_hat = ntt(r, c_hat);
    for (int i = 0; i < l; i++) {
        poly product = multiply(r, &c_hat, &s1_hat[i]), y, expected;
        product = inverse_ntt(r, product);
        add_poly(all, "c s1", MEDIUM, &product);
        for (size_t j = 0; j < 256; j++)
            y.c[j] = modulo(r, MLDSA_GAMMA1 - get_bits(sig + hash_len + 640 * i, 20 * j, 20));
        y = add(r, y, -1, &product);
        do
            expected = mldsa_mask(stream, mask_seed, attempt, l, i);
        while (memcmp(&expected, &y, sizeof y) != 0 && i == 0 && ++attempt < 814);
        /* That it is one of the masks shows that c, s1 and y are right. */
        REQUIRE(memcmp(&expected, &y, sizeof y) == 0);
        add_secret(all, "the bytes that y is sampled from", stream, sizeof stream);
        add_poly(all, "y", ANY_ORDER, &y);
        y_hat[i] = ntt(r, y);
        add_poly(all, "y-hat", ANY_ORDER, &y_hat[i]);
    }
    for (int i = 0; i < k; i++) {
        poly w = {{0}}, low, product = multiply(r, &c_hat, &s2_hat[i]);
        product = inverse_ntt(r, product);
        add_poly(all, "c s2", MEDIUM, &product);
        product = multiply(r, &c_hat, &t0_hat[i]);
        product = inverse_ntt(r, product);
        add_poly(all, "c t0", MEDIUM, &product);
        for (int j = 0; j < l; j++) {
            poly a = sample_uniform(r, rho, j, i);
            w = multiply_add(r, w, &a, &y_hat[j]);
        }
        add_poly(all, "w-hat", ANY_ORDER, &w);
        w = inverse_ntt(r, w);
        add_poly(all, "w", ANY_ORDER, &w);
        for (size_t j = 0; j < 256; j++) {
            int32_t low_part = w.c[j] % MLDSA_ALPHA, high_part;
            low_part -= low_part > MLDSA_ALPHA / 2 ? MLDSA_ALPHA : 0;
            high_part = (w.c[j] - low_part) / MLDSA_ALPHA;
            if (high_part == 16) {
                high_part = 0;
                low_part--;
            }
            low.c[j] = modulo(r, low_part);
            put_bits(high + 128 * i, 4 * j, 4, high_part);
        }
        add_poly(all, "the low bits of w", MEDIUM, &low);
    }
    /* The signature's hash shows that w is right. */
    shake256(hash, hash_len, mu, (size_t)64, high, (size_t)k * 128, NULL);
    REQUIRE(memcmp(hash, sig, hash_len) == 0);
}

static inline void mldsa_secrets(secrets *all, const uint8_t dimensions[2], const uint8_t key_seed[64],
                                 const uint8_t mask_seed[64], const uint8_t mu[64], const uint8_t *pk,
                                 const uint8_t *sig) {
    const ring *r = &MLDSA_RING;
    int k = dimensions[0], l = dimensions[1], eta = k == 6 ? 4 : 2;
    static poly s1_hat[7], s2[8], s2_hat[8], t0_hat[8];

    for (int i = 0; i < l; i++) {
        poly s1 = mldsa_small(all, "s1", key_seed, i, eta);
        s1_hat[i] = ntt(r, s1);
        add_poly(all, "s1-hat", ANY_ORDER, &s1_hat[i]);
    }
    for (int i = 0; i < k; i++) {
        s2[i] = mldsa_small(all, "s2", key_seed, l + i, eta);
        s2_hat[i] = ntt(r, s2[i]);
        add_poly(all, "s2-hat", ANY_ORDER, &s2_hat[i]);
    }
    for (int i = 0; i < k; i++) {
        uint8_t packed[416] = {0};
        poly t = {{0}}, t0;
        for (int j = 0; j < l; j++) {
            poly a = sample_uniform(r, pk, j, i);
            t = multiply_add(r, t, &a, &s1_hat[j]);
        }
        t = inverse_ntt(r, t);
        t = add(r, t, 1, &s2[i]);
        for (size_t j = 0; j < 256; j++) {
            int32_t low = t.c[j] % 8192;
            low -= low > 4096 ? 8192 : 0;
            /* The public key shows that s1 and s2 are right. */
            REQUIRE(get_bits(pk + 32 + 320 * i, 10 * j, 10) == (t.c[j] - low) / 8192);
            put_bits(packed, 13 * j, 13, 4096 - low);
            t0.c[j] = modulo(r, low);
        }
        add_secret(all, "the packed t0", packed, sizeof packed);
        add_poly(all, "t0", MEDIUM, &t0);
        t0_hat[i] = ntt(r, t0);
        add_poly(all, "t0-hat", ANY_ORDER, &t0_hat[i]);
    }
    mldsa_signing(all, k, l, mask_seed, mu, pk, s1_hat, s2_hat, t0_hat, sig);
}

#endif
