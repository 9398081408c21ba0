/* Filters on system calls, and a listener that answers them in the kernel's place. Define _GNU_SOURCE first. */
#ifndef PQH_TEST_KERNEL_H
#define PQH_TEST_KERNEL_H

#include "test.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static inline void milliseconds(long n) {
    struct timespec t = {n / 1000, n % 1000 * 1000000};
    nanosleep(&t, NULL);
}

/* `answer` to getrandom; any other system call but the end of the program ends it, or is allowed. */
static inline void filter_getrandom(unsigned answer, int others_end_it) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, answer),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, others_end_it ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

/* Of this thread, and those that it begins: getrandom waits for whoever listens at the descriptor. */
static inline int filter_to_listener(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getrandom, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    REQUIRE(listener >= 0);
    return (int)listener;
}

/* The next system call that waits. */
static inline int receive(int listener, struct seccomp_notif *request) {
    struct pollfd readable = {listener, POLLIN, 0};
    while (poll(&readable, 1, -1) >= 0) {
        memset(request, 0, sizeof *request);
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, request) == 0)
            return 1;
    }
    return 0;
}

static inline int is_waiting(int listener, const struct seccomp_notif *request) {
    __u64 id = request->id;
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

static inline int answer(int listener, const struct seccomp_notif *request, int64_t value) {
    struct seccomp_notif_resp response;
    memset(&response, 0, sizeof response);
    response.id = request->id;
    response.val = value;
    return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

#endif
