/*
 * Runs every operation that knows a secret under valgrind's memcheck, with the secrets marked as undefined memory: each
 * branch and each address that depends on one is reported. match.py holds the reports against declassified.toml.
 *
 * usage: valgrind ... constant_time x86-64|x86-64-v3 FIRST_SEED SEEDS
 */
#define _GNU_SOURCE
#include "case.h"

/* ---- key encapsulation -------------------------------------------------------------------------------------- */

static void key_pairs(const suite *s, fixture *f, const uint8_t *const *before) {
    if (alone()) {
        scene here = {s, "public_key", "secret key", BIT(SK), PQH_OK, 0};
        play(&here, f);
        check_same(&here, f, before, PK);
        end_of_case();
    }
    if (s->keygen != NULL && alone()) {
        scene here = {s, "keygen", "random bytes", 0, PQH_OK, 0};
        uint8_t *pk = (uint8_t *)allocate(s->n[PK]);
        play(&here, f);
        REQUIRE(s->public_key(pk, f->p[SK]) == PQH_OK);
        CHECK(memcmp(pk, f->p[PK], s->n[PK]) == 0, "%s keygen: pk is not that of sk", s->name);
        end_of_case();
    }
}

static void encapsulate(const suite *s, fixture *f, const uint8_t *const *before) {
    if (alone()) {
        scene here = {s, "encaps", "random bytes", 0, PQH_OK, 0};
        uint8_t *ss = (uint8_t *)allocate(s->n[SS]);
        play(&here, f);
        REQUIRE(s->decaps(ss, f->p[CT], f->p[SK]) == PQH_OK);
        CHECK(memcmp(ss, f->p[SS], s->n[SS]) == 0, "%s encaps: not the secret of decaps", s->name);
        end_of_case();
    }
    if (alone()) {
        scene here = {s, "encaps_derand", "coins", BIT(COINS), PQH_OK, 0};
        play(&here, f);
        check_same(&here, f, before, CT);
        check_same(&here, f, before, SS);
        end_of_case();
    }
    if (alone()) {
        scene here = {s, "encaps_derand", "coins, public key of small order", BIT(COINS), PQH_ERR_PUBLIC_KEY, 0};
        memset(f->p[PK] + s->pq_pk, 0, s->n[PK] - s->pq_pk);
        play(&here, f);
        end_of_case();
    }
}

enum forgery { GOOD, LATTICE_FIRST, LATTICE_LAST, CURVE, ALL, ORDER_ONE, ORDER_FOUR, FORGERIES };
static const char *const FORGERY_NAMES[FORGERIES] = {
    "secret key, good ciphertext",          "secret key, first bit of the lattice half forged",
    "secret key, last byte of the lattice half forged", "secret key, curve half forged",
    "secret key, random ciphertext",        "secret key, point 0",
    "secret key, point 1"};

static void forge(const suite *s, uint8_t *ct, enum forgery how) {
    uint8_t *point = ct + s->pq_ct;
    size_t point_bytes = s->n[CT] - s->pq_ct;
    switch (how) {
    case LATTICE_FIRST: ct[0] ^= 1; break;
    case LATTICE_LAST: ct[s->pq_ct - 1] ^= 0x80; break;
    case CURVE: point[1] ^= 4; break;
    case ALL: some_bytes(ct, s->n[CT]); break;
    case ORDER_ONE: memset(point, 0, point_bytes); break;
    case ORDER_FOUR: memset(point, 0, point_bytes), point[0] = 1; break;
    default: break;
    }
}

#define ML_KEM_D_BYTES 32
#define ML_DSA_SEED_BYTES 32

static void decapsulate(const suite *s, fixture *f, const uint8_t *const *before) {
    for (int how = GOOD; how < FORGERIES; how++)
        if (alone()) {
            scene here = {s, "decaps", FORGERY_NAMES[how], BIT(SK),
                          how >= ORDER_ONE ? PQH_ERR_CIPHERTEXT : PQH_OK, 0};
            uint8_t *ss = (uint8_t *)allocate(s->n[SS]);
            forge(s, f->p[CT], (enum forgery)how);
            (void)!s->decaps(ss, f->p[CT], f->p[SK]);
            play(&here, f);
            CHECK(memcmp(ss, f->p[SS], s->n[SS]) == 0, "%s decaps, %s: another secret than without marks", s->name,
                  here.variant);
            if (how < ORDER_ONE)
                CHECK((memcmp(before[SS], f->p[SS], s->n[SS]) == 0) == (how == GOOD), "%s decaps, %s", s->name,
                      here.variant);
            end_of_case();
        }
}

