/*
 * pqhybrid.h - hybrid post-quantum cryptography, safe as long as either half holds.
 * SPDX-License-Identifier: Apache-2.0 OR MIT
 * Generated from src/ffi by `make header`: do not edit.
 *
 * SUITES. In names and in byte strings the post-quantum half comes first.
 *
 *   mlkem768_x25519   key exchange, standard         X-Wing: public keys, ciphertexts and secrets are
 *                                                    those of id-MLKEM768-X25519-SHA3-256
 *   mlkem1024_x448    key exchange, high strength    id-MLKEM1024-X448-SHA3-256
 *   mldsa65_ed25519   signatures, standard           id-MLDSA65-Ed25519-SHA512
 *   mldsa87_ed448     signatures, high strength      id-MLDSA87-Ed448-SHAKE256
 *
 * A secret key is always its seed; expanded keys leave the library only inside prepared keys, which
 * are opaque. Keys, ciphertexts and signatures are raw byte strings: no DER, no PEM. A shared secret
 * is 32 uniformly random bytes: use it as a key, or derive several keys from it with a key-derivation
 * function.
 *
 * CONVENTIONS. What follows holds for every function and is not repeated at each.
 *
 * Arguments. Outputs come first, then inputs, the key last. Sizes are in bytes, as macros and as
 * functions; the library cannot see how large an array really is. Byte arrays, prehash states and
 * prepared keys may have any alignment.
 *
 * Statuses. PQH_OK is 0, errors are negative, and no value ever changes its meaning. Compare with
 * PQH_OK: a status is not a truth value. (pqh_ct_equal gives no status, but 1 for equal.)
 *
 * NULL. A required pointer that is NULL gives PQH_ERR_NULL, and so does an impossible length: over
 * PTRDIFF_MAX, or past the end of memory. With length 0, msg, ctx and data may be NULL.
 *
 * Overlap. An output that overlaps any other argument gives PQH_ERR_OVERLAP. Inputs may overlap.
 *
 * Outputs on failure. After PQH_ERR_NULL and PQH_ERR_OVERLAP they are unchanged; after any other
 * failure they are all zero. A prehash state that is not accepted is unchanged. When several things
 * are wrong, the order is: NULL, overlap, context length, random source, public key, the rest.
 *
 * Secrets are wiped from the library's own memory, its stack included, before a function returns.
 * Registers, swap and the caller's copies are out of its reach: SECURITY.md.
 *
 * Time. No branch, address or variable-latency instruction depends on a secret, except where
 * rejection sampling makes it public by design. What this rests on: SECURITY.md.
 *
 * Stack. On x86-64 a call takes up to this many KiB, verification included; a thread that has less
 * crashes:
 *   mlkem768_x25519 40, mlkem1024_x448 56, mldsa65_ed25519 144, mldsa87_ed448 208
 * and in a library that was built to be small, with PROFILE=size:
 *   mlkem768_x25519 40, mlkem1024_x448 56, mldsa65_ed25519 144, mldsa87_ed448 192
 * On Cortex-M, PQH_<SUITE>_<OPERATION>_STACK_BYTES says for each operation what a task needs besides
 * its own frames: all that lies below the caller's, with a pqh_platform_random_bytes of up to 1 KiB,
 * without interrupts; measured on Cortex-M33, for the release profile and for size.
 *
 * PREPARED KEYS. A key that is used often is prepared once: pqh_<suite>_..._key_init writes all that
 * follows from an encoded key into a struct of the caller's, and the functions ..._with then work as
 * those without do, with the same results, but derive little again. Such a struct has one size
 * everywhere, and needs no room but its own. It may lie at any address, and be moved and copied as
 * bytes (at an address that is divisible by 32 a call saves one copy, which is below 1 %), but it belongs to the process
 * and the library that made it: store and send encoded keys. Any number of threads may use one at
 * once, as long as none writes to it. Its bytes are the library's: changed ones give other results, as
 * a changed key would, but no crash. One that was not made, was wiped, or is of another suite or kind
 * gives PQH_ERR_STATE. A prepared secret key is a secret: wipe it, and each copy of it.
 *
 * Threads. No initialisation, no allocation, no locale, no errno, no global state but what the CPU
 * can do: any function may run on any thread at once, on arguments of its own. On x86-64 that is found out when the
 * library is loaded, or when a program that is linked with it begins: then PQHYBRID_BACKEND is read from the environment.
 *
 * Nothing unwinds or aborts, whatever the input.
 *
 * Randomness comes from the operating system. Where there is none, the firmware supplies, at link
 * time, pqh_platform_random_bytes, which is declared at the end; the library falls back to nothing
 * weaker.
 *
 * A forged ciphertext is not an error: ML-KEM rejects implicitly, decaps returns PQH_OK and a secret
 * that nobody else has. X25519 and X448 points of small order are refused.
 *
 * A signature is valid if both halves are. The EdDSA half follows RFC 8032 without the cofactor:
 * s < L; R must be the canonical encoding of [s]B - [k]A; public keys that are not canonical, or of
 * small order, are refused; a key or an R with a small-order part is not refused for that alone.
 * Do not use a signature as a unique identifier: two valid signatures of one message can be mixed
 * into a third.
 */

#ifndef PQHYBRID_H
#define PQHYBRID_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Has the compiler warn if a status is thrown away; define it empty to turn that off. */
#ifndef PQH_MUST_USE
#if defined(__cplusplus) && __cplusplus >= 201703L
#define PQH_MUST_USE [[nodiscard]]
#elif defined(__GNUC__)
#define PQH_MUST_USE __attribute__((warn_unused_result))
#else
#define PQH_MUST_USE
#endif
#endif

/* The version of this header; pqh_version() tells that of the library. */
#define PQH_VERSION_MAJOR 0
#define PQH_VERSION_MINOR 1
#define PQH_VERSION_PATCH 0

/* The ..._STACK_BYTES are those of Cortex-M with the full Thumb-2 instruction set: M3, M33 and the like. */
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH_ISA_THUMB >= 2
#define PQH_HAVE_STACK_BYTES
#endif

/* ---- statuses -------------------------------------------------------------------------------- */

/**
 * What a function of this library returns: PQH_OK, or one of the negative PQH_ERR_ values.
 */
typedef int32_t pqh_status;

/**
 * Success.
 */
#define PQH_OK 0

/**
 * A required pointer is NULL, or a length is impossible: over PTRDIFF_MAX, or past the end of memory.
 */
#define PQH_ERR_NULL (-1)

/**
 * An output overlaps another argument.
 */
#define PQH_ERR_OVERLAP (-2)

/**
 * The context is longer than PQH_CONTEXT_MAX_BYTES.
 */
#define PQH_ERR_CONTEXT_LENGTH (-3)

/**
 * The public key fails the check of FIPS 203 section 7.2, or its curve point is invalid or of small order.
 */
#define PQH_ERR_PUBLIC_KEY (-4)

/**
 * The secret key is not valid. No function of this version returns it: every string of the right size is a secret key.
 */
#define PQH_ERR_SECRET_KEY (-5)

/**
 * The classical part of the ciphertext gives an all-zero secret.
 */
#define PQH_ERR_CIPHERTEXT (-6)

/**
 * The signature does not verify, whichever half failed.
 */
#define PQH_ERR_SIGNATURE (-7)

/**
 * The random source failed.
 */
