/*
 * Linked into the boot loader in front of the library: the flash changes under it. Each piece is overwritten in the flash
 * when the loader comes to hash it, and all of the slot before the signature is verified. A loader that reads a byte twice,
 * or runs what it did not check, does not start the application. After a refusal this looks whether RAM is clean.
 */
#include <pqhybrid.h>

#include "image.h"
#include "semihosting.h"

#include <string.h>

#define UPDATE(prefix) prefix##pqh_mldsa65_ed25519_prehash_update
#define VERIFY(prefix) prefix##pqh_mldsa65_ed25519_verify_prehashed

pqh_status UPDATE(__real_)(pqh_mldsa65_ed25519_prehash *state, const uint8_t *data, size_t len);
pqh_status UPDATE(__wrap_)(pqh_mldsa65_ed25519_prehash *state, const uint8_t *data, size_t len);
pqh_status VERIFY(__real_)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                           const uint8_t *pk);
pqh_status VERIFY(__wrap_)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                           const uint8_t *pk);
void __real_semihosting_exit(int status) __attribute__((noreturn));
void __wrap_semihosting_exit(int status) __attribute__((noreturn));

/* The emulator's flash can be written. */
static uint8_t *const slot = (uint8_t *)SLOT_ADDRESS;

static uint32_t done;

pqh_status UPDATE(__wrap_)(pqh_mldsa65_ed25519_prehash *state, const uint8_t *data, size_t len)
{
    memset(slot + done, 0, len);
    done += (uint32_t)len;
    return UPDATE(__real_)(state, data, len);
}

pqh_status VERIFY(__wrap_)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                           const uint8_t *pk)
{
    memset(slot, 0, SLOT_BYTES);
    semihosting_write("the flash has changed\n");
    return VERIFY(__real_)(sig, digest, ctx, ctx_len, pk);
}

void __wrap_semihosting_exit(int status)
{
    const uint8_t *ram = (const uint8_t *)RUN_ADDRESS;
    uint8_t any = 0;
    uint32_t i;

    for (i = 0; i < RUN_BYTES; i++)
        any |= ram[i];
    semihosting_write(any == 0 ? "RAM is clean\n" : "RAM holds an image\n");
    __real_semihosting_exit(status);
}
