/*
 * The writable memory of this process that is none of the test's: the variables of the library and of the C library,
 * of the dynamic linker, thread-local ones, the C library's heap. The test's own are its variables, the stack it was
 * started on, and what it took with `own_memory`, where the fixtures lie. Define _GNU_SOURCE first.
 */
#ifndef PQH_TEST_MEMORY_H
#define PQH_TEST_MEMORY_H

#include "test.h"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#define OWN_BYTES ((size_t)64 << 20)
#define MAX_REGIONS 64
#define MAX_OWN 4

typedef struct {
    uint8_t *start;
    size_t len;
    char name[64];
} region;

/* The variables of this program, from the linker. */
extern char __data_start[], _end[];

/* Parts of mappings, since the kernel joins those that lie side by side. */
static struct {
    const uint8_t *start, *end;
} own[MAX_OWN];
static int own_count;

static inline void add_own(const void *start, size_t len) {
    REQUIRE(own_count < MAX_OWN);
    own[own_count].start = (const uint8_t *)start;
    own[own_count++].end = (const uint8_t *)start + len;
}

static uint8_t *own_start;
static size_t own_used;

/* Never given back. */
static void *own_memory(size_t len) {
    if (own_start == NULL) {
        own_start = (uint8_t *)mmap(NULL, OWN_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        REQUIRE(own_start != (uint8_t *)MAP_FAILED);
        add_own(own_start, OWN_BYTES);
        add_own(__data_start, (size_t)(_end - __data_start));
    }
    own_used = (own_used + 63) / 64 * 64 + len;
    REQUIRE(own_used <= OWN_BYTES);
    return own_start + own_used - len;
}

static int region_count;

static inline void add_region(region *of, const uint8_t *start, const uint8_t *end, const char *name) {
    const char *base = strrchr(name, '/') != NULL ? strrchr(name, '/') + 1 : name;
    if (start == end)
        return;
    REQUIRE(region_count < MAX_REGIONS);
    of[region_count].start = (uint8_t *)start;
    of[region_count].len = (size_t)(end - start);
    snprintf(of[region_count++].name, sizeof of->name, "%.60s", *base != '\0' ? base : "without a name");
}

/* Of a mapping, what is not the test's own. */
static inline void add_rest(region *of, const uint8_t *start, const uint8_t *end, const char *name) {
    while (start < end) {
        const uint8_t *stop = end, *next = end;
        for (int i = 0; i < own_count; i++)
            if (own[i].end > start && own[i].start < stop) {
                stop = own[i].start > start ? own[i].start : start;
                next = own[i].end < end ? own[i].end : end;
            }
        add_region(of, start, stop, name);
        start = next;
    }
}

/* From /proc/self/maps; only what can be written and read. */
static inline int writable_regions(region of[MAX_REGIONS]) {
    static char text[1 << 16];
    const void *frame = __builtin_frame_address(0);
    size_t len = 0;
    ssize_t got;
    int file = open("/proc/self/maps", O_RDONLY);
    region_count = 0;
    REQUIRE(file >= 0);
    while ((got = read(file, text + len, sizeof text - 1 - len)) > 0)
        len += (size_t)got;
    close(file);
    REQUIRE(len < sizeof text - 1);
    text[len] = '\0';
    for (char *line = text; *line != '\0';) {
        unsigned long start, end;
        char rights[8], name[256] = "";
        char *next = strchr(line, '\n');
        REQUIRE(next != NULL);
        *next = '\0';
        REQUIRE(sscanf(line, "%lx-%lx %7s %*s %*s %*s %255s", &start, &end, rights, name) >= 3);
        /* Emulators do not name the stack that the program was started on; this function is on it. */
        if (rights[0] == 'r' && rights[1] == 'w' && !((uintptr_t)frame > start && (uintptr_t)frame < end))
            add_rest(of, (const uint8_t *)start, (const uint8_t *)end, name);
        line = next + 1;
    }
    return region_count;
}

/* The library's own variables: what of it is writable when it runs, seen from one of its functions. */
static region library_memory;
static uintptr_t library_function;

static int look_at_object(struct dl_phdr_info *info, size_t size, void *unused) {
    int here = 0;
    (void)size, (void)unused;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + header->p_vaddr;
        here |= header->p_type == PT_LOAD && library_function >= start && library_function < start + header->p_memsz;
    }
    for (int i = 0; here && i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type == PT_LOAD && (header->p_flags & PF_W) != 0) {
            library_memory.start = (uint8_t *)(info->dlpi_addr + header->p_vaddr);
            library_memory.len = header->p_memsz;
            snprintf(library_memory.name, sizeof library_memory.name, "%.60s", info->dlpi_name);
        }
    }
    return here;
}

static inline void find_library(uintptr_t function) {
    library_function = function;
    REQUIRE(dl_iterate_phdr(look_at_object, NULL) == 1);
    REQUIRE(library_memory.start != NULL);
}

#endif