#define PQH_ERR_RANDOM (-8)

/**
 * The prehash state was not initialised, is finalised already, or belongs to another suite; or the prepared key was not
 * made, was wiped, or is of another suite or kind.
 */
#define PQH_ERR_STATE (-9)

/**
 * An error inside the library, which should not happen: please report it.
 */
#define PQH_ERR_INTERNAL (-10)

/*
 * A library that was built without a suite is used with PQH_WITHOUT_<SUITE> defined; then the suite
 * is not declared, and PQH_HAVE_<SUITE> is not defined.
 */

#ifndef PQH_WITHOUT_MLKEM768_X25519
#define PQH_HAVE_MLKEM768_X25519

/* ---- mlkem768_x25519: X-Wing, MLKEM768-X25519 ------------------------------------------------- */

/**
 * Bytes of a public key: ML-KEM-768 encapsulation key || X25519 public key.
 */
#define PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES 1216

/**
 * Bytes of a secret key: the X-Wing seed.
 */
#define PQH_MLKEM768_X25519_SECRET_KEY_BYTES 32

/**
 * Bytes of a ciphertext: ML-KEM-768 ciphertext || ephemeral X25519 public key.
 */
#define PQH_MLKEM768_X25519_CIPHERTEXT_BYTES 1120

/**
 * Bytes of a shared secret.
 */
#define PQH_MLKEM768_X25519_SHARED_SECRET_BYTES 32

/**
 * Bytes of the coins of derandomised encapsulation: m || ephemeral X25519 scalar.
 */
#define PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES 64

/**
 * Bytes of a private key as LAMPS writes it: d || z || X25519 scalar.
 */
#define PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES 96

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that keygen may take.
 */
#define PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES 29952
/**
 * Stack that public_key may take.
 */
#define PQH_MLKEM768_X25519_PUBLIC_KEY_STACK_BYTES PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES
/**
 * Stack that encaps and encaps_derand may take.
 */
#define PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES 21632
/**
 * Stack that decaps may take.
 */
#define PQH_MLKEM768_X25519_DECAPS_STACK_BYTES 27904
/**
 * Stack that lamps_public_key may take.
 */
#define PQH_MLKEM768_X25519_LAMPS_PUBLIC_KEY_STACK_BYTES PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES
/**
 * Stack that lamps_decaps may take.
 */
#define PQH_MLKEM768_X25519_LAMPS_DECAPS_STACK_BYTES PQH_MLKEM768_X25519_DECAPS_STACK_BYTES
#endif

/**
 * PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_public_key_bytes(void);

/**
 * PQH_MLKEM768_X25519_SECRET_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_secret_key_bytes(void);

/**
 * PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_ciphertext_bytes(void);

/**
 * PQH_MLKEM768_X25519_SHARED_SECRET_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_shared_secret_bytes(void);

/**
 * PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_encaps_coins_bytes(void);

/**
 * PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_lamps_secret_key_bytes(void);

/**
 * Generates a key pair of X-Wing, which is MLKEM768-X25519.
 *
 * Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *   sk  [out]  secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32): fresh random bytes
 *
 * Returns:
 *   PQH_OK            pk and sk are written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
 *   PQH_ERR_RANDOM    the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_keygen(uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES],
                                      uint8_t sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES]);

/**
 * Computes the public key of a secret key.
 *
 * Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *   sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
 *
 * Returns:
 *   PQH_OK            pk is written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_public_key(uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES],
                                          const uint8_t sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES]);

/**
 * Encapsulates: makes a fresh shared secret, and the ciphertext that brings it to the holder of a public key.
 *
 * Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
 *   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768, after the checks of section 7.2; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ct  [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   pk  [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
 *   PQH_ERR_RANDOM      the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_encaps(uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                      uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                      const uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]);

/**
 * Encapsulates deterministically, with the coins that the caller gives. For tests, and for callers with a random
 * source of their own: coins must be uniformly random, secret and used once.
 *
 * Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
 *   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768, after the checks of section 7.2;
 *   X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
 *   pk     [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
 *   Not coins: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_encaps_derand(uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                             uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                             const uint8_t coins[PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES],
                                             const uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]);

/**
 * Decapsulates: recovers the shared secret from a ciphertext. A ciphertext that was forged or made for another key is
 * not an error: ML-KEM rejects implicitly, and the secret is one that nobody else has.
 *
 * Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
 *   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
 *
 * Returns:
 *   PQH_OK              ss is written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     ss overlaps ct or sk; ss unchanged
 *   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_decaps(uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                      const uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                      const uint8_t sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES]);

/**
 * Computes the public key of a private key that other software wrote in the LAMPS form. The X-Wing seed sk has the
 * LAMPS form SHAKE256(sk, 96).
 *
 * Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *   dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
 *
 * Returns:
 *   PQH_OK            pk is written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and dk overlap; pk unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_lamps_public_key(uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES],
                                                const uint8_t dk[PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]);

/**
 * Decapsulates with a private key in the LAMPS form.
 *
 * Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
 *
 * Returns:
 *   PQH_OK              ss is written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     ss overlaps ct or dk; ss unchanged
 *   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_lamps_decaps(uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                            const uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                            const uint8_t dk[PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]);

/**
 * Bytes of a prepared secret key.
 */
#define PQH_MLKEM768_X25519_DECAPS_KEY_BYTES 7872

/**
 * Bytes of a prepared public key.
 */
#define PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES 6272

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that encaps_key_init may take.
 */
#define PQH_MLKEM768_X25519_ENCAPS_KEY_INIT_STACK_BYTES PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES
/**
 * Stack that encaps_with and encaps_derand_with may take.
 */
#define PQH_MLKEM768_X25519_ENCAPS_WITH_STACK_BYTES PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES
/**
 * Stack that decaps_key_init and lamps_decaps_key_init may take.
 */
#define PQH_MLKEM768_X25519_DECAPS_KEY_INIT_STACK_BYTES PQH_MLKEM768_X25519_DECAPS_STACK_BYTES
/**
 * Stack that decaps_with may take.
 */
#define PQH_MLKEM768_X25519_DECAPS_WITH_STACK_BYTES PQH_MLKEM768_X25519_DECAPS_STACK_BYTES
#endif

