/* The tables of a result as tuples of records. */
#include "native.h"

#include <stdarg.h>
#include <string.h>

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

PyObject *make_span(native_state *state, dukien_span at) {
  return make_record(state, state->records.Span, 2, PyLong_FromUnsignedLongLong(at.begin),
                     PyLong_FromUnsignedLongLong(at.end));
}

/* Words of rule sets, which most records of a table share. */
#define NAMES 64
typedef struct {
  dukien_str text;
  PyObject *name;
} known_name;

typedef struct {
  native_state *state;
  const char_index *chars;
  dukien_view roles, evidence; /* of facts */
  known_name names[NAMES];
} table;

static PyObject *name_of(table *table, dukien_str text) {
  known_name *known;
  if (text.len == 0) return text_of(table->state, text);
  known = &table->names[(text.len * 7 + (unsigned char)text.ptr[0] * 5
                         + (unsigned char)text.ptr[text.len - 1])
                        % NAMES];
  if (!known->name || known->text.len != text.len
      || memcmp(known->text.ptr, text.ptr, text.len) != 0) {
    Py_XDECREF(known->name);
    known->text = text;
    known->name = text_of(table->state, text);
  }
  Py_XINCREF(known->name);
  return known->name;
}

static PyObject *name_or_none(table *table, dukien_str text) {
  return text.len == 0 ? none() : name_of(table, text);
}

/* A place as four numbers: in bytes, and in characters where the page is text. An empty one is
   none. */
typedef struct {
  PyObject *begin, *end, *str_begin, *str_end;
} place;

static place place_of(const table *table, dukien_span at) {
  const char_index *chars = table->chars;
  place place;
  if (at.begin >= at.end) {
    place.begin = none();
    place.end = none();
  } else {
    place.begin = PyLong_FromUnsignedLongLong(at.begin);
    place.end = PyLong_FromUnsignedLongLong(at.end);
  }
  if (at.begin >= at.end || !chars->is_text) {
    place.str_begin = none();
    place.str_end = none();
  } else {
    place.str_begin = PyLong_FromSize_t(char_index_at(chars, at.begin));
    place.str_end = PyLong_FromSize_t(char_index_at(chars, at.end));
  }
  return place;
}

#define PLACE(place) (place).begin, (place).end, (place).str_begin, (place).str_end

typedef PyObject *(*row)(table *table, const void *record);

/* The records first .. first + count of a view, as far as they are there. */
static PyObject *rows(table *table, dukien_view view, size_t first, size_t count, row make) {
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

static PyObject *field_row(table *table, const void *record) {
  const dukien_field *field = record;
  native_state *state = table->state;
  place at = place_of(table, field->at);
  return make_record(state, state->records.Field, 9, name_of(table, field->field),
                     text_of(state, field->text), text_or_none(state, field->norm),
                     name_or_none(table, field->from), PLACE(at),
                     index_or_none(field->group));
}

static PyObject *block_row(table *table, const void *record) {
  const dukien_block *block = record;
  native_state *state = table->state;
  place at = place_of(table, block->at);
  return make_record(state, state->records.Block, 10, name_of(table, block->kind),
                     name_of(table, block->reason), text_of(state, block->text), PLACE(at),
                     name_or_none(table, block->path), PyLong_FromUnsignedLong(block->flags),
                     PyLong_FromUnsignedLong(block->heading));
}

static PyObject *value_row(table *table, const void *record) {
  const dukien_value *value = record;
  native_state *state = table->state;
  place at = place_of(table, value->at);
  return make_record(state, state->records.Value, 9, name_of(table, value->type),
                     text_of(state, value->text), text_or_none(state, value->norm),
                     name_or_none(table, value->approx), PLACE(at),
                     index_or_none(value->block));
}

static PyObject *role_row(table *table, const void *record) {
  const dukien_role *role = record;
  native_state *state = table->state;
  place at = place_of(table, role->at);
  return make_record(state, state->records.Role, 9, name_of(table, role->role),
                     text_of(state, role->text), text_or_none(state, role->norm),
                     name_or_none(table, role->from), PLACE(at),
                     PyLong_FromUnsignedLong(role->flags));
}

static PyObject *evidence_row(table *table, const void *record) {
  const dukien_evidence *evidence = record;
  native_state *state = table->state;
  place at = place_of(table, evidence->at);
  return make_record(state, state->records.Evidence, 6, text_of(state, evidence->quote), PLACE(at), index_or_none(evidence->block));
}

static PyObject *fact_row(table *table, const void *record) {
  const dukien_fact *fact = record;
  native_state *state = table->state;
  place at = place_of(table, fact->at);
  return make_record(
    state, state->records.Fact, 10, name_of(table, fact->type), name_of(table, fact->rule),
    name_or_none(table, fact->polarity), text_or_none(state, fact->said_by),
    rows(table, table->roles, fact->first_role, fact->role_count, role_row),
    rows(table, table->evidence, fact->first_evidence, fact->evidence_count, evidence_row),
    PLACE(at));
}

static PyObject *limit_row(table *table, const void *record) {
  const dukien_limit_hit *hit = record;
  native_state *state = table->state;
  return make_record(state, state->records.LimitHit, 4, text_of(state, hit->name),
                     PyLong_FromUnsignedLongLong(hit->bound), PyLong_FromUnsignedLongLong(hit->seen),
                     make_span(state, hit->at));
}

static PyObject *stage_row(table *table, const void *record) {
  const dukien_stage *stage = record;
  native_state *state = table->state;
  return make_record(state, state->records.Stage, 3, text_of(state, stage->name),
                     PyLong_FromUnsignedLongLong(stage->nanoseconds),
                     PyLong_FromUnsignedLongLong(stage->steps));
}

static PyObject *diagnostic_row(table *table, const void *record) {
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
  table table = {.state = state, .chars = chars};
  PyObject *tuple;
  size_t i;
  if (make == fact_row) {
    table.roles = dukien_result_roles(result);
    table.evidence = dukien_result_evidence(result);
  }
  tuple = rows(&table, view, 0, view.count, make);
  for (i = 0; i < NAMES; i++) Py_XDECREF(table.names[i].name);
  return tuple;
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
