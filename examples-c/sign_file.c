/*
 * sign_file.c: a command-line tool that signs files of any size and verifies the signatures. See HELP below.
 *
 *     cc examples-c/sign_file.c -Iinclude libpqhybrid.a -o sign_file
 */
#define _POSIX_C_SOURCE 200809L
#define _FILE_OFFSET_BITS 64

#include <pqhybrid.h>

#include "sign_file_io.h"

#include <stdlib.h>

static const char HELP[] =
    "usage: sign_file keygen [--suite standard|high] SECRET_KEY_FILE PUBLIC_KEY_FILE\n"
    "       sign_file sign   [options] SECRET_KEY_FILE FILE [SIGNATURE_FILE]\n"
    "       sign_file verify [options] PUBLIC_KEY_FILE FILE [SIGNATURE_FILE]\n"
    "\n"
    "Signs files, and verifies the signatures, safe as long as either ML-DSA or EdDSA is.\n"
    "FILE may have any size; - is standard input. SIGNATURE_FILE is FILE.sig if not given.\n"
    "\n"
    "  --suite SUITE   of a new key pair: standard (ML-DSA-65 with Ed25519, the default)\n"
    "                  or high (ML-DSA-87 with Ed448)\n"
    "  --context TEXT  what the signature is for, up to 255 bytes; verify needs the same\n"
    "  --progress      show progress also where standard error is no terminal, and with --quiet\n"
    "  --quiet         print errors and warnings only\n"
    "  --help          print this and exit\n"
    "  --version       print the version and exit\n"
    "\n"
    "Key and signature files hold the raw bytes and nothing else. The suite of a file is\n"
    "recognised from its exact size:\n"
    "\n"
    "                     standard   high\n"
    "    secret key             64     89   created with mode 600, never overwritten\n"
    "    public key           1984   2649   never overwritten\n"
    "    signature            3373   4741   an existing signature is replaced\n"
    "\n"
    "exit status: 0 done, or the signature is valid; 1 the signature is not valid; 2 wrong\n"
    "usage; 3 a file cannot be read or written, or is not a key or a signature; 4 the\n"
    "library failed\n";

/* ---- suites and the files they are recognised from --------------------------------------------- */

enum kind { SECRET_KEY, PUBLIC_KEY, SIGNATURE };

#define KINDS 3
#define MAX_FILE_BYTES PQH_MLDSA87_ED448_SIGNATURE_BYTES /* the largest of all */
#define DIGEST_BYTES PQH_MLDSA87_ED448_DIGEST_BYTES      /* the same in both suites */

static const char *const KIND_NAMES[KINDS] = {"secret key", "public key", "signature"};

union prehash {
    pqh_mldsa65_ed25519_prehash standard;
    pqh_mldsa87_ed448_prehash high;
};

struct suite {
    const char *tier, *name;
    size_t bytes[KINDS];
    pqh_status (*keygen)(uint8_t *pk, uint8_t *sk);
    pqh_status (*sign)(uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len, const uint8_t *sk);
    pqh_status (*verify)(const uint8_t *sig, const uint8_t *digest, const uint8_t *ctx, size_t ctx_len,
                         const uint8_t *pk);
};

static const struct suite STANDARD = {
    "standard", "mldsa65_ed25519",
    {PQH_MLDSA65_ED25519_SECRET_KEY_BYTES, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, PQH_MLDSA65_ED25519_SIGNATURE_BYTES},
    pqh_mldsa65_ed25519_keygen, pqh_mldsa65_ed25519_sign_prehashed, pqh_mldsa65_ed25519_verify_prehashed};

static const struct suite HIGH = {
    "high", "mldsa87_ed448",
    {PQH_MLDSA87_ED448_SECRET_KEY_BYTES, PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES, PQH_MLDSA87_ED448_SIGNATURE_BYTES},
    pqh_mldsa87_ed448_keygen, pqh_mldsa87_ed448_sign_prehashed, pqh_mldsa87_ed448_verify_prehashed};

static const struct suite *suite_of_size(enum kind kind, size_t bytes)
{
    return bytes == STANDARD.bytes[kind] ? &STANDARD : bytes == HIGH.bytes[kind] ? &HIGH : NULL;
}

static const struct suite *suite_of_tier(const char *tier)
{
    return strcmp(tier, STANDARD.tier) == 0 ? &STANDARD : strcmp(tier, HIGH.tier) == 0 ? &HIGH : NULL;
}

