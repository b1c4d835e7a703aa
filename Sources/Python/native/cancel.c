/* The class Cancel: a flag that ends what runs under it.

   The flag is counted apart from the object, as a stream may outlive the object and is released
   by threads that Python does not know. */
#include "native.h"

#include <stdlib.h>

struct cancel_flag {
  atomic_size_t count;
  dukien_cancel *handle;
};

typedef struct {
  PyObject_HEAD
  cancel_flag *flag;
} cancel_object;

cancel_flag *cancel_flag_retain(cancel_flag *flag) {
  if (flag) atomic_fetch_add_explicit(&flag->count, 1, memory_order_relaxed);
  return flag;
}

void cancel_flag_release(cancel_flag *flag) {
  if (!flag || atomic_fetch_sub_explicit(&flag->count, 1, memory_order_acq_rel) != 1) return;
  dukien_cancel_release(flag->handle);
  free(flag);
}

dukien_cancel *cancel_flag_handle(cancel_flag *flag) { return flag ? flag->handle : NULL; }

int cancel_of(native_state *state, PyObject *object, cancel_flag **out) {
  *out = NULL;
  if (object == Py_None) return 0;
  if (Py_TYPE(object) != state->Cancel) {
    PyErr_SetString(PyExc_TypeError, "cancel must be a dukien.Cancel or None");
    return -1;
  }
  *out = ((cancel_object *)object)->flag;
  return 0;
}

static PyObject *cancel_new(PyTypeObject *type, PyObject *arguments, PyObject *names) {
  dukien_error *error = NULL;
  cancel_flag *flag;
  PyObject *object;
  if (PyTuple_Size(arguments) > 0 || (names && PyDict_Size(names) > 0)) {
    PyErr_SetString(PyExc_TypeError, "Cancel takes no arguments");
    return NULL;
  }
  flag = malloc(sizeof *flag);
  if (!flag) return PyErr_NoMemory();
  atomic_init(&flag->count, 1);
  flag->handle = dukien_cancel_new(&error);
  object = flag->handle ? ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0) : NULL;
  if (!object) {
    if (!flag->handle) raise_status(PyType_GetModuleState(type), dukien_error_status(error), error);
    cancel_flag_release(flag);
    return NULL;
  }
  ((cancel_object *)object)->flag = flag;
  return object;
}

static void cancel_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  cancel_flag_release(((cancel_object *)self)->flag);
  ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

static PyObject *cancel_set(PyObject *self, PyObject *none) {
  (void)none;
  dukien_cancel_set(((cancel_object *)self)->flag->handle);
  Py_RETURN_NONE;
}

static PyObject *cancel_clear(PyObject *self, PyObject *none) {
  (void)none;
  dukien_cancel_clear(((cancel_object *)self)->flag->handle);
  Py_RETURN_NONE;
}

static PyObject *cancel_is_set(PyObject *self, PyObject *none) {
  (void)none;
  return PyBool_FromLong(dukien_cancel_is_set(((cancel_object *)self)->flag->handle));
}

static PyMethodDef methods[] = {
  {"set", cancel_set, METH_NOARGS, "End what runs under this flag, soon."},
  {"clear", cancel_clear, METH_NOARGS, "Take the wish back, for the runs to come."},
  {"is_set", cancel_is_set, METH_NOARGS, "Whether the end was asked for."},
  {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
  {Py_tp_doc,
   "A flag that ends runs; set it from any thread.\n\n"
   "    >>> cancel = Cancel()\n"
   "    >>> cancel.set()\n"
   "    >>> cancel.is_set()\n"
   "    True"},
  {Py_tp_new, cancel_new},
  {Py_tp_dealloc, cancel_dealloc},
  {Py_tp_methods, methods},
  {0, NULL},
};

PyType_Spec cancel_spec = {
  "dukien.Cancel", sizeof(cancel_object), 0, Py_TPFLAGS_DEFAULT, slots};
