/* What the library says about itself: each status has its own sentence, and the backend is what this CPU can run. */
#include "test.h"

static void sentences(void) {
    static const pqh_status unknown[] = {1, 2, 10, -11, -12, -128, 127, INT32_MAX, INT32_MIN};
    for (pqh_status status = PQH_ERR_INTERNAL; status <= PQH_OK; status++) {
        const char *sentence = pqh_status_string(status);
        CHECK(sentence != NULL, "pqh_status_string(%d)", (int)status);
        for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
            const char *other = pqh_status_string(unknown[i]);
            CHECK(other != NULL && strcmp(sentence, other) != 0, "pqh_status_string(%d) is that of %ld, which is none",
                  (int)status, (long)unknown[i]);
        }
    }
    CHECK(strcmp(pqh_status_string(PQH_OK), "success") == 0, "pqh_status_string(PQH_OK)");
}

static void backend(void) {
    const char *expected = "portable", *found = pqh_backend();
#if defined(__x86_64__)
    static const char *const LEVELS[] = {"x86-64", "x86-64-v3", "x86-64-v4", "x86-64-v4-ifma"};
    const char *wished = getenv("PQHYBRID_BACKEND");
    size_t best = 0;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) {
        best = 1;
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
            __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
            best = __builtin_cpu_supports("avx512ifma") ? 3 : 2;
    }
    for (size_t i = 0; i < best && wished != NULL; i++)
        if (strcmp(wished, LEVELS[i]) == 0)
            best = i;
    expected = LEVELS[best];
#elif defined(__aarch64__)
    expected = "aarch64-neon";
#endif
    CHECK(found != NULL && strcmp(found, expected) == 0, "pqh_backend is not %s", expected);
}

int main(void) {
    sentences();
    backend();
    return test_end("c/information");
}
