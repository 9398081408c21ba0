/*
 * Every function with each argument in memory of exactly its size, so that a sanitizer sees a single byte read or
 * written beyond: messages and contexts of many lengths, at any alignment.
 */
#include "suites.h"

static const size_t MESSAGES[] = {0, 1, 63, 64, 111, 112, 127, 128, 129, 135, 136, 137, 271, 272, 300, 1000};
static const size_t CONTEXTS[] = {0, 1, 2, 17, 254, 255};

static void one_call(const suite *s, const call *c, const fixture *f, size_t message, size_t context, size_t offset) {
    uint8_t *p[KINDS], *memory[KINDS];
    size_t n[KINDS];
    memcpy(n, s->n, sizeof n);
    n[MSG] = message;
    n[CTX] = context;
    for (int k = 0; k < KINDS; k++) {
        int used = ((c->inputs | c->outputs) & BIT(k)) != 0;
        memory[k] = (uint8_t *)allocate(used ? n[k] + offset : 1);
        p[k] = memory[k] + (used ? offset : 0);
        if (c->inputs & BIT(k) && is_sized(k))
            some_bytes(p[k], n[k]);
        else if (c->inputs & BIT(k))
            memcpy(p[k], f->p[k], n[k]);
    }
    pqh_status status = c->run(s, p, n);
    /* Another message and context than those of the signature. */
    int verifies = (c->inputs & BIT(SIG)) != 0 && (c->inputs & BIT(CTX)) != 0;
    CHECK_STATUS(verifies ? PQH_ERR_SIGNATURE : PQH_OK, status, "%s %s, message of %zu, context of %zu bytes", s->name,
                 c->name, message, context);
    for (int k = 0; k < KINDS; k++)
        free(memory[k]);
}

int main(void) {
    const size_t messages = sizeof MESSAGES / sizeof *MESSAGES, contexts = sizeof CONTEXTS / sizeof *CONTEXTS;
    FOR_EACH_SUITE(s) {
        fixture f = new_fixture(s);
        FOR_EACH_CALL(c, s) {
            size_t lengths = (c->inputs & (BIT(MSG) | BIT(CTX))) != 0 ? messages : 4;
            for (size_t i = 0; i < lengths; i++)
                one_call(s, c, &f, MESSAGES[i], CONTEXTS[i % contexts], i % 9);
        }
        free_fixture(&f);
    }
    uint8_t *one = (uint8_t *)allocate(77), *other = (uint8_t *)allocate(77);
    CHECK_STATUS(PQH_OK, pqh_random_bytes(one, 77), "pqh_random_bytes");
    memcpy(other, one, 77);
    CHECK(pqh_ct_equal(one, other, 77), "pqh_ct_equal");
    pqh_secure_wipe(one, 77);
    CHECK(is_zero(one, 77), "pqh_secure_wipe");
    free(one), free(other);
    return test_end("sanitizers/exact");
}
