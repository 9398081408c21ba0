/*
 * Welch's t of two classes of times. As in dudect, it is computed again and again without the slowest measurements,
 * because what disturbs a machine makes calls slower, never faster; the largest counts.
 */
#ifndef PQH_TIMING_WELCH_H
#define PQH_TIMING_WELCH_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    double t;       /* of the largest |t| */
    double percent; /* what it keeps of the measurements, the fastest */
    double mean[2]; /* of all that take part */
    size_t n[2];
} verdict;

typedef struct {
    uint64_t time;
    int class;
} sample;

static inline int by_time(const void *a, const void *b) {
    uint64_t x = ((const sample *)a)->time, y = ((const sample *)b)->time;
    return (x > y) - (x < y);
}

/* Of the `n` fastest, sorted samples. 0 where a class is nearly empty, or all is equal. */
static inline double welch(const sample *s, size_t n, double mean[2], size_t count[2]) {
    double m2[2] = {0, 0};
    mean[0] = mean[1] = 0;
    count[0] = count[1] = 0;
    for (size_t i = 0; i < n; i++) {
        int c = s[i].class;
        double delta = (double)s[i].time - mean[c];
        count[c]++;
        mean[c] += delta / (double)count[c];
        m2[c] += delta * ((double)s[i].time - mean[c]);
    }
    if (count[0] < 30 || count[1] < 30)
        return 0;
    double spread = 0;
    for (int c = 0; c < 2; c++)
        spread += m2[c] / (double)(count[c] - 1) / (double)count[c];
    if (spread == 0)
        return mean[0] == mean[1] ? 0 : mean[0] > mean[1] ? 1e6 : -1e6;
    return (mean[0] - mean[1]) / sqrt(spread);
}

/* `keep` is the part of the samples, the fastest, that takes part at all. */
static inline verdict judge(sample *s, size_t n, double keep) {
    verdict v = {0, 100 * keep, {0, 0}, {0, 0}};
    double mean[2];
    size_t count[2];
    qsort(s, n, sizeof *s, by_time);
    for (int i = 0; i <= 100; i++) {
        double part = keep * (i == 100 ? 1 : 1 - pow(0.5, (i + 1) / 10.0));
        double t = welch(s, (size_t)(part * (double)n), mean, count);
        if (fabs(t) > fabs(v.t)) {
            v.t = t;
            v.percent = 100 * part;
        }
    }
    welch(s, (size_t)(keep * (double)n), v.mean, v.n);
    return v;
}

#endif