/**
 * A public key that is prepared for use: it is checked, and all that follows from it is derived already. Opaque: the
 * caller gives it room. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[784];
} pqh_mlkem768_x25519_encaps_key;

/**
 * A secret key that is prepared for use: all that follows from it is derived already. Opaque: the caller gives it
 * room, and wipes it. It is as secret as the secret key itself. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[984];
} pqh_mlkem768_x25519_decaps_key;

/**
 * PQH_MLKEM768_X25519_DECAPS_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_decaps_key_bytes(void);

/**
 * PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem768_x25519_encaps_key_bytes(void);

/**
 * Prepares a public key, for pqh_mlkem768_x25519_encaps_with.
 *
 * Standard: the checks of FIPS 203 section 7.2, ML-KEM-768.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   pk   [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
 *
 * Returns:
 *   PQH_OK              key is ready
 *   PQH_ERR_NULL        a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203; key all zero. An X25519 half of small order is
 *                       refused by encaps_with.
 *   PQH_ERR_INTERNAL    an error inside the library; key all zero
 *
 * Wiped: nothing: it reads no secret key. After a failure key.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_encaps_key_init(pqh_mlkem768_x25519_encaps_key *key,
                                               const uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]);

/**
 * Wipes a prepared public key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mlkem768_x25519_encaps_key_wipe(pqh_mlkem768_x25519_encaps_key *key);

/**
 * Encapsulates to a prepared public key, as pqh_mlkem768_x25519_encaps does to an encoded one.
 *
 * Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
 *   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ct   [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   key  [in]   the recipient's public key, prepared
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_RANDOM      the random source failed; outputs all zero
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
 *   PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_encaps_with(uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                           uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                           const pqh_mlkem768_x25519_encaps_key *key);

/**
 * Encapsulates deterministically to a prepared public key, as pqh_mlkem768_x25519_encaps_derand does to an encoded
 * one: coins must be uniformly random, secret and used once.
 *
 * Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
 *   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
 *   key    [in]   the recipient's public key, prepared
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
 *   PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
 *   Not coins: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_encaps_derand_with(uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                                  uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                                  const uint8_t coins[PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES],
                                                  const pqh_mlkem768_x25519_encaps_key *key);

/**
 * Prepares a secret key, for pqh_mlkem768_x25519_decaps_with.
 *
 * Standard: expandDecapsulationKey, draft-connolly-cfrg-xwing-kem-10 section 5.2;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   sk   [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
 *
 * Returns:
 *   PQH_OK            key is ready
 *   PQH_ERR_NULL      a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; key all zero
 *
 * Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
 *   wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_decaps_key_init(pqh_mlkem768_x25519_decaps_key *key,
                                               const uint8_t sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES]);

/**
 * Prepares a private key in the LAMPS form, for pqh_mlkem768_x25519_decaps_with.
 *
 * Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   dk   [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
 *
 * Returns:
 *   PQH_OK            key is ready
 *   PQH_ERR_NULL      a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP   key and dk overlap; key unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; key all zero
 *
 * Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
 *   wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_lamps_decaps_key_init(pqh_mlkem768_x25519_decaps_key *key,
                                                     const uint8_t dk[PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]);

/**
 * Wipes a prepared secret key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mlkem768_x25519_decaps_key_wipe(pqh_mlkem768_x25519_decaps_key *key);

/**
 * Decapsulates with a prepared secret key, as pqh_mlkem768_x25519_decaps does with an encoded one. A ciphertext that
 * was forged or made for another key is not an error.
 *
 * Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
 *   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
 *
 * Parameters:
 *   ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
 *   ct   [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
 *   key  [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK              ss is written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     ss overlaps ct or key; ss unchanged
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; ss all zero
 *   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
 *   PQH_ERR_INTERNAL    an error inside the library; ss all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ss. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mlkem768_x25519_decaps_with(uint8_t ss[PQH_MLKEM768_X25519_SHARED_SECRET_BYTES],
                                           const uint8_t ct[PQH_MLKEM768_X25519_CIPHERTEXT_BYTES],
                                           const pqh_mlkem768_x25519_decaps_key *key);

#endif /* PQH_WITHOUT_MLKEM768_X25519 */

#ifndef PQH_WITHOUT_MLKEM1024_X448
#define PQH_HAVE_MLKEM1024_X448

/* ---- mlkem1024_x448: id-MLKEM1024-X448-SHA3-256 ----------------------------------------------- */

/**
 * Bytes of a public key: ML-KEM-1024 encapsulation key || X448 public key.
 */
#define PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES 1624

/**
 * Bytes of a secret key: d || z || X448 scalar.
 */
#define PQH_MLKEM1024_X448_SECRET_KEY_BYTES 120

/**
 * Bytes of a ciphertext: ML-KEM-1024 ciphertext || ephemeral X448 public key.
 */
#define PQH_MLKEM1024_X448_CIPHERTEXT_BYTES 1624

/**
 * Bytes of a shared secret.
 */
#define PQH_MLKEM1024_X448_SHARED_SECRET_BYTES 32

/**
 * Bytes of the coins of derandomised encapsulation: m || ephemeral X448 scalar.
 */
#define PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES 88

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that keygen may take.
 */
#define PQH_MLKEM1024_X448_KEYGEN_STACK_BYTES 40704
/**
 * Stack that public_key may take.
 */
#define PQH_MLKEM1024_X448_PUBLIC_KEY_STACK_BYTES PQH_MLKEM1024_X448_KEYGEN_STACK_BYTES
/**
 * Stack that encaps and encaps_derand may take.
 */
#define PQH_MLKEM1024_X448_ENCAPS_STACK_BYTES 29696
/**
 * Stack that decaps may take.
 */
#define PQH_MLKEM1024_X448_DECAPS_STACK_BYTES 38400
#endif

/**
 * PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_public_key_bytes(void);

/**
 * PQH_MLKEM1024_X448_SECRET_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_secret_key_bytes(void);

/**
 * PQH_MLKEM1024_X448_CIPHERTEXT_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_ciphertext_bytes(void);

/**
 * PQH_MLKEM1024_X448_SHARED_SECRET_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_shared_secret_bytes(void);

/**
 * PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_encaps_coins_bytes(void);

/**
 * Generates a key pair of id-MLKEM1024-X448-SHA3-256.
 *
 * Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
 *   sk  [out]  secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120): fresh random bytes
 *
 * Returns:
 *   PQH_OK            pk and sk are written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
 *   PQH_ERR_RANDOM    the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_keygen(uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES],
                                     uint8_t sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES]);

/**
 * Computes the public key of a secret key.
 *
 * Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
 *   sk  [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)
 *
 * Returns:
 *   PQH_OK            pk is written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_public_key(uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES],
                                         const uint8_t sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES]);

/**
 * Encapsulates: makes a fresh shared secret, and the ciphertext that brings it to the holder of a public key.
 *
 * Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-1024, after the checks of section 7.2; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ct  [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   ss  [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   pk  [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X448 half is of small order; outputs all zero
 *   PQH_ERR_RANDOM      the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_encaps(uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                     uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                     const uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES]);

/**
 * Encapsulates deterministically, with the coins that the caller gives. For tests, and for callers with a random
 * source of their own: coins must be uniformly random, secret and used once.
 *
 * Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-1024, after the checks of section 7.2;
 *   X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ct     [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   ss     [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   coins  [in]   m || ephemeral X448 scalar, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES (88)
 *   pk     [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X448 half is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
 *   Not coins: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_encaps_derand(uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                            uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                            const uint8_t coins[PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES],
                                            const uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES]);

/**
 * Decapsulates: recovers the shared secret from a ciphertext. A ciphertext that was forged or made for another key is
 * not an error: ML-KEM rejects implicitly, and the secret is one that nobody else has.
 *
 * Standard: Decapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ss  [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   ct  [in]   ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   sk  [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)
 *
 * Returns:
 *   PQH_OK              ss is written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     ss overlaps ct or sk; ss unchanged
 *   PQH_ERR_CIPHERTEXT  the X448 half of ct has small order; ss all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_decaps(uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                     const uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                     const uint8_t sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES]);

/**
 * Bytes of a prepared secret key.
 */
#define PQH_MLKEM1024_X448_DECAPS_KEY_BYTES 12544

/**
 * Bytes of a prepared public key.
 */
#define PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES 10400

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that encaps_key_init may take.
 */