static pqh_status prehash_init(const struct suite *suite, union prehash *state)
{
    return suite == &HIGH ? pqh_mldsa87_ed448_prehash_init(&state->high)
                         : pqh_mldsa65_ed25519_prehash_init(&state->standard);
}

static pqh_status prehash_update(const struct suite *suite, union prehash *state, const uint8_t *data, size_t len)
{
    return suite == &HIGH ? pqh_mldsa87_ed448_prehash_update(&state->high, data, len)
                         : pqh_mldsa65_ed25519_prehash_update(&state->standard, data, len);
}

static pqh_status prehash_final(const struct suite *suite, union prehash *state, uint8_t digest[DIGEST_BYTES])
{
    return suite == &HIGH ? pqh_mldsa87_ed448_prehash_final(&state->high, digest)
                         : pqh_mldsa65_ed25519_prehash_final(&state->standard, digest);
}

static enum exit_status library_failed(const struct suite *suite, pqh_status status)
{
    return fail(LIBRARY_FAILED, suite->name, pqh_status_string(status));
}

/* ---- files ------------------------------------------------------------------------------------- */

/* Reads a key or a signature, and recognises its suite. */
static enum exit_status load(const char *path, enum kind kind, uint8_t data[MAX_FILE_BYTES + 1],
                             const struct suite **suite)
{
    struct stat info;
    ssize_t len = -1;
    int error, k, fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &info) == 0)
        len = read_fully(fd, data, MAX_FILE_BYTES + 1);
    error = errno;
    if (fd >= 0)
        close(fd);
    if (len < 0)
        return fail(BAD_FILE, path, strerror(error));

    *suite = suite_of_size(kind, (size_t)len);
    if (*suite == NULL) {
        fprintf(stderr, "sign_file: %s: not a %s: it has %s%zd bytes", path, KIND_NAMES[kind],
                len > MAX_FILE_BYTES ? "more than " : "", len > MAX_FILE_BYTES ? (ssize_t)MAX_FILE_BYTES : len);
        for (k = 0; k < KINDS; k++)
            if (suite_of_size((enum kind)k, (size_t)len) != NULL)
                fprintf(stderr, " like a %s", KIND_NAMES[k]);
        fprintf(stderr, ", where a %s has %zu (standard) or %zu (high)\n", KIND_NAMES[kind],
                STANDARD.bytes[kind], HIGH.bytes[kind]);
        return BAD_FILE;
    }
    if (kind == SECRET_KEY && S_ISREG(info.st_mode) && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        fail(DONE, path, "warning: group or others have access to this secret key: chmod 600 it");
    return DONE;
}

/* Writes a signature: next to its place first, so that there is an old one or a new one at any time, never a part. */
static enum exit_status replace_signature(const char *path, const char *message, const uint8_t *sig, size_t len)
{
    enum exit_status result;
    struct stat there, file;
    uint8_t random[4];
    size_t size = strlen(path) + sizeof ".12345678.tmp";
    char *temporary;
    pqh_status status;

    /* The arguments in a wrong order must not cost somebody a file. */
    if (stat(path, &there) == 0
        && (!S_ISREG(there.st_mode) || suite_of_size(SIGNATURE, (size_t)there.st_size) == NULL
            || (stat(message, &file) == 0 && file.st_dev == there.st_dev && file.st_ino == there.st_ino)))
        return fail(BAD_FILE, path, "exists and is not an older signature, and is not overwritten");

    if ((status = pqh_random_bytes(random, sizeof random)) != PQH_OK)
        return fail(LIBRARY_FAILED, path, pqh_status_string(status));
    if ((temporary = malloc(size)) == NULL)
        return fail(BAD_FILE, path, strerror(errno));
    snprintf(temporary, size, "%s.%02x%02x%02x%02x.tmp", path, random[0], random[1], random[2], random[3]);

    result = create_file(temporary, 0666, sig, len);
    if (result == DONE && rename(temporary, path) != 0) {
        result = fail(BAD_FILE, path, strerror(errno));
        unlink(temporary);
    }
    free(temporary);
    return result;
}

/* ---- the message ------------------------------------------------------------------------------- */

struct options {
    const char *suite, *context; /* NULL if not given */
    int quiet, progress;
};

#define LARGE ((off_t)64 << 20) /* below this, progress is over before it can be read */

