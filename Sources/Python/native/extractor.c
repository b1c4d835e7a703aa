/* The class Extractor, which any number of threads may use at once.

   An extractor of the library is one thread's at a time; here idle ones are kept, a run takes one
   or makes one, and gives it back. One that ran in another thread at a fork is simply not there in
   the child. */
#include "native.h"

#include <stdlib.h>

typedef struct {
  PyObject_HEAD
  PyObject *rules; /* NULL for the set "page" inside the library */
  dukien_extractor **idle;
  size_t count, room;
} extractor_object;

static dukien_extractor *take(extractor_object *self, dukien_error **error) {
  dukien_extractor *extractor = NULL;
  GUARD_BEGIN(self)
  if (self->count) extractor = self->idle[--self->count];
  GUARD_END
  if (extractor) return extractor;
  Py_BEGIN_ALLOW_THREADS
  extractor = self->rules ? dukien_extractor_new(rules_handle(self->rules), error)
                          : dukien_parser_new(error);
  Py_END_ALLOW_THREADS
  return extractor;
}

static void give_back(extractor_object *self, dukien_extractor *extractor) {
  GUARD_BEGIN(self)
  if (self->count == self->room) {
    size_t room = self->room ? self->room * 2 : 4;
    dukien_extractor **grown = realloc(self->idle, room * sizeof *grown);
    if (grown) {
      self->idle = grown;
      self->room = room;
    }
  }
  if (self->count < self->room) {
    self->idle[self->count++] = extractor;
    extractor = NULL;
  }
  GUARD_END
  dukien_extractor_release(extractor);
}

/* Reads `input`, or `document` where there is one. */
static PyObject *run(extractor_object *self, const dukien_input *input,
                     const dukien_document *document, PyObject *page, PyObject *const *rest) {
  native_state *state = state_of_object((PyObject *)self);
  dukien_run_options options;
  callbacks calls;
  dukien_error *error = NULL;
  dukien_result *result = NULL;
  dukien_status status;
  dukien_extractor *extractor;
  if (options_of(state, rest[0], rest[1], rest[2], rest[3], &options, &calls) < 0) return NULL;
  extractor = take(self, &error);
  if (!extractor) return raise_status(state, dukien_error_status(error), error);
  Py_BEGIN_ALLOW_THREADS
  status = document ? dukien_extract(extractor, document, &options, &result, &error)
                    : dukien_run(extractor, input, &options, &result, &error);
  Py_END_ALLOW_THREADS
  give_back(self, extractor);
  if (raise_callback(&calls) < 0) {
    dukien_result_release(result);
    dukien_error_release(error);
    return NULL;
  }
  if (status < 0) return raise_status(state, status, error);
  return result_new(state, status, result, page);
}

/* run(input, options, cancel, log, trace) -> Result */
static PyObject *extractor_run(PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
  dukien_input input;
  PyObject *page;
  if (count != 5) {
    PyErr_SetString(PyExc_TypeError, "run takes five arguments");
    return NULL;
  }
  if (input_of(arguments[0], &input, &page) < 0) return NULL;
  return run((extractor_object *)self, &input, NULL, page, arguments + 1);
}

/* extract(document, options, cancel, log, trace) -> Result */
static PyObject *extractor_extract(PyObject *self, PyObject *const *arguments, Py_ssize_t count) {
  PyObject *page;
  dukien_document *document;
  if (count != 5 || Py_TYPE(arguments[0]) != state_of_object(self)->Document) {
    PyErr_SetString(PyExc_TypeError, "extract takes a document and four arguments");
    return NULL;
  }
  document = document_handle(arguments[0], &page);
  return run((extractor_object *)self, NULL, document, page, arguments + 1);
}

static PyObject *extractor_new(PyTypeObject *type, PyObject *arguments, PyObject *names) {
  native_state *state = PyType_GetModuleState(type);
  dukien_error *error = NULL;
  dukien_extractor *first;
  extractor_object *self;
  PyObject *rules;
  (void)names;
  if (!PyArg_ParseTuple(arguments, "O", &rules)) return NULL;
  if (rules != Py_None && Py_TYPE(rules) != state->Rules) {
    PyErr_SetString(PyExc_TypeError, "rules must be rules or None");
    return NULL;
  }
  self = (extractor_object *)((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0);
  if (!self) return NULL;
  if (rules != Py_None) {
    Py_INCREF(rules);
    self->rules = rules;
  }
  first = take(self, &error);
  if (!first) {
    Py_DECREF(self);
    return raise_status(state, dukien_error_status(error), error);
  }
  give_back(self, first);
  return (PyObject *)self;
}

static void extractor_dealloc(PyObject *object) {
  extractor_object *self = (extractor_object *)object;
  PyTypeObject *type = Py_TYPE(object);
  while (self->count) dukien_extractor_release(self->idle[--self->count]);
  free(self->idle);
  Py_XDECREF(self->rules);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(object);
  Py_DECREF(type);
}

static PyMethodDef methods[] = {
  {"run", (PyCFunction)(void (*)(void))extractor_run, METH_FASTCALL, NULL},
  {"extract", (PyCFunction)(void (*)(void))extractor_extract, METH_FASTCALL, NULL},
  {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_new, extractor_new},
  {Py_tp_dealloc, extractor_dealloc},
  {Py_tp_methods, methods},
  {0, NULL},
};

PyType_Spec extractor_spec = {
  "dukien._native.Extractor", sizeof(extractor_object), 0, Py_TPFLAGS_DEFAULT, slots};
