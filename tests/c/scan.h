/*
 * Searches memory for the secrets of secrets.h: 16 bytes of a byte string, also word by word with gaps of 8 or 24
 * bytes between, as vectorised hashing lays out its states; and runs of a polynomial's coefficients, as 16 or 32-bit
 * integers of any representative, in Montgomery's form or not.
 */
#ifndef PQH_TEST_SCAN_H
#define PQH_TEST_SCAN_H

#include "secrets.h"

#define WINDOW ((size_t)16)
#define KEY_LANES 6
#define BLOCK_LANES 2048
#define LONGEST_RUN 64
#define BLANK_BYTES ((size_t)64)
#define BUCKETS 8192u
#define MAX_ENTRIES 49152

/* What is looked up by a key: a place in a secret. */
typedef struct {
    uint32_t key;
    int32_t next;
    uint16_t which, at;
} scan_entry;

typedef struct {
    int32_t heads[BUCKETS];
} scan_map;

static scan_entry scan_entries[MAX_ENTRIES];
static int scan_count;

/* The beginnings of windows; words; beginnings of runs in order; coefficients in any order. */
static scan_map scan_windows, scan_words, scan_runs, scan_values;

static inline uint32_t scan_bucket(uint32_t key) { return (key * UINT32_C(0x9e3779b1)) >> 19; }

static inline void scan_put(scan_map *map, uint32_t key, int which, size_t at) {
    REQUIRE(scan_count < MAX_ENTRIES);
    scan_entry *entry = &scan_entries[scan_count];
    entry->key = key;
    entry->which = (uint16_t)which;
    entry->at = (uint16_t)at;
    entry->next = map->heads[scan_bucket(key)];
    map->heads[scan_bucket(key)] = scan_count++;
}

/* The next entry with this key; begin with NULL. */
static inline const scan_entry *scan_get(const scan_map *map, uint32_t key, const scan_entry *last) {
    for (int32_t i = last == NULL ? map->heads[scan_bucket(key)] : last->next; i >= 0; i = scan_entries[i].next)
        if (scan_entries[i].key == key)
            return &scan_entries[i];
    return NULL;
}

static inline void scan_clear(scan_map *map) { memset(map->heads, 0xff, sizeof map->heads); }

static inline uint32_t scan_head(const uint8_t *bytes) {
    uint32_t key;
    memcpy(&key, bytes, sizeof key);
    return key;
}

static inline uint32_t scan_lanes(const int32_t *lanes) {
    uint32_t key = 0;
    for (int i = 0; i < KEY_LANES; i++)
        key = key * UINT32_C(0x01000193) + (uint32_t)lanes[i];
    return key;
}

static inline int scan_has(uint32_t value, int which) {
    const scan_entry *entry = NULL;
    while ((entry = scan_get(&scan_values, value, entry)) != NULL)
        if (entry->which == which)
            return 1;
    return 0;
}

/* A run that is nearly all zero is found everywhere. */
static inline int is_telling(const int32_t *lanes, int run) {
    int others = 0;
    for (int i = 0; i < run; i++)
        others += lanes[i] != 0;
    return others >= 3 * run / 8;
}

/* Builds the tables for these secrets, and forgets what was found before. */
static inline void scan_for(secrets *all) {
    scan_count = 0;
    scan_clear(&scan_windows);
    scan_clear(&scan_words);
    scan_clear(&scan_runs);
    scan_clear(&scan_values);
    for (int i = 0; i < all->count; i++) {
        secret *one = &all->of[i];
        one->found = 0;
        for (size_t at = 0; at + WINDOW <= one->len; at++)
            scan_put(&scan_windows, scan_head(one->bytes + at), i, at);
        for (size_t at = 0; at + WINDOW <= one->len; at += 8)
            scan_put(&scan_words, scan_head(one->bytes + at), i, at);
    }
    for (int i = 0; i < all->polys; i++) {
        secret_poly *one = &all->poly_of[i];
        one->found = 0;
        for (int at = 0; at < 256; at++)
            if (!one->ordered)
                scan_put(&scan_values, (uint32_t)one->p.c[at], i, (size_t)at);
            else if (at + one->run <= 256 && is_telling(one->p.c + at, one->run))
                scan_put(&scan_runs, scan_lanes(one->p.c + at), i, (size_t)at);
    }
}

static inline void scan_hit(size_t *found, const uint8_t **first, const uint8_t *at) {
    if ((*found)++ == 0)
        *first = at;
}

