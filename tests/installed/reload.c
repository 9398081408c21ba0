/* Loads the library, calls it and unloads it, a thousand times; afterwards the process has what it had before. */
#define _POSIX_C_SOURCE 200809L
#include <pqhybrid.h>

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

struct held {
    unsigned mappings, of_library, files;
};

static struct held held(void)
{
    struct held now = {0, 0, 0};
    char line[4096];
    FILE *maps = fopen("/proc/self/maps", "r");
    DIR *files = opendir("/proc/self/fd");

    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        now.mappings++;
        now.of_library += strstr(line, "libpqhybrid") != NULL;
    }
    while (files != NULL && readdir(files) != NULL)
        now.files++;
    if (maps != NULL)
        fclose(maps);
    if (files != NULL)
        closedir(files);
    return now;
}

int main(int argc, char **argv)
{
    static uint8_t pk[PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], sk[PQH_MLKEM768_X25519_SECRET_KEY_BYTES];
    struct held before = {0, 0, 0}, after;
    int i;

    for (i = 0; i < 1000 && argc == 2; i++) {
        void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL), *symbol;
        pqh_status (*keygen)(uint8_t *, uint8_t *);

        if (library == NULL || (symbol = dlsym(library, "pqh_mlkem768_x25519_keygen")) == NULL) {
            fprintf(stderr, "reload: %s\n", dlerror());
            return 1;
        }
        memcpy(&keygen, &symbol, sizeof keygen);
        if (keygen(pk, sk) != PQH_OK || held().of_library == 0 || dlclose(library) != 0) {
            fprintf(stderr, "reload: turn %d failed\n", i);
            return 1;
        }
        /* The first turns let the C library allocate what it keeps. */
        if (i == 9)
            before = held();
    }
    after = held();
    if (i != 1000 || before.files == 0 || after.of_library != 0 || after.mappings != before.mappings ||
        after.files != before.files) {
        fprintf(stderr, "reload: %u mappings, %u of the library, %u files, before %u, %u, %u\n", after.mappings,
                after.of_library, after.files, before.mappings, before.of_library, before.files);
        return 1;
    }
    puts("loaded and unloaded 1000 times");
    return 0;
}
