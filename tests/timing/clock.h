/* A clock that is read quickly and in order, and one processor to run on. */
#ifndef PQH_TIMING_CLOCK_H
#define PQH_TIMING_CLOCK_H

#include <sched.h>
#include <stdint.h>
#include <time.h>

#if defined(__x86_64__)
#define CLOCK_UNIT "cycles of the time stamp counter"
/* What was begun before is finished before the counter is read, and nothing begins before it was. */
static inline uint64_t ticks(void) {
    uint32_t low, high;
    __asm__ volatile("lfence\n\trdtsc\n\tlfence" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}
#else
#define CLOCK_UNIT "nanoseconds"
static inline uint64_t ticks(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
#endif

/* Counters of different processors differ; where this fails, the measurement is only noisier. */
static inline void stay_on_this_processor(void) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    (void)sched_setaffinity(0, sizeof one, &one);
}

#endif
