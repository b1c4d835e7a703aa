/* platform.h - the few services of the operating system that the core needs.
   No function touches a signal handler, the locale or the environment. Every function may be
   called from any thread; pointer arguments may be NULL only where that is said. */
#ifndef DUKIEN_PLATFORM_H
#define DUKIEN_PLATFORM_H

#include <stddef.h>
#include <stdint.h>

#define PLATFORM_OK         0
#define PLATFORM_MISSING    1 /* no such file or folder */
#define PLATFORM_FOLDER     2 /* a folder where a file was wanted */
#define PLATFORM_UNREADABLE 3 /* not permitted, not a regular file, or a read failed */
#define PLATFORM_TOO_BIG    4 /* more bytes than the cap */
#define PLATFORM_MEMORY     5 /* allocation failed */
#define PLATFORM_NOT_FOLDER 6 /* a file where a folder was wanted */

/* The kind of what stands at a path, symbolic links followed. */
#define PLATFORM_KIND_NONE   0
#define PLATFORM_KIND_FILE   1 /* anything that is no folder */
#define PLATFORM_KIND_FOLDER 2
int32_t platform_path_kind(const char *path);

/* Reads a whole regular file of at most `cap` bytes. On PLATFORM_OK `*out` holds `*n` bytes and
   is freed with platform_free; it is not NULL, even for an empty file. On any other code both
   are zero. A FIFO or device is never waited for. */
int32_t platform_read_file(const char *path, size_t cap, uint8_t **out, size_t *n);

/* Lists the regular files `*.yaml` of a folder (not of its sub-folders, no hidden files), sorted
   by bytes. On PLATFORM_OK `*out` holds the names, each ended by a NUL, in `*n` bytes, and is
   freed with platform_free. On any other code both are zero. */
int32_t platform_list_yaml(const char *folder, char **out, size_t *n);

/* What stands at a path, as far as one can tell without reading it: two equal stamps, the first of
   them settled, stand for equal content. */
typedef struct platform_stamp {
  int32_t kind;             /* PLATFORM_KIND_...; all else is zero where there is nothing */
  int32_t is_settled;       /* 0 for a file so young that it may change again unseen */
  uint64_t device, inode, size;
  int64_t modified, changed; /* nanoseconds of the file's clock */
} platform_stamp;
platform_stamp platform_path_stamp(const char *path);

/* Memory from malloc, or NULL where there is none; not NULL for 0 bytes. */
void *platform_allocate(size_t n);

/* The same bytes in a piece of memory of another size, for which `p` is given up; NULL and `p`
   unharmed where there is none. A NULL `p` is an empty piece. */
void *platform_reallocate(void *p, size_t n);

/* Frees what the functions above handed out; NULL is fine. */
void platform_free(void *p);

/* Nanoseconds of a clock that never goes back; only differences mean anything. */
int64_t platform_clock(void);

/* A flag that one thread at a time can hold. NULL where memory ran out; a NULL flag is never
   entered. */
typedef struct platform_flag platform_flag;
platform_flag *platform_flag_new(void);
int32_t platform_flag_enter(platform_flag *flag); /* 1 entered, 0 somebody is inside */
void platform_flag_leave(platform_flag *flag);
void platform_flag_free(platform_flag *flag); /* NULL is fine */

/* A number that any thread, or a signal handler, sets and reads. */
typedef struct platform_signal {
  int32_t value;
} platform_signal;
static inline int32_t platform_signal_get(const platform_signal *signal) {
  return __atomic_load_n(&signal->value, __ATOMIC_RELAXED);
}
static inline void platform_signal_set(platform_signal *signal, int32_t value) {
  __atomic_store_n(&signal->value, value, __ATOMIC_RELAXED);
}

/* A pointer that is set once and read by any thread. */
typedef struct platform_slot platform_slot;
platform_slot *platform_slot_new(void);
void *platform_slot_get(platform_slot *slot); /* NULL until set */
/* Sets the slot where it is still empty; returns what it holds afterwards. */
void *platform_slot_set(platform_slot *slot, void *value);
void platform_slot_free(platform_slot *slot); /* NULL is fine; not what it holds */

/* A lock, and a place to wait for another thread's change of what it guards. NULL where memory ran
   out; the other functions want one that is not NULL. */
typedef struct platform_monitor platform_monitor;
platform_monitor *platform_monitor_new(void);
void platform_monitor_enter(platform_monitor *monitor);
void platform_monitor_leave(platform_monitor *monitor);
void platform_monitor_wait(platform_monitor *monitor); /* left while it waits; may wake for nothing */
void platform_monitor_wake(platform_monitor *monitor); /* all that wait */
void platform_monitor_free(platform_monitor *monitor); /* NULL is fine */

/* Starts `run(context)` on a thread that takes no signals; NULL where that cannot be done. The
   thread is given back with platform_thread_join, which waits for its end; NULL is fine there. */
typedef struct platform_thread platform_thread;
platform_thread *platform_thread_start(void (*run)(void *context), void *context);
void platform_thread_join(platform_thread *thread);

#endif
