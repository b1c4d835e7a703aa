/* Tables by the Arrow C interfaces: every array is as its schema says, whoever is handed a struct
   releases it, and a page that fails fails alone. */
#include "check.h"
#include <errno.h>
#include <stdint.h>

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

/* ---- what holds of any array ---- */

static int is_null(const struct ArrowArray *array, int64_t row) {
  const uint8_t *valid = array->n_buffers > 0 ? array->buffers[0] : NULL;
  row += array->offset;
  return valid && !(valid[row / 8] >> row % 8 & 1);
}

static void check_array(const struct ArrowSchema *schema, const struct ArrowArray *array) {
  int64_t i, nulls = 0;
  NEED(array->length >= 0 && array->offset >= 0 && array->n_children == schema->n_children);
  for (i = 0; i < array->length; i++) nulls += is_null(array, i);
  CHECK(array->null_count == nulls || array->null_count == -1);
  CHECK(nulls == 0 || schema->flags & 2);
  if (!strcmp(schema->format, "u") || !strcmp(schema->format, "+l")) {
    const int32_t *offsets = array->buffers[1];
    int32_t end = 0;
    CHECK(array->n_buffers == (*schema->format == 'u' ? 3 : 2));
    for (i = 0; offsets && i < array->length; i++) {
      CHECK(offsets[i + array->offset] >= end);
      end = offsets[i + array->offset];
    }
    CHECK(array->length == 0 || offsets[array->offset + array->length] >= end);
    if (*schema->format == '+' && array->length > 0)
      CHECK(array->children[0]->length >= offsets[array->offset + array->length]);
  } else {
    CHECK(array->n_buffers == (*schema->format == '+' ? 1 : 2));
  }
  for (i = 0; i < array->n_children; i++) {
    if (!strcmp(schema->format, "+s")) CHECK(array->children[i]->length >= array->length);
    check_array(schema->children[i], array->children[i]);
  }
}

static int64_t column(const struct ArrowSchema *schema, const char *name) {
  int64_t i;
  for (i = 0; i < schema->n_children; i++)
    if (!strcmp(schema->children[i]->name, name)) return i;
  fprintf(stderr, "no column %s\n", name);
  return -1;
}

static int cell_is(const struct ArrowSchema *schema, const struct ArrowArray *array,
                   const char *name, int64_t row, const char *words) {
  int64_t at = column(schema, name);
  const struct ArrowArray *strings = at < 0 ? NULL : array->children[at];
  const int32_t *offsets = strings ? strings->buffers[1] : NULL;
  dukien_str cell;
  if (!offsets || strcmp(schema->children[at]->format, "u") || is_null(strings, row)) return 0;
  row += strings->offset;
  cell.ptr = (const char *)strings->buffers[2] + offsets[row];
  cell.len = (size_t)(offsets[row + 1] - offsets[row]);
  return is(cell, words);
}

/* ---- schemas ---- */

static void columns_are(int32_t table, const char *const *names, int64_t count) {
  struct ArrowSchema schema;
  int64_t i;
  ACCEPTED(dukien_arrow_schema, table, &schema);
  NEED(schema.release && !strcmp(schema.format, "+s") && schema.n_children == count);
  for (i = 0; i < count; i++) CHECK(!strcmp(schema.children[i]->name, names[i]));
  schema.release(&schema);
  CHECK(schema.release == NULL);
}

static void schemas(void) {
  static const char *const facts[] = {
    "document", "fact", "type", "rule", "polarity", "said_by", "begin", "end", "roles", "evidence"};
  static const char *const values[] = {
    "document", "type", "text", "norm", "approx", "begin", "end", "block"};
  static const char *const documents[] = {
    "document", "status", "error", "partial", "title", "published", "language", "blocks", "values",
    "facts", "limits", "nanoseconds"};
  static const int32_t none[] = {-1, 3, INT32_MAX, INT32_MIN};
  struct ArrowSchema schema;
  size_t i;
  columns_are(DUKIEN_TABLE_FACTS, facts, sizeof facts / sizeof *facts);
  columns_are(DUKIEN_TABLE_VALUES, values, sizeof values / sizeof *values);
  columns_are(DUKIEN_TABLE_DOCUMENTS, documents, sizeof documents / sizeof *documents);
  for (i = 0; i < sizeof none / sizeof *none; i++) {
    dukien_error *error = NULL;
    dukien_status status = dukien_arrow_schema(none[i], &schema, &error);
    CHECK(status == DUKIEN_E_ARGUMENT || status == DUKIEN_E_VERSION);
    CHECK(told(error, status, NULL));
  }
}

/* ---- results as rows ---- */

