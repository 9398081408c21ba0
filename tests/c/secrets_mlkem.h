/* The polynomials of ML-KEM (FIPS 203) that must not be left, and the bytes that they are made from or packed into. */
#ifndef PQH_TEST_SECRETS_MLKEM_H
#define PQH_TEST_SECRETS_MLKEM_H

/* PRF and the centered binomial distribution with eta = 2, which both parameter sets use throughout. */
static inline poly mlkem_small(secrets *all, const char *name, const uint8_t seed[32], int *nonce) {
    uint8_t stream[128], n = (uint8_t)(*nonce)++;
    poly f;
    shake256(stream, sizeof stream, seed, (size_t)32, &n, (size_t)1, NULL);
    for (size_t j = 0; j < 256; j++) {
        int bits = get_bits(stream, 4 * j, 4);
        f.c[j] = modulo(&MLKEM_RING, (bits & 1) + (bits >> 1 & 1) - (bits >> 2 & 1) - (bits >> 3));
    }
    add_secret(all, "the bytes that ML-KEM's noise is sampled from", stream, sizeof stream);
    add_poly(all, name, SMALL, &f);
    return f;
}

static inline int32_t mlkem_compress(int32_t a, int width) {
    return ((a << width) + 1664) / 3329 & ((1 << width) - 1);
}

static inline void mlkem_secrets(secrets *all, int k, const uint8_t sigma[32], const uint8_t m[32],
                                 const uint8_t coins[32], const uint8_t *ek, const uint8_t *ct) {
    const ring *r = &MLKEM_RING;
    const uint8_t *rho = ek + 384 * k;
    int du = k == 3 ? 10 : 11, dv = k == 3 ? 4 : 5, nonce = 0;
    poly s_hat[4], e_hat[4], t_hat[4], y_hat[4], e1[4], zero = {{0}}, message, product = zero, v, e2;

    for (int i = 0; i < k; i++) {
        poly s = mlkem_small(all, "s", sigma, &nonce);
        uint8_t encoded[384] = {0};
        s_hat[i] = ntt(r, s);
        add_poly(all, "s-hat", ANY_ORDER, &s_hat[i]);
        for (size_t j = 0; j < 256; j++)
            put_bits(encoded, 12 * j, 12, s_hat[i].c[j]);
        add_secret(all, "the encoded s-hat", encoded, sizeof encoded);
    }
    for (int i = 0; i < k; i++) {
        poly e = mlkem_small(all, "e", sigma, &nonce);
        e_hat[i] = ntt(r, e);
        add_poly(all, "e-hat", ANY_ORDER, &e_hat[i]);
    }
    /* The encapsulation key shows that s-hat and e-hat are right. */
    for (int i = 0; i < k; i++) {
        t_hat[i] = e_hat[i];
        for (int j = 0; j < k; j++) {
            poly a = sample_uniform(r, rho, j, i);
            t_hat[i] = multiply_add(r, t_hat[i], &a, &s_hat[j]);
        }
        for (size_t j = 0; j < 256; j++)
            REQUIRE(get_bits(ek + 384 * i, 12 * j, 12) == t_hat[i].c[j]);
    }

    nonce = 0;
    for (int i = 0; i < k; i++) {
        poly y = mlkem_small(all, "y", coins, &nonce);
        y_hat[i] = ntt(r, y);
        add_poly(all, "y-hat", ANY_ORDER, &y_hat[i]);
    }
    for (int i = 0; i < k; i++)
        e1[i] = mlkem_small(all, "e1", coins, &nonce);
    e2 = mlkem_small(all, "e2", coins, &nonce);
    for (size_t j = 0; j < 256; j++)
        message.c[j] = get_bits(m, j, 1) * 1665;
    add_poly(all, "m as a polynomial", 4 * SMALL, &message);
    /* v without this product is m. */
    for (int i = 0; i < k; i++)
        product = multiply_add(r, product, &t_hat[i], &y_hat[i]);
    add_poly(all, "t-hat y-hat", ANY_ORDER, &product);
    product = inverse_ntt(r, product);
    add_poly(all, "t y", ANY_ORDER, &product);
    /* The ciphertext shows that y, e1, e2 and the message are right. */
    for (int i = 0; i < k; i++) {
        poly u = zero;
        for (int j = 0; j < k; j++) {
            poly a = sample_uniform(r, rho, i, j);
            u = multiply_add(r, u, &a, &y_hat[j]);
        }
        u = inverse_ntt(r, u);
        u = add(r, u, 1, &e1[i]);
        for (size_t j = 0; j < 256; j++)
            REQUIRE(get_bits(ct + 32 * du * i, j * (size_t)du, du) == mlkem_compress(u.c[j], du));
    }
    v = add(r, product, 1, &e2);
    v = add(r, v, 1, &message);
    for (size_t j = 0; j < 256; j++)
        REQUIRE(get_bits(ct + 32 * du * k, j * (size_t)dv, dv) == mlkem_compress(v.c[j], dv));

    /* Decapsulation: s u, and v - s u, which is m with noise. */
    product = zero;
    for (int i = 0; i < k; i++) {
        poly u;
        for (size_t j = 0; j < 256; j++)
            u.c[j] = (3329 * get_bits(ct + 32 * du * i, j * (size_t)du, du) + (1 << (du - 1))) >> du;
        u = ntt(r, u);
        product = multiply_add(r, product, &s_hat[i], &u);
    }
    add_poly(all, "s-hat u-hat", ANY_ORDER, &product);
    product = inverse_ntt(r, product);
    add_poly(all, "s u", ANY_ORDER, &product);
    for (size_t j = 0; j < 256; j++)
        v.c[j] = (3329 * get_bits(ct + 32 * du * k, j * (size_t)dv, dv) + (1 << (dv - 1))) >> dv;
    v = add(r, v, -1, &product);
    add_poly(all, "m with noise", ANY_ORDER, &v);
    for (size_t j = 0; j < 256; j++)
        REQUIRE(mlkem_compress(v.c[j], 1) == get_bits(m, j, 1));
}

#endif
