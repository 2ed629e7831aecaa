/*
 * Preloaded into a process under test: counts the writes, truncations and flushes of files below one folder and, at a
 * chosen one, fails it, or copies the folder as a computer would find it if the power went in that moment: of the
 * writes since each file's last flush some are lost, and one is torn.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OFF, FAIL_ONCE, FAIL_FOR_GOOD, IMAGES };

/* Shared with the test through a file: numbers of 32 bits. `at`: which operation fails, or each how many an image. */
struct plan { int32_t mode, at, count, acknowledged, error, seed, images; };

struct pending {
  struct pending *next;
  char path[512];
  off_t at, size_before;
  size_t length, length_before;
  char *bytes, *before;
};

static struct plan *plan;
static const char *folder, *images;
static struct pending *pendings;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_fsync)(int), (*real_fdatasync)(int), (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void start(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  const char *file = getenv("CSI_FAULT_PLAN");
  folder = getenv("CSI_FAULT_FOLDER");
  images = getenv("CSI_FAULT_IMAGES");
  if (!file || !folder) return;
  int fd = open(file, O_RDWR);
  plan = mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
}

static int watched(int fd, char *path) {
  char link[64];
  if (!plan || plan->mode == OFF) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 511);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static int chance(void) { return rand_r((unsigned *)&plan->seed) & 1; }

/* Undoes what was never flushed, then lets some of it through after all. */
static void lose(const char *image) {
  char path[1200];
  int count = 0;
  for (struct pending *one = pendings; one; one = one->next, count++) {
    snprintf(path, sizeof path, "%s/%s", image, one->path + strlen(folder) + 1);
    int fd = open(path, O_WRONLY);
    if (fd < 0) continue;
    if (one->length_before) real_pwrite(fd, one->before, one->length_before, one->at);
    real_ftruncate(fd, one->size_before);
    close(fd);
  }
  struct pending *order[4096];
  int kept = 0;
  for (struct pending *one = pendings; one && kept < 4096; one = one->next) order[kept++] = one;
  while (kept-- > 0) {
    struct pending *one = order[kept];
    if (!chance()) continue;
    snprintf(path, sizeof path, "%s/%s", image, one->path + strlen(folder) + 1);
    int fd = open(path, O_WRONLY);
    if (fd < 0) continue;
    size_t torn = one->length / 2 / 512 * 512;
    real_pwrite(fd, one->bytes, one == pendings && torn ? torn : one->length, one->at);
    close(fd);
  }
}

static void take_image(void) {
  char image[600], from[600], note[700];
  extern char **environ;
  snprintf(image, sizeof image, "%s/%d", images, ++plan->images);
  snprintf(from, sizeof from, "%s/.", folder);
  mkdir(image, 0700);
  char *command[] = {"cp", "-a", from, image, NULL};
  char *bare[] = {"PATH=/usr/bin:/bin", NULL};
  pid_t child;
  if (posix_spawn(&child, "/bin/cp", NULL, NULL, command, bare) == 0) waitpid(child, NULL, 0);
  lose(image);
  snprintf(note, sizeof note, "%s.acknowledged", image);
  int fd = open(note, O_CREAT | O_WRONLY, 0600);
  dprintf(fd, "%d", plan->acknowledged);
  close(fd);
}

/* True where the operation is to fail. */
static int fails(void) {
  int now = ++plan->count;
  if (plan->mode == FAIL_ONCE) return now == plan->at;
  if (plan->mode == FAIL_FOR_GOOD) return now >= plan->at;
  return 0;
}

static void remember(const char *path, int fd, const void *bytes, size_t length, off_t at) {
  struct pending *one = calloc(1, sizeof *one);
  struct stat found;
  fstat(fd, &found);
  strcpy(one->path, path);
  one->at = at;
  one->size_before = found.st_size;
  one->length = length;
  one->bytes = memcpy(malloc(length), bytes, length);
  one->before = malloc(length);
  /* Through the same handle: closing another one would drop SQLite's locks. */
  ssize_t found_bytes = pread(fd, one->before, length, at);
  one->length_before = found_bytes > 0 ? found_bytes : 0;
  one->next = pendings;
  pendings = one;
}

static void forget(const char *path) {
  for (struct pending **place = &pendings; *place;) {
    struct pending *one = *place;
    if (strcmp(one->path, path)) { place = &one->next; continue; }
    *place = one->next;
    free(one->bytes);
    free(one->before);
    free(one);
  }
}

static int before_write(const char *path, int fd, const void *bytes, size_t length, off_t at) {
  if (fails()) return errno = plan->error, 0;
  if (plan->mode != IMAGES || strstr(path, "-shm")) return 1;
  remember(path, fd, bytes, length, at);
  if (plan->count % plan->at == 0) take_image();
  return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
  char path[512];
  if (!watched(fd, path)) return real_pwrite(fd, bytes, length, at);
  pthread_mutex_lock(&lock);
  ssize_t done = before_write(path, fd, bytes, length, at) ? real_pwrite(fd, bytes, length, at) : -1;
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t write(int fd, const void *bytes, size_t length) {
  char path[512];
  if (!watched(fd, path)) return real_write(fd, bytes, length);
  pthread_mutex_lock(&lock);
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = before_write(path, fd, bytes, length, at) ? real_write(fd, bytes, length) : -1;
  pthread_mutex_unlock(&lock);
  return done;
}

static int flush(int fd, int (*real)(int)) {
  char path[512];
  if (!watched(fd, path)) return real(fd);
  pthread_mutex_lock(&lock);
  int done = fails() ? (errno = plan->error, -1) : real(fd);
  if (plan->mode == IMAGES && plan->count % plan->at == 0) take_image();
  if (done == 0) forget(path);
  pthread_mutex_unlock(&lock);
  return done;
}
int fsync(int fd) { return flush(fd, real_fsync); }
int fdatasync(int fd) { return flush(fd, real_fdatasync); }

int ftruncate64(int fd, off_t size) {
  char path[512];
  if (!watched(fd, path)) return real_ftruncate(fd, size);
  pthread_mutex_lock(&lock);
  int done = fails() ? (errno = plan->error, -1) : real_ftruncate(fd, size);
  if (done == 0) forget(path);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
