/* Messages that come in pieces: the same digest however they are cut, and no state that was not begun is taken. */
#include "suites.h"

static const suite *other_signature_suite(const suite *s) {
    FOR_EACH_SIG(other)
        if (other != s)
            return other;
    return NULL;
}

/* Both update and final refuse the state; final leaves no digest. */
static void expect_refusal(const suite *s, void *state, const char *what) {
    uint8_t digest[64], copy[256];
    REQUIRE(s->n[STATE] == sizeof copy && s->n[DIGEST] == sizeof digest);
    memcpy(copy, state, sizeof copy);
    memset(digest, 0xa5, sizeof digest);
    CHECK_STATUS(PQH_ERR_STATE, s->prehash_update(state, digest, sizeof digest), "%s prehash_update, %s state", s->name,
                 what);
    CHECK_STATUS(PQH_ERR_STATE, s->prehash_update(state, NULL, 0), "%s prehash_update of nothing, %s state", s->name,
                 what);
    memcpy(state, copy, sizeof copy);
    CHECK_STATUS(PQH_ERR_STATE, s->prehash_final(state, digest), "%s prehash_final, %s state", s->name, what);
    CHECK(is_zero(digest, sizeof digest), "%s prehash_final, %s state: digest", s->name, what);
}

static void bad_states(const suite *s) {
    const suite *other = other_signature_suite(s);
    uint64_t state[32];
    uint8_t digest[64], message[300];
    some_bytes(message, sizeof message);
    memset(state, 0, sizeof state);
    expect_refusal(s, state, "a zero");
    memset(state, 0xff, sizeof state);
    expect_refusal(s, state, "an 0xff");
    for (int i = 0; i < 100; i++) {
        some_bytes((uint8_t *)state, sizeof state);
        expect_refusal(s, state, "a random");
    }
    if (other != NULL) {
        for (size_t len = 0; len < 300; len++) {
            CHECK_STATUS(PQH_OK, other->prehash_init(state), "%s prehash_init", other->name);
            CHECK_STATUS(PQH_OK, other->prehash_update(state, message, len), "%s prehash_update", other->name);
            expect_refusal(s, state, "another suite's");
        }
        CHECK_STATUS(PQH_OK, other->prehash_init(state), "%s prehash_init", other->name);
        CHECK_STATUS(PQH_OK, other->prehash_final(state, digest), "%s prehash_final", other->name);
        expect_refusal(s, state, "another suite's finalised");
    }
    CHECK_STATUS(PQH_OK, s->prehash_init(state), "%s prehash_init", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_update(state, (const uint8_t *)"a secret message", 16), "%s prehash_update", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_final(state, digest), "%s prehash_final", s->name);
    CHECK(is_zero(state, sizeof state), "%s prehash_final leaves the message in the state", s->name);
    expect_refusal(s, state, "a finalised");
    /* It may be begun again. */
    CHECK_STATUS(PQH_OK, s->prehash_init(state), "%s prehash_init again", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_final(state, digest), "%s prehash_final again", s->name);
}

/* A state that was begun and then changed by somebody: it is refused, or its digest is another; it never hurts. */
static void changed_states(const suite *s) {
    static const uint8_t masks[] = {0x01, 0x80, 0x81, 0xff};
    uint8_t begun[256], state[256], digest[64], message[300];
    int refused = 0;
    some_bytes(message, sizeof message);
    CHECK_STATUS(PQH_OK, s->prehash_init(begun), "%s prehash_init", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_update(begun, message, 100), "%s prehash_update", s->name);
    for (size_t at = 0; at < sizeof state; at++)
        for (size_t m = 0; m < sizeof masks; m++) {
            pqh_status status;
            memcpy(state, begun, sizeof state);
            state[at] ^= masks[m];
            status = s->prehash_update(state, message, sizeof message);
            if (status == PQH_ERR_STATE)
                refused++;
            else
                CHECK_STATUS(PQH_OK, s->prehash_final(state, digest), "%s prehash_final, byte %zu changed", s->name, at);
            CHECK(status == PQH_OK || status == PQH_ERR_STATE, "%s prehash_update, byte %zu changed", s->name, at);
        }
    /* The eight bytes of the mark, and at least some of the values that say how full the block is. */
    CHECK(refused > 32 && refused < 200, "%s: %d changed states were refused", s->name, refused);
}

/* Begun again in the middle, a state forgets what it took in. */
static void begun_again(const suite *s) {
    uint64_t state[32];
    uint8_t once[64], twice[64];
    CHECK_STATUS(PQH_OK, s->prehash_init(state), "%s prehash_init", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_final(state, once), "%s prehash_final", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_init(state), "%s prehash_init", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_update(state, (const uint8_t *)"forget me", 9), "%s prehash_update", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_init(state), "%s prehash_init in the middle", s->name);
    CHECK_STATUS(PQH_OK, s->prehash_final(state, twice), "%s prehash_final", s->name);
    CHECK(memcmp(once, twice, sizeof once) == 0, "%s prehash_init in the middle does not begin again", s->name);
}

static void digest_of(const suite *s, uint8_t digest[64], const uint8_t *data, size_t len) {
    uint64_t state[32];
    REQUIRE(s->prehash_init(state) == PQH_OK && s->prehash_update(state, data, len) == PQH_OK &&
            s->prehash_final(state, digest) == PQH_OK);
}

