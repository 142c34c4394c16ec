/* Lets writes and flushes fail with EIO once so many of them went well. Loaded before the C library (LD_PRELOAD);
   the number stands in FAIL_AFTER, and FAIL_FOR says how many fail before the disk recovers. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <stdio.h>

static long left = -1, failing = 0;

static int ours(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "madoguchi.db") != NULL;
}

static int fails(int fd) {
    if (left == -1) {
        const char *after = getenv("FAIL_AFTER"), *most = getenv("FAIL_FOR");
        left = after ? atol(after) : -2;
        failing = most ? atol(most) : 1;
    }
    if (left < 0 || !ours(fd)) return 0;
    if (left > 0) { left--; return 0; }
    if (failing <= 0) return 0;
    failing--;
    errno = EIO;
    return 1;
}

#define NEXT(name) static __typeof__(name) *next_##name; if (!next_##name) next_##name = dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    NEXT(pwrite64);
    return fails(fd) ? -1 : next_pwrite64(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    NEXT(pwrite);
    return fails(fd) ? -1 : next_pwrite(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
    NEXT(write);
    return fails(fd) ? -1 : next_write(fd, data, size);
}

int fsync(int fd) {
    NEXT(fsync);
    return fails(fd) ? -1 : next_fsync(fd);
}

int fdatasync(int fd) {
    NEXT(fdatasync);
    return fails(fd) ? -1 : next_fdatasync(fd);
}

int ftruncate64(int fd, off64_t size) {
    NEXT(ftruncate64);
    return fails(fd) ? -1 : next_ftruncate64(fd, size);
}