static inline void scan_bytes(secrets *all, const uint8_t *from, const uint8_t *end) {
    for (const uint8_t *at = from; at + WINDOW <= end; at++) {
        const scan_entry *entry = NULL;
        if (at[0] == at[1] && at[1] == at[2] && at[2] == at[3])
            continue;
        while ((entry = scan_get(&scan_windows, scan_head(at), entry)) != NULL) {
            secret *one = &all->of[entry->which];
            if (memcmp(at, one->bytes + entry->at, WINDOW) == 0) {
                scan_hit(&one->found, &one->first, at);
                break;
            }
        }
        if ((uintptr_t)at % 8 != 0)
            continue;
        for (entry = NULL; (entry = scan_get(&scan_words, scan_head(at), entry)) != NULL;) {
            secret *one = &all->of[entry->which];
            const uint8_t *wanted = one->bytes + entry->at;
            for (int gap = 16; gap <= 32; gap += 16)
                if (at + gap + 8 <= end && memcmp(at, wanted, 8) == 0 && memcmp(at + gap, wanted + 8, 8) == 0)
                    scan_hit(&one->found, &one->first, at);
        }
    }
}

/* Whether a run of different coefficients of the polynomial begins here, in whatever order. */
static inline int scan_any_order(const secret_poly *one, int which, const int32_t *lanes) {
    int different = 0;
    for (int i = 0; i < one->run; i++) {
        int seen = 0;
        if (lanes[i] < 0 || !scan_has((uint32_t)lanes[i], which))
            return 0;
        for (int j = 0; j < i; j++)
            seen |= lanes[j] == lanes[i];
        different += !seen;
    }
    return different >= 3 * one->run / 4;
}

static inline void scan_runs_at(secrets *all, const int32_t *lanes, const uint8_t *at) {
    const scan_entry *entry = NULL;
    while ((entry = scan_get(&scan_runs, scan_lanes(lanes), entry)) != NULL) {
        secret_poly *one = &all->poly_of[entry->which];
        if (memcmp(lanes, one->p.c + entry->at, (size_t)one->run * sizeof *lanes) == 0) {
            scan_hit(&one->found, &one->first, at);
            break;
        }
    }
    for (entry = NULL; (entry = scan_get(&scan_values, (uint32_t)lanes[0], entry)) != NULL;) {
        secret_poly *one = &all->poly_of[entry->which];
        if (scan_any_order(one, entry->which, lanes)) {
            scan_hit(&one->found, &one->first, at);
            break;
        }
    }
}

/* Integers of `width` bytes, each times `factor`. */
static inline void scan_integers(secrets *all, const uint8_t *from, const uint8_t *end, size_t width, int64_t factor) {
    static int32_t lanes[BLOCK_LANES + LONGEST_RUN];
    from += (width - (uintptr_t)from % width) % width;
    for (; from + width <= end; from += BLOCK_LANES * width) {
        int some = 0;
        for (size_t i = 0; i < BLOCK_LANES + LONGEST_RUN; i++) {
            const uint8_t *at = from + i * width;
            int16_t narrow;
            int32_t wide = 0;
            lanes[i] = -1;
            if (at + width > end)
                continue;
            /* Paint and zeros. */
            if ((i == 0 || lanes[i - 1] < 0) && at + 16 <= end && memcmp(at, at + 1, 15) == 0)
                continue;
            memcpy(&narrow, at, sizeof narrow);
            if (width == 4)
                memcpy(&wide, at, sizeof wide);
            lanes[i] = modulo(all->r, (width == 2 ? narrow : wide) * factor);
            some = 1;
        }
        for (size_t i = 0; some && i < BLOCK_LANES; i++)
            if (lanes[i] >= 0)
                scan_runs_at(all, lanes + i, from + i * width);
    }
}

static inline size_t scan_total(const secrets *all) {
    size_t total = 0;
    for (int i = 0; i < all->count; i++)
        total += all->of[i].found;
    for (int i = 0; i < all->polys; i++)
        total += all->poly_of[i].found;
    return total;
}

static inline int is_blank(const uint8_t *block) { return memcmp(block, block + 1, BLANK_BYTES - 1) == 0; }

/* Returns at how many places of the memory something of the secrets was found, and adds them to what each was found.
 * Large parts that are blank are passed over. */
static inline size_t scan(secrets *all, const uint8_t *from, size_t len) {
    const int64_t factors[] = {1, modulo(all->r, all->r->montgomery), invert(all->r, all->r->montgomery)};
    const uint8_t *end = from + len;
    size_t before = scan_total(all);
    while (from < end) {
        const uint8_t *last = from;
        size_t blank = 0;
        if ((size_t)(end - from) > 2 * BLANK_BYTES && is_blank(from) && is_blank(from + BLANK_BYTES)) {
            from += BLANK_BYTES;
            continue;
        }
        /* To the first two blocks that are blank: what begins before them may end in the first. */
        while ((size_t)(end - last) >= BLANK_BYTES && blank < 2) {
            blank = is_blank(last) ? blank + 1 : 0;
            last += BLANK_BYTES;
        }
        if (blank < 2)
            last = end;
        scan_bytes(all, from, last);
        /* As they are, and in and out of Montgomery's form. */
        for (int form = 0; form < 3; form++) {
            scan_integers(all, from, last, 4, factors[form]);
            if (all->r == &MLKEM_RING)
                scan_integers(all, from, last, 2, factors[form]);
        }
        from = last;
    }
    return scan_total(all) - before;
}

#endif
