/*
 * The library before main: asked for its level by the loader, which must find the stack aligned as the ABI has it, or by a function
 * that runs before the library's own constructor. getenv is the program's here, as a shell's is, and keeps what wants alignment on
 * its stack.
 */
#include "test.h"
#include <stdint.h>

static int asked, misaligned;
static const char *before_constructors;

char *getenv(const char *name) {
    /* The caller's, before it pushed the address of return and this function its frame pointer. */
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    asked++;
    misaligned += frame % 16 != 0;
    (void)name;
    return NULL;
}

#if defined(__linux__)
static void early(void) {
    before_constructors = pqh_backend();
}
__attribute__((section(".preinit_array"), used)) static void (*const run_early)(void) = early;
#endif

int main(void) {
    CHECK(misaligned == 0, "getenv was called %d times with the stack not aligned", misaligned);
#if defined(__x86_64__) && defined(__linux__)
    CHECK(asked >= 2, "PQHYBRID_BACKEND was asked for %d times, not by a function and by the constructor", asked);
#endif
#if defined(__linux__)
    CHECK(before_constructors != NULL && strcmp(before_constructors, pqh_backend()) == 0,
          "before constructors the backend was another");
#endif
    return test_end("c/early");
}
