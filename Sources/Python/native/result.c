/* The class Result: one result of the library, whose tables it hands out as records. */
#include "native.h"

typedef struct {
  PyObject_HEAD
  dukien_result *handle;
  PyObject *page; /* the bytes that were read */
  char_index chars;
  int has_chars, is_partial;
} result_object;

dukien_result *result_handle(PyObject *result) { return ((result_object *)result)->handle; }

PyObject *result_new(native_state *state, dukien_status status, dukien_result *result,
                     PyObject *page) {
  result_object *self =
    (result_object *)((allocfunc)PyType_GetSlot(state->Result, Py_tp_alloc))(state->Result, 0);
  if (!self) {
    dukien_result_release(result);
    return NULL;
  }
  Py_INCREF(page);
  self->page = page;
  self->handle = result;
  self->is_partial = status == DUKIEN_PARTIAL;
  return (PyObject *)self;
}

static void result_dealloc(PyObject *object) {
  result_object *self = (result_object *)object;
  PyTypeObject *type = Py_TYPE(object);
  dukien_result_release(self->handle);
  char_index_free(&self->chars);
  Py_XDECREF(self->page);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
  Py_DECREF(type);
}

/* The index from bytes to characters, made when it is first needed. NULL with an exception. */
static const char_index *chars_of(result_object *self) {
  int status = 0;
  GUARD_BEGIN(self)
  if (!self->has_chars) {
    status = char_index_make(self->page, &self->chars);
    self->has_chars = status == 0;
  }
  GUARD_END
  return status < 0 ? NULL : &self->chars;
}

typedef PyObject *(*maker)(native_state *, const dukien_result *, const char_index *);

static PyObject *table(PyObject *self, maker make) {
  const char_index *chars = chars_of((result_object *)self);
  return chars ? make(state_of_object(self), result_handle(self), chars) : NULL;
}

static PyObject *result_fields(PyObject *self, PyObject *none) {
  (void)none;
  return table(self, make_fields);
}

static PyObject *result_blocks(PyObject *self, PyObject *none) {
  (void)none;
  return table(self, make_blocks);
}

static PyObject *result_values(PyObject *self, PyObject *none) {
  (void)none;
  return table(self, make_values);
}

static PyObject *result_facts(PyObject *self, PyObject *none) {
  (void)none;
  return table(self, make_facts);
}

static PyObject *result_limits(PyObject *self, PyObject *none) {
  (void)none;
  return make_limits(state_of_object(self), result_handle(self));
}

static PyObject *result_stages(PyObject *self, PyObject *none) {
  (void)none;
  return make_stages(state_of_object(self), result_handle(self));
}

static PyObject *result_json(PyObject *self, PyObject *none) {
  native_state *state = state_of_object(self);
  dukien_str json = {"", 0};
  dukien_error *error = NULL;
  dukien_status status;
  (void)none;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_result_json(result_handle(self), &json, &error);
  Py_END_ALLOW_THREADS
  return status == DUKIEN_OK ? text_of(state, json) : raise_status(state, status, error);
}

static PyObject *result_print(PyObject *self, PyObject *form) {
  native_state *state = state_of_object(self);
  dukien_str name, text;
  dukien_error *error = NULL;
  dukien_status status;
  void *bytes = NULL;
  PyObject *string;
  if (borrow_text(form, "form", &name) < 0) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_result_print(result_handle(self), name, &bytes, &text.len, &error);
  Py_END_ALLOW_THREADS
  if (status != DUKIEN_OK) return raise_status(state, status, error);
  text.ptr = bytes;
  string = text_of(state, text);
  dukien_bytes_release(bytes);
  return string;
}

static PyObject *result_partial(PyObject *self, void *none) {
  (void)none;
  return PyBool_FromLong(((result_object *)self)->is_partial);
}

/* Whether the tables have anything; that costs nothing, a table does. */
static PyObject *result_counts(PyObject *self, void *none) {
  const dukien_result *result = result_handle(self);
  (void)none;
  return Py_BuildValue("nnn", (Py_ssize_t)dukien_result_blocks(result).count,
                       (Py_ssize_t)dukien_result_values(result).count,
                       (Py_ssize_t)dukien_result_facts(result).count);
}

static PyMethodDef methods[] = {
  {"fields", result_fields, METH_NOARGS, NULL}, {"blocks", result_blocks, METH_NOARGS, NULL},
  {"values", result_values, METH_NOARGS, NULL}, {"facts", result_facts, METH_NOARGS, NULL},
  {"limits", result_limits, METH_NOARGS, NULL}, {"stages", result_stages, METH_NOARGS, NULL},
  {"json", result_json, METH_NOARGS, NULL},     {"print", result_print, METH_O, NULL},
  {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
  {"partial", result_partial, NULL, NULL, NULL},
  {"counts", result_counts, NULL, NULL, NULL},
  {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_dealloc, result_dealloc},
  {Py_tp_methods, methods},
  {Py_tp_getset, properties},
  {0, NULL},
};

PyType_Spec result_spec = {
  "dukien._native.Result", sizeof(result_object), 0,
  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