/* Every length around the blocks of both hashes (128 and 136 bytes), cut in every way into two or into equal pieces. */
static void pieces(const suite *s) {
    uint8_t data[600], whole[64], cut[64];
    uint64_t state[32];
    some_bytes(data, sizeof data);
    for (size_t len = 0; len <= sizeof data; len += len < 300 ? 1 : 50) {
        digest_of(s, whole, data, len);
        for (size_t first = 0; first <= len; first += 1 + len / 40) {
            REQUIRE(s->prehash_init(state) == PQH_OK);
            REQUIRE(s->prehash_update(state, data, first) == PQH_OK);
            REQUIRE(s->prehash_update(state, NULL, 0) == PQH_OK);
            REQUIRE(s->prehash_update(state, data + first, len - first) == PQH_OK);
            REQUIRE(s->prehash_final(state, cut) == PQH_OK);
            CHECK(memcmp(whole, cut, 64) == 0, "%s prehash, %zu bytes cut at %zu", s->name, len, first);
        }
        for (size_t piece = 1; piece < 20; piece += 3) {
            REQUIRE(s->prehash_init(state) == PQH_OK);
            for (size_t at = 0; at < len; at += piece)
                REQUIRE(s->prehash_update(state, data + at, len - at < piece ? len - at : piece) == PQH_OK);
            REQUIRE(s->prehash_final(state, cut) == PQH_OK);
            CHECK(memcmp(whole, cut, 64) == 0, "%s prehash, %zu bytes in pieces of %zu", s->name, len, piece);
        }
    }
}

/* A state may be copied, to hash two messages that begin alike, and moved to any address. */
static void copies(const suite *s) {
    uint8_t data[500], expected[2][64], digest[64];
    some_bytes(data, sizeof data);
    digest_of(s, expected[0], data, 400);
    digest_of(s, expected[1], data, 500);
    for (size_t at = 0; at <= 400; at += 25) {
        uint64_t state[32], copy[32];
        REQUIRE(s->prehash_init(state) == PQH_OK && s->prehash_update(state, data, at) == PQH_OK);
        memcpy(copy, state, sizeof copy);
        for (int i = 0; i < 2; i++) {
            void *one = i == 0 ? state : copy;
            REQUIRE(s->prehash_update(one, data + at, (i == 0 ? 400 : 500) - at) == PQH_OK);
            CHECK_STATUS(PQH_OK, s->prehash_final(one, digest), "%s prehash_final, copy %d", s->name, i);
            CHECK(memcmp(digest, expected[i], 64) == 0, "%s prehash, copy %d at %zu", s->name, i, at);
        }
    }
    for (size_t offset = 0; offset < 8; offset++) {
        uint8_t memory[2][256 + 16];
        memset(memory, 0xa5, sizeof memory);
        REQUIRE(s->prehash_init(memory[0] + 1 + offset) == PQH_OK);
        REQUIRE(s->prehash_update(memory[0] + 1 + offset, data, 200) == PQH_OK);
        memcpy(memory[1] + 8 - offset, memory[0] + 1 + offset, 256);
        REQUIRE(s->prehash_update(memory[1] + 8 - offset, data + 200, 200) == PQH_OK);
        CHECK_STATUS(PQH_OK, s->prehash_final(memory[1] + 8 - offset, digest), "%s, moved state", s->name);
        CHECK(memcmp(digest, expected[0], 64) == 0, "%s prehash, state moved to another alignment", s->name);
        CHECK(memory[0][offset] == 0xa5 && memory[0][1 + offset + 256] == 0xa5, "%s prehash, around the state", s->name);
    }
}

/* Signing the message and signing its digest are one and the same, whatever the length. */
static void digests_are_messages(const suite *s) {
    const size_t lengths[] = {0, 1, 64, 127, 128, 135, 136, 137, 1000};
    uint8_t msg[1000], sig[8192], digest[64];
    fixture f = new_fixture(s);
    some_bytes(msg, sizeof msg);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t len = lengths[i];
        const uint8_t *ctx = len % 2 == 0 ? NULL : f.p[CTX];
        size_t ctx_len = len % 2 == 0 ? 0 : CTX_BYTES;
        digest_of(s, digest, msg, len);
        CHECK_STATUS(PQH_OK, s->sign(sig, len == 0 ? NULL : msg, len, ctx, ctx_len, f.p[SK]), "%s sign, %zu bytes",
                     s->name, len);
        CHECK_STATUS(PQH_OK, s->verify(sig, msg, len, ctx, ctx_len, f.p[PK]), "%s verify, %zu bytes", s->name, len);
        CHECK_STATUS(PQH_OK, s->verify_prehashed(sig, digest, ctx, ctx_len, f.p[PK]), "%s verify_prehashed of sign",
                     s->name);
        CHECK_STATUS(PQH_OK, s->sign_prehashed(sig, digest, ctx, ctx_len, f.p[SK]), "%s sign_prehashed", s->name);
        CHECK_STATUS(PQH_OK, s->verify(sig, msg, len, ctx, ctx_len, f.p[PK]), "%s verify of sign_prehashed", s->name);
        CHECK_STATUS(PQH_OK, s->verify_prehashed(sig, digest, ctx, ctx_len, f.p[PK]), "%s verify_prehashed", s->name);
        /* A digest is not signed as a message. */
        CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify(sig, digest, 64, ctx, ctx_len, f.p[PK]), "%s verify, msg = digest",
                     s->name);
        digest[63] ^= 1;
        CHECK_STATUS(PQH_ERR_SIGNATURE, s->verify_prehashed(sig, digest, ctx, ctx_len, f.p[PK]),
                     "%s verify_prehashed, another digest", s->name);
    }
    free_fixture(&f);
}

int main(void) {
    FOR_EACH_SIG(s) {
        changed_states(s);
        begun_again(s);
        bad_states(s);
        pieces(s);
        copies(s);
        digests_are_messages(s);
    }
    return test_end("c/prehash");
}