/* The same with prepared keys, which are wiped in the end. A prepared public key is nobody's secret. */
static void with_prepared_keys(const suite *s, fixture *f, const uint8_t *const *before) {
    if (s->keygen != NULL && alone()) {
        scene here = {s, "encaps_with", "random bytes", 0, PQH_OK, 0};
        uint8_t *ss = (uint8_t *)allocate(s->n[SS]);
        play(&here, f);
        REQUIRE(s->decaps(ss, f->p[CT], f->p[SK]) == PQH_OK);
        CHECK(memcmp(ss, f->p[SS], s->n[SS]) == 0, "%s encaps_with: not the secret of decaps", s->name);
        end_of_case();
    }
    if (s->keygen != NULL && alone()) {
        scene here = {s, "encaps_derand_with", "coins", BIT(COINS), PQH_OK, 0};
        play(&here, f);
        check_same(&here, f, before, CT);
        check_same(&here, f, before, SS);
        end_of_case();
    }
    if (alone()) {
        scene here = {s, "decaps_key_init", "secret key", BIT(SK), PQH_OK, 0};
        play(&here, f);
        check_same(&here, f, before, SKEY);
        end_of_case();
    }
    for (int how = GOOD; how < FORGERIES; how++)
        if (alone()) {
            scene here = {s, "decaps_with", FORGERY_NAMES[how], BIT(SKEY),
                          how >= ORDER_ONE ? PQH_ERR_CIPHERTEXT : PQH_OK, 0};
            uint8_t *ss = (uint8_t *)allocate(s->n[SS]);
            forge(s, f->p[CT], (enum forgery)how);
            (void)!s->decaps(ss, f->p[CT], f->p[SK]);
            play(&here, f);
            CHECK(memcmp(ss, f->p[SS], s->n[SS]) == 0, "%s decaps_with, %s: another secret than decaps", s->name,
                  here.variant);
            end_of_case();
        }
}

static void wipe_prepared_key(const suite *s, fixture *f) {
    if (alone()) {
        uint8_t *key = f->p[SKEY];
        hide(key, s->n[SKEY]);
        begin(s->name, s->encaps != NULL ? "decaps_key_wipe" : "sign_key_wipe", "secret key");
        s->secret_key_wipe(key);
        end();
        CHECK(tainted(key, s->n[SKEY]) == 0 && is_zero(key, s->n[SKEY]), "%s: a secret is left in a wiped key", s->name);
        end_of_case();
    }
}

/* Where the public matrix does not come from a secret, its sampling may not be reported: z and the curve's scalar have
 * no business there. match.py knows these cases by the words "seed public". */
static void decapsulate_with_public_seed(const suite *s, fixture *f, const uint8_t *const *before) {
    if (alone()) {
        scene here = {s, "decaps", "z and scalar secret, seed public", BIT(SK), PQH_OK, ML_KEM_D_BYTES};
        play(&here, f);
        check_same(&here, f, before, SS);
        end_of_case();
    }
    if (alone()) {
        scene here = {s, "decaps", "z and scalar secret, seed public, forged", BIT(SK), PQH_OK, ML_KEM_D_BYTES};
        forge(s, f->p[CT], LATTICE_FIRST);
        play(&here, f);
        end_of_case();
    }
}

/* ---- signatures --------------------------------------------------------------------------------------------- */

