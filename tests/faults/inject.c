/*
 * Faults injected into signing, without a debugger: the program lets the processor trap after every instruction of
 * the call (the trap flag of x86-64), and at instructions chosen at random it forks a child in which one thing goes
 * wrong: a bit flips in a register, in a vector register or in the stack, or the instruction is skipped. The child runs
 * on at full speed; what it gives out is judged when all are done. The same seed injects the same faults into the same
 * code.
 *
 * usage: inject plain|checked SUITE FUNCTION GAP SEED [FILE]    a fault every GAP instructions on average
 *   plain    a library without verify-after-sign: bad signatures must come out, or these faults prove nothing
 *   checked  one with it: none may
 * To FILE goes what an attacker would have, and the secret key to compare with.
 */
#define _GNU_SOURCE
#include "getrandom.h"
#include "inject.h"

/* ---- the call ------------------------------------------------------------------------------------------------- */

static const suite *s;
static const call *c;
static fixture f;
static uint8_t sig[MAX_SIG];

static pqh_status sign_once(void) {
    uint8_t *p[KINDS];
    memcpy(p, f.p, sizeof p);
    p[SIG] = sig;
    memset(sig, 0xa5, s->n[SIG]);
    return c->run(s, p, s->n);
}

/* So that the functions that draw randomness do the same in every run. */
static long answer_getrandom(void *out, size_t len) {
    memset(out, 0x33, len);
    return (long)len;
}

/* Where the call begins: the exported function. The table's own frames around it are not the library's. */
static uintptr_t entry_of(const char *function) {
    char symbol[100];
    snprintf(symbol, sizeof symbol, "pqh_%s_%s", s->name, function);
#define ENTRY(S, F) if (strcmp(symbol, "pqh_" #S "_" #F) == 0) return (uintptr_t)pqh_##S##_##F;
    ENTRY(mldsa65_ed25519, sign_derand)
    ENTRY(mldsa65_ed25519, sign_prehashed)
    ENTRY(mldsa65_ed25519, sign)
    ENTRY(mldsa65_ed25519, sign_derand_with)
    ENTRY(mldsa65_ed25519, sign_prehashed_with)
    ENTRY(mldsa65_ed25519, sign_with)
    ENTRY(mldsa87_ed448, sign_derand)
    ENTRY(mldsa87_ed448, sign_prehashed)
    ENTRY(mldsa87_ed448, sign)
    ENTRY(mldsa87_ed448, sign_derand_with)
    ENTRY(mldsa87_ed448, sign_prehashed_with)
    ENTRY(mldsa87_ed448, sign_with)
    REQUIRE(!"a function that signs");
    return 0;
}

/* ---- what came of it ------------------------------------------------------------------------------------------ */

enum outcome { SAME, OTHER_VALID, DAMAGED, BAD, REFUSED, OTHER_STATUS, CRASHED, ENDLESS, OUTCOMES };
static const char *const OUTCOME_NAMES[OUTCOMES] = {
    "no effect", "another valid signature", "valid but for one bit", "BAD SIGNATURE", "PQH_ERR_INTERNAL", "another status", "crash", "endless"};
static unsigned long counted[MODELS][OUTCOMES], bad_classical, bad_lattice, left_after_failure, left_by_crash;

/* Whether there is more than nothing, zeros, and bytes of a signature that verifies. */
static int is_given_out(const uint8_t *left, const uint8_t *reference) {
    for (size_t i = 0; i < s->n[SIG]; i++)
        if (left[i] != 0 && left[i] != 0xa5 && left[i] != reference[i])
            return s->verify(left, f.p[MSG], s->n[MSG], f.p[CTX], s->n[CTX], f.p[PK]) != PQH_OK;
    return 0;
}

/* One bit that flipped in a finished signature tells nothing: anybody can do that to a signature that is out. */
static unsigned bits_apart(const uint8_t *a, const uint8_t *b) {
    unsigned count = 0;
    for (size_t i = 0; i < s->n[SIG]; i++)
        for (unsigned different = a[i] ^ b[i]; different != 0; different &= different - 1)
            count++;
    return count;
}

static int explain;

static enum outcome judge(const trial *t, const uint8_t *reference) {
    if (WIFSIGNALED(t->wait_status))
        left_by_crash += (unsigned long)is_given_out(t->sig, reference);
    if (WIFSIGNALED(t->wait_status))
        return WTERMSIG(t->wait_status) == SIGALRM || WTERMSIG(t->wait_status) == SIGXCPU ? ENDLESS : CRASHED;
    REQUIRE(WIFEXITED(t->wait_status));
    if (!t->returned)
        return CRASHED;
    if (t->status != PQH_OK) {
        if (!is_zero(t->sig, s->n[SIG]))
            left_after_failure++;
        return t->status == PQH_ERR_INTERNAL ? REFUSED : OTHER_STATUS;
    }
    if (memcmp(t->sig, reference, s->n[SIG]) == 0)
        return SAME;
    if (s->verify(t->sig, f.p[MSG], s->n[MSG], f.p[CTX], s->n[CTX], f.p[PK]) == PQH_OK)
        return OTHER_VALID;
    if (bits_apart(t->sig, reference) == 1)
        return DAMAGED;
    if (explain)
        printf("  bad: %s at instruction %lu, random %016llx\n", MODEL_NAMES[t->model], t->at, (unsigned long long)t->random);
    bad_lattice += memcmp(t->sig, reference, s->pq_sig) != 0;
    bad_classical += memcmp(t->sig + s->pq_sig, reference + s->pq_sig, s->n[SIG] - s->pq_sig) != 0;
    return BAD;
}

