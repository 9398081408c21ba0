/*
 * The boot loader's own functions, called one by one: what lies outside of the slot is not read, and after a refusal
 * nothing of the image is left in the loader's variables. The slot holds an image whose signature is not valid.
 */
#define main boot_main
#include "../../examples-c/firmware/boot.c"
#undef main

#define SENTINEL 0xa5

static unsigned cases, failures;

static void expect(int good, const char *what)
{
    cases++;
    if (!good) {
        failures++;
        semihosting_write("boot_inside: ");
        semihosting_write(what);
        semihosting_write("\n");
    }
}

static void reads(void)
{
    static const struct {
        uint32_t offset, len;
        int result;
    } tries[] = {{0, 64, 0},
                 {SLOT_BYTES - 64, 64, 0},
                 {SLOT_BYTES, 0, 0},
                 {SLOT_BYTES - 63, 64, -1},
                 {SLOT_BYTES, 1, -1},
                 {SLOT_BYTES + 1, 0, -1},
                 {SLOT_BYTES + 64, 64, -1},
                 {UINT32_MAX, 1, -1},
                 {UINT32_MAX - 31, 64, -1},
                 {1, SLOT_BYTES, -1},
                 {64, UINT32_MAX, -1},
                 {64, UINT32_MAX - 63, -1}};
    uint32_t i, at;

    for (i = 0; i < sizeof tries / sizeof *tries; i++) {
        int same = 1;
        memset(ram, SENTINEL, 64);
        expect(flash_read(tries[i].offset, ram, tries[i].len) == tries[i].result, "a read's result is wrong");
        for (at = 0; at < 64; at++)
            same = same && ram[at] == SENTINEL;
        if (tries[i].result != 0)
            expect(same, "a read that is refused has written");
        else if (tries[i].len > 0)
            expect(memcmp(ram, (const uint8_t *)SLOT_ADDRESS + tries[i].offset, tries[i].len) == 0, "a read is wrong");
    }
}

static int any(const void *of, uint32_t len)
{
    const uint8_t *bytes = (const uint8_t *)of;
    uint32_t found = 0;

    while (len-- > 0)
        found |= bytes[len];
    return found != 0;
}

int main(void)
{
    char line[] = "firmware/boot_inside: 00 cases\n";

    reads();
    /* Test of the test: before it is wiped, there is something. */
    expect(check() != NULL, "the image is not refused");
    expect(any(&work.header, sizeof work.header) && any(work.signature, sizeof work.signature)
               && any(work.digest, sizeof work.digest),
           "the check keeps nothing");
    expect(boot_main() == EXIT_REFUSED, "the loader does not refuse the image");
    expect(!any(&work, sizeof work), "the loader's variables hold something of the image");
    expect(!any(ram, RUN_BYTES), "the RAM holds an image");
    if (failures != 0 || cases > 99)
        return 1;
    line[22] = (char)('0' + cases / 10);
    line[23] = (char)('0' + cases % 10);
    semihosting_write(line);
    return 0;
}
