/* Rule sets: compiling them, and the class that holds them. */
#include "native.h"

typedef struct {
  PyObject_HEAD
  dukien_rules *handle;
} rules_object;

dukien_rules *rules_handle(PyObject *rules) { return ((rules_object *)rules)->handle; }

/* Adds one source: ("name" | "file" | "dir", text) or ("memory", label, bytes). 0, or -1. */
static int add_source(native_state *state, dukien_loader *loader, PyObject *source) {
  const char *kind;
  PyObject *text, *bytes = NULL;
  dukien_str name;
  dukien_error *error = NULL;
  dukien_status status;
  if (!PyArg_ParseTuple(source, "sO|O!", &kind, &text, &PyBytes_Type, &bytes)
      || borrow_text(text, "a rule set", &name) < 0)
    return -1;
  if (bytes) {
    char *start;
    Py_ssize_t count;
    if (PyBytes_AsStringAndSize(bytes, &start, &count) < 0) return -1;
    status = dukien_loader_add_memory(loader, name, start, (size_t)count, &error);
  } else if (kind[0] == 's') {
    status = dukien_loader_add_search_path(loader, name, &error);
  } else if (kind[0] == 'f') {
    status = dukien_loader_add_file(loader, name, &error);
  } else if (kind[0] == 'd') {
    status = dukien_loader_add_dir(loader, name, &error);
  } else {
    status = dukien_loader_add_name(loader, name, &error);
  }
  if (status == DUKIEN_OK) return 0;
  raise_status(state, status, error);
  return -1;
}

static dukien_loader *loader_of(native_state *state, PyObject *sources, int warnings_as_errors) {
  dukien_load_options options = {
    .size = sizeof options, .warnings_as_errors = warnings_as_errors};
  dukien_error *error = NULL;
  dukien_loader *loader = dukien_loader_new(&options, &error);
  Py_ssize_t i, count = PyTuple_Size(sources);
  if (!loader) {
    raise_status(state, dukien_error_status(error), error);
    return NULL;
  }
  for (i = 0; i < count; i++) {
    if (add_source(state, loader, PyTuple_GetItem(sources, i)) < 0) {
      dukien_loader_release(loader);
      return NULL;
    }
  }
  return loader;
}

/* An object for rules, which it takes. */
static PyObject *rules_object_of(native_state *state, dukien_rules *rules) {
  PyObject *object = ((allocfunc)PyType_GetSlot(state->Rules, Py_tp_alloc))(state->Rules, 0);
  if (object) ((rules_object *)object)->handle = rules;
  else dukien_rules_release(rules);
  return object;
}

/* compile(sources, warnings_as_errors) -> (Rules or the exception, diagnostics) */
PyObject *native_compile(PyObject *module, PyObject *arguments) {
  native_state *state = state_of(module);
  PyObject *sources, *outcome, *found, *answer = NULL;
  int warnings_as_errors;
  dukien_loader *loader;
  dukien_rules *rules = NULL;
  dukien_diagnostics *diagnostics = NULL;
  dukien_error *error = NULL;
  dukien_status status;
  if (!PyArg_ParseTuple(arguments, "O!p", &PyTuple_Type, &sources, &warnings_as_errors)) return NULL;
  loader = loader_of(state, sources, warnings_as_errors);
  if (!loader) return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_loader_compile(loader, &rules, &diagnostics, &error);
  dukien_loader_release(loader);
  Py_END_ALLOW_THREADS
  outcome = rules ? rules_object_of(state, rules) : exception_of(state, status, error);
  found = make_diagnostics(state, diagnostics);
  if (outcome && found) answer = PyTuple_Pack(2, outcome, found);
  Py_XDECREF(outcome);
  Py_XDECREF(found);
  dukien_diagnostics_release(diagnostics);
  dukien_error_release(error);
  return answer;
}

static void rules_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  dukien_rules_release(rules_handle(self));
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

static PyObject *rules_name(PyObject *self, void *none) {
  (void)none;
  return text_of(state_of_object(self), dukien_rules_name(rules_handle(self)));
}

static PyObject *rules_fingerprint(PyObject *self, void *none) {
  (void)none;
  return text_of(state_of_object(self), dukien_rules_fingerprint(rules_handle(self)));
}

static PyObject *rules_bundle(PyObject *self, PyObject *none) {
  void *bytes = NULL;
  size_t count = 0;
  dukien_error *error = NULL;
  dukien_status status;
  PyObject *bundle;
  (void)none;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_rules_bundle(rules_handle(self), &bytes, &count, &error);
  Py_END_ALLOW_THREADS
  if (status != DUKIEN_OK) return raise_status(state_of_object(self), status, error);
  bundle = PyBytes_FromStringAndSize(bytes, (Py_ssize_t)count);
  dukien_bytes_release(bytes);
  return bundle;
}

static PyMethodDef methods[] = {
  {"bundle", rules_bundle, METH_NOARGS, NULL},
  {NULL, NULL, 0, NULL},
};

static PyGetSetDef properties[] = {
  {"name", rules_name, NULL, NULL, NULL},
  {"fingerprint", rules_fingerprint, NULL, NULL, NULL},
  {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_dealloc, rules_dealloc},
  {Py_tp_methods, methods},
  {Py_tp_getset, properties},
  {0, NULL},
};

PyType_Spec rules_spec = {
  "dukien._native.Rules", sizeof(rules_object), 0,
  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