static void signing(const suite *s, fixture *f, const uint8_t *const *before) {
    const scene scenes[] = {
        {s, "sign", "secret key, random bytes", BIT(SK), PQH_OK, 0},
        {s, "sign", "secret key, random bytes, secret message", BIT(SK) | BIT(MSG), PQH_OK, 0},
        {s, "sign_derand", "secret key, rnd", BIT(SK) | BIT(RND), PQH_OK, 0},
        {s, "sign_derand", "secret key, rnd, secret message", BIT(SK) | BIT(RND) | BIT(MSG), PQH_OK, 0},
        {s, "sign_derand", "secret key, deterministic", BIT(SK), PQH_OK, 0},
        {s, "sign_derand", "rnd and EdDSA key secret, seed public", BIT(SK) | BIT(RND), PQH_OK, ML_DSA_SEED_BYTES},
        {s, "sign_prehashed", "secret key, random bytes", BIT(SK), PQH_OK, 0},
        {s, "sign_prehashed", "secret key, random bytes, secret digest", BIT(SK) | BIT(DIGEST), PQH_OK, 0},
        {s, "sign_with", "secret key, random bytes", BIT(SKEY), PQH_OK, 0},
        {s, "sign_derand_with", "secret key, rnd", BIT(SKEY) | BIT(RND), PQH_OK, 0},
        {s, "sign_derand_with", "secret key, deterministic", BIT(SKEY), PQH_OK, 0},
        {s, "sign_prehashed_with", "secret key, random bytes", BIT(SKEY), PQH_OK, 0},
    };
    if (alone()) {
        scene here = {s, "sign_key_init", "secret key", BIT(SK), PQH_OK, 0};
        play(&here, f);
        check_same(&here, f, before, SKEY);
        end_of_case();
    }
    for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++)
        if (alone()) {
            const scene *here = &scenes[i];
            if (strstr(here->variant, "deterministic") != NULL)
                memset(f->p[RND], 0, s->n[RND]);
            play(here, f);
            CHECK_STATUS(PQH_OK, run_verify(s, f->p, s->n), "%s %s, %s: verification", s->name, here->function,
                         here->variant);
            if (memcmp(f->p[RND], before[RND], s->n[RND]) == 0 && strncmp(here->function, "sign_derand", 11) == 0)
                check_same(here, f, before, SIG);
            end_of_case();
        }
}

/* What either hash has worked in of a whole block, at least. */
#define DIGEST_STATE_BYTES 64

static void prehash(const suite *s, fixture *f, const uint8_t *const *before) {
    if (alone()) {
        scene update = {s, "prehash_update", "secret message", BIT(MSG), PQH_OK, 0};
        scene final = {s, "prehash_final", "secret state", 0, PQH_OK, 0};
        play(&update, f);
        /* What was hashed lies in the state; its other bytes stay as they are. */
        REQUIRE(s->prehash_init(f->p[STATE]) == PQH_OK);
        hide(f->p[MSG], s->n[MSG]);
        REQUIRE(s->prehash_update(f->p[STATE], f->p[MSG], s->n[MSG]) == PQH_OK);
        CHECK(tainted(f->p[STATE], s->n[STATE]) != 0, "%s: no secret in the state", s->name);
        play(&final, f);
        check_same(&final, f, before, DIGEST);
        end_of_case();
    }
    if (alone()) {
        pqh_status status = PQH_OK;
        hide(f->p[MSG], s->n[MSG]);
        /* Longer than a block of either hash. */
        begin(s->name, "prehash_update", "secret message, in three pieces");
        for (int i = 0; i < 3; i++)
            status |= s->prehash_update(f->p[STATE], f->p[MSG], s->n[MSG]);
        end();
        reveal(&status, sizeof status);
        CHECK_STATUS(PQH_OK, status, "%s prehash_update in three pieces", s->name);
        CHECK(tainted(f->p[STATE], s->n[STATE]) >= DIGEST_STATE_BYTES, "%s: little secret in the state", s->name);
        end_of_case();
    }
}

/* ---- for everybody ------------------------------------------------------------------------------------------ */

#define BUFFER_BYTES 100

static void comparisons(void) {
    static const int first_difference[] = {-1, 0, 50, BUFFER_BYTES - 1};
    for (size_t i = 0; i < sizeof first_difference / sizeof *first_difference; i++)
        if (alone()) {
            uint8_t a[BUFFER_BYTES], b[BUFFER_BYTES];
            int32_t equal;
            size_t marked;
            some_bytes(a, sizeof a);
            memcpy(b, a, sizeof b);
            if (first_difference[i] >= 0)
                b[first_difference[i]] ^= 0x40;
            hide(a, sizeof a), hide(b, sizeof b);
            begin("", "ct_equal", first_difference[i] < 0 ? "equal secrets" : "secrets that differ");
            equal = pqh_ct_equal(a, b, sizeof a);
            end();
            marked = tainted(&equal, sizeof equal);
            reveal(&equal, sizeof equal);
            /* Or through a branch, which valgrind has reported then. */
            CHECK(marked != 0 || VALGRIND_COUNT_ERRORS != 0, "ct_equal: its result does not depend on the secrets");
            CHECK(equal == (first_difference[i] < 0), "ct_equal: difference at %d", first_difference[i]);
            end_of_case();
        }
}