static void exports(dukien_rules *rules) {
  dukien_extractor *extractor = extractor_of(rules);
  dukien_input page = shop_page();
  dukien_result *results[3] = {NULL};
  struct ArrowSchema schema;
  struct ArrowArray array;
  int32_t table;
  int64_t rows[3] = {0};
  int i;
  for (i = 0; i < 3; i++) {
    page = i == 1 ? page_of("", 0) : shop_page();
    page.id = text(i == 0 ? "first" : i == 1 ? "none" : "last");
    ACCEPTED(dukien_run, extractor, &page, NULL, &results[i]);
    rows[DUKIEN_TABLE_FACTS] += (int64_t)dukien_result_facts(results[i]).count;
    rows[DUKIEN_TABLE_VALUES] += (int64_t)dukien_result_values(results[i]).count;
    rows[DUKIEN_TABLE_DOCUMENTS] += 1;
  }
  for (table = 0; table < 3; table++) {
    ACCEPTED(dukien_arrow_schema, table, &schema);
    ACCEPTED(dukien_arrow_export, (const dukien_result *const *)results, 3, table, &array);
    NEED(array.release != NULL);
    CHECK(array.length == rows[table]);
    check_array(&schema, &array);
    CHECK(cell_is(&schema, &array, "document", 0, "first"));
    CHECK(cell_is(&schema, &array, "document", array.length - 1, "last"));
    array.release(&array);
    CHECK(array.release == NULL);
    ACCEPTED(dukien_arrow_export, NULL, 0, table, &array); /* no results are no rows */
    CHECK(array.length == 0);
    check_array(&schema, &array);
    array.release(&array);
    schema.release(&schema);
  }
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_arrow_export,
          ((const dukien_result *const[]){results[0], NULL}), 2, DUKIEN_TABLE_FACTS, &array);
  REFUSED(DUKIEN_E_ARGUMENT, LENGTH_CODE, dukien_arrow_export,
          (const dukien_result *const *)results, SIZE_MAX, DUKIEN_TABLE_FACTS, &array);
  ACCEPTED(dukien_arrow_export, (const dukien_result *const *)results, 3, 0, &array);
  for (i = 0; i < 3; i++) dukien_result_release(results[i]);
  ACCEPTED(dukien_arrow_schema, 0, &schema);
  CHECK(cell_is(&schema, &array, "type", 0, "price")); /* rows outlive the results */
  schema.release(&schema);
  array.release(&array);
  dukien_extractor_release(extractor);
}

/* ---- a stream of pages: one column of strings, batch after batch ---- */

static int streams_open, arrays_open;

struct source {
  int batches, rows, fails_at;
};

static void release_schema(struct ArrowSchema *schema) {
  int64_t i;
  for (i = 0; i < schema->n_children; i++)
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
  if (schema->children) free(schema->children[0]);
  free(schema->children);
  schema->release = NULL;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  struct ArrowSchema *child = calloc(1, sizeof *child);
  (void)stream;
  NEED(child != NULL);
  child->format = "u", child->name = "words", child->flags = 2, child->release = release_schema;
  memset(out, 0, sizeof *out);
  out->format = "+s", out->name = "", out->n_children = 1, out->release = release_schema;
  out->children = malloc(sizeof *out->children);
  NEED(out->children != NULL);
  out->children[0] = child;
  return 0;
}

static void release_array(struct ArrowArray *array) {
  int64_t i;
  for (i = 0; i < array->n_children; i++) {
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
    free(array->children[i]);
  }
  for (i = 0; array->n_children == 0 && i < array->n_buffers; i++) free((void *)array->buffers[i]);
  free(array->children);
  free(array->buffers);
  array->release = NULL;
  arrays_open--;
}

static struct ArrowArray *made_array(struct ArrowArray *array, int64_t length, int64_t buffers) {
  memset(array, 0, sizeof *array);
  array->length = length, array->n_buffers = buffers, array->release = release_array;
  array->buffers = calloc((size_t)buffers, sizeof *array->buffers);
  NEED(array->buffers != NULL);
  arrays_open++;
  return array;
}

/* Every third row is null. */
static int give_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  struct source *source = stream->private_data;
  size_t rows = (size_t)source->rows, one = sizeof shop - 1, i;
  struct ArrowArray *child;
  uint8_t *valid;
  int32_t *offsets;
  char *bytes;
  memset(out, 0, sizeof *out);
  if (source->fails_at == source->batches) return EIO;
  if (source->batches-- == 0) return 0;
  child = malloc(sizeof *child);
  valid = calloc(1, rows / 8 + 1), offsets = calloc(rows + 1, 4), bytes = malloc(rows * one + 1);
  NEED(child && valid && offsets && bytes);
  made_array(child, source->rows, 3);
  child->buffers[0] = valid, child->buffers[1] = offsets, child->buffers[2] = bytes;
  for (i = 0; i < rows; i++) {
    size_t length = i % 3 == 2 ? 0 : one;
    if (length) valid[i / 8] |= (uint8_t)(1u << i % 8);
    else child->null_count++;
    memcpy(bytes + offsets[i], shop, length);
    offsets[i + 1] = offsets[i] + (int32_t)length;
  }
  made_array(out, source->rows, 1)->n_children = 1;
  out->children = malloc(sizeof *out->children);
  NEED(out->children != NULL);
  out->children[0] = child;
  return 0;
}

static const char *give_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "the source ran dry";
}

static void release_stream(struct ArrowArrayStream *stream) {
  stream->release = NULL;
  streams_open--;
}