#define PQH_MLKEM1024_X448_ENCAPS_KEY_INIT_STACK_BYTES PQH_MLKEM1024_X448_ENCAPS_STACK_BYTES
/**
 * Stack that encaps_with and encaps_derand_with may take.
 */
#define PQH_MLKEM1024_X448_ENCAPS_WITH_STACK_BYTES PQH_MLKEM1024_X448_ENCAPS_STACK_BYTES
/**
 * Stack that decaps_key_init may take.
 */
#define PQH_MLKEM1024_X448_DECAPS_KEY_INIT_STACK_BYTES PQH_MLKEM1024_X448_DECAPS_STACK_BYTES
/**
 * Stack that decaps_with may take.
 */
#define PQH_MLKEM1024_X448_DECAPS_WITH_STACK_BYTES PQH_MLKEM1024_X448_DECAPS_STACK_BYTES
#endif

/**
 * A public key that is prepared for use: it is checked, and all that follows from it is derived already. Opaque: the
 * caller gives it room. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[1300];
} pqh_mlkem1024_x448_encaps_key;

/**
 * A secret key that is prepared for use: all that follows from it is derived already. Opaque: the caller gives it
 * room, and wipes it. It is as secret as the secret key itself. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[1568];
} pqh_mlkem1024_x448_decaps_key;

/**
 * PQH_MLKEM1024_X448_DECAPS_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_decaps_key_bytes(void);

/**
 * PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mlkem1024_x448_encaps_key_bytes(void);

/**
 * Prepares a public key, for pqh_mlkem1024_x448_encaps_with.
 *
 * Standard: the checks of FIPS 203 section 7.2, ML-KEM-1024.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   pk   [in]   the recipient's public key, PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES (1624)
 *
 * Returns:
 *   PQH_OK              key is ready
 *   PQH_ERR_NULL        a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
 *   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203; key all zero. An X448 half of small order is
 *                       refused by encaps_with.
 *   PQH_ERR_INTERNAL    an error inside the library; key all zero
 *
 * Wiped: nothing: it reads no secret key. After a failure key.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_encaps_key_init(pqh_mlkem1024_x448_encaps_key *key,
                                              const uint8_t pk[PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES]);

/**
 * Wipes a prepared public key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mlkem1024_x448_encaps_key_wipe(pqh_mlkem1024_x448_encaps_key *key);

/**
 * Encapsulates to a prepared public key, as pqh_mlkem1024_x448_encaps does to an encoded one.
 *
 * Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ct   [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   ss   [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   key  [in]   the recipient's public key, prepared
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_RANDOM      the random source failed; outputs all zero
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
 *   PQH_ERR_PUBLIC_KEY  the X448 half of the public key is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_encaps_with(uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                          uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                          const pqh_mlkem1024_x448_encaps_key *key);

/**
 * Encapsulates deterministically to a prepared public key, as pqh_mlkem1024_x448_encaps_derand does to an encoded
 * one: coins must be uniformly random, secret and used once.
 *
 * Standard: Encapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ct     [out]  ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   ss     [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   coins  [in]   m || ephemeral X448 scalar, PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES (88)
 *   key    [in]   the recipient's public key, prepared
 *
 * Returns:
 *   PQH_OK              ct and ss are written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
 *   PQH_ERR_PUBLIC_KEY  the X448 half of the public key is of small order; outputs all zero
 *   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
 *   Not coins: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_encaps_derand_with(uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                                 uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                                 const uint8_t coins[PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES],
                                                 const pqh_mlkem1024_x448_encaps_key *key);

/**
 * Prepares a secret key, for pqh_mlkem1024_x448_decaps_with.
 *
 * Standard: Key generation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   sk   [in]   secret key, PQH_MLKEM1024_X448_SECRET_KEY_BYTES (120)
 *
 * Returns:
 *   PQH_OK            key is ready
 *   PQH_ERR_NULL      a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; key all zero
 *
 * Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
 *   wipes key by pqh_mlkem1024_x448_decaps_key_wipe.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_decaps_key_init(pqh_mlkem1024_x448_decaps_key *key,
                                              const uint8_t sk[PQH_MLKEM1024_X448_SECRET_KEY_BYTES]);

/**
 * Wipes a prepared secret key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mlkem1024_x448_decaps_key_wipe(pqh_mlkem1024_x448_decaps_key *key);

/**
 * Decapsulates with a prepared secret key, as pqh_mlkem1024_x448_decaps does with an encoded one. A ciphertext that
 * was forged or made for another key is not an error.
 *
 * Standard: Decapsulation of id-MLKEM1024-X448-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
 *   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-1024; X448, RFC 7748 section 5.
 *
 * Parameters:
 *   ss   [out]  shared secret, PQH_MLKEM1024_X448_SHARED_SECRET_BYTES (32)
 *   ct   [in]   ciphertext, PQH_MLKEM1024_X448_CIPHERTEXT_BYTES (1624)
 *   key  [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK              ss is written
 *   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP     ss overlaps ct or key; ss unchanged
 *   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; ss all zero
 *   PQH_ERR_CIPHERTEXT  the X448 half of ct has small order; ss all zero
 *   PQH_ERR_INTERNAL    an error inside the library; ss all zero
 *
 * Wiped: both halves' secrets and the stack that was used; after a failure also ss. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mlkem1024_x448_decaps_with(uint8_t ss[PQH_MLKEM1024_X448_SHARED_SECRET_BYTES],
                                          const uint8_t ct[PQH_MLKEM1024_X448_CIPHERTEXT_BYTES],
                                          const pqh_mlkem1024_x448_decaps_key *key);

#endif /* PQH_WITHOUT_MLKEM1024_X448 */

#if !defined(PQH_WITHOUT_MLDSA65_ED25519) || !defined(PQH_WITHOUT_MLDSA87_ED448)
/**
 * The longest context of a signature, in bytes.
 */
#define PQH_CONTEXT_MAX_BYTES 255

/**
 * PQH_CONTEXT_MAX_BYTES, for languages that cannot read macros.
 */
size_t pqh_context_max_bytes(void);
#endif

#ifndef PQH_WITHOUT_MLDSA65_ED25519
#define PQH_HAVE_MLDSA65_ED25519

/* ---- mldsa65_ed25519: id-MLDSA65-Ed25519-SHA512 ----------------------------------------------- */

/**
 * Bytes of a public key: ML-DSA-65 public key || Ed25519 public key.
 */
#define PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES 1984

/**
 * Bytes of a secret key: ML-DSA-65 seed || Ed25519 seed.
 */
#define PQH_MLDSA65_ED25519_SECRET_KEY_BYTES 64

/**
 * Bytes of a signature: ML-DSA-65 signature || Ed25519 signature.
 */
#define PQH_MLDSA65_ED25519_SIGNATURE_BYTES 3373

/**
 * Bytes of the signing randomness of sign_derand.
 */
#define PQH_MLDSA65_ED25519_SIGN_RND_BYTES 32

/**
 * Bytes of a prehash digest: SHA-512.
 */
#define PQH_MLDSA65_ED25519_DIGEST_BYTES 64

/**
 * Bytes of a prehash state.
 */
#define PQH_MLDSA65_ED25519_PREHASH_BYTES 256

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that keygen may take.
 */
#define PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES 84992
/**
 * Stack that public_key may take.
 */
