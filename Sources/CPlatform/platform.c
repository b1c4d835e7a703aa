#define _GNU_SOURCE
#include "platform.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What stands at `path` in `folder`; 0 on success. glibc has functions named stat, fstat and fstatat
   from 2.33 on only, and this one from 2.28 on. */
static int look(int folder, const char *path, int flags, struct statx *info) {
  return statx(folder, path, flags, STATX_BASIC_STATS, info);
}

int32_t platform_path_kind(const char *path) {
  struct statx info;
  if (!path || look(AT_FDCWD, path, 0, &info) != 0) return PLATFORM_KIND_NONE;
  return S_ISDIR(info.stx_mode) ? PLATFORM_KIND_FOLDER : PLATFORM_KIND_FILE;
}

static int64_t nanoseconds(int64_t seconds, int64_t more) { return seconds * 1000000000 + more; }

/* A file's times move in steps of some milliseconds, so that a second change within a step leaves
   no trace in them. */
#define SETTLED_AFTER 50000000

platform_stamp platform_path_stamp(const char *path) {
  platform_stamp stamp = {.is_settled = 1};
  struct statx info;
  struct timespec now;
  if (!path || look(AT_FDCWD, path, 0, &info) != 0) return stamp;
  stamp.kind = S_ISDIR(info.stx_mode) ? PLATFORM_KIND_FOLDER : PLATFORM_KIND_FILE;
  stamp.device = (uint64_t)info.stx_dev_major << 32 | info.stx_dev_minor;
  stamp.inode = info.stx_ino;
  stamp.size = info.stx_size;
  stamp.modified = nanoseconds(info.stx_mtime.tv_sec, info.stx_mtime.tv_nsec);
  stamp.changed = nanoseconds(info.stx_ctime.tv_sec, info.stx_ctime.tv_nsec);
  if (clock_gettime(CLOCK_REALTIME, &now) == 0) {
    int64_t age = nanoseconds(now.tv_sec, now.tv_nsec) - stamp.changed;
    stamp.is_settled = age < 0 || age > SETTLED_AFTER;
  }
  return stamp;
}

static int32_t code_of_errno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return PLATFORM_MISSING;
    case ENOMEM: return PLATFORM_MEMORY;
    default: return PLATFORM_UNREADABLE;
  }
}

/* Reads until the end of the file; sizes of /proc files and of files that grow are not known. */
static int32_t read_all(int file, size_t cap, size_t expected, uint8_t **out, size_t *n) {
  size_t room = expected < cap ? expected + 1 : cap;
  if (room < 4096) room = 4096;
  uint8_t *bytes = malloc(room);
  size_t count = 0;
  if (!bytes) return PLATFORM_MEMORY;
  for (;;) {
    if (count == room) {
      uint8_t *grown = room > SIZE_MAX / 2 ? NULL : realloc(bytes, room * 2);
      if (!grown) {
        free(bytes);
        return PLATFORM_MEMORY;
      }
      bytes = grown;
      room *= 2;
    }
    ssize_t got = read(file, bytes + count, room - count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      free(bytes);
      return PLATFORM_UNREADABLE;
    }
    if (got == 0) break;
    count += (size_t)got;
    if (count > cap) {
      free(bytes);
      return PLATFORM_TOO_BIG;
    }
  }
  *out = bytes;
  *n = count;
  return PLATFORM_OK;
}

int32_t platform_read_file(const char *path, size_t cap, uint8_t **out, size_t *n) {
  if (!out || !n) return PLATFORM_UNREADABLE;
  *out = NULL;
  *n = 0;
  if (!path) return PLATFORM_MISSING;
  int file;
  do {
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  } while (file < 0 && errno == EINTR);
  if (file < 0) return code_of_errno(errno);

  struct statx info;
  int32_t code;
  if (look(file, "", AT_EMPTY_PATH, &info) != 0) {
    code = PLATFORM_UNREADABLE;
  } else if (S_ISDIR(info.stx_mode)) {
    code = PLATFORM_FOLDER;
  } else if (!S_ISREG(info.stx_mode)) {
    code = PLATFORM_UNREADABLE;
  } else if (info.stx_size > cap) {
    code = PLATFORM_TOO_BIG;
  } else {
    code = read_all(file, cap, (size_t)info.stx_size, out, n);
  }
  close(file);
  return code;
}