static struct ArrowArrayStream stream_of(struct source *source) {
  struct ArrowArrayStream stream;
  stream.get_schema = give_schema, stream.get_next = give_next;
  stream.get_last_error = give_error, stream.release = release_stream;
  stream.private_data = source;
  streams_open++;
  return stream;
}

static dukien_columns words_column(void) {
  dukien_columns columns = {0};
  columns.size = sizeof columns;
  columns.text = text("words");
  return columns;
}

/* Pulls all batches; returns the rows, or -1 where the stream failed. */
static int64_t pull(struct ArrowArrayStream *stream, int batches) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  int64_t rows = 0;
  int code = stream->get_schema(stream, &schema);
  NEED(code == 0 && schema.release);
  for (;;) {
    code = stream->get_next(stream, &array);
    if (code != 0) {
      const char *why = stream->get_last_error(stream);
      CHECK(why && *why);
      rows = -1;
      break;
    }
    if (!array.release) break;
    check_array(&schema, &array);
    rows += array.length;
    batches--;
    array.release(&array);
  }
  CHECK(rows < 0 || batches == 0);
  schema.release(&schema);
  return rows;
}

static void streams(dukien_rules *rules) {
  dukien_columns columns = words_column();
  uint32_t threads;
  int32_t table;
  for (threads = 0; threads <= 4; threads += 2)
    for (table = 0; table < 3; table++) {
      struct source source = {5, 6, -1};
      struct ArrowArrayStream in = stream_of(&source), out;
      ACCEPTED(dukien_run_arrow, rules, &in, &columns, table, threads, NULL, &out);
      CHECK(in.release == NULL); /* moved */
      CHECK(pull(&out, 5) == (table == DUKIEN_TABLE_DOCUMENTS ? 30 : 40));
      out.release(&out);
      CHECK(out.release == NULL && streams_open == 0 && arrays_open == 0);
    }
}

/* A stream need not be pulled to its end, nor begun. */
static void left_early(dukien_rules *rules) {
  dukien_columns columns = words_column();
  int pulls;
  for (pulls = 0; pulls < 3; pulls++) {
    struct source source = {5, 6, -1};
    struct ArrowArrayStream in = stream_of(&source), out;
    struct ArrowArray array;
    int i;
    ACCEPTED(dukien_run_arrow, rules, &in, &columns, DUKIEN_TABLE_FACTS, 2, NULL, &out);
    for (i = 0; i < pulls; i++) {
      CHECK(out.get_next(&out, &array) == 0 && array.length == 8);
      array.release(&array);
    }
    out.release(&out);
    CHECK(streams_open == 0 && arrays_open == 0);
  }
}

/* A source that fails is an error of the stream, told in words. */
static void failing(dukien_rules *rules) {
  dukien_columns columns = words_column();
  struct source source = {5, 6, 2};
  struct ArrowArrayStream in = stream_of(&source), out;
  ACCEPTED(dukien_run_arrow, rules, &in, &columns, DUKIEN_TABLE_FACTS, 1, NULL, &out);
  CHECK(pull(&out, 0) == -1);
  out.release(&out);
  CHECK(streams_open == 0 && arrays_open == 0);
}

/* A call that is refused leaves the stream to the caller. */
static void refused(dukien_rules *rules) {
  struct source source = {1, 1, -1};
  struct ArrowArrayStream in = stream_of(&source), out;
  dukien_columns columns = words_column();
  dukien_run_options options = run_options();
  REFUSED(DUKIEN_E_ARGUMENT, NULL, dukien_run_arrow, rules, &in, &columns, 0, 257, NULL, &out);
  CHECK(dukien_run_arrow(rules, &in, &columns, 3, 1, NULL, &out, NULL) < 0);
  columns.text = text("letters");
  CHECK(dukien_run_arrow(rules, &in, &columns, 0, 1, NULL, &out, NULL) < 0);
  columns.text = text("");
  CHECK(dukien_run_arrow(rules, &in, &columns, 0, 1, NULL, &out, NULL) < 0);
  columns.text = text("\xFF");
  CHECK(dukien_run_arrow(rules, &in, &columns, 0, 1, NULL, &out, NULL) < 0);
  columns = words_column(), columns.id = text("letters");
  CHECK(dukien_run_arrow(rules, &in, &columns, 0, 1, NULL, &out, NULL) < 0);
  columns = words_column(), columns.size = 7;
  REFUSED(DUKIEN_E_ARGUMENT, "argument.size", dukien_run_arrow, rules, &in, &columns, 0, 1, NULL, &out);
  columns = words_column(), options.reserved = 1;
  REFUSED(DUKIEN_E_VERSION, "version.option", dukien_run_arrow, rules, &in, &columns, 0, 1, &options,
          &out);
  CHECK(in.release != NULL && streams_open == 1);
  in.release(&in);
}

int main(void) {
  dukien_rules *rules = price_rules();
  schemas();
  exports(rules);
  streams(rules);
  left_early(rules);
  failing(rules);
  refused(rules);
  CHECK(streams_open == 0 && arrays_open == 0);
  dukien_rules_release(rules);
  return checked();
}