#define PQH_MLDSA65_ED25519_PUBLIC_KEY_STACK_BYTES PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES
/**
 * Stack that sign, sign_derand and sign_prehashed may take.
 */
#define PQH_MLDSA65_ED25519_SIGN_STACK_BYTES 141952
/**
 * Stack that verify and verify_prehashed may take.
 */
#define PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES 68352
/**
 * Stack that prehash_init, prehash_update and prehash_final may take.
 */
#define PQH_MLDSA65_ED25519_PREHASH_STACK_BYTES 2048
#endif

/**
 * A message being hashed piece by piece. Opaque: the caller gives it room, and may copy it to hash two messages that
 * begin alike. It holds what the message was, not a key. Its bytes are the library's: changing them changes the digest, or
 * makes the state invalid.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[32];
} pqh_mldsa65_ed25519_prehash;

/**
 * PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_public_key_bytes(void);

/**
 * PQH_MLDSA65_ED25519_SECRET_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_secret_key_bytes(void);

/**
 * PQH_MLDSA65_ED25519_SIGNATURE_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_signature_bytes(void);

/**
 * PQH_MLDSA65_ED25519_SIGN_RND_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_sign_rnd_bytes(void);

/**
 * PQH_MLDSA65_ED25519_DIGEST_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_digest_bytes(void);

/**
 * PQH_MLDSA65_ED25519_PREHASH_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_prehash_bytes(void);

/**
 * Generates a key pair of id-MLDSA65-Ed25519-SHA512.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
 *   sk  [out]  secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64): fresh random bytes
 *
 * Returns:
 *   PQH_OK            pk and sk are written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
 *   PQH_ERR_RANDOM    the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_keygen(uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES],
                                      uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Computes the public key of a secret key.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
 *   sk  [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
 *
 * Returns:
 *   PQH_OK            pk is written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_public_key(uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES],
                                          const uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Signs a message. The ML-DSA half is hedged with 32 fresh random bytes, so two signatures of one message differ.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                    const uint8_t *msg,
                                    size_t msg_len,
                                    const uint8_t *ctx,
                                    size_t ctx_len,
                                    const uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Signs a message with the signing randomness that the caller gives. All zero is FIPS 204's deterministic variant.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   rnd      [in]   signing randomness, PQH_MLDSA65_ED25519_SIGN_RND_BYTES (32)
 *   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key and the stack that was used; after a failure also sig. Not rnd: it is the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_derand(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                           const uint8_t *msg,
                                           size_t msg_len,
                                           const uint8_t *ctx,
                                           size_t ctx_len,
                                           const uint8_t rnd[PQH_MLDSA65_ED25519_SIGN_RND_BYTES],
                                           const uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Verifies a signature: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_verify(const uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                      const uint8_t *msg,
                                      size_t msg_len,
                                      const uint8_t *ctx,
                                      size_t ctx_len,
                                      const uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]);

/**
 * Begins the prehash of a message that comes in pieces.
 *
 * Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512; draft-ietf-lamps-pq-composite-sigs-19.
 *
 * Parameters:
 *   state  [out]  the state to begin, whatever was in it; at any address
 *
 * Returns:
 *   PQH_OK        state is ready
 *   PQH_ERR_NULL  state is NULL
 *
 * Wiped: nothing.
 */
PQH_MUST_USE pqh_status pqh_mldsa65_ed25519_prehash_init(pqh_mldsa65_ed25519_prehash *state);

/**
 * Appends a piece to the message. Pieces may have any length.
 *
 * Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.
 *
 * Parameters:
 *   state  [in,out]  a state that was begun and is not finalised; at any address
 *   data   [in]   the piece, len bytes; may be NULL if len is 0
 *   len    [in]   length of data in bytes
 *
 * Returns:
 *   PQH_OK           state has taken data in
 *   PQH_ERR_NULL     a required pointer is NULL; state unchanged
 *   PQH_ERR_OVERLAP  state overlaps data; state unchanged
 *   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged
 *
 * Wiped: the stack that was used.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_prehash_update(pqh_mldsa65_ed25519_prehash *state,
                                              const uint8_t *data,
                                              size_t len);

/**
 * Ends the prehash and writes the digest, for sign_prehashed and verify_prehashed.
 *
 * Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.
 *
 * Parameters:
 *   state   [in,out]  a state that was begun and is not finalised; at any address
 *   digest  [out]  SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
 *
 * Returns:
 *   PQH_OK           digest is written, and state is finalised
 *   PQH_ERR_NULL     a pointer is NULL; state and digest unchanged
 *   PQH_ERR_OVERLAP  state overlaps digest; both unchanged
 *   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged, digest all zero
 *
 * Wiped: state and the stack that was used.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_prehash_final(pqh_mldsa65_ed25519_prehash *state,
                                             uint8_t digest[PQH_MLDSA65_ED25519_DIGEST_BYTES]);

/**
 * Signs a message by its digest: the signature is as good as one that sign makes of the message itself.
 *
 * Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_prehashed(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                              const uint8_t digest[PQH_MLDSA65_ED25519_DIGEST_BYTES],
                                              const uint8_t *ctx,
                                              size_t ctx_len,
                                              const uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Verifies a signature of a message by its digest: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_verify_prehashed(const uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                                const uint8_t digest[PQH_MLDSA65_ED25519_DIGEST_BYTES],
                                                const uint8_t *ctx,
                                                size_t ctx_len,
                                                const uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]);

/**
 * Bytes of a prepared secret key.
 */
#define PQH_MLDSA65_ED25519_SIGN_KEY_BYTES 6144

/**
 * Bytes of a prepared public key.
 */
#define PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES 3104

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that sign_key_init may take.
 */
#define PQH_MLDSA65_ED25519_SIGN_KEY_INIT_STACK_BYTES PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES
/**
 * Stack that sign_with, sign_derand_with and sign_prehashed_with may take.
 */
#define PQH_MLDSA65_ED25519_SIGN_WITH_STACK_BYTES PQH_MLDSA65_ED25519_SIGN_STACK_BYTES
/**
 * Stack that verify_key_init may take.
 */
#define PQH_MLDSA65_ED25519_VERIFY_KEY_INIT_STACK_BYTES PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES
/**
 * Stack that verify_with and verify_prehashed_with may take.
 */
#define PQH_MLDSA65_ED25519_VERIFY_WITH_STACK_BYTES PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES
#endif

