/*
 * image.h: what the boot loader and the application agree on.
 *
 * In the slot of the flash lie, one behind the other, the header, the application and the signature. The signature is
 * sign_file's, of header and application together, so that nothing which the loader goes by is unsigned:
 *
 *     sign_file sign --context "firmware of the example" SECRET_KEY_FILE application.bin
 *     cat application.bin application.bin.sig > application.slot
 */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdint.h>

#define IMAGE_MAGIC 0x31514850u /* in memory: P H Q 1 */

/* 128 bytes, since the vector table that follows must be aligned to that. */
struct image_header {
    uint32_t magic;
    uint32_t length;  /* bytes of header and application, where the signature begins */
    uint32_t version; /* counts up; the loader refuses what is older than it allows */
    uint32_t unused[29];
};

/* Part of what is signed: a signature that the same key made of something else is none of an image. */
#define IMAGE_CONTEXT "firmware of the example"

#define SLOT_ADDRESS 0x10200000u /* where the slot lies in the flash */
#define SLOT_BYTES 0x00080000u
#define RUN_ADDRESS 0x38100000u /* where the application runs: the second half of the RAM, the loader having the first */
#define RUN_BYTES 0x00080000u   /* the next so many bytes are the application's variables and stack */

#endif
