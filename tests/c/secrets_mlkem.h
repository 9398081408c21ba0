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

typedef struct {
    poly s_hat[4], t_hat[4];
} mlkem_key;

/* From the key pair, of dimension k. */
static inline mlkem_key mlkem_key_secrets(secrets *all, int k, const uint8_t sigma[32], const uint8_t *ek) {
    const ring *r = &MLKEM_RING;
    static const poly zero;
    mlkem_key key;
    int nonce = 0;
    for (int i = 0; i < k; i++) {
        poly s = mlkem_small(all, "s", sigma, &nonce);
        uint8_t encoded[384] = {0};
        key.s_hat[i] = ntt(r, s);
        add_poly(all, "s-hat", ANY_ORDER, &key.s_hat[i]);
        for (size_t j = 0; j < 256; j++)
            put_bits(encoded, 12 * j, 12, key.s_hat[i].c[j]);
        add_secret(all, "the encoded s-hat", encoded, sizeof encoded);
    }
    for (int i = 0; i < k; i++) {
        poly e = mlkem_small(all, "e", sigma, &nonce);
        key.t_hat[i] = ntt(r, e);
        add_poly(all, "e-hat", ANY_ORDER, &key.t_hat[i]);
    }
    /* The encapsulation key shows that s-hat and e-hat are right. */
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
            poly a = sample_uniform(r, ek + 384 * k, j, i);
            key.t_hat[i] = multiply_add(r, key.t_hat[i], &a, &key.s_hat[j]);
        }
        for (size_t j = 0; j < 256; j++)
            REQUIRE(get_bits(ek + 384 * i, 12 * j, 12) == key.t_hat[i].c[j]);
    }
    for (int i = k; i < 4; i++)
        key.s_hat[i] = key.t_hat[i] = zero;
    return key;
}

static inline int mlkem_du(int k) { return k == 3 ? 10 : 11; }
static inline int mlkem_dv(int k) { return k == 3 ? 4 : 5; }

/* From encapsulating m, or from doing it again when decapsulating; returns whether that makes this ciphertext. */
static inline int mlkem_encryption_secrets(secrets *all, int k, const mlkem_key *key, const uint8_t m[32],
                                           const uint8_t coins[32], const uint8_t *rho, const uint8_t *ct) {
    const ring *r = &MLKEM_RING;
    int du = mlkem_du(k), dv = mlkem_dv(k), nonce = 0, same = 1;
    poly y_hat[4], e1[4], message, product = {{0}}, v, e2;

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
        product = multiply_add(r, product, &key->t_hat[i], &y_hat[i]);
    add_poly(all, "t-hat y-hat", ANY_ORDER, &product);
    product = inverse_ntt(r, product);
    add_poly(all, "t y", ANY_ORDER, &product);
    for (int i = 0; i < k; i++) {
        poly u = {{0}};
        for (int j = 0; j < k; j++) {
            poly a = sample_uniform(r, rho, i, j);
            u = multiply_add(r, u, &a, &y_hat[j]);
        }
        u = inverse_ntt(r, u);
        u = add(r, u, 1, &e1[i]);
        for (size_t j = 0; j < 256; j++)
            same &= get_bits(ct + 32 * du * i, j * (size_t)du, du) == mlkem_compress(u.c[j], du);
    }
    v = add(r, product, 1, &e2);
    v = add(r, v, 1, &message);
    for (size_t j = 0; j < 256; j++)
        same &= get_bits(ct + 32 * du * k, j * (size_t)dv, dv) == mlkem_compress(v.c[j], dv);
    return same;
}

/* From decrypting a ciphertext, to m: s u, and v - s u, which is m with noise. */
static inline void mlkem_decryption_secrets(secrets *all, int k, const mlkem_key *key, const uint8_t *ct,
                                            uint8_t m[32]) {
    const ring *r = &MLKEM_RING;
    int du = mlkem_du(k), dv = mlkem_dv(k);
    poly product = {{0}}, v;
    for (int i = 0; i < k; i++) {
        poly u;
        for (size_t j = 0; j < 256; j++)
            u.c[j] = (3329 * get_bits(ct + 32 * du * i, j * (size_t)du, du) + (1 << (du - 1))) >> du;
        u = ntt(r, u);
        product = multiply_add(r, product, &key->s_hat[i], &u);
    }
    add_poly(all, "s-hat u-hat", ANY_ORDER, &product);
    product = inverse_ntt(r, product);
    add_poly(all, "s u", ANY_ORDER, &product);
    for (size_t j = 0; j < 256; j++)
        v.c[j] = (3329 * get_bits(ct + 32 * du * k, j * (size_t)dv, dv) + (1 << (dv - 1))) >> dv;
    v = add(r, v, -1, &product);
    add_poly(all, "m with noise", ANY_ORDER, &v);
    memset(m, 0, 32);
    for (size_t j = 0; j < 256; j++)
        put_bits(m, j, 1, mlkem_compress(v.c[j], 1));
}

#endif
