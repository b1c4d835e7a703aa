/* The tables of a result as tuples of records. */
#include "native.h"

#include <stdarg.h>

PyObject *make_record(native_state *state, PyObject *type, int count, ...) {
  PyObject *items = PyTuple_New(count), *arguments = NULL, *record = NULL;
  int i, failed = !items;
  va_list list;
  va_start(list, count);
  for (i = 0; i < count; i++) {
    PyObject *item = va_arg(list, PyObject *);
    if (!item) failed = 1;
    if (items && item) PyTuple_SetItem(items, i, item);
    else Py_XDECREF(item);
  }
  va_end(list);
  if (!failed) arguments = PyTuple_Pack(1, items);
  if (arguments) record = state->records.new_tuple((PyTypeObject *)type, arguments, NULL);
  Py_XDECREF(items);
  Py_XDECREF(arguments);
  return record;
}

static PyObject *none(void) { Py_RETURN_NONE; }

static PyObject *index_or_none(uint32_t index) {
  return index == DUKIEN_NONE ? none() : PyLong_FromUnsignedLong(index);
}

static PyObject *span(native_state *state, uint64_t begin, uint64_t end) {
  return make_record(state, state->records.Span, 2, PyLong_FromUnsignedLongLong(begin),
                     PyLong_FromUnsignedLongLong(end));
}

PyObject *make_span(native_state *state, dukien_span at) { return span(state, at.begin, at.end); }

/* The two spans of a record: in bytes, and in characters where the page is text. */
typedef struct {
  PyObject *bytes, *chars;
} spans;

/* A place that is empty is none. */
static spans spans_of(native_state *state, dukien_span at, const char_index *chars) {
  spans both;
  if (at.begin >= at.end) {
    both.bytes = none();
    both.chars = none();
    return both;
  }
  both.bytes = make_span(state, at);
  if (!chars->is_text) {
    both.chars = none();
  } else if (!chars->before) {
    both.chars = both.bytes;
    Py_XINCREF(both.chars);
  } else {
    both.chars = span(state, char_index_at(chars, at.begin), char_index_at(chars, at.end));
  }
  return both;
}

typedef struct {
  native_state *state;
  const dukien_result *result;
  const char_index *chars;
  dukien_view roles, evidence; /* of facts */
} table;

typedef PyObject *(*row)(const table *table, const void *record);

/* The records first .. first + count of a view, as far as they are there. */
static PyObject *rows(const table *table, dukien_view view, size_t first, size_t count, row make) {
  PyObject *tuple;
  size_t i;
  if (first > view.count) first = view.count;
  if (count > view.count - first) count = view.count - first;
  tuple = PyTuple_New((Py_ssize_t)count);
  for (i = 0; tuple && i < count; i++) {
    PyObject *record = make(table, DUKIEN_AT(char, view, first + i));
    if (record) PyTuple_SetItem(tuple, (Py_ssize_t)i, record);
    else Py_CLEAR(tuple);
  }
  return tuple;
}

static PyObject *field_row(const table *table, const void *record) {
  const dukien_field *field = record;
  native_state *state = table->state;
  spans at = spans_of(state, field->at, table->chars);
  return make_record(state, state->records.Field, 7, text_of(state, field->field),
                     text_of(state, field->text), text_or_none(state, field->norm),
                     text_or_none(state, field->from), at.bytes, at.chars,
                     index_or_none(field->group));
}

static PyObject *block_row(const table *table, const void *record) {
  const dukien_block *block = record;
  native_state *state = table->state;
  spans at = spans_of(state, block->at, table->chars);
  return make_record(state, state->records.Block, 8, text_of(state, block->kind),
                     text_of(state, block->reason), text_of(state, block->text), at.bytes, at.chars,
                     text_or_none(state, block->path), PyLong_FromUnsignedLong(block->flags),
                     PyLong_FromUnsignedLong(block->heading));
}

static PyObject *value_row(const table *table, const void *record) {
  const dukien_value *value = record;
  native_state *state = table->state;
  spans at = spans_of(state, value->at, table->chars);
  return make_record(state, state->records.Value, 7, text_of(state, value->type),
                     text_of(state, value->text), text_or_none(state, value->norm),
                     text_or_none(state, value->approx), at.bytes, at.chars,
                     index_or_none(value->block));
}