typedef struct {
  char **items;
  size_t count, room;
} names;

static void names_free(names *list) {
  for (size_t i = 0; i < list->count; i++) free(list->items[i]);
  free(list->items);
}

static int32_t names_add(names *list, const char *name) {
  if (list->count == list->room) {
    size_t room = list->room ? list->room * 2 : 32;
    char **grown = realloc(list->items, room * sizeof *grown);
    if (!grown) return PLATFORM_MEMORY;
    list->items = grown;
    list->room = room;
  }
  char *copy = strdup(name);
  if (!copy) return PLATFORM_MEMORY;
  list->items[list->count++] = copy;
  return PLATFORM_OK;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static int is_yaml_file(int folder, const char *name) {
  static const char ending[] = ".yaml";
  size_t length = strlen(name);
  struct statx info;
  return name[0] != '.' && length > sizeof ending - 1
    && strcmp(name + length - (sizeof ending - 1), ending) == 0
    && look(folder, name, 0, &info) == 0 && S_ISREG(info.stx_mode);
}

static int32_t names_join(const names *list, char **out, size_t *n) {
  size_t total = 0;
  for (size_t i = 0; i < list->count; i++) total += strlen(list->items[i]) + 1;
  char *text = malloc(total + 1);
  if (!text) return PLATFORM_MEMORY;
  char *end = text;
  for (size_t i = 0; i < list->count; i++) {
    size_t length = strlen(list->items[i]) + 1;
    memcpy(end, list->items[i], length);
    end += length;
  }
  *out = text;
  *n = total;
  return PLATFORM_OK;
}

int32_t platform_list_yaml(const char *folder, char **out, size_t *n) {
  if (!out || !n) return PLATFORM_UNREADABLE;
  *out = NULL;
  *n = 0;
  if (!folder) return PLATFORM_MISSING;
  DIR *stream = opendir(folder);
  if (!stream) return errno == ENOTDIR ? PLATFORM_NOT_FOLDER : code_of_errno(errno);

  names list = {0};
  int32_t code = PLATFORM_OK;
  while (code == PLATFORM_OK) {
    errno = 0;
    struct dirent *entry = readdir(stream);
    if (!entry) {
      if (errno != 0) code = PLATFORM_UNREADABLE;
      break;
    }
    if (is_yaml_file(dirfd(stream), entry->d_name)) code = names_add(&list, entry->d_name);
  }
  closedir(stream);
  if (code == PLATFORM_OK) {
    if (list.count) qsort(list.items, list.count, sizeof *list.items, compare_names);
    code = names_join(&list, out, n);
  }
  names_free(&list);
  return code;
}

void *platform_allocate(size_t n) { return malloc(n ? n : 1); }

void *platform_reallocate(void *p, size_t n) { return realloc(p, n ? n : 1); }

void platform_free(void *p) { free(p); }

int64_t platform_clock(void) {
  struct timespec now;
  return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? nanoseconds(now.tv_sec, now.tv_nsec) : 0;
}

struct platform_flag {
  atomic_flag inside;
};

platform_flag *platform_flag_new(void) {
  platform_flag *flag = malloc(sizeof *flag);
  if (flag) atomic_flag_clear(&flag->inside);
  return flag;
}

int32_t platform_flag_enter(platform_flag *flag) {
  return flag && !atomic_flag_test_and_set_explicit(&flag->inside, memory_order_acquire);
}

void platform_flag_leave(platform_flag *flag) {
  if (flag) atomic_flag_clear_explicit(&flag->inside, memory_order_release);
}

void platform_flag_free(platform_flag *flag) { free(flag); }

struct platform_slot {
  _Atomic(void *) value;
};

platform_slot *platform_slot_new(void) {
  platform_slot *slot = malloc(sizeof *slot);
  if (slot) atomic_init(&slot->value, NULL);
  return slot;
}

void *platform_slot_get(platform_slot *slot) {
  return slot ? atomic_load_explicit(&slot->value, memory_order_acquire) : NULL;
}

void *platform_slot_set(platform_slot *slot, void *value) {
  void *held = NULL;
  if (!slot) return NULL;
  return atomic_compare_exchange_strong_explicit(
           &slot->value, &held, value, memory_order_acq_rel, memory_order_acquire)
    ? value
    : held;
}

void platform_slot_free(platform_slot *slot) { free(slot); }