/**
 * A secret key that is prepared for use: it is expanded already. Opaque: the caller gives it room, and wipes it. It
 * is as secret as the secret key itself. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[768];
} pqh_mldsa65_ed25519_sign_key;

/**
 * A public key that is prepared for use: it is checked already. Opaque: the caller gives it room. See PREPARED KEYS
 * in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[388];
} pqh_mldsa65_ed25519_verify_key;

/**
 * PQH_MLDSA65_ED25519_SIGN_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_sign_key_bytes(void);

/**
 * PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa65_ed25519_verify_key_bytes(void);

/**
 * Prepares a secret key, for pqh_mldsa65_ed25519_sign_with and its like.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   sk   [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
 *
 * Returns:
 *   PQH_OK            key is ready
 *   PQH_ERR_NULL      a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; key all zero
 *
 * Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
 *   wipes key by pqh_mldsa65_ed25519_sign_key_wipe.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_key_init(pqh_mldsa65_ed25519_sign_key *key,
                                             const uint8_t sk[PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]);

/**
 * Wipes a prepared secret key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mldsa65_ed25519_sign_key_wipe(pqh_mldsa65_ed25519_sign_key *key);

/**
 * Signs a message with a prepared secret key, as pqh_mldsa65_ed25519_sign does with an encoded one.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_with(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                         const uint8_t *msg,
                                         size_t msg_len,
                                         const uint8_t *ctx,
                                         size_t ctx_len,
                                         const pqh_mldsa65_ed25519_sign_key *key);

/**
 * Signs a message with a prepared secret key and the signing randomness that the caller gives, as
 * pqh_mldsa65_ed25519_sign_derand does with an encoded key. All zero is FIPS 204's deterministic variant.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   rnd      [in]   signing randomness, PQH_MLDSA65_ED25519_SIGN_RND_BYTES (32)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the stack that was used; after a failure also sig. Neither rnd nor key: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_derand_with(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                                const uint8_t *msg,
                                                size_t msg_len,
                                                const uint8_t *ctx,
                                                size_t ctx_len,
                                                const uint8_t rnd[PQH_MLDSA65_ED25519_SIGN_RND_BYTES],
                                                const pqh_mldsa65_ed25519_sign_key *key);

/**
 * Signs a message by its digest with a prepared secret key, as pqh_mldsa65_ed25519_sign_prehashed does with an
 * encoded one.
 *
 * Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_sign_prehashed_with(uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                                   const uint8_t digest[PQH_MLDSA65_ED25519_DIGEST_BYTES],
                                                   const uint8_t *ctx,
                                                   size_t ctx_len,
                                                   const pqh_mldsa65_ed25519_sign_key *key);

/**
 * Prepares a public key, for pqh_mldsa65_ed25519_verify_with and pqh_mldsa65_ed25519_verify_prehashed_with.
 *
 * Standard: decoding of the public key, Ed25519, RFC 8032 section 5.1.3.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   pk   [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
 *
 * Returns:
 *   PQH_OK              key is ready
 *   PQH_ERR_NULL        a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
 *   PQH_ERR_PUBLIC_KEY  the Ed25519 half of pk is not a canonical point, or has small order; key all zero
 *   PQH_ERR_INTERNAL    an error inside the library; key all zero
 *
 * Wiped: nothing: it reads no secret key. After a failure key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_verify_key_init(pqh_mldsa65_ed25519_verify_key *key,
                                               const uint8_t pk[PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]);

/**
 * Wipes a prepared public key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mldsa65_ed25519_verify_key_wipe(pqh_mldsa65_ed25519_verify_key *key);

/**
 * Verifies a signature with a prepared public key, as pqh_mldsa65_ed25519_verify does with an encoded one: both
 * halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the signer's public key, prepared
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_verify_with(const uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                           const uint8_t *msg,
                                           size_t msg_len,
                                           const uint8_t *ctx,
                                           size_t ctx_len,
                                           const pqh_mldsa65_ed25519_verify_key *key);

/**
 * Verifies a signature of a message by its digest with a prepared public key, as pqh_mldsa65_ed25519_verify_prehashed
 * does with an encoded one: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
 *   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the signer's public key, prepared
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa65_ed25519_verify_prehashed_with(const uint8_t sig[PQH_MLDSA65_ED25519_SIGNATURE_BYTES],
                                                     const uint8_t digest[PQH_MLDSA65_ED25519_DIGEST_BYTES],
                                                     const uint8_t *ctx,
                                                     size_t ctx_len,
                                                     const pqh_mldsa65_ed25519_verify_key *key);

#endif /* PQH_WITHOUT_MLDSA65_ED25519 */

#ifndef PQH_WITHOUT_MLDSA87_ED448
#define PQH_HAVE_MLDSA87_ED448

/* ---- mldsa87_ed448: id-MLDSA87-Ed448-SHAKE256 ------------------------------------------------- */

/**
 * Bytes of a public key: ML-DSA-87 public key || Ed448 public key.
 */
#define PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES 2649

/**
 * Bytes of a secret key: ML-DSA-87 seed || Ed448 seed.
 */
#define PQH_MLDSA87_ED448_SECRET_KEY_BYTES 89

/**
 * Bytes of a signature: ML-DSA-87 signature || Ed448 signature.
 */
#define PQH_MLDSA87_ED448_SIGNATURE_BYTES 4741

/**
 * Bytes of the signing randomness of sign_derand.
 */
#define PQH_MLDSA87_ED448_SIGN_RND_BYTES 32

/**
 * Bytes of a prehash digest: SHAKE256 with 64 bytes of output.
 */
#define PQH_MLDSA87_ED448_DIGEST_BYTES 64

/**
 * Bytes of a prehash state.
 */
#define PQH_MLDSA87_ED448_PREHASH_BYTES 256

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that keygen may take.
 */
#define PQH_MLDSA87_ED448_KEYGEN_STACK_BYTES 130432
/**
 * Stack that public_key may take.
 */
#define PQH_MLDSA87_ED448_PUBLIC_KEY_STACK_BYTES PQH_MLDSA87_ED448_KEYGEN_STACK_BYTES
/**
 * Stack that sign, sign_derand and sign_prehashed may take.
 */
#define PQH_MLDSA87_ED448_SIGN_STACK_BYTES 199168
/**
 * Stack that verify and verify_prehashed may take.
 */
#define PQH_MLDSA87_ED448_VERIFY_STACK_BYTES 105984
/**
 * Stack that prehash_init, prehash_update and prehash_final may take.
 */
#define PQH_MLDSA87_ED448_PREHASH_STACK_BYTES 2048
#endif

