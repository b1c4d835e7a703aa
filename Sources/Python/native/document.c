/* The class Document: a page that was read as far as no rules are needed. */
#include "native.h"

typedef struct {
  PyObject_HEAD
  dukien_document *handle;
  PyObject *page;
  int is_partial;
} document_object;

dukien_document *document_handle(PyObject *document, PyObject **page) {
  *page = ((document_object *)document)->page;
  return ((document_object *)document)->handle;
}

/* parse(input, options, cancel, log) -> Document */
PyObject *native_parse(PyObject *module, PyObject *arguments) {
  native_state *state = state_of(module);
  PyObject *tuple, *options_tuple, *cancel, *log, *page, *object;
  dukien_input input;
  dukien_run_options options;
  callbacks calls;
  dukien_document *document = NULL;
  dukien_error *error = NULL;
  dukien_status status;
  if (!PyArg_ParseTuple(arguments, "OOOO", &tuple, &options_tuple, &cancel, &log)
      || input_of(tuple, &input, &page) < 0
      || options_of(state, options_tuple, cancel, log, Py_None, &options, &calls) < 0)
    return NULL;
  Py_BEGIN_ALLOW_THREADS
  status = dukien_parse(&input, &options, &document, &error);
  Py_END_ALLOW_THREADS
  if (raise_callback(&calls) < 0) {
    dukien_document_release(document);
    dukien_error_release(error);
    return NULL;
  }
  if (status < 0) return raise_status(state, status, error);
  object = ((allocfunc)PyType_GetSlot(state->Document, Py_tp_alloc))(state->Document, 0);
  if (!object) {
    dukien_document_release(document);
    return NULL;
  }
  Py_INCREF(page);
  ((document_object *)object)->handle = document;
  ((document_object *)object)->page = page;
  ((document_object *)object)->is_partial = status == DUKIEN_PARTIAL;
  return object;
}

static void document_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  dukien_document_release(((document_object *)self)->handle);
  Py_XDECREF(((document_object *)self)->page);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

static PyObject *document_partial(PyObject *self, void *none) {
  (void)none;
  return PyBool_FromLong(((document_object *)self)->is_partial);
}

static PyGetSetDef properties[] = {
  {"partial", document_partial, NULL, NULL, NULL},
  {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_dealloc, document_dealloc},
  {Py_tp_getset, properties},
  {0, NULL},
};

PyType_Spec document_spec = {
  "dukien._native.Document", sizeof(document_object), 0,
  Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots};