/* Draws the progress line if it changes. total is -1 if nobody knows, as with a pipe. */
static void show_progress(off_t done, off_t total, int *shown)
{
    int now = total < 0 ? (int)(done >> 20) : done >= total ? 100 : (int)((double)done * 100 / (double)total);

    if (now != *shown)
        fprintf(stderr, total < 0 ? "\rread %d MiB" : "\rread %3d%%", now);
    *shown = now;
}

/* Hashes a message of any size in a buffer of one size. */
static enum exit_status hash_file(const char *path, const struct suite *suite, const struct options *options,
                                  uint8_t digest[DIGEST_BYTES])
{
    static uint8_t buffer[1 << 16];
    union prehash state;
    struct stat info;
    off_t done = 0, total = -1, at;
    ssize_t n = 0;
    int terminal = !options->quiet && isatty(STDERR_FILENO), visible = 0, shown = -1, error = 0;
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    pqh_status status = prehash_init(suite, &state);

    if (fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (at = lseek(fd, 0, SEEK_CUR)) >= 0)
        total = info.st_size > at ? info.st_size - at : 0;

    while (fd >= 0 && status == PQH_OK && (n = read_fully(fd, buffer, sizeof buffer)) > 0) {
        status = prehash_update(suite, &state, buffer, (size_t)n);
        done += n;
        visible = options->progress || (terminal && (total < 0 ? done : total) >= LARGE);
        if (visible)
            show_progress(done, total, &shown);
    }
    if (fd < 0 || n < 0)
        error = errno;
    if (visible)
        fprintf(stderr, "\r%40s\r", "");
    if (fd > STDIN_FILENO)
        close(fd);
    if (error == 0 && status == PQH_OK)
        status = prehash_final(suite, &state, digest);
    pqh_secure_wipe(&state, sizeof state);
    pqh_secure_wipe(buffer, sizeof buffer);

    if (error != 0)
        return fail(BAD_FILE, path, strerror(error));
    if (done < total)
        return fail(BAD_FILE, path, "became shorter while it was read");
    return status == PQH_OK ? DONE : library_failed(suite, status);
}

/* ---- commands ---------------------------------------------------------------------------------- */

static enum exit_status keygen(const struct options *options, const char *sk_path, const char *pk_path)
{
    uint8_t sk[PQH_MLDSA87_ED448_SECRET_KEY_BYTES], pk[PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES];
    const struct suite *suite = options->suite == NULL ? &STANDARD : suite_of_tier(options->suite);
    enum exit_status result;
    pqh_status status;

    if (suite == NULL)
        return usage(options->suite, "not a suite: standard or high");
    status = suite->keygen(pk, sk);
    result = status == PQH_OK ? DONE : library_failed(suite, status);
    if (result == DONE)
        result = create_file(sk_path, 0600, sk, suite->bytes[SECRET_KEY]);
    pqh_secure_wipe(sk, sizeof sk);
    if (result != DONE)
        return result;

    result = create_file(pk_path, 0644, pk, suite->bytes[PUBLIC_KEY]);
    if (result != DONE)
        unlink(sk_path);
    else if (!options->quiet)
        printf("%s: new %s secret key, to be kept secret\n%s: its public key\n", sk_path, suite->name, pk_path);
    return result;
}

/* No context and an empty one are the same. */
static size_t context_len(const struct options *options)
{
    return options->context == NULL ? 0 : strlen(options->context);
}

static enum exit_status sign(const struct options *options, const char *sk_path, const char *path, const char *sig_path)
{
    uint8_t sk[MAX_FILE_BYTES + 1], sig[PQH_MLDSA87_ED448_SIGNATURE_BYTES], digest[DIGEST_BYTES];
    const struct suite *suite = NULL;
    enum exit_status result = load(sk_path, SECRET_KEY, sk, &suite);

    if (result == DONE)
        result = hash_file(path, suite, options, digest);
    if (result == DONE) {
        pqh_status status = suite->sign(sig, digest, (const uint8_t *)options->context, context_len(options), sk);
        result = status == PQH_OK ? DONE : library_failed(suite, status);
    }
    pqh_secure_wipe(sk, sizeof sk);

    if (result == DONE)
        result = replace_signature(sig_path, path, sig, suite->bytes[SIGNATURE]);
    if (result == DONE && !options->quiet)
        printf("%s: signed by %s, signature in %s\n", path, suite->name, sig_path);
    return result;
}

