/* Comes before everything else: what the tests' headers allocate lies in the test's own memory (memory.h). */
#ifndef PQH_TEST_OWN_MEMORY_H
#define PQH_TEST_OWN_MEMORY_H

#define _GNU_SOURCE
#include <stdlib.h>

static void *own_memory(size_t len);
#define malloc own_memory
#define free(pointer) ((void)(pointer))

#endif