static void wiping_and_random(void) {
    uint8_t buffer[BUFFER_BYTES];
    if (alone()) {
        some_bytes(buffer, sizeof buffer);
        hide(buffer, sizeof buffer);
        begin("", "secure_wipe", "secret");
        pqh_secure_wipe(buffer, sizeof buffer);
        end();
        CHECK(tainted(buffer, sizeof buffer) == 0 && is_zero(buffer, sizeof buffer), "secure_wipe: a secret is left");
        end_of_case();
    }
    if (alone()) {
        pqh_status status;
        size_t marked;
        begin("", "random_bytes", "random bytes");
        status = pqh_random_bytes(buffer, sizeof buffer);
        end();
        marked = tainted(buffer, sizeof buffer);
        reveal(&status, sizeof status);
        CHECK_STATUS(PQH_OK, status, "random_bytes");
        CHECK(marked == sizeof buffer, "random_bytes: %lu bytes are secret", (unsigned long)marked);
        end_of_case();
    }
}

/* ---- the test of the test ----------------------------------------------------------------------------------- */

/* Two leaks of this program's own, which match.py requires valgrind to report in each run. */
__attribute__((noinline)) static int early_exit(const volatile uint8_t *a, const volatile uint8_t *b, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

__attribute__((noinline)) static uint8_t table_look_up(const volatile uint8_t *table, uint8_t index) {
    return table[index];
}

static void leak_on_purpose(void) {
    if (alone()) {
        uint8_t secrets[2][16], table[256];
        uint8_t found;
        some_bytes(table, sizeof table);
        some_bytes(secrets[0], sizeof secrets[0]);
        memcpy(secrets[1], secrets[0], sizeof secrets[0]);
        hide(secrets, sizeof secrets);
        begin("", "self_test", "leaks on purpose");
        CHECK(early_exit(secrets[0], secrets[1], sizeof secrets[0]) == 1, "self test");
        found = table_look_up(table, secrets[0][0]);
        end();
        reveal(secrets, sizeof secrets);
        reveal(&found, sizeof found);
        CHECK(found == table[secrets[0][0]], "self test");
        end_of_case();
    }
}

int main(int argc, char **argv) {
    uint32_t level = LEVEL_COUNT;
    while (argc == 4 && level > 0 && strcmp(argv[1], LEVELS[level - 1]) != 0)
        level--;
    if (argc != 4 || level == 0) {
        fputs("usage: constant_time x86-64|x86-64-v3 FIRST_SEED SEEDS\n", stderr);
        return 2;
    }
    if (!RUNNING_ON_VALGRIND) {
        fputs("constant-time: this program shows nothing outside valgrind: run tests/constant-time/run.sh\n", stderr);
        return 2;
    }
    take_the_kernels_place();
    choose_level(level);
    uint64_t first = strtoull(argv[2], NULL, 10), seeds = strtoull(argv[3], NULL, 10);
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        test_seed = seed;
        FOR_EACH_SUITE(s) {
            fixture f = new_fixture(s);
            uint8_t *before[KINDS];
            if (s->verify != NULL)
                REQUIRE(run_verify(s, f.p, s->n) == PQH_OK);
            for (int k = 0; k < KINDS; k++) {
                before[k] = (uint8_t *)allocate(s->n[k] + 1);
                memcpy(before[k], f.p[k], s->n[k]);
            }
            key_pairs(s, &f, (const uint8_t *const *)before);
            /* The suite of the LAMPS form encapsulates with the function of the one before. */
            if (s->encaps != NULL && s->keygen != NULL)
                encapsulate(s, &f, (const uint8_t *const *)before);
            if (s->decaps != NULL)
                decapsulate(s, &f, (const uint8_t *const *)before);
            if (s->decaps != NULL)
                with_prepared_keys(s, &f, (const uint8_t *const *)before);
            wipe_prepared_key(s, &f);
            if (s->decaps != NULL && s->n[SK] > ML_KEM_D_BYTES)
                decapsulate_with_public_seed(s, &f, (const uint8_t *const *)before);
            if (s->sign != NULL) {
                signing(s, &f, (const uint8_t *const *)before);
                prehash(s, &f, (const uint8_t *const *)before);
            }
            for (int k = 0; k < KINDS; k++)
                free(before[k]);
            free_fixture(&f);
        }
        comparisons();
        wiping_and_random();
        leak_on_purpose();
    }
    check_level(level);
    if (test_failures != 0)
        fprintf(stderr, "constant-time: %s: %lu of %lu failed\n", argv[1], test_failures, test_cases);
    else
        printf("constant-time: ran on %s\n", pqh_backend());
    return test_failures != 0;
}
