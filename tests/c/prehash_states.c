/*
 * Which changes of a prehash state are found out. The layout is the library's own; but it is fixed how much of it can
 * be wrong: the eight bytes of the hash's name, and the byte that says how full the block is. Where the hash is SHA-512,
 * what is not used yet of its block is zero besides, and looked at.
 */
#include "suites.h"

/* Of the 256 values of the byte at `at`, how many are taken for a state. */
static int taken(const suite *s, const uint8_t begun[256], size_t at) {
    uint8_t state[256], digest[64];
    int count = 0, wrong = 0;
    for (int value = 0; value < 256; value++) {
        memcpy(state, begun, sizeof state);
        state[at] = (uint8_t)value;
        pqh_status status = s->prehash_update(state, NULL, 0), last = s->prehash_final(state, digest);
        wrong += (status != PQH_OK && status != PQH_ERR_STATE) || last != status;
        count += status == PQH_OK;
    }
    CHECK(wrong == 0, "%s prehash_update and prehash_final, %d values of byte %zu", s->name, wrong, at);
    return count;
}

static void positions(const suite *s, int is_shake, size_t absorbed) {
    const int block = 136;
    uint8_t begun[256], message[200];
    int named = 0, filled = 0;
    REQUIRE(s->n[STATE] == sizeof begun && absorbed <= sizeof message);
    some_bytes(message, sizeof message);
    REQUIRE(s->prehash_init(begun) == PQH_OK && s->prehash_update(begun, message, absorbed) == PQH_OK);
    for (size_t at = 0; at < sizeof begun; at++) {
        int count = taken(s, begun, at);
        CHECK(count > 0, "%s: a state is not taken, or taken only when its byte %zu is changed", s->name, at);
        CHECK(!is_shake || count == 1 || count == block || count == 256, "%s: byte %zu of a state may have %d values",
              s->name, at, count);
        named += count == 1;
        filled += count == block;
    }
    CHECK(is_shake ? named == 8 : named > 8, "%s: %d bytes of a state may have one value only", s->name, named);
    CHECK(!is_shake || filled == 1, "%s: %d bytes of a state may have as many values as a block has bytes", s->name,
          filled);
}

int main(void) {
    FOR_EACH_SIG(s) {
        const size_t absorbed[] = {0, 100, 200};
        for (size_t i = 0; i < sizeof absorbed / sizeof *absorbed; i++)
            positions(s, s->pq_pk == 2592, absorbed[i]);
    }
    return test_end("c/prehash_states");
}
