/* The structs of the Arrow C data and stream interfaces, as Arrow declares them, and what is done
   with them here without Python. */
#ifndef DUKIEN_NATIVE_ARROW_H
#define DUKIEN_NATIVE_ARROW_H

#include <stdint.h>

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

/* An array that many consumers may hold: each gets a struct of its own over the same buffers. */
typedef struct shared_array shared_array;

/* Takes `array`, also where it fails: NULL then. One reference of the caller's. */
shared_array *shared_array_new(struct ArrowArray *array);
shared_array *shared_array_retain(shared_array *shared);
void shared_array_release(shared_array *shared);
int64_t shared_array_rows(const shared_array *shared);

/* One more view of the array. 0, or ENOMEM with *out empty. */
int shared_array_lend(shared_array *shared, struct ArrowArray *out);

/* A stream over arrays of a table of the library; retains them. 0, or ENOMEM. */
int shared_stream(int32_t table, shared_array *const *arrays, int64_t count,
                  struct ArrowArrayStream *out);

#endif