/**
 * A message being hashed piece by piece. Opaque: the caller gives it room, and may copy it to hash two messages that
 * begin alike. It holds what the message was, not a key. Its bytes are the library's: changing them changes the digest, or
 * makes the state invalid.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[32];
} pqh_mldsa87_ed448_prehash;

/**
 * PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_public_key_bytes(void);

/**
 * PQH_MLDSA87_ED448_SECRET_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_secret_key_bytes(void);

/**
 * PQH_MLDSA87_ED448_SIGNATURE_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_signature_bytes(void);

/**
 * PQH_MLDSA87_ED448_SIGN_RND_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_sign_rnd_bytes(void);

/**
 * PQH_MLDSA87_ED448_DIGEST_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_digest_bytes(void);

/**
 * PQH_MLDSA87_ED448_PREHASH_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_prehash_bytes(void);

/**
 * Generates a key pair of id-MLDSA87-Ed448-SHAKE256.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
 *   sk  [out]  secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89): fresh random bytes
 *
 * Returns:
 *   PQH_OK            pk and sk are written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
 *   PQH_ERR_RANDOM    the random source failed; outputs all zero
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_keygen(uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES],
                                    uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Computes the public key of a secret key.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.
 *
 * Parameters:
 *   pk  [out]  public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
 *   sk  [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)
 *
 * Returns:
 *   PQH_OK            pk is written
 *   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
 *   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
 *
 * Wiped: the expanded keys and the stack that was used; after a failure also pk.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_public_key(uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES],
                                        const uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Signs a message. The ML-DSA half is hedged with 32 fresh random bytes, so two signatures of one message differ.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                  const uint8_t *msg,
                                  size_t msg_len,
                                  const uint8_t *ctx,
                                  size_t ctx_len,
                                  const uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Signs a message with the signing randomness that the caller gives. All zero is FIPS 204's deterministic variant.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   rnd      [in]   signing randomness, PQH_MLDSA87_ED448_SIGN_RND_BYTES (32)
 *   sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key and the stack that was used; after a failure also sig. Not rnd: it is the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_derand(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                         const uint8_t *msg,
                                         size_t msg_len,
                                         const uint8_t *ctx,
                                         size_t ctx_len,
                                         const uint8_t rnd[PQH_MLDSA87_ED448_SIGN_RND_BYTES],
                                         const uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Verifies a signature: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   pk       [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_PUBLIC_KEY      the Ed448 half of pk is not a canonical point, or has small order
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_verify(const uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                    const uint8_t *msg,
                                    size_t msg_len,
                                    const uint8_t *ctx,
                                    size_t ctx_len,
                                    const uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES]);

/**
 * Begins the prehash of a message that comes in pieces.
 *
 * Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output; draft-ietf-lamps-pq-composite-sigs-19.
 *
 * Parameters:
 *   state  [out]  the state to begin, whatever was in it; at any address
 *
 * Returns:
 *   PQH_OK        state is ready
 *   PQH_ERR_NULL  state is NULL
 *
 * Wiped: nothing.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_prehash_init(pqh_mldsa87_ed448_prehash *state);

/**
 * Appends a piece to the message. Pieces may have any length.
 *
 * Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output.
 *
 * Parameters:
 *   state  [in,out]  a state that was begun and is not finalised; at any address
 *   data   [in]   the piece, len bytes; may be NULL if len is 0
 *   len    [in]   length of data in bytes
 *
 * Returns:
 *   PQH_OK           state has taken data in
 *   PQH_ERR_NULL     a required pointer is NULL; state unchanged
 *   PQH_ERR_OVERLAP  state overlaps data; state unchanged
 *   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged
 *
 * Wiped: the stack that was used.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_prehash_update(pqh_mldsa87_ed448_prehash *state,
                                            const uint8_t *data,
                                            size_t len);

/**
 * Ends the prehash and writes the digest, for sign_prehashed and verify_prehashed.
 *
 * Standard: PH of id-MLDSA87-Ed448-SHAKE256: SHAKE256 with 64 bytes of output.
 *
 * Parameters:
 *   state   [in,out]  a state that was begun and is not finalised; at any address
 *   digest  [out]  SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
 *
 * Returns:
 *   PQH_OK           digest is written, and state is finalised
 *   PQH_ERR_NULL     a pointer is NULL; state and digest unchanged
 *   PQH_ERR_OVERLAP  state overlaps digest; both unchanged
 *   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged, digest all zero
 *
 * Wiped: state and the stack that was used.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_prehash_final(pqh_mldsa87_ed448_prehash *state,
                                           uint8_t digest[PQH_MLDSA87_ED448_DIGEST_BYTES]);

/**
 * Signs a message by its digest: the signature is as good as one that sign makes of the message itself.
 *
 * Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   digest   [in]   SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   sk       [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_prehashed(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                            const uint8_t digest[PQH_MLDSA87_ED448_DIGEST_BYTES],
                                            const uint8_t *ctx,
                                            size_t ctx_len,
                                            const uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Verifies a signature of a message by its digest: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   digest   [in]   SHAKE256 with 64 bytes of output of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   pk       [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_PUBLIC_KEY      the Ed448 half of pk is not a canonical point, or has small order
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_verify_prehashed(const uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                              const uint8_t digest[PQH_MLDSA87_ED448_DIGEST_BYTES],
                                              const uint8_t *ctx,
                                              size_t ctx_len,
                                              const uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES]);

/**
 * Bytes of a prepared secret key.
 */
#define PQH_MLDSA87_ED448_SIGN_KEY_BYTES 7752

/**
 * Bytes of a prepared public key.
 */
#define PQH_MLDSA87_ED448_VERIFY_KEY_BYTES 2688

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that sign_key_init may take.
 */
#define PQH_MLDSA87_ED448_SIGN_KEY_INIT_STACK_BYTES PQH_MLDSA87_ED448_KEYGEN_STACK_BYTES
/**
 * Stack that sign_with, sign_derand_with and sign_prehashed_with may take.
 */
#define PQH_MLDSA87_ED448_SIGN_WITH_STACK_BYTES PQH_MLDSA87_ED448_SIGN_STACK_BYTES
/**
 * Stack that verify_key_init may take.
 */
#define PQH_MLDSA87_ED448_VERIFY_KEY_INIT_STACK_BYTES PQH_MLDSA87_ED448_VERIFY_STACK_BYTES
/**
 * Stack that verify_with and verify_prehashed_with may take.
 */
#define PQH_MLDSA87_ED448_VERIFY_WITH_STACK_BYTES PQH_MLDSA87_ED448_VERIFY_STACK_BYTES
#endif

/**
 * A secret key that is prepared for use: it is expanded already. Opaque: the caller gives it room, and wipes it. It
 * is as secret as the secret key itself. See PREPARED KEYS in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[969];
} pqh_mldsa87_ed448_sign_key;

/**
 * A public key that is prepared for use: it is checked already. Opaque: the caller gives it room. See PREPARED KEYS
 * in the first comment.
 */
typedef struct {
  /**
   * Not for the caller.
   */
  uint64_t opaque[336];
} pqh_mldsa87_ed448_verify_key;

/**
 * PQH_MLDSA87_ED448_SIGN_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_sign_key_bytes(void);

/**
 * PQH_MLDSA87_ED448_VERIFY_KEY_BYTES, for languages that cannot read macros.
 */
size_t pqh_mldsa87_ed448_verify_key_bytes(void);

