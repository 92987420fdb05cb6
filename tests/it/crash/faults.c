/* Faults of the file system, for the tests: loaded into the program by LD_PRELOAD, it stands
 * between the program and the C library's calls that touch files, counts those below one
 * folder, and lets chosen ones fail, or kills the process there. So every point of a run
 * can be reached again.
 *
 * Environment:
 *   FAULTS_BELOW   the folder, as /proc names it; or a beginning of file names
 *   FAULTS_OPS     which calls count, by letters:
 *                  w write, s fsync and fdatasync, n rename, o open, c open that may
 *                  make the file, u unlink, r read,
 *                  t ftruncate, m mmap, l flock
 *   FAULTS_AT      the number of the call, from 1, at which the deed is done; 0 is never
 *   FAULTS_ALWAYS  if set, at every later call too
 *   FAULTS_DEED    kill (in the middle of what a write writes), or an error by name
 *   FAULTS_SHORT   if set, every write and read does half of what was asked
 *   FAULTS_ROOM    bytes that can be written before the disk is full
 *   FAULTS_LOG     a file that gets a line for each call that counts: its letter, its path,
 *                  and for a rename, after a tab, the new path
 *   FAULTS_KEEP    a beginning of file names: what is renamed to `meta.json` is kept under
 *                  it and a number that grows
 *
 * Calls that do not go through the C library (rustix makes some itself) are not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define PATH_BYTES 4096
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *below, *ops = "", *deed = "", *keep;
static long at, always, halves;
static atomic_long counted, room;
static int is_limited, log_file = -1;

static const struct { const char *name; int number; } errors[] = {
    {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EINTR", EINTR}, {"EMFILE", EMFILE},
    {"EROFS", EROFS}, {"EACCES", EACCES}, {"ENOLCK", ENOLCK}, {"EDQUOT", EDQUOT},
};

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *text;
    if ((text = getenv("FAULTS_OPS"))) ops = text;
    if ((text = getenv("FAULTS_DEED"))) deed = text;
    at = number("FAULTS_AT");
    always = number("FAULTS_ALWAYS");
    halves = number("FAULTS_SHORT");
    keep = getenv("FAULTS_KEEP");
    is_limited = getenv("FAULTS_ROOM") != NULL;
    room = number("FAULTS_ROOM");
    if ((text = getenv("FAULTS_LOG")))
        log_file = NEXT(open64)(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    /* Last: nothing counts before. */
    below = getenv("FAULTS_BELOW");
}

static int is_below(const char *path) {
    return below && strncmp(path, below, strlen(below)) == 0;
}

/* The path of an open file; whether it is one that counts. */
static int counts(int fd, char path[PATH_BYTES]) {
    char link[32];
    if (!below) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_BYTES - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts a call: whether the deed is to be done, in which case errno says which error. */
static int strikes(char op, const char *path, const char *to) {
    if (!strchr(ops, op)) return 0;
    if (log_file >= 0) {
        char line[2 * PATH_BYTES];
        int length = snprintf(line, sizeof line, "%c %s%s%s\n", op, path, to ? "\t" : "", to ? to : "");
        if (NEXT(write)(log_file, line, (size_t)length) != length) die();
    }
    long now = atomic_fetch_add(&counted, 1) + 1;
    if (at == 0 || !(now == at || (always && now > at))) return 0;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (!strcmp(deed, errors[i].name)) errno = errors[i].number;
    return 1;
}

static int is_deadly(void) { return !strcmp(deed, "kill"); }

/* How much of a write of n bytes is done: less than 0 is an error. */
static ssize_t allowed(int fd, const void *bytes, size_t n) {
    char path[PATH_BYTES];
    if (!counts(fd, path)) return (ssize_t)n;
    if (strikes('w', path, NULL)) {
        if (!is_deadly()) return -1;
        if (bytes && NEXT(write)(fd, bytes, n / 2) < 0) die();
        die();
    }
    if (halves && n > 1) n /= 2;
    if (is_limited) {
        long left = atomic_fetch_sub(&room, (long)n);
        if (left <= 0) { errno = ENOSPC; return -1; }
        if ((size_t)left < n) n = (size_t)left;
    }
    return (ssize_t)n;
}

ssize_t write(int fd, const void *bytes, size_t n) {
    ssize_t part = allowed(fd, bytes, n);
    return part < 0 ? -1 : NEXT(write)(fd, bytes, (size_t)part);
}

ssize_t writev(int fd, const struct iovec *parts, int n) {
    char path[PATH_BYTES];
    if (n < 1 || !counts(fd, path)) return NEXT(writev)(fd, parts, n);
    return write(fd, parts[0].iov_base, parts[0].iov_len);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset) {
    ssize_t part = allowed(fd, NULL, n);
    return part < 0 ? -1 : NEXT(pwrite64)(fd, bytes, (size_t)part, offset);
}

ssize_t read(int fd, void *bytes, size_t n) {
    char path[PATH_BYTES];
    if (counts(fd, path)) {
        if (strikes('r', path, NULL)) {
            if (is_deadly()) die();
            return -1;
        }
        if (halves && n > 1) n /= 2;
    }
    return NEXT(read)(fd, bytes, n);
}

/* Calls on an open file, and on a path. */
#define ON_FILE(op, fd, call) \
    do { char path[PATH_BYTES]; \
         if (counts(fd, path) && strikes(op, path, NULL)) { if (is_deadly()) die(); return -1; } \
         return call; } while (0)
#define ON_PATH(op, from, to, call) \
    do { if (is_below(from) && strikes(op, from, to)) { if (is_deadly()) die(); return -1; } \
         return call; } while (0)

int fsync(int fd) { ON_FILE('s', fd, NEXT(fsync)(fd)); }
int fdatasync(int fd) { ON_FILE('s', fd, NEXT(fdatasync)(fd)); }
int ftruncate64(int fd, off64_t size) { ON_FILE('t', fd, NEXT(ftruncate64)(fd, size)); }
int flock(int fd, int operation) { ON_FILE('l', fd, NEXT(flock)(fd, operation)); }
static void keep_commit(const char *from, const char *to) {
    static atomic_int kept;
    char copy[PATH_BYTES];
    const char *name = strrchr(to, '/');
    if (!keep || !name || strcmp(name, "/meta.json") || !is_below(to)) return;
    snprintf(copy, sizeof copy, "%s%06d", keep, atomic_fetch_add(&kept, 1));
    if (link(from, copy) < 0) die();
}

int rename(const char *from, const char *to) {
    keep_commit(from, to);
    ON_PATH('n', from, to, NEXT(rename)(from, to));
}
int unlink(const char *path) { ON_PATH('u', path, NULL, NEXT(unlink)(path)); }

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    ON_PATH(flags & O_CREAT ? 'c' : 'o', path, NULL, NEXT(open64)(path, flags, mode));
}

void *mmap64(void *where, size_t n, int protection, int flags, int fd, off64_t offset) {
    char path[PATH_BYTES];
    if (fd >= 0 && counts(fd, path) && strikes('m', path, NULL)) {
        if (is_deadly()) die();
        return MAP_FAILED;
    }
    return NEXT(mmap64)(where, n, protection, flags, fd, offset);
}
