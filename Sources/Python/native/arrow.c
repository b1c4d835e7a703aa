/* Tables for whoever speaks the Arrow capsule protocol: results go out, streams of pages go in. */
#include "arrow.h"
#include "native.h"

#include <stdlib.h>
#include <string.h>

/* ---- capsules ---- */

static void destroy_schema(PyObject *capsule) {
  struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, "arrow_schema");
  if (schema->release) schema->release(schema);
  free(schema);
}

static void destroy_stream(PyObject *capsule) {
  struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (stream->release) stream->release(stream);
  free(stream);
}

/* A capsule around a stream on the heap, which it takes, also where it fails. */
static PyObject *stream_capsule(struct ArrowArrayStream *stream) {
  PyObject *capsule = PyCapsule_New(stream, "arrow_array_stream", destroy_stream);
  if (!capsule) {
    stream->release(stream);
    free(stream);
  }
  return capsule;
}

/* arrow_schema(table) -> capsule */
PyObject *native_arrow_schema(PyObject *module, PyObject *arguments) {
  int table;
  dukien_error *error = NULL;
  dukien_status status;
  struct ArrowSchema *schema;
  PyObject *capsule;
  if (!PyArg_ParseTuple(arguments, "i", &table)) return NULL;
  schema = calloc(1, sizeof *schema);
  if (!schema) return PyErr_NoMemory();
  status = dukien_arrow_schema(table, schema, &error);
  if (status != DUKIEN_OK) {
    free(schema);
    return raise_status(state_of(module), status, error);
  }
  capsule = PyCapsule_New(schema, "arrow_schema", destroy_schema);
  if (!capsule) {
    schema->release(schema);
    free(schema);
  }
  return capsule;
}

/* ---- the class Batches: arrays of one table ---- */

typedef struct {
  PyObject_HEAD
  int32_t table;
  int64_t count, room, rows;
  shared_array **arrays;
} batches_object;

static batches_object *batches_new(native_state *state, int32_t table) {
  batches_object *self =
    (batches_object *)((allocfunc)PyType_GetSlot(state->Batches, Py_tp_alloc))(state->Batches, 0);
  if (self) self->table = table;
  return self;
}

/* Takes `array`, also where it fails: -1 then. Python is not needed. */
static int batches_add(batches_object *self, struct ArrowArray *array) {
  shared_array *shared;
  if (self->count == self->room) {
    int64_t room = self->room ? self->room * 2 : 8;
    shared_array **grown = realloc(self->arrays, (size_t)room * sizeof *grown);
    if (!grown) {
      array->release(array);
      return -1;
    }
    self->arrays = grown;
    self->room = room;
  }
  shared = shared_array_new(array);
  if (!shared) return -1;
  self->arrays[self->count++] = shared;
  self->rows += shared_array_rows(shared);
  return 0;
}

static void batches_dealloc(PyObject *object) {
  batches_object *self = (batches_object *)object;
  PyTypeObject *type = Py_TYPE(object);
  while (self->count) shared_array_release(self->arrays[--self->count]);
  free(self->arrays);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
  Py_DECREF(type);
}

static PyObject *batches_rows(PyObject *self, void *none) {
  (void)none;
  return PyLong_FromLongLong(((batches_object *)self)->rows);
}

static PyObject *batches_table(PyObject *self, void *none) {
  (void)none;
  return PyLong_FromLong(((batches_object *)self)->table);
}

static PyObject *batches_stream(PyObject *object, PyObject *none) {
  batches_object *self = (batches_object *)object;
  struct ArrowArrayStream *stream = malloc(sizeof *stream);
  (void)none;
  if (!stream || shared_stream(self->table, self->arrays, self->count, stream) != 0) {
    free(stream);
    return PyErr_NoMemory();
  }
  return stream_capsule(stream);
}

static PyMethodDef methods[] = {
  {"stream", batches_stream, METH_NOARGS, NULL},
  {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
  {"rows", batches_rows, NULL, NULL, NULL},
  {"table", batches_table, NULL, NULL, NULL},
  {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_dealloc, batches_dealloc},
  {Py_tp_methods, methods},
  {Py_tp_getset, properties},
  {0, NULL},
};

PyType_Spec batches_spec = {
  "dukien._native.Batches", sizeof(batches_object), 0,
  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};

/* ---- results out ---- */

#define RESULTS_OF_BATCH 1024

/* export(results, table) -> Batches */
PyObject *native_export(PyObject *module, PyObject *arguments) {
  native_state *state = state_of(module);
  const dukien_result *results[RESULTS_OF_BATCH];
  PyObject *tuple;
  batches_object *batches;
  Py_ssize_t i, count;
  int table;
  if (!PyArg_ParseTuple(arguments, "O!i", &PyTuple_Type, &tuple, &table)) return NULL;
  batches = batches_new(state, table);
  if (!batches) return NULL;
  count = PyTuple_Size(tuple);
  for (i = 0; i < count;) {
    struct ArrowArray array = {0};
    dukien_error *error = NULL;
    dukien_status status;
    size_t n = 0;
    for (; i < count && n < RESULTS_OF_BATCH; i++) {
      PyObject *result = PyTuple_GetItem(tuple, i);
      if (Py_TYPE(result) != state->Result) {
        PyErr_SetString(PyExc_TypeError, "results must be results");
        goto failed;
      }
      results[n++] = result_handle(result);
    }
    Py_BEGIN_ALLOW_THREADS
    status = dukien_arrow_export(results, n, table, &array, &error);
    Py_END_ALLOW_THREADS
    if (status != DUKIEN_OK) {
      raise_status(state, status, error);
      goto failed;
    }
    if (batches_add(batches, &array) < 0) {
      PyErr_NoMemory();
      goto failed;
    }
  }
  return (PyObject *)batches;
failed:
  Py_DECREF(batches);
  return NULL;
}

/* ---- pages in ---- */

/* A stream of the library and the flag that it looks at, which must live as long. */
typedef struct {
  struct ArrowArrayStream inner;
  cancel_flag *flag;
} run_stream;

static int run_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  run_stream *run = stream->private_data;
  return run->inner.get_schema(&run->inner, out);
}