static PyObject *role_row(const table *table, const void *record) {
  const dukien_role *role = record;
  native_state *state = table->state;
  spans at = spans_of(state, role->at, table->chars);
  return make_record(state, state->records.Role, 7, text_of(state, role->role),
                     text_of(state, role->text), text_or_none(state, role->norm),
                     text_or_none(state, role->from), at.bytes, at.chars,
                     PyLong_FromUnsignedLong(role->flags));
}

static PyObject *evidence_row(const table *table, const void *record) {
  const dukien_evidence *evidence = record;
  native_state *state = table->state;
  spans at = spans_of(state, evidence->at, table->chars);
  return make_record(state, state->records.Evidence, 4, text_of(state, evidence->quote), at.bytes,
                     at.chars, index_or_none(evidence->block));
}

static PyObject *fact_row(const table *table, const void *record) {
  const dukien_fact *fact = record;
  native_state *state = table->state;
  spans at = spans_of(state, fact->at, table->chars);
  return make_record(
    state, state->records.Fact, 8, text_of(state, fact->type), text_of(state, fact->rule),
    text_or_none(state, fact->polarity), text_or_none(state, fact->said_by),
    rows(table, table->roles, fact->first_role, fact->role_count, role_row),
    rows(table, table->evidence, fact->first_evidence, fact->evidence_count, evidence_row),
    at.bytes, at.chars);
}

static PyObject *limit_row(const table *table, const void *record) {
  const dukien_limit_hit *hit = record;
  native_state *state = table->state;
  return make_record(state, state->records.LimitHit, 4, text_of(state, hit->name),
                     PyLong_FromUnsignedLongLong(hit->bound), PyLong_FromUnsignedLongLong(hit->seen),
                     make_span(state, hit->at));
}

static PyObject *stage_row(const table *table, const void *record) {
  const dukien_stage *stage = record;
  native_state *state = table->state;
  return make_record(state, state->records.Stage, 3, text_of(state, stage->name),
                     PyLong_FromUnsignedLongLong(stage->nanoseconds),
                     PyLong_FromUnsignedLongLong(stage->steps));
}

static PyObject *diagnostic_row(const table *table, const void *record) {
  const dukien_diagnostic *found = record;
  native_state *state = table->state;
  static const char *const severities[] = {"note", "warning", "error"};
  const char *severity = severities[found->severity < 0 || found->severity > 2 ? 2 : found->severity];
  return make_record(
    state, state->records.Diagnostic, 12, PyUnicode_FromString(severity),
    text_of(state, found->code), text_of(state, found->message), text_of(state, found->hint),
    text_of(state, found->file), PyLong_FromUnsignedLong(found->line),
    PyLong_FromUnsignedLong(found->column), PyLong_FromUnsignedLong(found->end_line),
    PyLong_FromUnsignedLong(found->end_column), text_or_none(state, found->rule_id),
    text_or_none(state, found->yaml_path), text_of(state, found->rendered));
}

static PyObject *all(native_state *state, const dukien_result *result, const char_index *chars,
                     dukien_view view, row make) {
  table table = {state, result, chars, {NULL, 0, 0}, {NULL, 0, 0}};
  if (make == fact_row) {
    table.roles = dukien_result_roles(result);
    table.evidence = dukien_result_evidence(result);
  }
  return rows(&table, view, 0, view.count, make);
}

PyObject *make_fields(native_state *state, const dukien_result *result, const char_index *chars) {
  return all(state, result, chars, dukien_result_fields(result), field_row);
}

PyObject *make_blocks(native_state *state, const dukien_result *result, const char_index *chars) {
  return all(state, result, chars, dukien_result_blocks(result), block_row);
}

PyObject *make_values(native_state *state, const dukien_result *result, const char_index *chars) {
  return all(state, result, chars, dukien_result_values(result), value_row);
}

PyObject *make_facts(native_state *state, const dukien_result *result, const char_index *chars) {
  return all(state, result, chars, dukien_result_facts(result), fact_row);
}

PyObject *make_limits(native_state *state, const dukien_result *result) {
  return all(state, result, NULL, dukien_result_limits(result), limit_row);
}

PyObject *make_stages(native_state *state, const dukien_result *result) {
  return all(state, result, NULL, dukien_result_stages(result), stage_row);
}

PyObject *make_diagnostics(native_state *state, const dukien_diagnostics *diagnostics) {
  return all(state, NULL, NULL, dukien_diagnostics_all(diagnostics), diagnostic_row);
}