static enum exit_status verify(const struct options *options, const char *pk_path, const char *path,
                               const char *sig_path)
{
    uint8_t pk[MAX_FILE_BYTES + 1], sig[MAX_FILE_BYTES + 1], digest[DIGEST_BYTES];
    const struct suite *suite = NULL, *sig_suite = NULL;
    enum exit_status result = load(pk_path, PUBLIC_KEY, pk, &suite);
    pqh_status status;

    if (result == DONE)
        result = load(sig_path, SIGNATURE, sig, &sig_suite);
    if (result == DONE && suite != sig_suite)
        result = fail(BAD_FILE, sig_path, "not a signature of the public key's suite");
    if (result == DONE)
        result = hash_file(path, suite, options, digest);
    if (result == DONE) {
        status = suite->verify(sig, digest, (const uint8_t *)options->context, context_len(options), pk);
        if (status == PQH_ERR_SIGNATURE)
            result = fail(NOT_VALID, path, "the signature is NOT valid for this file, key and context");
        else if (status == PQH_ERR_PUBLIC_KEY)
            result = fail(BAD_FILE, pk_path, pqh_status_string(status));
        else if (status != PQH_OK)
            result = library_failed(suite, status);
        else if (!options->quiet)
            printf("%s: the signature is valid (%s)\n", path, suite->name);
    }
    pqh_secure_wipe(pk, sizeof pk); /* it may be a secret key, given by mistake */
    pqh_secure_wipe(sig, sizeof sig);
    return result;
}

/* ---- the command line -------------------------------------------------------------------------- */

static enum exit_status run(const struct options *options, const char *const *args, int count)
{
    const int is_keygen = count > 0 && strcmp(args[0], "keygen") == 0;
    const int is_sign = count > 0 && strcmp(args[0], "sign") == 0;
    enum exit_status result;
    char *sig_path;
    size_t size;

    if (count == 0)
        return usage("no command", "keygen, sign or verify");
    if (!is_keygen && !is_sign && strcmp(args[0], "verify") != 0)
        return usage(args[0], "not a command");
    if (count < 3 || count > (is_keygen ? 3 : 4))
        return usage(args[0], is_keygen ? "needs two files" : "needs two or three files");
    if (options->context != NULL && is_keygen)
        return usage("--context", "not for keygen");
    if (options->context != NULL && strlen(options->context) > PQH_CONTEXT_MAX_BYTES)
        return usage("--context", "longer than 255 bytes");
    if (options->suite != NULL && !is_keygen)
        return usage("--suite", "only for keygen: a key file's size tells its suite");
    if (is_keygen)
        return keygen(options, args[1], args[2]);
    if (count == 3 && strcmp(args[2], "-") == 0)
        return usage("standard input", "needs a SIGNATURE_FILE");

    size = strlen(args[count - 1]) + sizeof ".sig";
    if ((sig_path = malloc(size)) == NULL)
        return fail(BAD_FILE, args[2], strerror(errno));
    snprintf(sig_path, size, "%s%s", args[count - 1], count == 3 ? ".sig" : "");
    result = (is_sign ? sign : verify)(options, args[1], args[2], sig_path);
    free(sig_path);
    return result;
}

int main(int argc, char **argv)
{
    struct options options = {NULL, NULL, 0, 0};
    const char *args[4];
    int i, count = 0, only_files = 0;

    for (i = 1; i < argc; i++) {
        const char *arg = argv[i];
        const char **value = strcmp(arg, "--suite") == 0 ? &options.suite
                             : strcmp(arg, "--context") == 0 ? &options.context : NULL;

        if (only_files || arg[0] != '-' || arg[1] == '\0') {
            if (count == 4)
                return usage(arg, "one argument too many");
            args[count++] = arg;
        } else if (value != NULL) {
            if (++i == argc)
                return usage(arg, "needs a value");
            *value = argv[i];
        } else if (strcmp(arg, "--") == 0) {
            only_files = 1;
        } else if (strcmp(arg, "--quiet") == 0) {
            options.quiet = 1;
        } else if (strcmp(arg, "--progress") == 0) {
            options.progress = 1;
        } else if (strcmp(arg, "--help") == 0) {
            fputs(HELP, stdout);
            return flushed(DONE);
        } else if (strcmp(arg, "--version") == 0) {
            printf("sign_file of pqhybrid %s\n", pqh_version());
            return flushed(DONE);
        } else {
            return usage(arg, "unknown option");
        }
    }
    return flushed(run(&options, args, count));
}