/**
 * Prepares a secret key, for pqh_mldsa87_ed448_sign_with and its like.
 *
 * Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-87; Ed448, RFC 8032 section 5.2.5.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   sk   [in]   secret key, PQH_MLDSA87_ED448_SECRET_KEY_BYTES (89)
 *
 * Returns:
 *   PQH_OK            key is ready
 *   PQH_ERR_NULL      a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
 *   PQH_ERR_INTERNAL  an error inside the library; key all zero
 *
 * Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
 *   wipes key by pqh_mldsa87_ed448_sign_key_wipe.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_key_init(pqh_mldsa87_ed448_sign_key *key,
                                           const uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES]);

/**
 * Wipes a prepared secret key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mldsa87_ed448_sign_key_wipe(pqh_mldsa87_ed448_sign_key *key);

/**
 * Signs a message with a prepared secret key, as pqh_mldsa87_ed448_sign does with an encoded one.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_with(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                       const uint8_t *msg,
                                       size_t msg_len,
                                       const uint8_t *ctx,
                                       size_t ctx_len,
                                       const pqh_mldsa87_ed448_sign_key *key);

/**
 * Signs a message with a prepared secret key and the signing randomness that the caller gives, as
 * pqh_mldsa87_ed448_sign_derand does with an encoded key. All zero is FIPS 204's deterministic variant.
 *
 * Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   rnd      [in]   signing randomness, PQH_MLDSA87_ED448_SIGN_RND_BYTES (32)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the stack that was used; after a failure also sig. Neither rnd nor key: they are the caller's.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_derand_with(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                              const uint8_t *msg,
                                              size_t msg_len,
                                              const uint8_t *ctx,
                                              size_t ctx_len,
                                              const uint8_t rnd[PQH_MLDSA87_ED448_SIGN_RND_BYTES],
                                              const pqh_mldsa87_ed448_sign_key *key);

/**
 * Signs a message by its digest with a prepared secret key, as pqh_mldsa87_ed448_sign_prehashed does with an encoded
 * one.
 *
 * Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-87; Ed448, RFC 8032 section 5.2.6.
 *
 * Parameters:
 *   sig      [out]  signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   digest   [in]   SHAKE256 of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the secret key, prepared
 *
 * Returns:
 *   PQH_OK                  sig is written
 *   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
 *   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
 *   PQH_ERR_RANDOM          the random source failed; sig all zero
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
 *   PQH_ERR_INTERNAL        an error inside the library; sig all zero
 *
 * Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_sign_prehashed_with(uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                                 const uint8_t digest[PQH_MLDSA87_ED448_DIGEST_BYTES],
                                                 const uint8_t *ctx,
                                                 size_t ctx_len,
                                                 const pqh_mldsa87_ed448_sign_key *key);

/**
 * Prepares a public key, for pqh_mldsa87_ed448_verify_with and pqh_mldsa87_ed448_verify_prehashed_with.
 *
 * Standard: decoding of the public key, Ed448, RFC 8032 section 5.2.3.
 *
 * Parameters:
 *   key  [out]  the prepared key, whatever was in it
 *   pk   [in]   the signer's public key, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES (2649)
 *
 * Returns:
 *   PQH_OK              key is ready
 *   PQH_ERR_NULL        a pointer is NULL; key unchanged
 *   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
 *   PQH_ERR_PUBLIC_KEY  the Ed448 half of pk is not a canonical point, or has small order; key all zero
 *   PQH_ERR_INTERNAL    an error inside the library; key all zero
 *
 * Wiped: nothing: it reads no secret key. After a failure key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_verify_key_init(pqh_mldsa87_ed448_verify_key *key,
                                             const uint8_t pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES]);

/**
 * Wipes a prepared public key, which is then no key any more.
 *
 * Parameters:
 *   key  [in,out]  the prepared key, or any bytes; NULL does nothing
 *
 * Wiped: key.
 */
void pqh_mldsa87_ed448_verify_key_wipe(pqh_mldsa87_ed448_verify_key *key);

/**
 * Verifies a signature with a prepared public key, as pqh_mldsa87_ed448_verify does with an encoded one: both halves
 * must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
 *   msg_len  [in]   length of msg in bytes
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the signer's public key, prepared
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_verify_with(const uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                         const uint8_t *msg,
                                         size_t msg_len,
                                         const uint8_t *ctx,
                                         size_t ctx_len,
                                         const pqh_mldsa87_ed448_verify_key *key);

/**
 * Verifies a signature of a message by its digest with a prepared public key, as pqh_mldsa87_ed448_verify_prehashed
 * does with an encoded one: both halves must be valid.
 *
 * Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
 *   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-87; Ed448, RFC 8032 section 5.2.7 without the cofactor.
 *
 * Parameters:
 *   sig      [in]   signature, PQH_MLDSA87_ED448_SIGNATURE_BYTES (4741)
 *   digest   [in]   SHAKE256 of the message, PQH_MLDSA87_ED448_DIGEST_BYTES (64)
 *   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
 *   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
 *   key      [in]   the signer's public key, prepared
 *
 * Returns:
 *   PQH_OK                  the signature is valid
 *   PQH_ERR_NULL            a required pointer is NULL
 *   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
 *   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
 *   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
 *   PQH_ERR_INTERNAL        an error inside the library
 *
 * Wiped: nothing: it reads no secret key.
 */
PQH_MUST_USE
pqh_status pqh_mldsa87_ed448_verify_prehashed_with(const uint8_t sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES],
                                                   const uint8_t digest[PQH_MLDSA87_ED448_DIGEST_BYTES],
                                                   const uint8_t *ctx,
                                                   size_t ctx_len,
                                                   const pqh_mldsa87_ed448_verify_key *key);

#endif /* PQH_WITHOUT_MLDSA87_ED448 */

/* ---- memory and randomness -------------------------------------------------------------------- */

#if defined(PQH_HAVE_STACK_BYTES)
/**
 * Stack that pqh_random_bytes may take.
 */
#define PQH_RANDOM_BYTES_STACK_BYTES 2048
#endif

/**
 * Overwrites memory with zeros, in a way that the compiler may not leave out.
 *
 * Parameters:
 *   data  [out] the memory to wipe, len bytes; NULL does nothing
 *   len   [in]  length of data in bytes; one over PTRDIFF_MAX, which no object has, does nothing
 *
 * Wiped: data.
 */
void pqh_secure_wipe(void *data, size_t len);

/**
 * Compares two byte strings in a time that depends on their length alone.
 *
 * Parameters:
 *   a    [in] len bytes; may be NULL if len is 0
 *   b    [in] len bytes; may be NULL if len is 0
 *   len  [in] length of each in bytes
 *
 * Returns 1 if they are equal, else 0. A NULL with a len that is not 0, or a len over PTRDIFF_MAX, equals nothing: 0.
 */
int32_t pqh_ct_equal(const void *a,
                     const void *b,
                     size_t len);

/**
 * Fills memory with random bytes from the operating system, or from pqh_platform_random_bytes where there is none.
 *
 * Parameters:
 *   out  [out] len random bytes
 *   len  [in]  length of out in bytes
 *
 * Returns:
 *   PQH_OK          out is filled
 *   PQH_ERR_NULL    out is NULL, also if len is 0
 *   PQH_ERR_RANDOM  the random source failed; out is all zero
 *
 * Wiped: the stack that was used.
 */
PQH_MUST_USE
pqh_status pqh_random_bytes(uint8_t *out,
                            size_t len);

/* ---- about the library ------------------------------------------------------------------------ */

/**
 * The version of the library that is linked, e.g. "0.1.0"; the header's is PQH_VERSION_MAJOR.MINOR.PATCH.
 *
 * Returns a static string.
 */
const char *pqh_version(void);

/**
 * A sentence for people about a status.
 *
 * Parameters:
 *   status  [in] any value, known or not
 *
 * Returns a static string, never NULL.
 */
const char *pqh_status_string(pqh_status status);

/**
 * Which code runs on this CPU: "x86-64-v4-ifma" (AVX-512 with IFMA), "x86-64-v4" (AVX-512), "x86-64-v3" (AVX2, BMI2), "x86-64",
 * "aarch64-neon", "wasm-simd128" or "portable".
 *
 * On x86-64 it is chosen when the library is loaded; the environment variable PQHYBRID_BACKEND, for tests, makes it a lower
 * one, by the name that this function gives it: PQHYBRID_BACKEND=x86-64-v3. Any other value is ignored, and so is what a program
 * sets after it began.
 *
 * Returns a static string.
 */
const char *pqh_backend(void);

/* ---- what the firmware supplies where there is no operating system ------------------------------ */

/**
 * Fills out with len random bytes. The library calls it, once in each operation that needs randomness,
 * and does not define it; on hosted targets it is neither called nor needed.
 *
 * Returns 0 on success; anything else makes the operation fail with PQH_ERR_RANDOM.
 */
int32_t pqh_platform_random_bytes(uint8_t *out, size_t len);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* PQHYBRID_H */
