/*
 * boot.c: a boot loader that starts an application only if its maker signed it, with both halves of the signature valid.
 *
 * What it is careful about:
 *
 *   Fail closed.     There is one way to the application, through check() returning NULL, and one line in it that takes a
 *                    signature for good: the status is compared with PQH_OK, which an error that nobody thought of is not.
 *   Checked is run.  Flash can change while it is read: a chip on a bus can give one thing to the check and another to the
 *                    processor. So every byte is read once, into RAM that only this processor writes; the copy is what is
 *                    hashed, and the copy is what runs. The header's fields are read from the copy too.
 *   Length first.    The length in the header is the one field that is needed before the signature is checked. It is held
 *                    against the room that there is before anything is read by it.
 *   No way back.     An old image with a known hole carries a good signature. The version is signed, and an image that is
 *                    older than MINIMUM_VERSION is refused.
 *   Nothing to run.  Of an image that is refused the copy in RAM is wiped, and its header, signature and hash. (What the
 *                    functions that were called left on the stack is not: none of it is secret, and none of it is code.)
 *
 * It verifies and nothing else, so it needs no secret, no randomness, and no code that signs.
 */
#include <pqhybrid.h>

#include "image.h"
#include "semihosting.h"

#include <string.h>

#ifdef BOOT_MLDSA87_ED448
#define SUITE "mldsa87_ed448"
#define PUBLIC_KEY_BYTES PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES
#define SIGNATURE_BYTES PQH_MLDSA87_ED448_SIGNATURE_BYTES
#define DIGEST_BYTES PQH_MLDSA87_ED448_DIGEST_BYTES
#define verify_prehashed pqh_mldsa87_ed448_verify_prehashed
#define prehash pqh_mldsa87_ed448_prehash
#define prehash_init pqh_mldsa87_ed448_prehash_init
#define prehash_update pqh_mldsa87_ed448_prehash_update
#define prehash_final pqh_mldsa87_ed448_prehash_final
#else
#define SUITE "mldsa65_ed25519"
#define PUBLIC_KEY_BYTES PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES
#define SIGNATURE_BYTES PQH_MLDSA65_ED25519_SIGNATURE_BYTES
#define DIGEST_BYTES PQH_MLDSA65_ED25519_DIGEST_BYTES
#define verify_prehashed pqh_mldsa65_ed25519_verify_prehashed
#define prehash pqh_mldsa65_ed25519_prehash
#define prehash_init pqh_mldsa65_ed25519_prehash_init
#define prehash_update pqh_mldsa65_ed25519_prehash_update
#define prehash_final pqh_mldsa65_ed25519_prehash_final
#endif

/* Of the product, raised with each release that closes a hole. */
#ifndef MINIMUM_VERSION
#define MINIMUM_VERSION 7
#endif

#define BLOCK_BYTES 512u /* how much is read from the flash at a time */

/* The maker's public key, as bytes separated by commas: the Makefile makes the file from sign_file's. */
static const uint8_t public_key[] = {
#include "public_key.inc"
};
typedef char public_key_is_of_this_suite[sizeof public_key == PUBLIC_KEY_BYTES ? 1 : -1];

static uint8_t *const ram = (uint8_t *)RUN_ADDRESS;

/* What is kept of an image beside its copy. */
static struct {
    struct image_header header;
    uint8_t signature[SIGNATURE_BYTES], digest[DIGEST_BYTES];
    prehash state;
} work;

enum { EXIT_REFUSED = 1 };

/*
 * Reads from the slot; a product has its driver of a flash chip here. Returns 0, or -1 if that lies outside of the slot.
 */
static int flash_read(uint32_t offset, uint8_t *out, uint32_t len)
{
    if (offset > SLOT_BYTES || len > SLOT_BYTES - offset)
        return -1;
    memcpy(out, (const uint8_t *)SLOT_ADDRESS + offset, len);
    return 0;
}

/* Copies the image to RAM and checks it. Returns NULL if it may run, else why not. */
static const char *check(void)
{
    uint32_t vectors[2], at, n;

    if (flash_read(0, ram, sizeof work.header) != 0)
        return "the flash cannot be read";
    memcpy(&work.header, ram, sizeof work.header);

    if (work.header.magic != IMAGE_MAGIC)
        return "there is no image in the slot";
    if (work.header.length < sizeof work.header + sizeof vectors || work.header.length > SLOT_BYTES - SIGNATURE_BYTES
        || work.header.length > RUN_BYTES)
        return "the length in the header does not fit the slot";

    /* From the flash into its place in RAM, and from there, not from the flash again, into the hash. */
    if (prehash_init(&work.state) != PQH_OK || prehash_update(&work.state, ram, sizeof work.header) != PQH_OK)
        return "the library failed";
    for (at = sizeof work.header; at < work.header.length; at += n) {
        n = work.header.length - at < BLOCK_BYTES ? work.header.length - at : BLOCK_BYTES;
        if (flash_read(at, ram + at, n) != 0)
            return "the flash cannot be read";
        if (prehash_update(&work.state, ram + at, n) != PQH_OK)
            return "the library failed";
    }
    if (prehash_final(&work.state, work.digest) != PQH_OK)
        return "the library failed";
    if (flash_read(work.header.length, work.signature, sizeof work.signature) != 0)
        return "the flash cannot be read";

    if (verify_prehashed(work.signature, work.digest, (const uint8_t *)IMAGE_CONTEXT, sizeof IMAGE_CONTEXT - 1, public_key)
        != PQH_OK)
        return "the signature is not valid for this image, key and context";

    /* From here the image is its maker's; this is about which, and about honest mistakes. */
    if (work.header.version < MINIMUM_VERSION)
        return "the image is older than this device accepts";
    memcpy(vectors, ram + sizeof work.header, sizeof vectors);
    if (vectors[0] <= RUN_ADDRESS + RUN_BYTES || vectors[0] > RUN_ADDRESS + 2 * RUN_BYTES || vectors[0] % 8 != 0)
        return "the image is linked for another stack";
    if (vectors[1] <= RUN_ADDRESS || vectors[1] >= RUN_ADDRESS + work.header.length || vectors[1] % 2 != 1)
        return "the image is linked for another address";
    return NULL;
}

/* Hands the processor over as a reset would: the application's vector table, its stack, its reset handler. */
__attribute__((noreturn)) static void start(void)
{
    const uint32_t table = RUN_ADDRESS + sizeof(struct image_header);
    const uint32_t *vectors = (const uint32_t *)table;

    *(volatile uint32_t *)0xE000ED08u = table; /* VTOR */
    /* What was written to RAM as data is fetched as instructions after this. */
    __asm__ volatile("dsb\n isb" : : : "memory");
    __asm__ volatile("msr msplim, %0\n msr msp, %1\n bx %2" : : "r"(0), "r"(vectors[0]), "r"(vectors[1]) : "memory");
    for (;;) {
    }
}

int main(void)
{
    const char *refused;

    semihosting_write("boot: checking the image (" SUITE ")\n");
    refused = check();
    if (refused == NULL) {
        semihosting_write("boot: the signature is valid, starting the application\n");
        start();
    }
    pqh_secure_wipe(ram, RUN_BYTES);
    pqh_secure_wipe(&work, sizeof work);
    semihosting_write("boot: refused: ");
    semihosting_write(refused);
    semihosting_write("\n");
    /* A product waits here for an update, or starts an older image that it checks in the same way. */
    return EXIT_REFUSED;
}
