/* Arrow arrays and streams that may be read more than once. */
#include "arrow.h"

#include <dukien.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

struct shared_array {
  atomic_size_t count;
  struct ArrowArray array;
};

shared_array *shared_array_new(struct ArrowArray *array) {
  shared_array *shared = malloc(sizeof *shared);
  if (!shared) {
    array->release(array);
    return NULL;
  }
  atomic_init(&shared->count, 1);
  shared->array = *array;
  array->release = NULL;
  return shared;
}

shared_array *shared_array_retain(shared_array *shared) {
  atomic_fetch_add_explicit(&shared->count, 1, memory_order_relaxed);
  return shared;
}

void shared_array_release(shared_array *shared) {
  if (!shared || atomic_fetch_sub_explicit(&shared->count, 1, memory_order_acq_rel) != 1) return;
  shared->array.release(&shared->array);
  free(shared);
}

int64_t shared_array_rows(const shared_array *shared) { return shared->array.length; }

static void release_lent(struct ArrowArray *lent) {
  int64_t i;
  for (i = 0; i < lent->n_children; i++) {
    struct ArrowArray *child = lent->children[i];
    if (child->release) child->release(child);
    free(child);
  }
  free(lent->children);
  shared_array_release(lent->private_data);
  lent->release = NULL;
}

/* A struct over the buffers of `source`, and for each of its children; a consumer may move any of
   them away and release it by itself. The library makes no dictionaries. */
static int lend(shared_array *shared, const struct ArrowArray *source, struct ArrowArray *out) {
  int64_t i;
  *out = *source;
  out->children = NULL;
  out->n_children = 0;
  out->release = release_lent;
  out->private_data = shared_array_retain(shared);
  if (source->n_children == 0) return 0;
  out->children = calloc((size_t)source->n_children, sizeof *out->children);
  for (i = 0; out->children && i < source->n_children; i++) {
    struct ArrowArray *child = malloc(sizeof *child);
    if (!child || lend(shared, source->children[i], child) != 0) {
      free(child);
      break;
    }
    out->children[i] = child;
    out->n_children++;
  }
  if (out->n_children == source->n_children) return 0;
  release_lent(out);
  return ENOMEM;
}

int shared_array_lend(shared_array *shared, struct ArrowArray *out) {
  return lend(shared, &shared->array, out);
}

typedef struct {
  int32_t table;
  int64_t count, next;
  shared_array *arrays[];
} stream_state;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  stream_state *state = stream->private_data;
  return dukien_arrow_schema(state->table, out, NULL) == DUKIEN_OK ? 0 : ENOMEM;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  stream_state *state = stream->private_data;
  if (state->next == state->count) {
    out->release = NULL;
    return 0;
  }
  return shared_array_lend(state->arrays[state->next++], out);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "no memory";
}

static void release_stream(struct ArrowArrayStream *stream) {
  stream_state *state = stream->private_data;
  int64_t i;
  for (i = 0; i < state->count; i++) shared_array_release(state->arrays[i]);
  free(state);
  stream->release = NULL;
}

int shared_stream(int32_t table, shared_array *const *arrays, int64_t count,
                  struct ArrowArrayStream *out) {
  stream_state *state = malloc(sizeof *state + (size_t)count * sizeof *state->arrays);
  int64_t i;
  if (!state) return ENOMEM;
  state->table = table;
  state->count = count;
  state->next = 0;
  for (i = 0; i < count; i++) state->arrays[i] = shared_array_retain(arrays[i]);
  *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, state};
  return 0;
}