static void table(void) {
    printf("%s %s, %lu instructions, %lu faults\n", s->name, c->name, step, trials);
    printf("  %-24s", "");
    for (int m = 0; m < MODELS; m++)
        printf(" %14s", MODEL_NAMES[m]);
    printf("\n");
    for (int o = 0; o < OUTCOMES; o++) {
        printf("  %-24s", OUTCOME_NAMES[o]);
        for (int m = 0; m < MODELS; m++)
            printf(" %14lu", counted[m][o]);
        printf("\n");
    }
}

static void write_hex(FILE *file, const char *name, const uint8_t *bytes, size_t len) {
    fprintf(file, "%s ", name);
    for (size_t i = 0; i < len; i++)
        fprintf(file, "%02x", bytes[i]);
    fprintf(file, "\n");
}

static void write_evidence(FILE *file, const uint8_t *reference) {
    write_hex(file, "sk", f.p[SK], s->n[SK]);
    write_hex(file, "pk", f.p[PK], s->n[PK]);
    write_hex(file, "ctx", f.p[CTX], s->n[CTX]);
    write_hex(file, "digest", f.p[DIGEST], s->n[DIGEST]);
    write_hex(file, "good", reference, s->n[SIG]);
    for (unsigned long i = 0; i < trials; i++)
        if (judge(&injected[i], reference) == BAD)
            write_hex(file, "bad", injected[i].sig, s->n[SIG]);
}

static unsigned long total(enum outcome o) {
    unsigned long sum = 0;
    for (int m = 0; m < MODELS; m++)
        sum += counted[m][o];
    return sum;
}

int main(int argc, char **argv) {
    REQUIRE((argc == 6 || argc == 7) && (strcmp(argv[1], "plain") == 0 || strcmp(argv[1], "checked") == 0));
    int checked = strcmp(argv[1], "checked") == 0;
    unsigned long gap = strtoul(argv[4], NULL, 10);
    uint8_t reference[MAX_SIG];
    char name[100];
    REQUIRE(gap > 0);
    same_addresses(argv);
    test_seed = strtoull(argv[5], NULL, 10);
    for (s = SUITES; s->name != NULL && strcmp(s->name, argv[2]) != 0; s++)
        ;
    for (c = FUNCTIONS; c->name != NULL && strcmp(c->name, argv[3]) != 0; c++)
        ;
    REQUIRE(s->name != NULL && s->sign != NULL && c->name != NULL && c->has(s));
    take_over_getrandom();
    f = new_fixture(s);
    REQUIRE(sign_once() == PQH_OK);
    memcpy(reference, sig, s->n[SIG]);
    CHECK(c->draws != KINDS || memcmp(sig, f.p[SIG], s->n[SIG]) == 0, "%s %s, and again: another signature", s->name,
          c->name);

    inject_into(entry_of(c->name), sign_once, sig, s->n[SIG], gap);
    CHECK(memcmp(sig, reference, s->n[SIG]) == 0, "%s %s, no fault: another signature", s->name,
          c->name);
    CHECK(trials >= 100, "only %lu faults", trials);
    explain = checked;
    for (unsigned long i = 0; i < trials; i++)
        counted[injected[i].model][judge(&injected[i], reference)]++;
    table();
    unsigned long lattice = bad_lattice, classical = bad_classical;
    if (argc == 7) {
        FILE *file = fopen(argv[6], "w");
        REQUIRE(file != NULL);
        write_evidence(file, reference);
        REQUIRE(fclose(file) == 0);
    }
    test_cases += trials;
    CHECK(left_after_failure == 0, "%lu calls failed and left something in sig", left_after_failure);
    if (checked) {
        CHECK(total(BAD) == 0, "%lu bad signatures came out", total(BAD));
        CHECK(left_by_crash == 0, "%lu calls crashed after they gave out a bad signature", left_by_crash);
        CHECK(total(REFUSED) * 20 >= trials, "only %lu of %lu were refused", total(REFUSED), trials);
    } else {
        printf("  of the bad signatures, the lattice half is changed in %lu, the classical half in %lu\n", lattice,
               classical);
        CHECK(total(BAD) * 20 >= trials, "only %lu of %lu faults made a bad signature", total(BAD), trials);
    }
    printf("given out before a crash: %lu\n", left_by_crash);
    printf("came out bad: %lu, refused: %lu, crashed: %lu, endless: %lu, of %lu\n", total(BAD), total(REFUSED),
           total(CRASHED), total(ENDLESS), trials);
    snprintf(name, sizeof name, "faults/%s %s %s", argv[1], s->name, c->name);
    return test_end(name);
}