static int run_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  run_stream *run = stream->private_data;
  return run->inner.get_next(&run->inner, out);
}

static const char *run_get_last_error(struct ArrowArrayStream *stream) {
  run_stream *run = stream->private_data;
  return run->inner.get_last_error(&run->inner);
}

static void run_release(struct ArrowArrayStream *stream) {
  run_stream *run = stream->private_data;
  run->inner.release(&run->inner);
  cancel_flag_release(run->flag);
  free(run);
  stream->release = NULL;
}

static int columns_of(PyObject *tuple, dukien_columns *out) {
  PyObject *text, *id, *url, *published, *encoding;
  *out = (dukien_columns){.size = sizeof *out};
  return !PyArg_ParseTuple(tuple, "OOOOO", &text, &id, &url, &published, &encoding)
             || borrow_text(text, "text", &out->text) < 0 || borrow_text(id, "id", &out->id) < 0
             || borrow_text(url, "url", &out->url) < 0
             || borrow_text(published, "published", &out->published) < 0
             || borrow_text(encoding, "encoding", &out->encoding) < 0
           ? -1
           : 0;
}

/* run_arrow(rules, stream, columns, table, threads, options, cancel) -> capsule of a stream */
PyObject *native_run_arrow(PyObject *module, PyObject *arguments) {
  native_state *state = state_of(module);
  PyObject *rules, *capsule, *columns_tuple, *options_tuple, *cancel;
  int table;
  unsigned int threads;
  dukien_columns columns;
  dukien_run_options options;
  callbacks calls;
  dukien_error *error = NULL;
  dukien_status status;
  struct ArrowArrayStream *in, *out;
  run_stream *run;
  cancel_flag *flag;
  if (!PyArg_ParseTuple(arguments, "O!OOiIOO", state->Rules, &rules, &capsule, &columns_tuple,
                        &table, &threads, &options_tuple, &cancel)
      || columns_of(columns_tuple, &columns) < 0
      || options_of(state, options_tuple, cancel, Py_None, Py_None, &options, &calls) < 0
      || cancel_of(state, cancel, &flag) < 0)
    return NULL;
  in = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (!in) return NULL;
  if (!in->release) {
    PyErr_SetString(PyExc_ValueError, "the Arrow stream was consumed already");
    return NULL;
  }
  out = malloc(sizeof *out);
  run = calloc(1, sizeof *run);
  if (!out || !run) {
    free(out);
    free(run);
    return PyErr_NoMemory();
  }
  options.user = NULL;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_run_arrow(rules_handle(rules), in, &columns, table, threads, &options,
                            &run->inner, &error);
  Py_END_ALLOW_THREADS
  if (status != DUKIEN_OK) {
    free(out);
    free(run);
    return raise_status(state, status, error);
  }
  in->release = NULL;
  run->flag = cancel_flag_retain(flag);
  *out = (struct ArrowArrayStream){
    run_get_schema, run_get_next, run_get_last_error, run_release, run};
  return stream_capsule(out);
}

/* collect(stream, table) -> Batches, or the message of the stream that failed */
PyObject *native_collect(PyObject *module, PyObject *arguments) {
  PyObject *capsule, *message = NULL;
  struct ArrowArrayStream *stream;
  batches_object *batches;
  int table, failure, full = 0;
  if (!PyArg_ParseTuple(arguments, "Oi", &capsule, &table)) return NULL;
  stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (!stream) return NULL;
  batches = batches_new(state_of(module), table);
  if (!batches) return NULL;
  Py_BEGIN_ALLOW_THREADS
  for (;;) {
    struct ArrowArray array = {0};
    failure = stream->get_next(stream, &array);
    if (failure != 0 || !array.release) break;
    if (batches_add(batches, &array) < 0) {
      full = 1;
      break;
    }
  }
  Py_END_ALLOW_THREADS
  if (failure == 0 && !full) return (PyObject *)batches;
  if (full) {
    PyErr_NoMemory();
  } else {
    const char *text = stream->get_last_error(stream);
    message = PyUnicode_DecodeUTF8(text ? text : "", text ? (Py_ssize_t)strlen(text) : 0, "replace");
  }
  Py_DECREF(batches);
  return message;
}
